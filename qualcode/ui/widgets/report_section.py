"""The page of a section, with the texts that only the analyst can write."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from qualcode.core.comments import Topic
from qualcode.report.shapes import SectionShape
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_outline import texts_of
from qualcode.ui.widgets.basics import clear, column, label
from qualcode.ui.widgets.report_comments import Commented, Conversation, headed
from qualcode.ui.widgets.report_field import ReportField
from qualcode.ui.widgets.report_insert import InsertRow
from qualcode.ui.widgets.report_scale import ScaleEditor

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
        self.insert = InsertRow(desk, ReportField("Text"))
        work = QFrame()
        head = headed(self._title, self.comment)
        work.setLayout(column(head, self._about, self.insert, 4, self._column, self.scale, None, gap=4))
        self._page = Commented(work, Conversation(desk.talk, desk.mask))
        self.setWidget(self._page)

    def show_section(self, section: SectionShape) -> None:
        if section.key != self._key:
            self.keep()
            self._build(section)
        self._key = section.key
        self._title.setText(self._desk.titled(section.title) or section.kind.capitalize())
        self._page.row.talk.show_topic(Topic(section=section.key))
        texts = self._desk.report.texts
        self.scale.setVisible(section.kind == "quantity")
        if section.kind == "quantity":
            self.scale.show_scale()
        words = self._desk.mask.words
        for key, field in self._fields.items():
            field.show_text(words(texts.get(key, "")), partial(self._desk.write_text, key))

    def comment(self) -> None:
        """Put the cursor where something is said on the section."""
        self._page.row.talk.begin()
        self.ensureWidgetVisible(self._page.row.talk)

    def field(self, key: str) -> ReportField | None:
        """The field of this text."""
        return self._fields.get(key)

    def keep(self) -> None:
        for field in list(self._fields.values()):
            field.keep()
        self._page.row.talk.keep()

    def _build(self, section: SectionShape) -> None:
        self._fields.clear()
        clear(self._column)
        own = texts_of(section)
        about = _ABOUT.get(section.kind, "" if own else _FROM_DATA)
        if section.kind == "text" and section.optional:
            about = "Left out of the report while nothing is written here."
        self._about.setText(about)
        self._about.setVisible(bool(about))
        for key, name, hint in own:
            field = self._fields[key] = ReportField(name, hint)
            field.setMinimumHeight(theme.px(60))
            field.entered.connect(partial(self.insert.work_on, field, key))
            if len(own) > 1:
                self._column.addWidget(label(name, "Head"))
            self._column.addWidget(field)
            self._column.addSpacing(theme.px(6))
        self.insert.setVisible(bool(own))
        if own:
            self.insert.work_on(self._fields[own[0][0]], own[0][0])
        self.setFocusProxy(next(iter(self._fields.values()), None))  # type: ignore[arg-type]
