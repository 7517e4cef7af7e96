"""The pages of sections: the cover's facts with the house rules, and the texts that only the analyst can write."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from qualcode.core.rows import ReportRow
from qualcode.core.values import WaveId
from qualcode.importing.dates import date_in
from qualcode.report import shapes, wording
from qualcode.report.shapes import SectionShape
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_outline import texts_of
from qualcode.ui.widgets.basics import clear, column, label
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_field import ReportField
from qualcode.ui.widgets.report_scale import ScaleEditor
from qualcode.ui.widgets.reports_row import ReportsRow

WIDEST = 820
_ABOUT = {
    "contents": "The contents list themselves from the headings.",
    "summary": "The summary is made from the findings: theme by theme in their shorter wordings, without the quotes. "
    "A shorter wording is written at its finding.",
    "methodology": "Numbers, groups, dates, lengths and the topic guide are filled in from the project. Write here "
    "what it cannot know.",
    "findings": "Choose a theme in the outline to write its findings.",
    "changes": "Sentences, table and figure are made from the two waves.",
    "figure": "The figure is drawn from the counts.",
    "quantity": "What each word may be said of. Words that no longer fit are offered again while you write, and the "
    "checks hold every finding against this scale.",
}
_FROM_DATA = "This is filled in from the project. The page at the right shows it."


class SectionPage(QScrollArea):
    """A section with the analyst's own texts in it."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._key = ""
        self._fields: dict[str, ReportField] = {}
        self.setWidgetResizable(True)
        self.setAccessibleName("Section")
        self._title = label("", "Big", wrap=True)
        self._about = label("", "Secondary", wrap=True)
        self.scale = ScaleEditor(desk)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(6))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(_framed(column(self._title, self._about, 8, self._column, self.scale, None, margin=18, gap=4)))

    def show_section(self, section: SectionShape) -> None:
        if section.key != self._key:
            self.keep()
            self._build(section)
        self._key = section.key
        texts = self._desk.report.texts
        self.scale.setVisible(section.kind == "quantity")
        if section.kind == "quantity":
            self.scale.show_scale()
        for key, field in self._fields.items():
            field.show_text(texts.get(key, ""), partial(self._desk.write_text, key))

    def field(self, key: str) -> ReportField | None:
        """The field of this text."""
        return self._fields.get(key)

    def keep(self) -> None:
        for field in list(self._fields.values()):
            field.keep()

    def _build(self, section: SectionShape) -> None:
        self._fields.clear()
        clear(self._column)
        self._title.setText(self._desk.titled(section.title) or section.kind.capitalize())
        own = texts_of(section)
        about = _ABOUT.get(section.kind, "" if own else _FROM_DATA)
        if section.kind == "text" and section.optional:
            about = "Left out of the report while nothing is written here."
        self._about.setText(about)
        self._about.setVisible(bool(about))
        for key, name, hint in own:
            field = self._fields[key] = ReportField(name, hint)
            field.setMinimumHeight(theme.px(60))
            if len(own) > 1:
                self._column.addWidget(label(name, "Head"))
            self._column.addWidget(field)
            self._column.addSpacing(theme.px(6))
        self.setFocusProxy(next(iter(self._fields.values()), None))  # type: ignore[arg-type]


class CoverPage(QScrollArea):
    """Title, authors and date; what the report is on; and the house rules by which people are described."""

    report_chosen = Signal()
    """Another of the project's reports is worked on."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self.setWidgetResizable(True)
        self.setAccessibleName("Cover")
        self.reports = ReportsRow(desk)
        self.reports.chosen.connect(self.report_chosen)
        self.title = KeptLine("Title", "As on the cover")
        self.subtitle = KeptLine("Subtitle")
        self.programme = KeptLine("Programme")
        self.authors = KeptLine("Authors", "Separated by semicolons")
        self.organisation = KeptLine("Organisation")
        self.date = KeptLine("Date of the report", "5 March 2026")
        self.notice = KeptLine("Notice at the foot of the cover")
        self.wave = Picker("Wave the report is on")
        self.wave.picked.connect(self._set_wave)
        self.shape = Picker("Shape")
        self.shape.picked.connect(lambda shape: desk.change(shape=shape))
        self.group = Picker("People are grouped by")
        self.group.picked.connect(lambda name: desk.set_rule("group", name))
        self.attribution = KeptLine("Attribution under a quote", "{Role}, {wave}")
        self.fewest = QSpinBox()
        self.fewest.setRange(1, 20)
        self.fewest.setAccessibleName("Fewest people a description may fit")
        self.fewest.editingFinished.connect(self._set_fewest)
        self._note = label("", "Secondary", wrap=True)
        body = column(label("Cover", "Big"), self.reports, 6, margin=18, gap=4)
        for name, field in self._rows():
            body.addWidget(_named(name, field))
            body.addWidget(field)
            body.addSpacing(theme.px(4))
        body.addWidget(self._note)
        body.addStretch(1)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(_framed(body))
        self.setFocusProxy(self.title)

    def show_cover(self) -> None:
        desk, report = self._desk, self._desk.report
        self.title.show_text(report.title, lambda text: desk.change(title=text))
        self.subtitle.show_text(report.subtitle, lambda text: desk.change(subtitle=text))
        self.authors.show_text(report.authors, lambda text: desk.change(authors=text))
        self.date.show_text(wording.day(report.published_on) if report.published_on else "", self._set_date)
        for key, field in (
            ("programme", self.programme),
            ("organisation", self.organisation),
            ("notice", self.notice),
        ):
            field.show_text(report.texts.get(key, ""), partial(desk.write_text, key))
        self.programme.setPlaceholderText(desk.material.project_name)
        self._show_choices(report)
        self.reports.show_reports()
        house = desk.material.house
        self.fewest.setValue(house.fewest)
        self.attribution.show_text(house.attributions[0] if house.attributions else "", self._set_attribution)
        self._note.setText(
            "A description that fits fewer people is made coarser under the quote; attribute names and wave stand in "
            "braces."
        )

    def keep(self) -> None:
        for field in self.findChildren(KeptLine):
            field.keep()

    # --- within ---

    def _rows(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            ("Title", self.title),
            ("Subtitle", self.subtitle),
            ("Programme", self.programme),
            ("Authors", self.authors),
            ("Organisation", self.organisation),
            ("Date of the report", self.date),
            ("Wave the report is on", self.wave),
            ("Shape", self.shape),
            ("Notice at the foot of the cover", self.notice),
            ("People are grouped by", self.group),
            ("Attribution under a quote", self.attribution),
            ("Fewest people a description may fit", self.fewest),
        )

    def _show_choices(self, report: ReportRow) -> None:
        waves: list[tuple[str, object]] = [("All waves", None)]
        waves += [(wave.name, wave.id) for wave in self._desk.material.waves]
        self.wave.show_choices(waves, report.wave_id)
        self.shape.show_choices([(shape.name, shape.key) for shape in shapes.available()], report.shape)
        grouped = self._desk.material.house.group
        names = [attribute.name for attribute in self._desk.material.attributes]
        self.group.show_choices([(name, name) for name in names], grouped.name if grouped else None)

    def _set_wave(self, wave_id: WaveId | None) -> None:
        if wave_id != self._desk.report.wave_id:
            self._desk.change(wave_id=wave_id)

    def _set_date(self, text: str) -> None:
        found = date_in(text)
        if found is not None or not text:
            self._desk.change(published_on=found)
        else:
            self._desk.refuse("A date is wanted, such as 5 March 2026.")
            self.date.put_back()

    def _set_attribution(self, text: str) -> None:
        self._desk.set_rule("attributions", [text] if text else [])

    def _set_fewest(self) -> None:
        if self.fewest.value() != self._desk.material.house.fewest:
            self._desk.set_rule("fewest", self.fewest.value())


class KeptLine(QLineEdit):
    """One line that is kept with Return or when it is left."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._kept = ""
        self._keep: Callable[[str], object] = lambda _: None
        self.editingFinished.connect(self.keep)

    def show_text(self, text: str, keep: Callable[[str], object]) -> None:
        typed = self.text().strip() != self._kept.strip()
        self._keep = keep
        if not typed and text != self.text():
            self._kept = text
            self.setText(text)
            self.setCursorPosition(0)

    def keep(self) -> None:
        typed, before = self.text().strip(), self._kept
        if typed != before.strip():
            self._kept = typed
            self._before = before
            self._keep(typed)

    def put_back(self) -> None:
        """Show again what was kept before."""
        self._kept = self._before
        self.setText(self._before)


def _framed(layout: QVBoxLayout) -> QFrame:
    inside = QFrame()
    inside.setObjectName("Background")
    inside.setMaximumWidth(theme.px(WIDEST))
    inside.setLayout(layout)
    return inside


def _named(name: str, field: QWidget) -> QLabel:
    head = label(name, "Head", wrap=True)
    head.setBuddy(field)
    return head
