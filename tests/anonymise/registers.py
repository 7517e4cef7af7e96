"""Registers for the tests, in few words."""

from __future__ import annotations

from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.anonymise.register import Here, Identifier, NotHere, Register
from qualcode.core.values import IdentifierId


def identifier(
    text: str, replacement: str, kind: Kind = Kind.PERSON, *forms: str, treatment: Treatment | None = None
) -> Identifier:
    """An identifier whose id is its text; a person without brackets is a pseudonym."""
    named = kind is Kind.PERSON and "[" not in replacement
    given = treatment or (Treatment.PSEUDONYM if named else Treatment.DESCRIPTION)
    return Identifier(IdentifierId(text), kind, text, replacement, given, forms)


def register(
    *identifiers: Identifier,
    not_here: tuple[NotHere, ...] = (),
    here: tuple[Here, ...] = (),
    harmless: frozenset[str] = frozenset(),
    small_words: dict[str, int] | None = None,
) -> Register:
    return Register(identifiers, not_here, harmless, small_words or {}, here)
