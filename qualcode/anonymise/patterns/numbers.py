"""Numbers that lead to a person: telephone, NHS, National Insurance, vehicle.

National Health Service numbers carry a check digit (modulus 11, NHS Data Dictionary), which is verified; National
Insurance numbers have none, so their prefix and suffix letters are (HMRC, NIM39110).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.patterns import numerals as n
from qualcode.anonymise.patterns.found import Found, found

_TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_NI_NUMBER = re.compile(
    r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", re.I
)
_PHONE = re.compile(
    r"(?<![\w.])(?:\+\d{1,3}[ .-]?(?:\(0\))?[ .-]?|\(?0)\d{1,5}\)?(?:[ .-]?\d{2,4}){2,4}(?!\w)"
    r"|(?<![\w.])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)|(?<![\w./-])\d{3}-\d{4}(?![\w-])|(?<![\w.])1?\d{10}(?!\w)"
)
_SAID = rf"(?:(?:double|treble|triple)[ ,-]+)?(?:{'|'.join([*n.DIGITS, r'[0-9]'])})"
_SPOKEN_PHONE = re.compile(rf"(?<![\w-]){_SAID}(?:(?:[ ,-]|\.\.\.|\band\b)+{_SAID}){{5,}}(?![\w-])", re.I)
_VEHICLE = re.compile(
    r"(?<!\w)(?:[A-HK-PRSVWY][A-HJ-PR-Y]\d{2} ?[A-HJ-PR-Z]{3}|[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y]{3})(?!\w)"
)


def valid_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS (or Scottish CHI) number."""
    check = 11 - sum(int(d) * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return (0 if check == 11 else check) == int(digits[9])


def nhs_numbers(text: str) -> Iterator[Found]:
    """Ten digits with a valid check digit, or called an NHS or CHI number."""
    for match in _TEN_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        said = re.search(
            r"\b(?:NHS|CHI|hospital)\b[^.\n]{0,30}$", text[max(0, match.start() - 40) : match.start()], re.I
        )
        if said or (
            "-" not in match.group()
            and valid_nhs_number(digits)
            and not digits.startswith("0")
            and len(set(digits)) > 2
        ):
            yield found(Kind.NHS_NUMBER, match, digits)


def ni_numbers(text: str) -> Iterator[Found]:
    """National Insurance numbers, spaced or not."""
    for match in _NI_NUMBER.finditer(text):
        yield found(Kind.NI_NUMBER, match, match.group().replace(" ", "").upper())


def phones(text: str) -> Iterator[Found]:
    """Telephone numbers in figures, British or North American, and seven digits or more said one by one."""
    for match in _PHONE.finditer(text):
        digits = re.sub(r"^0{1,2}44|^44(?=\d{9,})", "0", re.sub(r"\(0\)|\D", "", match.group()))
        if 7 <= len(digits) <= 15:
            yield found(Kind.PHONE, match, digits)
    for match in _SPOKEN_PHONE.finditer(text):
        digits = n.digits(match.group())
        if len(digits) >= 7 and not digits.startswith(("1234", "01234567")) and not match.group().strip().isdigit():
            yield found(Kind.PHONE, match, digits)


def vehicles(text: str) -> Iterator[Found]:
    """British vehicle registrations since 1963."""
    for match in _VEHICLE.finditer(text):
        yield found(Kind.VEHICLE, match, match.group().replace(" ", ""))
