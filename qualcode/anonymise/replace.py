"""What stands in a mention's place, with the grammar kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.anonymise import lists, patterns
from qualcode.anonymise.casing import begins_sentence
from qualcode.anonymise.guess import KIN, TITLES
from qualcode.anonymise.kinds import HOUSE_RULES, Kind, Treatment
from qualcode.anonymise.lists import bag
from qualcode.anonymise.matching import Mention
from qualcode.anonymise.patterns import numerals as n
from qualcode.anonymise.patterns.times import NO_DAY
from qualcode.anonymise.register import Identifier
from qualcode.anonymise.variants import Part, person_parts
from qualcode.core.values import Span

# --- one mention ---------------------------------------------------------------------------------------------------

_ARTICLE = re.compile(r"(?<![\w'’-])(an?)(\s+)$", re.I)
_OWNER = re.compile(r"(?<![\w'’-])(?:the|my|our|your|his|her|their|its|this|that|a|an)(\s+)$", re.I)
_TITLE = re.compile(rf"(?<![\w'’-])((?:{'|'.join(sorted(TITLES | KIN))})\.?\s+)$", re.I)
_OPENING = re.compile(r"^(\[?)(?:the|my|our|your|his|her|their|a|an)\s+", re.I)
_VOWEL = re.compile(r"^\W*(?:[aeiou]|8\d*\b|11\b|18\b)", re.I)
_NOT_VOWEL = re.compile(r"^\W*(?:uni(?![nm])|use|usu|eu|one\b|once\b|ufo|uk\b|us\b)", re.I)


@dataclass(frozen=True, slots=True)
class Put:
    """``words`` stand where ``span`` of the original stood."""

    span: Span
    words: str


def put(text: str, mention: Mention, identifier: Identifier) -> Put:
    """What to put for ``mention``, and over how much of ``text``.

    The span grows over an article before it when that has to change (*an Oldham school* becomes *a [town] school*),
    and over a title where a description takes its place (*Mrs Day* becomes *[my teacher]*). Possessives and plurals
    are kept, and so is a capital where a sentence begins.
    """
    words = _chosen(identifier, mention)
    if not words:
        return Put(_with_a_space(text, mention.span), "")
    span = mention.span
    if words.startswith("[") and (title := _TITLE.search(text, max(0, span.start - 16), span.start)):
        span = Span(title.start(1), span.end)
    before = text[max(0, span.start - 12) : span.start]
    article = _ARTICLE.search(before)
    owner = _OWNER.search(before)
    if owner and _OPENING.match(words):
        words = _OPENING.sub(r"\1", words)
    elif begins_sentence(text, span.start):
        words = _capital(words)
    words = _with_its_lines(words + _written_alike(_tail(mention, words), mention.span.of(text)), span.of(text))
    if article and (wanted := _article_for(words)) != article.group(1).lower():
        written = wanted.capitalize() if article.group(1)[0].isupper() else wanted
        return Put(Span(span.start - len(article.group()), span.end), written + article.group(2) + words)
    return Put(span, words)


def _with_its_lines(words: str, original: str) -> str:
    """``words`` with as many line ends as the original has, so that paragraphs and turns stay apart."""
    many = original.count("\n")
    if not many:
        return words
    return words.replace(" ", "\n", many) + "\n" * (many - min(many, words.count(" ")))


def _chosen(identifier: Identifier, mention: Mention) -> str:
    words = identifier.replacement
    named = identifier.kind is Kind.PERSON and identifier.treatment is Treatment.PSEUDONYM
    if not named or mention.part is Part.WHOLE:
        return words
    parts = person_parts(words)
    if mention.part is Part.GIVEN:
        return parts.given or words
    return parts.family or HOUSE_RULES[Kind.PERSON].description


def _tail(mention: Mention, words: str) -> str:
    if mention.tail[1:].lower() in {"ll", "d", "ve", "re", "m"}:
        return mention.tail
    if mention.tail in {"'s", "'"} or (mention.tail and words[-1] == "]"):
        return "'s" if "'" in mention.tail else ""
    plural = "es" if words.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return {"s'": plural + "'", "s": plural, "es": plural}.get(mention.tail, "")


def _written_alike(tail: str, original: str) -> str:
    """``tail`` with the apostrophe that the original has."""
    return tail.replace("'", "’") if "’" in original[-4:] else tail


def _article_for(words: str) -> str:
    return "an" if _VOWEL.match(words) and not _NOT_VOWEL.match(words) else "a"


def _capital(words: str) -> str:
    at = next((i for i, c in enumerate(words) if c.isalpha()), 0)
    return words[:at] + words[at : at + 1].upper() + words[at + 1 :]


def _with_a_space(text: str, span: Span) -> Span:
    """``span`` with the space before or after it, so that leaving it out leaves one space."""
    if text[span.start - 1 : span.start] == " " and (span.end == len(text) or not text[span.end].isalnum()):
        return Span(span.start - 1, span.end)
    if span.end < len(text) and text[span.end] == " " and (span.start == 0 or text[span.start - 1].isspace()):
        return Span(span.start, span.end + 1)
    return span


# --- defaults ------------------------------------------------------------------------------------------------------

_SIZES = {
    "city": "a city",
    "town": "a town",
    "village": "a village",
    "hamlet": "a village",
    "suburb": "an area",
    "settlement": "a place",
    "county": "a county",
    "state": "a region",
    "country": "a country",
    "continent": "a part of the world",
}
_SCHOOLS = (
    (r"\b(?:nursery|playgroup|pre-?school)\b", "[the nursery]"),
    (r"\b(?:primary|infants?|juniors?)\b", "[the primary school]"),
    (r"\b(?:university|uni)\b", "[the university]"),
    (r"\b(?:college|sixth form)\b", "[the college]"),
    (r"\b(?:secondary|high|grammar)\b", "[the secondary school]"),
)
_ORGANISATIONS = (
    (r"\b(?:surgery|practice|medical centre|health centre|clinic)\b", "[the surgery]"),
    (r"\b(?:hospital|infirmary|general|royal)\b", "[the hospital]"),
    (r"\bhospice\b", "[the hospice]"),
    (r"\bcouncil\b", "[the council]"),
    (r"\b(?:police|constabulary)\b", "[the police]"),
    (r"\b(?:church|chapel|cathedral|mosque|temple|synagogue|gurdwara|parish)\b", "[the place of worship]"),
    (r"\b(?:trust|charity|foundation|project|association|alliance|society|aid)\b", "[the charity]"),
    (r"\b(?:club|fc|united|rovers)\b", "[the club]"),
    (r"\b(?:community centre|village hall|leisure centre|library|museum|theatre|hall)\b", "[the venue]"),
    (r"\b(?:ltd|limited|plc|group|company|& sons|brothers)\b", "[the company]"),
    (r"\b(?:department|office|service|agency|government|parliament|ministry)\b", "[the public body]"),
)
_FAMILY = bag(
    "mum dad mother father sister brother son daughter nan gran grandma grandad granddad aunt auntie aunty uncle "
    "cousin niece nephew wife husband grandmother grandfather stepdad stepmum"
)


def default(kind: Kind, text: str) -> str:
    """The replacement the house rules give for ``text``; pseudonyms come from :mod:`qualcode.anonymise.pseudonyms`."""
    if kind is Kind.PLACE:
        known = lists.place(text)
        if known is None:
            return HOUSE_RULES[kind].description
        return f"[{_SIZES[known.size]}{' in ' + known.country if known.country else ''}]"
    if kind is Kind.AGE:
        return _age_band(text)
    if kind is Kind.DATE:
        return _month(text)
    if kind is Kind.RELATION:
        return "[family member]" if _FAMILY & set(re.findall(r"\w+", text.lower())) else "[person close to them]"
    told = {Kind.SCHOOL: _SCHOOLS, Kind.ORGANISATION: _ORGANISATIONS}.get(kind, ())
    return next((words for pattern, words in told if re.search(pattern, text, re.I)), HOUSE_RULES[kind].description)


def _age_band(text: str) -> str:
    key = patterns.key_of(Kind.AGE, text)
    if not key:
        return HOUSE_RULES[Kind.AGE].description
    age = int(key)
    if age >= 20:
        return f"[in their {age // 10 * 10}s]"
    band = next(
        band for limit, band in ((5, "under 5"), (11, "5 to 10"), (18, "11 to 17"), (20, "18 or 19")) if age < limit
    )
    return f"[{band} years old]" if "old" in text else f"[{band}]"


def _month(text: str) -> str:
    parts = (patterns.key_of(Kind.DATE, text) or str(n.year(text) or "")).split("-")
    if parts[-1] == NO_DAY:
        return f"[{parts[0]}]"
    if len(parts) == 1:
        return f"[the {parts[0][:3]}0s]" if parts[0] else HOUSE_RULES[Kind.DATE].description
    month = next(name for name, number in n.MONTHS.items() if number == int(parts[-2])).capitalize()
    return f"[{month} {parts[0]}]" if len(parts) == 3 else f"[{month}]"
