"""Makes ``resources/report/house.docx``: the styles, page, header and footer of every report.

Run ``python -m qualcode.report.house_template`` after a change here; a test holds the file against this module. An
organisation replaces the file with its own, made in Word; what its own lacks is taken from this one.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from qualcode.resources import resource

FONT = "Arial"
ACCENT, INK, QUIET, LINE, WASH = "1F4E79", "22262B", "5C6570", "C9CFD6", "E7EEF6"
GAP_INK, GAP_WASH = "7A4A0E", "FDF0DC"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_LONG_AGO = (2024, 1, 1, 0, 0, 0)

TEXT_WIDTH = 9070
"""Between the margins, in twentieths of a point (16 cm)."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A style. Sizes and spaces are in points; ``paragraph`` and ``run`` are further properties as they are written, in
    the order of the schema around those made from the other fields.
    """

    name: str
    id: str
    based_on: str = "Normal"
    next: str = ""
    kind: str = "paragraph"
    size: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    before: float | None = None
    after: float | None = None
    line: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    first: str = ""
    last: str = ""
    run: str = ""
    priority: int = 10


_TABS = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_DOTS = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'


def _rule(side: str, size: int, space: int, colour: str) -> str:
    return f'<w:pBdr><w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/></w:pBdr>'


def _numbered(num_id: int) -> str:
    return f'<w:numPr><w:numId w:val="{num_id}"/></w:numPr>'


_STYLES = (
    _Style("Normal", "Normal", "", after=8, line=1.22, priority=0),
    _Style("Title", "Title", next="Subtitle", size=32, bold=True, colour=ACCENT, before=0, after=10, line=1.0,
           keep_next=True, first=_rule("bottom", 18, 10, ACCENT)),
    _Style("Subtitle", "Subtitle", size=16, colour=QUIET, before=10, after=36, line=1.1),
    _Style("heading 1", "Heading1", next="Normal", size=20, bold=True, colour=ACCENT, before=26, after=10, line=1.05,
           outline=0, keep_next=True, keep_lines=True, priority=9),
    _Style("heading 2", "Heading2", next="Normal", size=14.5, bold=True, colour=ACCENT, before=20, after=6, line=1.1,
           outline=1, keep_next=True, keep_lines=True, priority=9),
    _Style("heading 3", "Heading3", next="Normal", size=12, bold=True, colour=INK, before=16, after=5, line=1.1,
           outline=2, keep_next=True, keep_lines=True, priority=9),
    _Style("heading 4", "Heading4", next="Normal", size=11, italic=True, colour=INK, before=12, after=4, line=1.1,
           outline=3, keep_next=True, keep_lines=True, priority=9),
    _Style("Summary Heading", "SummaryHeading", next="Normal", size=13, bold=True, colour=ACCENT, before=12, after=4,
           line=1.1, outline=1, keep_next=True, keep_lines=True),
    _Style("Lead", "Lead", next="Normal", size=12, colour=ACCENT, after=10, line=1.28, keep_lines=True),
    _Style("Note", "Note", size=9.5, colour=QUIET, before=4, after=6, line=1.2),
    _Style("Quote", "Quote", next="Normal", italic=True, size=10.5, before=0, after=8, line=1.25, left=22, right=14,
           priority=29),
    _Style("Quote Attribution", "QuoteAttribution", next="Normal", size=9, colour=QUIET, before=0, after=11, line=1.1,
           left=22, right=14, priority=29),
    _Style("List Bullet", "ListBullet", first=_numbered(1), after=4, left=18, hanging=14, priority=11),
    _Style("List Number", "ListNumber", first=_numbered(2), after=4, left=22, hanging=22, priority=11),
    _Style("caption", "Caption", next="Normal", size=9.5, bold=True, colour=ACCENT, before=12, after=5, line=1.1,
           keep_lines=True, priority=35),
    _Style("Table Text", "TableText", size=9.5, before=0, after=0, line=1.15),
    _Style("To Be Written", "ToBeWritten", next="Normal", colour=GAP_INK, keep_lines=True,
           first=f'<w:shd w:val="clear" w:color="auto" w:fill="{GAP_WASH}"/>'),
    _Style("Cover Programme", "CoverProgramme", next="Title", size=12, colour=QUIET, before=0, after=14, line=1.15),
    _Style("Cover Fact", "CoverFact", size=11, after=5, line=1.2, left=100, hanging=100,
           first='<w:tabs><w:tab w:val="left" w:pos="2000"/></w:tabs>'),
    _Style("Cover Notice", "CoverNotice", size=9.5, italic=True, colour=QUIET, before=36, after=8, line=1.2),
    _Style("TOC Heading", "TOCHeading", next="Normal", size=20, bold=True, colour=ACCENT, before=0, after=12, line=1.05,
           keep_next=True, priority=39),
    _Style("toc 1", "TOC1", next="Normal", bold=True, before=7, after=2, line=1.1, first=_DOTS, priority=39),
    _Style("toc 2", "TOC2", next="Normal", before=0, after=3, line=1.1, left=14, first=_DOTS, priority=39),
    _Style("toc 3", "TOC3", next="Normal", size=10, colour=QUIET, before=0, after=2, line=1.1, left=28,
           first=_DOTS, priority=39),
    _Style("header", "Header", size=8.5, colour=QUIET, after=0, line=1.0, first=_rule("bottom", 4, 4, LINE) + _TABS,
           priority=99),
    _Style("footer", "Footer", size=8.5, colour=QUIET, after=0, line=1.0, first=_TABS, priority=99),
    _Style("footnote text", "FootnoteText", size=9, after=3, line=1.1, priority=99),
    _Style("footnote reference", "FootnoteReference", "", kind="character", run='<w:vertAlign w:val="superscript"/>',
           priority=99),
    _Style("Hyperlink", "Hyperlink", "", kind="character", colour=ACCENT, run='<w:u w:val="single"/>', priority=99),
    _Style("To Be Written Words", "ToBeWrittenWords", "", kind="character", colour=GAP_INK,
           run=f'<w:shd w:val="clear" w:color="auto" w:fill="{GAP_WASH}"/>'),
)  # fmt: skip


def make(path: Path) -> None:
    """Write the house template, the same bytes each time."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"),
            ("extended-properties", "docProps/app.xml"),
            core="docProps/core.xml",
        ),
        "docProps/core.xml": _core(),
        "docProps/app.xml": _app(),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("numbering", "numbering.xml"),
            ("footnotes", "footnotes.xml"),
            ("header", "header1.xml"),
            ("footer", "footer1.xml"),
            ("header", "header2.xml"),
            ("footer", "footer2.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/numbering.xml": _numbering(),
        "word/footnotes.xml": _footnotes(),
        "word/header1.xml": _running("hdr", "Header", _field("TITLE", "Report")),
        "word/footer1.xml": _running("ftr", "Footer", f"{_TAB}{_words('Page ')}{_field('PAGE', '2')}"),
        "word/header2.xml": _first_page("hdr"),
        "word/footer2.xml": _first_page("ftr"),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 0
            package.writestr(entry, content, zipfile.ZIP_DEFLATED)


# --- styles ------------------------------------------------------------------------------------------------------


def _styles() -> str:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" '
        f'w:cs="{FONT}"/><w:color w:val="{INK}"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
    )
    defaults_of_kinds = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph '
        'Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority '
        'w:val="99"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority '
        'w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" '
        'w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" '
        'w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    styles = "".join(map(_style, _STYLES))
    return f"{_HEAD}<w:styles {_NAMESPACES}>{defaults}{styles}{defaults_of_kinds}{_table_style()}</w:styles>"


def _style(style: _Style) -> str:
    default = ' w:default="1"' if style.id == "Normal" else ""
    custom = ' w:customStyle="1"' if style.name[0].isupper() and style.id not in _BUILT_IN else ""
    based = f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else ""
    following = f'<w:next w:val="{style.next}"/>' if style.next else ""
    paragraph = f"<w:pPr>{_paragraph(style)}</w:pPr>" if style.kind == "paragraph" else ""
    return (
        f'<w:style w:type="{style.kind}"{default}{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}'
        f'{following}<w:uiPriority w:val="{style.priority}"/><w:qFormat/>{paragraph}<w:rPr>{_run(style)}</w:rPr>'
        "</w:style>"
    )


_BUILT_IN = {"Normal", "Title", "Subtitle", "Quote", "ListBullet", "ListNumber", "TOCHeading", "Hyperlink"}


def _paragraph(style: _Style) -> str:
    kept = ("<w:keepNext/>" if style.keep_next else "") + ("<w:keepLines/>" if style.keep_lines else "")
    spacing = "".join(
        f' w:{name}="{round(points * 20)}"'
        for name, points in (("before", style.before), ("after", style.after))
        if points is not None
    )
    line = f' w:line="{round(style.line * 240)}" w:lineRule="auto"' if style.line else ""
    indents = "".join(
        f' w:{name}="{round(points * 20)}"'
        for name, points in (("left", style.left), ("right", style.right), ("hanging", style.hanging))
        if points
    )
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    spaced = f"<w:spacing{spacing}{line}/>" if spacing or line else ""
    return f"{kept}{style.first}{spaced}{f'<w:ind{indents}/>' if indents else ''}{outline}{style.last}"


def _run(style: _Style) -> str:
    face = ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "")
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    half_points = round(style.size * 2)
    size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else ""
    return f"{face}{colour}{size}{style.run}"


def _table_style() -> str:
    def border(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    borders = border("top", 8, ACCENT) + border("bottom", 8, ACCENT) + border("insideH", 4, LINE)
    first = (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
        f'{border("bottom", 8, ACCENT)}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{WASH}"/></w:tcPr>'
        "</w:tblStylePr>"
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/><w:basedOn '
        'w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f'{borders}</w:tblBorders><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/><w:bottom '
        f'w:w="50" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>{first}</w:style>'
    )


# --- numbering ---------------------------------------------------------------------------------------------------


def _numbering() -> str:
    bullets = _levels([("bullet", "•", 360, 280), ("bullet", "–", 720, 280), ("bullet", "•", 1080, 280)])
    numbers = _levels([("decimal", "%1.", 440, 440), ("lowerLetter", "%2)", 880, 440)])
    abstracts = (
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>{numbers}</w:abstractNum>'
    )
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return f"{_HEAD}<w:numbering {_NAMESPACES}>{abstracts}{nums}</w:numbering>"


def _levels(levels: list[tuple[str, str, int, int]]) -> str:
    made = ""
    for depth, (form, words, left, hanging) in enumerate(levels):
        colour = f'<w:rPr><w:color w:val="{ACCENT}"/></w:rPr>' if form == "bullet" else ""
        made += (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{colour}</w:lvl>'
        )
    return made


# --- the other parts ---------------------------------------------------------------------------------------------

_TAB = "<w:r><w:tab/></w:r>"


def _words(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def _field(instruction: str, shown: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    asked = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{char('begin')}{asked}{char('separate')}{_words(shown)}{char('end')}"


def _running(tag: str, style: str, content: str) -> str:
    return f'{_HEAD}<w:{tag} {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p></w:{tag}>'


def _first_page(tag: str) -> str:
    return f"{_HEAD}<w:{tag} {_NAMESPACES}><w:p/></w:{tag}>"


def _document() -> str:
    parts = (("header", "default", 6), ("footer", "default", 7), ("header", "first", 8), ("footer", "first", 9))
    running = "".join(f'<w:{what}Reference w:type="{when}" r:id="rId{n}"/>' for what, when, n in parts)
    page = (
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1500" w:right="1418" w:bottom="1418" w:left="1418" '
        'w:header="720" w:footer="680" w:gutter="0"/><w:titlePg/>'
    )
    return f"{_HEAD}<w:document {_NAMESPACES}><w:body><w:sectPr>{running}{page}</w:sectPr></w:body></w:document>"


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        '</w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'{_HEAD}<w:fonts {_NAMESPACES}><w:font w:name="{FONT}"><w:panose1 w:val="020B0604020202020204"/><w:charset '
        'w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _footnotes() -> str:
    def line(number: int, kind: str, mark: str) -> str:
        return (
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
            f'w:lineRule="auto"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        )

    lines = line(-1, "separator", "separator") + line(0, "continuationSeparator", "continuationSeparator")
    return f"{_HEAD}<w:footnotes {_NAMESPACES}>{lines}</w:footnotes>"


def _core() -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Report</dc:title><dc:language>en-GB'
        "</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>QualCode</Application></Properties>"
    )


def _relationships(*targets: tuple[str, str], core: str = "") -> str:
    made = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    if core:
        kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        made += f'<Relationship Id="rId{len(targets) + 1}" Type="{kind}" Target="{core}"/>'
    return f'{_HEAD}<Relationships xmlns="{_RELS}">{made}</Relationships>'


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_WML}.document.main+xml",
        **{f"/word/{name}.xml": f"{_WML}.{name}+xml" for name in ("styles", "settings", "fontTable", "numbering")},
        "/word/footnotes.xml": f"{_WML}.footnotes+xml",
        **{f"/word/header{n}.xml": f"{_WML}.header+xml" for n in (1, 2)},
        **{f"/word/footer{n}.xml": f"{_WML}.footer+xml" for n in (1, 2)},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_HEAD}<Types xmlns="{_TYPES}">{defaults}{overrides}</Types>'


if __name__ == "__main__":
    make(resource("report", "house.docx"))
