"""Word documents written part by part, for what python-docx cannot write."""

from __future__ import annotations

from pathlib import Path

from tests.importing.shapes import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = {
    "w": W,
    "r": _R,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())


def run(text: str, look: str = "") -> str:
    """A run; ``look`` is the inside of its properties."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    runs = "".join(part if part.startswith("<") else run(part) for part in inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def write_word(path: Path, body: str, **parts: str) -> Path:
    """A .docx with this body; ``parts`` are comments, footnotes, styles, header1 ... by their inside."""
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{_R}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for i, name in enumerate(parts)
    )
    roots = {"header": "hdr", "footer": "ftr"}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_DECLARED}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
    }
    for name, inside in parts.items():
        root = roots.get(name.rstrip("0123456789"), name)
        files[f"word/{name}.xml"] = f"<w:{root} {_DECLARED}>{inside}</w:{root}>"
    return zipped(path, files)
