"""What a name most likely names: a person, a place, a school, an organisation."""

from __future__ import annotations

from functools import cache

from qualcode.anonymise import lists
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag

TITLES = bag(
    "mr mrs miss ms mx dr doctor prof professor sir dame lord lady councillor cllr rev reverend sergeant sgt pc"
)
"""Forms of address that come before a name, folded, without full stop."""

KIN = bag(
    "auntie aunty aunt uncle nan nana gran granny grandma grandpa nanny cousin mama mamma papa dada dadi nani baba"
)
"""Words for relatives that come before a name, or stand for one: *Auntie Jean*."""

LARGE = bag("city town county state country continent")
"""Sizes of place that are well known far away."""

_FAR = LARGE - {"town"}
_JOINTS = bag("of the and de la le van von der den bin al")


@cache
def _heads() -> dict[str, Kind]:
    """The last words of organisations' names, folded, and the kind they show."""
    found: dict[str, Kind] = {}
    for heading, entries in lists.sections("organisations.txt").items():
        kind = Kind.SCHOOL if heading in {"school", "university"} else Kind.ORGANISATION
        if heading not in {"known", "known word"}:
            found |= {lists.folded(e): kind for e in entries}
    return found


@cache
def _known(which: str) -> frozenset[str]:
    return frozenset(lists.folded(e) for e in lists.sections("organisations.txt")[which])


def well_known(name: str, capital: bool = True) -> bool:
    """Whether ``name`` is an organisation that everybody knows, and that therefore gives little away.

    Without a ``capital``, names that are ordinary words too (*mind*, *boots*) are left out.
    """
    key = lists.folded(name)
    return key in _known("known") or (capital and key in _known("known word"))


def organisation_kind(name: str) -> Kind | None:
    """School or organisation, if ``name`` ends in a word that says so or is a well-known one."""
    parts = lists.folded(name).split()
    for size in (3, 2, 1):
        if len(parts) > size and " ".join(parts[-size:]) in _heads():
            return _heads()[" ".join(parts[-size:])]
    return Kind.ORGANISATION if well_known(name) else None


@cache
def _last_words() -> frozenset[str]:
    names = frozenset(_heads()) | _known("known") | _known("known word")
    return frozenset(name.split()[-1] for name in names)


def may_end_organisation(word: str) -> bool:
    """Whether the name of an organisation may end in ``word``: a quick look before :func:`organisation_kind`."""
    return lists.folded(word) in _last_words()


def is_title(word: str) -> bool:
    """Whether ``word`` is a form of address or a word for a relative, and no name."""
    return word.lower().rstrip(".") in TITLES | KIN


def kind_of(name: str, guess: Kind = Kind.OTHER) -> Kind:
    """What ``name`` most likely names by the lists; ``guess`` where they do not say."""
    parts = name.split()
    if len(parts) > 1 and parts[0].lower().rstrip(".") in TITLES and parts[1].lower() not in _JOINTS:
        return Kind.PERSON
    organisation = organisation_kind(name)
    if organisation:
        return organisation
    first = lists.person_name(parts[0])
    given = first is not None and first.given and all(map(_may_follow, parts[1:]))
    known = lists.place(name)
    if known and (not given or known.size in _FAR or guess is Kind.PLACE):
        return Kind.PLACE
    if guess is Kind.OTHER and (given or (len(parts) == 1 and first is not None)):
        return Kind.PERSON
    return guess


def _may_follow(word: str) -> bool:
    """Whether ``word`` may follow a given name in a person's name: *Day* of *Jean Day*, not *Wars* of *Star Wars*."""
    return not lists.ordinary(word) or lists.person_name(word) is not None or word.lower() in _JOINTS
