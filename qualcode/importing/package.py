"""Opening zipped XML documents (.docx, .odt) without trusting them: no network, no entities, no bombs."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from qualcode.importing.source import Refused

LARGEST_PART = 64 * 1024 * 1024
"""Bytes that one XML part may unpack to; an interview of 80,000 words needs about 3 million."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARES = "it declares a document type of its own, as no word processor does. It was not opened."
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError, RuntimeError)


class Package:
    """A zip of XML parts, read in memory. ``kind`` names the format in the sentences of a refusal."""

    def __init__(self, data: bytes, kind: str) -> None:
        if data.startswith(_OLE):
            raise Refused(_old_or_locked(data, kind))
        if not data.startswith(b"PK"):
            raise Refused(f"it is named as {kind} but is something else. Open it in its own program and save it anew.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise Refused("it is damaged or only part of it was copied. Copy it again from where it came.") from error

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of one part, refused beyond :data:`LARGEST_PART` whatever the archive claims."""
        info = self._zip.NameToInfo[name]
        if info.flag_bits & 1:
            raise Refused("it is protected with a password. Remove the password in its own program and save it again.")
        if info.file_size > LARGEST_PART:
            raise Refused(_too_large())
        try:
            with self._zip.open(info) as part:
                data = part.read(LARGEST_PART + 1)
        except _BROKEN as error:
            raise Refused(
                f"it is damaged: {name} in it cannot be unpacked. Copy it again from where it came."
            ) from error
        if len(data) > LARGEST_PART:
            raise Refused(_too_large())
        return data

    def xml(self, name: str) -> Any:
        """The root element of one part."""
        return parse_xml(self.read(name))


def _too_large() -> str:
    limit = LARGEST_PART // (1024 * 1024)
    return f"its text unpacks to more than {limit} MB, which no interview does. It was not opened."


def _old_or_locked(data: bytes, kind: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "it is protected with a password. Open it in Word, remove the password and save it again."
    return f"it is an old Word document (.doc), not {kind}. Open it in Word and save it as .docx."


def parse_xml(data: bytes) -> Any:
    """The root element of ``data``; document type declarations are refused, since only an attack has one here."""
    from lxml import etree  # type: ignore[import-untyped]

    if b"<!DOCTYPE" in data[:4096]:
        raise Refused(_DECLARES)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("it is damaged: its XML is not valid. Open it in its own program and save it anew.") from error
    if root.getroottree().docinfo.doctype:
        raise Refused(_DECLARES)
    return root


def name_of(element: Any) -> str:
    """An element's local name: editions of one format differ in namespace."""
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its local name, if it is in a namespace."""
    for key, value in element.attrib.items():
        if key.endswith("}" + name):
            return str(value)
    return None
