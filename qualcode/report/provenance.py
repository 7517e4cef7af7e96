"""How a quote or a finding is known again in a document that people went on editing.

Each carries a hidden bookmark (its name begins with an underscore, so that Word does not list it), which moves with
the words when they are cut and pasted and is never printed. A custom XML part beside the text lists the same ids with
a digest of the words as they were written: enough to see that something changed, without a second copy of the words.
It has digests of all other paragraphs too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from lxml import etree  # type: ignore[import-untyped]

from qualcode.report.blocks import Of, Origin

NAMESPACE = "urn:qualcode:provenance:1"
_TEXTS = f"{{{NAMESPACE}}}texts"
_PREFIX = {Of.QUOTE: "_qcq_", Of.FINDING: "_qcf_"}
_NAME = re.compile(r"_qc([qf])_([0-9a-f]{32})(?:_\d+)?")


@dataclass(frozen=True, slots=True)
class Trace:
    """One quote or finding in a document: its bookmark, what it is, how it is called, and a digest of its words."""

    bookmark: str
    origin: Origin
    label: str
    digest: str


class Traces:
    """The traces of one document, as they are made."""

    def __init__(self) -> None:
        self.all: list[Trace] = []
        self._used: dict[str, int] = {}

    def add(self, origin: Origin, words: str, label: str = "") -> str:
        """Note a quote or finding; the name of its bookmark. The second time it appears it gets one of its own."""
        name = _PREFIX[origin.of] + UUID(origin.id).hex
        times = self._used[name] = self._used.get(name, 0) + 1
        bookmark = name if times == 1 else f"{name}_{times}"
        self.all.append(Trace(bookmark, origin, label, digest(words)))
        return bookmark

    def as_xml(self, shape: str = "", report_id: str = "", texts: Iterable[str] = ()) -> bytes:
        """The custom XML part: the traces, the shape and the report that the document was made from, and digests of
        its other ``texts``."""
        made_from = {name: value for name, value in (("shape", shape), ("report", report_id)) if value}
        root = etree.Element(f"{{{NAMESPACE}}}report", made_from, nsmap={None: NAMESPACE})
        for trace in self.all:
            attributes = {"id": trace.origin.id, "bookmark": trace.bookmark, "digest": trace.digest}
            if trace.label:
                attributes["label"] = trace.label
            etree.SubElement(root, f"{{{NAMESPACE}}}{trace.origin.of.value}", attributes)
        if digests := sorted(set(map(digest, texts))):
            etree.SubElement(root, _TEXTS, digests=" ".join(digests))
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def origin_of(bookmark: str) -> Origin | None:
    """What a bookmark of ours stands on; None for any other."""
    found = _NAME.fullmatch(bookmark)
    if found is None:
        return None
    return Origin(Of.QUOTE if found[1] == "q" else Of.FINDING, str(UUID(found[2])))


def read(part: bytes) -> list[Trace]:
    """The traces of a custom XML part."""
    root = etree.fromstring(part)
    return [
        Trace(e.get("bookmark"), Origin(Of(etree.QName(e).localname), e.get("id")), e.get("label", ""), e.get("digest"))
        for e in root
        if e.tag != _TEXTS
    ]


def texts(part: bytes) -> frozenset[str]:
    """The digests of a document's other paragraphs, as it was written."""
    found = etree.fromstring(part).find(_TEXTS)
    return frozenset() if found is None else frozenset(found.get("digests", "").split())


def made_from(part: bytes) -> tuple[str, str]:
    """The shape and the report that the document of a custom XML part was made from, empty where it does not say."""
    root = etree.fromstring(part)
    return root.get("shape", ""), root.get("report", "")


def digest(words: str) -> str:
    """A short digest of words, white space aside."""
    return hashlib.sha256(" ".join(words.split()).encode("utf-8")).hexdigest()[:16]
