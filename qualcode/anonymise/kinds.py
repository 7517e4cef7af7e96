"""The kinds of identifier and the house rules for what stands in their place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an identifier is. Nicknames and misspellings are forms of a person, not a kind."""

    PERSON = "person"
    PLACE = "place"
    SCHOOL = "school"
    ORGANISATION = "organisation"
    JOB = "job title"
    RELATION = "relation"
    PHONE = "phone number"
    EMAIL = "email address"
    POSTCODE = "postcode"
    NHS_NUMBER = "NHS number"
    NI_NUMBER = "National Insurance number"
    URL = "web address"
    HANDLE = "account name"
    DATE = "date"
    AGE = "age"
    ADDRESS = "address"
    VEHICLE = "vehicle registration"
    OTHER = "other"


class Treatment(StrEnum):
    """How an identifier is replaced."""

    PSEUDONYM = "pseudonym"
    DESCRIPTION = "description"
    GENERALISATION = "generalisation"
    REMOVAL = "removal"


@dataclass(frozen=True, slots=True)
class HouseRule:
    """What happens to a kind of identifier unless the analyst decides otherwise.

    ``description`` is the bracketed text used where no better one is known. ``danger`` says how much the thing
    alone gives away, from 0 (hardly) to 1 (names the person).
    """

    kind: Kind
    treatment: Treatment
    description: str
    danger: float


_RULES = (
    HouseRule(Kind.PERSON, Treatment.PSEUDONYM, "[name]", 0.9),
    HouseRule(Kind.PLACE, Treatment.GENERALISATION, "[place]", 0.5),
    HouseRule(Kind.SCHOOL, Treatment.DESCRIPTION, "[the school]", 0.7),
    HouseRule(Kind.ORGANISATION, Treatment.DESCRIPTION, "[the organisation]", 0.5),
    HouseRule(Kind.JOB, Treatment.DESCRIPTION, "[member of staff]", 0.4),
    HouseRule(Kind.RELATION, Treatment.DESCRIPTION, "[relative]", 0.15),
    HouseRule(Kind.PHONE, Treatment.REMOVAL, "[phone number]", 1.0),
    HouseRule(Kind.EMAIL, Treatment.REMOVAL, "[email address]", 1.0),
    HouseRule(Kind.POSTCODE, Treatment.REMOVAL, "[postcode]", 0.9),
    HouseRule(Kind.NHS_NUMBER, Treatment.REMOVAL, "[NHS number]", 1.0),
    HouseRule(Kind.NI_NUMBER, Treatment.REMOVAL, "[National Insurance number]", 1.0),
    HouseRule(Kind.URL, Treatment.REMOVAL, "[web address]", 0.6),
    HouseRule(Kind.HANDLE, Treatment.REMOVAL, "[account name]", 0.9),
    HouseRule(Kind.DATE, Treatment.GENERALISATION, "[date]", 0.3),
    HouseRule(Kind.AGE, Treatment.GENERALISATION, "[age]", 0.2),
    HouseRule(Kind.ADDRESS, Treatment.REMOVAL, "[address]", 0.95),
    HouseRule(Kind.VEHICLE, Treatment.REMOVAL, "[vehicle registration]", 0.95),
    HouseRule(Kind.OTHER, Treatment.DESCRIPTION, "[detail removed]", 0.4),
)

HOUSE_RULES: dict[Kind, HouseRule] = {rule.kind: rule for rule in _RULES}
