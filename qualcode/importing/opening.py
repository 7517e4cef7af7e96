"""Files and folders: which can be read, what a file's bytes are, and its paragraphs as a :class:`Source`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from qualcode.errors import Cancelled, UnreadableFile
from qualcode.importing import captions, open_document, pages, pdf, plain, rich_text, web, word
from qualcode.importing.source import Content, Refused, Source, never

_Reader = Callable[[bytes, Callable[[], bool]], Content]

_READERS: dict[str, _Reader] = {
    ".docx": word.read,
    ".odt": open_document.read,
    ".rtf": rich_text.read,
    ".txt": plain.read_text,
    ".md": plain.read_markdown,
    ".vtt": captions.read,
    ".srt": captions.read,
    ".html": web.read,
    ".htm": web.read,
    ".pdf": pdf.read,
}

SUFFIXES = tuple(_READERS)
"""The endings of file names that can be read, in lower case."""

_MEGABYTE = 1024 * 1024
_LARGEST_TEXT, _LARGEST = 20 * _MEGABYTE, 200 * _MEGABYTE
_LARGEST_OF = dict.fromkeys((".txt", ".md", ".vtt", ".srt", ".html", ".htm"), _LARGEST_TEXT)
_CHUNK = 1 << 20


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, by which the same file is known again whatever its name.

    Raises :class:`UnreadableFile`.
    """
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except OSError as error:
        raise UnreadableFile(path, _why_not_opened(error)) from error
    return found.hexdigest()


def find_files(folder: Path) -> list[Path]:
    """The files in ``folder`` and below that can be read, sorted; hidden ones and Word's lock files are passed over."""
    found = (p for p in folder.rglob("*") if p.suffix.lower() in _READERS and p.is_file())
    visible = (p for p in found if not any(part.startswith((".", "~$")) for part in p.relative_to(folder).parts))
    return sorted(visible, key=lambda p: (str(p.parent).casefold(), p.name.casefold()))


def words_in(name: str, data: bytes) -> list[str]:
    """Every paragraph and note of a file that is at hand as bytes, for who only wants its words.

    Raises :class:`UnreadableFile` with the reason.
    """
    suffix = Path(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise UnreadableFile(Path(name), _why_unknown(suffix))
    try:
        content = reader(data, never)
    except Refused as refusal:
        raise UnreadableFile(Path(name), str(refusal)) from refusal
    said = [words for p in content.paragraphs for words in (p.text, *(note.text for note in p.notes))]
    return [*said, *(aside.text for aside in content.asides)]


def open_source(path: Path, cancelled: Callable[[], bool] = never) -> Source:
    """The paragraphs of a file with what hangs on them; nothing is decided yet about speakers.

    Raises :class:`UnreadableFile` with the reason, and :class:`~qualcode.errors.Cancelled`.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(path, _why_unknown(path.suffix.lower()))
    data = _bytes_of(path)
    if cancelled():
        raise Cancelled
    try:
        content = reader(data, cancelled)
    except Refused as refusal:
        raise UnreadableFile(path, str(refusal)) from refusal
    paragraphs = [p for p in pages.without_numbers(content.paragraphs) if p.text.strip() or p.notes]
    if not any(p.text.strip() for p in paragraphs):
        raise UnreadableFile(path, "it holds no text.")
    return Source(
        name=path.name,
        digest=hashlib.sha256(data).hexdigest(),
        paragraphs=tuple(paragraphs),
        stated=tuple(content.stated),
        asides=tuple(content.asides),
        remarks=tuple(content.remarks),
    )


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        limit = _LARGEST_OF.get(path.suffix.lower(), _LARGEST)
        if size > limit:
            reason = f"it has {size // _MEGABYTE} MB, more than any interview ({limit // _MEGABYTE} MB at most)."
            raise UnreadableFile(path, reason)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, _why_not_opened(error)) from error
    if not data:
        raise UnreadableFile(path, "it is empty.")
    return data


def _why_not_opened(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there any more."
    if isinstance(error, IsADirectoryError):
        return "it is a folder. Choose the files in it."
    if isinstance(error, PermissionError):
        return "it may not be read. It may be open in another program, or kept from you by its permissions."
    return f"it could not be opened ({error.strerror or error})."


def _why_unknown(suffix: str) -> str:
    if suffix == ".doc":
        return "it is an old Word document (.doc). Open it in Word and save it as .docx."
    known = ", ".join(SUFFIXES[:-1])
    return f"files ending in {suffix or 'nothing'} cannot be read; those in {known} and {SUFFIXES[-1]} can."
