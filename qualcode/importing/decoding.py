"""From bytes to text: which encoding, told apart from what is no text at all."""

from __future__ import annotations

import codecs
import re

from qualcode.importing.source import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document (.rtf)"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"RIFF", "a sound or video recording"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\x0b\x0c\r\x1b\x1c\x1d\x1e\x1f")
_SAMPLE = 1 << 16
_WESTERN_MISFITS = re.compile(r"(?<=\w)[¿¡¹²³º¼½¾¸¶³±¤§ºª¬×÷†‡ƒ‰ˆ˜]|[¿¡¹²³¼½¾¸¶±¤¬ƒˆ˜](?=\w)|[\x80-\x9f]")


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of ``data`` and remarks on what had to be guessed or left out.

    Tried in order: a byte order mark, UTF-16 without one, UTF-8, lines of UTF-8 among lines of Windows-1252,
    Windows-1252, and at last what charset-normalizer thinks likeliest. Raises :class:`Refused` for what is no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _marked(data, encoding)
    for signature, what in _SIGNATURES:
        if data.startswith(signature) and not (signature in (b"MZ", b"ID3") and _is_utf8(data)):
            raise Refused(f"it is named as text but is {what}.")
    if utf16 := _utf16_without_mark(data):
        return data.decode(utf16, errors="replace"), ["Read as UTF-16, which the file does not say of itself."]
    if _is_binary(data):
        raise Refused("it is named as text but holds no text. Look whether the right file was chosen.")
    text, remarks = _decoded(data)
    if "\x00" in text:
        remarks.append(f"{text.count(chr(0))} zero bytes in the text were left out.")
    return text, remarks


def _marked(data: bytes, encoding: str) -> tuple[str, list[str]]:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    return text, [f"{lost} characters could not be read and are shown as \N{REPLACEMENT CHARACTER}."] if lost else []


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(data: bytes) -> str | None:
    """Text in UTF-16 has a zero in every second byte wherever it is Latin, spaces and line ends included."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 0.1 * half and others < 0.01 * half:
            try:
                text = sample.decode(encoding, errors="strict" if len(sample) == len(data) else "ignore")
            except UnicodeDecodeError:
                continue
            if sum(not c.isprintable() and not c.isspace() for c in text) < 0.01 * len(text):
                return encoding
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > len(sample) * (0.15 if _is_utf8(data) else 0.02)


def _decoded(data: bytes) -> tuple[str, list[str]]:
    if _is_utf8(data):
        return data.decode(), []
    mixed = _mixed(data)
    if mixed is not None:
        return mixed, ["Part of the file is UTF-8 and part Windows-1252; each line was read as what it is."]
    western = data.decode("cp1252", errors="replace")
    foreign = [c for c in western if not c.isascii()]
    misfits = len(_WESTERN_MISFITS.findall(western)) + western.count("\N{REPLACEMENT CHARACTER}")
    if misfits <= 0.05 * len(foreign):
        return western, ["Read as Windows-1252 (Western European). Look whether accents and quotation marks are right."]
    return _likeliest(data, western)


def _mixed(data: bytes) -> str | None:
    """The text of a file whose lines differ in encoding, if some lines are true UTF-8 beyond ASCII."""
    lines, genuine = [], 0
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode())
            genuine += not line.isascii()
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
    return "\n".join(lines) if genuine else None


def _likeliest(data: bytes, western: str) -> tuple[str, list[str]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return western, ["The encoding of the file could not be told; Windows-1252 was taken."]
    text = data.decode(best.encoding, errors="replace")
    return text, [
        f"The encoding of the file was guessed: {best.encoding.replace('_', '-')}. Look whether accents are right."
    ]
