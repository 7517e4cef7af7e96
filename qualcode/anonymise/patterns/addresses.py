"""Addresses of the net, also as they are spoken: *jane dot smith at example dot org*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.anonymise import lists
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.anonymise.patterns.found import Found, found
from qualcode.core.values import Span

_TOP = r"(?:com|org|net|info|biz|edu|gov|uk|ie|eu|scot|wales|cymru|london|fm|tv|io|co|me|us|ca|au|nz|de|fr|pl|app|dev)"
_DOT = r"(?:\.|\s+dot\s+|\s*\(dot\)\s*|\s*\[dot\]\s*)"
_AT = r"(?:@|\s+at\s+|\s*\(at\)\s*|\s*\[at\]\s*)"
_LOCAL = rf"[\w+-]+(?:(?:{_DOT}|\s+(?:underscore|dash|hyphen)\s+|[.'])[\w+-]+)*"
_EMAIL = re.compile(rf"(?<![\w@]){_LOCAL}{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}{_TOP}(?!\w)", re.I)
_URL = re.compile(
    rf"(?:https?://[^\s<>\"')\]]+|\bwww{_DOT}[\w-]+(?:{_DOT}[\w-]+)*(?:/[^\s<>\"')\]]*)?|"
    rf"(?<![\w@.])[a-z0-9][\w-]*(?:{_DOT}[\w-]+)*{_DOT}(?:com|org|net|info|gov|co{_DOT}uk|org{_DOT}uk|ac{_DOT}uk|gov{_DOT}uk|"
    rf"nhs{_DOT}uk|uk|scot|wales|fm|tv|io|eu|ie|edu)(?:/[^\s<>\"')\]]*)?)(?!\w)",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_]\w*(?:\.\w+)*(?!\w)")
_CALLED = re.compile(
    r"\b(?:my|me|our|his|her|their|the)\s+(?:insta(?:gram)?|snap(?:chat)?|tiktok|twitter|facebook|handle|user\s?name|gamertag|"
    r"screen\s?name|skype|youtube|discord)(?:\s+(?:name|handle|account|id|page|channel))?(?:[’']s|\s+is|\s+was|:)\s+"
    r"(?:called\s+)?(@?[a-z_][\w.]*\w)",
    re.I,
)


_OFFICES = bag("info hello contact enquiries admin office support team mail help me")


def _plain_address(text: str) -> str:
    text = re.sub(r"\s*[(\[]?\bat\b[)\]]?\s*", "@", text, flags=re.I) if "@" not in text else text
    text = re.sub(r"\s*[(\[]?\bdot\b[)\]]?\s*", ".", text, flags=re.I)
    for word, mark in (("underscore", "_"), ("dash", "-"), ("hyphen", "-")):
        text = re.sub(rf"\s+{word}\s+", mark, text, flags=re.I)
    return re.sub(r"\s", "", text).lower()


def emails(text: str) -> Iterator[Found]:
    """Addresses with a sign or with *at* and *dot*."""
    for match in _EMAIL.finditer(text):
        name = re.split(r"@|\s", match.group(), maxsplit=1)[0].lower()
        if (
            "@" not in match.group()
            and lists.common(name)
            and name not in _OFFICES
            and "." not in name
            and not re.match(r"\S+\s+(?:dot|underscore|dash|hyphen)\b", match.group(), re.I)
        ):
            continue
        yield found(Kind.EMAIL, match, _plain_address(match.group()))


def urls(text: str) -> Iterator[Found]:
    """Addresses of pages, with or without what comes before *www*."""
    for match in _URL.finditer(text):
        address = match.group().rstrip(".,;:!?")
        if " dot " not in address.lower() or not re.match(r"(?:the|a|on|in|at)\s+dot\b", address, re.I):
            yield Found(
                Kind.URL,
                Span(match.start(), match.start() + len(address)),
                re.sub(r"^(?:https?://)?(?:www\.)?|/$", "", _plain_address(address)),
            )


def handles(text: str) -> Iterator[Found]:
    """Account names that begin with a sign, or are said to be one: *my insta is mossy.lane*."""
    for match in _HANDLE.finditer(text):
        if 3 <= len(match.group()) <= 31:
            yield found(Kind.HANDLE, match, match.group().lower())
    for match in _CALLED.finditer(text):
        if not lists.ordinary(match.group(1)):
            yield found(Kind.HANDLE, match, f"@{match.group(1).lstrip('@').lower()}", 1)
