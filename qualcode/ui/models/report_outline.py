"""The outline of a report: its sections, under the findings the themes, under these what they assert."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from qualcode.core import quantity
from qualcode.core.rows import FindingRow, ThemeRow
from qualcode.core.values import ThemeId
from qualcode.report import markup
from qualcode.report.blocks import Of, Origin
from qualcode.report.shapes import APPENDICES, SectionShape
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.tree import Index, Node, TreeModel

HELD = Qt.ItemDataRole.UserRole
HOUSE = "shape and style"
"""The line of the house's ways with reports, before the document's own sections."""
LOOSE = ThemeId("")
"""Where findings stand that are under no theme."""
TEXTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "summary": (
        ("purpose", "Opening", "What the interviews were held to learn, and for whom"),
        (
            "summary_conclusion",
            "Conclusion of the summary",
            "Without one, the conclusion’s first paragraph stands here",
        ),
    ),
    "methodology": (
        ("sampling", "Sampling", "How people were chosen and invited, and who could not be reached"),
        ("interviews", "More on the interviews", "What the data cannot know about how they were held"),
        ("analysis", "More on the analysis", "Who read and coded what, and how definitions were agreed"),
        ("anonymity", "More on anonymity", "What was promised, and how it was kept"),
        ("limitations", "Limitations", "What the sample and the method do not allow to be said"),
    ),
    "findings": (("findings", "Introduction", "A paragraph before the first theme, where one is wanted"),),
    "changes": (("changes", "Remarks on the changes", "What the figures do not tell"),),
}
"""What the analyst can write in a section of a kind: the key of the text, its name, and what belongs there."""
_ASKED = {"methodology": ("sampling", "limitations")}
_NOTES = {"contents": "by itself", "summary": "from findings", "methodology": "from data", "changes": "from data"}


def texts_of(section: SectionShape) -> tuple[tuple[str, str, str], ...]:
    """The analyst's own texts in a section."""
    if section.kind == "text":
        return ((section.key, section.title, section.ask[:1].upper() + section.ask[1:]),)
    if section.kind in APPENDICES:
        return ((section.key, "Introduction", "A paragraph before what the data says, where one is wanted"),)
    return TEXTS.get(section.kind, ())


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline. ``note`` stands at its end; ``attention`` says that something there wants an act."""

    origin: Origin
    title: str
    note: str = ""
    attention: bool = False

    @property
    def said(self) -> str:
        """As a screen reader says it."""
        noun = {Of.THEME: "Theme ", Of.FINDING: "Finding: "}.get(self.origin.of, "")
        return ", ".join(part for part in (noun + self.title, self.note) if part)


def remark(desk: ReportDesk, finding: FindingRow) -> str:
    """What a finding wants, in a word or two; nothing when all is well."""
    if not finding.quotes:
        return "no quote"
    words, count = markup.plain(finding.text), desk.count(finding)
    scale = desk.material.house.scale
    claim = quantity.claim(words, scale)
    if claim is None or not count.asked or quantity.agrees(words, count.people, count.asked, scale):
        return ""
    return f"“{claim.word}”?"


class OutlineModel(TreeModel[Entry]):
    """Filled anew by :meth:`show`."""

    def show(self, desk: ReportDesk) -> None:
        self.beginResetModel()
        self.root = Node()
        self.root.add(Entry(Origin(Of.SECTION, HOUSE), "Shape and style", desk.shape.name))
        for section in desk.shape.sections:
            if section.kind != "changes" or desk.material.waves_compared:
                node = self.root.add(_section(desk, section))
                if section.kind == "findings":
                    _add_findings(node, desk)
        for section in desk.shape.appendices:
            self.root.add(Entry(Origin(Of.SECTION, section.key), section.title, "appendix"))
        self.endResetModel()

    def find(self, origin: Origin) -> QModelIndex:
        """The line of this section, theme or finding."""
        for node in self.root.below():
            if node.held is not None and node.held.origin == origin:
                return self.index_of(node)
        return QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.held(index)
        if entry is None:
            return None
        answers: dict[int, Callable[[], Any]] = {
            HELD: lambda: entry,
            Qt.ItemDataRole.DisplayRole: lambda: entry.title,
            Qt.ItemDataRole.ToolTipRole: lambda: entry.title,
            Qt.ItemDataRole.AccessibleTextRole: lambda: entry.said,
        }
        return answers[role]() if role in answers else None


# --- within ------------------------------------------------------------------------------------------------------


def _section(desk: ReportDesk, section: SectionShape) -> Entry:
    origin = Origin(Of.SECTION, section.key)
    title = desk.titled(section.title) or section.kind.capitalize()
    if section.kind == "cover":
        report = desk.report
        blank = (not report.authors.strip()) + (report.published_on is None)
        return Entry(origin, title, f"{blank} blank" if blank else "", bool(blank))
    if section.kind == "text":
        return Entry(origin, title, *_text_note(desk, section))
    blank = sum(not desk.report.texts.get(key, "").strip() for key in _ASKED.get(section.kind, ()))
    return Entry(origin, title, f"{blank} blank" if blank else _NOTES.get(section.kind, ""), bool(blank))


def _text_note(desk: ReportDesk, section: SectionShape) -> tuple[str, bool]:
    if desk.report.texts.get(section.key, "").strip():
        return "", False
    return ("left out", False) if section.optional else ("blank", True)


def _add_findings(node: Node[Entry], desk: ReportDesk) -> None:
    under: dict[ThemeId | None, list[FindingRow]] = {}
    for finding in desk.material.findings:
        under.setdefault(finding.theme_id, []).append(finding)
    remarks = {f.id: remark(desk, f) for f in desk.material.findings}
    places: dict[ThemeId | None, Node[Entry]] = {None: node}
    for theme in desk.material.themes:
        below = [f for t in desk.under(theme.id) for f in under.get(t.id, ())]
        note = _together([remarks[f.id] for f in below])
        entry = Entry(Origin(Of.THEME, theme.id), desk.mask.words(theme.name), *note)
        places[theme.id] = _placed(places, theme).add(entry)
    for theme in desk.material.themes:
        _first(
            places[theme.id],
            [Entry(Origin(Of.FINDING, f.id), *_line(desk, f, remarks[f.id])) for f in under.get(theme.id, ())],
        )
    loose = under.get(None, [])
    if loose:
        heap = node.add(Entry(Origin(Of.THEME, LOOSE), "Under no theme", *_together([remarks[f.id] for f in loose])))
        for finding in loose:
            heap.add(Entry(Origin(Of.FINDING, finding.id), *_line(desk, finding, remarks[finding.id])))


def _placed(places: dict[ThemeId | None, Node[Entry]], theme: ThemeRow) -> Node[Entry]:
    return places.get(theme.parent_id, places[None])


def _first(node: Node[Entry], entries: Sequence[Entry]) -> None:
    """Put entries before what stands under a node already: findings come before sub-themes."""
    below = node.children
    node.children = []
    for entry in entries:
        node.add(entry)
    for child in below:
        child.number = len(node.children)
        node.children.append(child)


def _together(remarks: Sequence[str]) -> tuple[str, bool]:
    wanting = [r for r in remarks if r]
    if not wanting:
        return (str(len(remarks)) if remarks else ""), False
    return (wanting[0] if len(wanting) == 1 else f"{len(wanting)} to mend"), True


def _line(desk: ReportDesk, finding: FindingRow, wants: str) -> tuple[str, str, bool]:
    quotes = len(finding.quotes)
    words = " ".join(markup.key_issue(desk.mask.words(finding.text)).split())
    title = words[:1].upper() + words[1:]
    return title, wants or f"{quotes}", bool(wants)
