"""Where people live: postcodes, half postcodes, streets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.anonymise.patterns import numerals as n
from qualcode.anonymise.patterns.found import Found, found

_AREAS = bag(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
    "G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR "
    "NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA "
    "WC WD WF WN WR WS WV YO ZE"
)
_POSTCODE = re.compile(r"(?<!\w)([A-Z]{1,2})(\d[A-Z\d]?) {0,2}(\d[ABD-HJLNP-UW-Z]{2})(?!\w)", re.I)
_SPOKEN = "|".join(n.DIGITS)
_SPOKEN_POSTCODE = re.compile(
    rf"(?<!\w)([a-z](?:\s?[a-z])?)(?:\s?(?=\d)|\s(?!oh?\b))((?:{_SPOKEN}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    rf"nineteen|\d\d?)(?:\s(?:{_SPOKEN}))?)[\s,]{{1,2}}({_SPOKEN}|\d)\s([abd-hjlnp-uw-z]\s?[abd-hjlnp-uw-z])(?!\w)",
    re.I,
)
_HALF_POSTCODE = re.compile(r"(?<!\w)([A-Z]{1,2})(\d{1,2}[A-Z]?)(?!\w|[.-]\d| [A-Z]{3}\b)")
_NOT_HALVES = bag("CO1 CO2 SO2 WD40")
_PLACED = re.compile(
    r"(?:\b(?:in|from|postcode|postcodes|around|live|lives|lived|area|near)(?: is| of| the| like)?|,)\s+$", re.I
)

_WAYS = sorted(
    bag(
        "street road avenue lane drive close crescent terrace gardens grove mews wynd brae parade quay rise court "
        "square boulevard"
    )
)
_WAY = "|".join(_WAYS)
_WAY_ONLY = "|".join(w for w in _WAYS if w not in bag("drive close rise court square parade quay"))
"""Without those that are verbs or places of other kinds too: *friends of mine drive*."""

_NAMED_WAY = "|".join([*(way.title() for way in _WAYS), "St", "Rd", "Ave"])
_MORE_WAYS = "|".join(sorted(bag("Place Way Row View Walk Park Hill Green Loan Gate House Buildings Heights")))
_NUMBERED = re.compile(
    rf"(?<![\w£$])(?i:(?:flat|apartment|number|unit|room)\s+)?(?i:\d{{1,4}}[a-d]?|{n.CARDINAL}),?\s+"
    rf"(?:(?:[^\W\d_][\w'’-]*\s+){{1,3}}?(?i:{_WAY}|rd|ave)|(?:[A-Z][\w'’-]*\s+){{1,3}}?(?:{_MORE_WAYS}|St))(?!\w)"
)
_NAMED = re.compile(
    rf"(?<!\w)(?!(?:At|In|On|Off|Up|Down|Near|From|Along|And|But|So)\s)(?:St\.?\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?\s+(?:{_NAMED_WAY})(?!\w)"
)
_UNDER = re.compile(
    rf"\b(?:on|in|off|along|down|up|at|near|opposite|behind)\s+((?:[a-z][\w'’-]+\s+){{1,2}}(?:{_WAY}))(?!\w)", re.I
)
_FROM = re.compile(rf"\b(?:of|from|to)\s+((?:[a-z][\w'’-]+\s+){{1,2}}(?:{_WAY_ONLY}))(?!\w)", re.I)
_NOT_STREETS = bag(
    "the a an this that these those my our your his her their its same main high whole next other another every each "
    "one two first second third last old new open back side busy quiet wrong right long little big dirt local country "
    "and or of to in on across down up off along private cul-de-sac dual one-way no any some what which where memory "
    "bus sesame food fleet wall tennis squash crown county magistrates sheriff appeal supreme law family youth test "
    "hard disk pen flash usb whisky i you he she we they who mine yours hers ours theirs"
)


def postcodes(text: str) -> Iterator[Found]:
    """Whole postcodes, also spelt out (*b d nine, four p y*); outward halves where the words before place somebody."""
    for match in _POSTCODE.finditer(text):
        if match.group(1).upper() in _AREAS:
            yield found(Kind.POSTCODE, match, "".join(match.groups()).upper())
    for match in _SPOKEN_POSTCODE.finditer(text):
        area, district, sector, unit = match.groups()
        letters = re.sub(r"\s", "", area).upper()
        if letters in _AREAS:
            number = n.digits(district) or n.value(district)
            inward = n.digits(sector) + re.sub(r"\s", "", unit).upper()
            yield found(Kind.POSTCODE, match, f"{letters}{number}{inward}")
    for match in _HALF_POSTCODE.finditer(text):
        area, number = match.groups()
        placed = _PLACED.search(text, max(0, match.start() - 30), match.start())
        if area in _AREAS and match.group() not in _NOT_HALVES and (placed or len(area) == 2):
            yield found(Kind.POSTCODE, match, area + number)


def addresses(text: str) -> Iterator[Found]:
    """Streets with a number, streets with a name, and *on acacia avenue* where nothing has a capital."""
    for pattern, group in ((_NUMBERED, 0), (_NAMED, 0), (_UNDER, 1), (_FROM, 1)):
        for match in pattern.finditer(text):
            words = [w.lower() for w in re.findall(r"[\w'’-]+", match.group(group))]
            name = words[1:-1] if pattern is _NUMBERED else words[:-1]
            if not _NOT_STREETS & set(name) and not any(word.endswith(("n't", "n’t")) for word in name):
                yield found(Kind.ADDRESS, match, " ".join(words), group)
