"""Every shape held against the standard: by its order of elements, by what a screen reader needs, and by a whole
validator where one is at hand.

Set ``QUALCODE_OOXML_VALIDATOR`` to a command that takes a file and prints its faults as a JSON list, each with a
``description`` and a ``path``; without it those tests are skipped.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shlex
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from qualcode.guard import Guard
from qualcode.report.export import export_report
from tests.report.conftest import Sample
from tests.report.packages import paragraphs

SHAPES = ["insight", "thematic_briefing", "committee_paper", "programme_report"]
VALIDATOR = "QUALCODE_OOXML_VALIDATOR"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing "
    "jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing sz szCs highlight u shd vertAlign rtl lang",
    "tblPr": "tblStyle tblpPr tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    "sectPr": "Reference pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
}
"""Elements that the standard (ISO/IEC 29500-1, 17.3 to 17.9) wants in order, with those of their children in use."""


@pytest.fixture(scope="module", params=SHAPES)
def document(request: pytest.FixtureRequest, sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("valid") / f"{request.param}.docx"
    export_report(sample.project, path, guard=Guard(sample.project, unreviewed=()), shape=request.param)
    return path


def parts(path: Path) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(package.read(name))


def called(element: Any) -> str:
    """An element's name; references to headers and footers may alternate."""
    name = str(etree.QName(element).localname)
    return "Reference" if name in ("headerReference", "footerReference") else name


class DescribeTheOrderOfElements:
    def it_is_that_of_the_standard(self, document: Path) -> None:
        for name, root in parts(document):
            for tag, order in _ORDER.items():
                for element in root.iter(f"{_W}{tag}"):
                    there = [order.split().index(called(child)) for child in element]
                    assert there == sorted(there), f"{name}: {etree.tostring(element)[:400]!r}"

    def it_asks_nothing_of_a_reader_that_the_first_edition_had_not(self, document: Path) -> None:
        """A namespace that came later would have to be named as one that may be passed over."""
        for name, root in parts(document):
            used = {etree.QName(e).namespace for e in root.iter(etree.Element)}
            later = {n for n in used if n and "schemas.microsoft.com" in n}
            passed_over = {root.nsmap[prefix] for prefix in root.get(_IGNORABLE, "").split()}
            assert later <= passed_over, name


class DescribeEveryShapeToAScreenReader:
    def it_steps_down_one_heading_level_at_a_time(self, document: Path) -> None:
        styles = (name for name, _ in paragraphs(docx.Document(str(document))))
        levels = [int(name[-1]) for name in styles if re.fullmatch(r"heading \d", name.casefold())]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))

    def it_has_no_empty_paragraph(self, document: Path) -> None:
        body = docx.Document(str(document)).element.body
        empty = [p for p in body.iter(f"{_W}p") if not "".join(t.text or "" for t in p.iter(f"{_W}t")).strip()]
        assert all(p.find(f".//{_W}drawing") is not None for p in empty)

    def it_describes_its_tables_and_pictures_and_says_its_language(self, document: Path) -> None:
        read = docx.Document(str(document))
        assert all(picture.get("descr") for picture in read.element.body.iter("{*}docPr"))
        for table in read.element.body.iter(f"{_W}tbl"):
            assert table.find(f"{_W}tblPr/{_W}tblDescription").get(f"{_W}val")
            assert table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is not None
        assert read.core_properties.language == "en-GB"
        assert read.core_properties.title
        assert not read.core_properties.author


@pytest.mark.skipif(VALIDATOR not in os.environ, reason=f"{VALIDATOR} names no validator")
class DescribeTheWholeStandard:
    def it_is_kept_by_each_shape_of_report(self, document: Path) -> None:
        assert faults(document) == []

    def it_is_kept_by_workbooks(self, sample: Sample) -> None:
        """The parts of a font may stand in any order (18.8.22), although some validators want that of Excel."""
        for path in (sample.matrix, sample.annex):
            assert [fault for fault in faults(path) if "/x:fonts" not in str(fault["path"])] == []


def faults(path: Path) -> list[dict[str, Any]]:
    asked = [*shlex.split(os.environ[VALIDATOR]), str(path)]
    done = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=120)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
