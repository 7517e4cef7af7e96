"""The page of the house's ways: shape, template, language, how quotes are set and people described."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QLabel, QScrollArea, QSpinBox, QWidget

from qualcode.report.house import ELLIPSES, LANGUAGES, MARKS
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_page import quote_html
from qualcode.ui.widgets.basics import button, column, label
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_comments import WIDEST
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.report_line import KeptLine, named
from qualcode.ui.widgets.report_template import TemplateSample

_MARKS = {"double": "“Double”", "single": "‘Single’", "straight": '"Straight"', "none": "None"}
_SHAPES = "Report shapes (*.yaml *.yml)"
_TEMPLATES = "Word templates (*.docx *.dotx)"


class HousePage(QScrollArea):
    """What is set here holds for every report of the project."""

    scale_asked = Signal()
    """Show the quantity words."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk, self._house = desk, desk.house
        self.setWidgetResizable(True)
        self.setAccessibleName("Shape and style")
        self._make_shape()
        self._make_template()
        self._make_quotes()
        self._make_people()
        body = column(label("Shape and style", "Big"), 6, gap=4)
        for title, parts in self._groups():
            body.addSpacing(theme.px(6))
            body.addWidget(label(title, "Title"))
            for part in parts:
                if isinstance(part, Picker | KeptLine | QSpinBox):
                    body.addWidget(named(part.accessibleName(), part))
                if isinstance(part, Flow):
                    body.addLayout(part)
                else:
                    body.addWidget(part)
        body.addStretch(1)
        body.setContentsMargins(*(theme.px(18),) * 4)
        page = QFrame()
        page.setObjectName("Background")
        page.setMaximumWidth(theme.px(WIDEST))
        page.setLayout(body)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(page)
        self.setFocusProxy(self.shape)
        theme.appearance.changed.connect(self._show_quote)

    def show_house(self) -> None:
        """Show everything as it is now."""
        rules = self._desk.material.house
        offered = self._house.shapes()
        key = self._desk.shape.key
        self.shape.show_choices([(shape.name, shape.key) for shape in offered], key)
        self._about.setText(self._desk.shape.about)
        self._about.setVisible(bool(self._desk.shape.about))
        self._drop_shape.setVisible(self._house.is_own(key))
        dress = self._house.dress()
        self.template.show_dress(dress)
        self._usual.setVisible(bool(dress.name))
        self.language.show_choices([(words, key) for key, words in LANGUAGES.items()], rules.language)
        marks = next(key for key, pair in MARKS.items() if pair == rules.quotes.marks)
        self.marks.show_choices([(words, key) for key, words in _MARKS.items()], marks)
        self.ellipsis.show_choices([(sign, sign) for sign in ELLIPSES], rules.quotes.ellipsis)
        _tick(self.italic, rules.quotes.italic)
        _tick(self.numbers, rules.numbers)
        names = [attribute.name for attribute in self._desk.material.attributes]
        self.group.show_choices([(name, name) for name in names], rules.group.name if rules.group else None)
        self.attribution.show_text(rules.attributions[0] if rules.attributions else "", self._set_attribution)
        self.fewest.setValue(rules.fewest)
        self._show_quote()

    def keep(self) -> None:
        """Keep what is being typed."""
        self.attribution.keep()

    # --- within: building ---

    def _make_shape(self) -> None:
        self.shape = Picker("Shape of the report")
        self.shape.picked.connect(lambda shape: self._desk.change(shape=shape))
        self._about = label("", "Secondary", wrap=True)
        self._drop_shape = button("Remove this shape", self._remove_shape, "Link", tip="Undo brings it back")
        self._shape_acts = Flow(12)
        for part in (
            button("Add a shape…", self.add_shape, "Link", tip="From a file that lists the sections of a report"),
            button("Save as a file…", self.save_shape, "Link", tip="To make a shape of your own from this one"),
            self._drop_shape,
        ):
            self._shape_acts.addWidget(part)

    def _make_template(self) -> None:
        self.template = TemplateSample()
        self._usual = button("Use QualCode’s own", self._house.usual_template, "Link", tip="Undo brings yours back")
        self._template_acts = Flow(12)
        tip = "A Word document with your styles, logo, header and footer"
        self._template_acts.addWidget(button("Choose a template…", self.choose_template, "Link", tip=tip))
        self._template_acts.addWidget(self._usual)
        self.language = Picker("Language")
        self.language.picked.connect(lambda key: self._desk.set_rule("language", key))

    def _make_quotes(self) -> None:
        self.marks = Picker("Quotation marks")
        self.marks.picked.connect(lambda key: self._desk.set_rule("marks", key))
        self.ellipsis = Picker("Where words were cut")
        self.ellipsis.picked.connect(lambda sign: self._desk.set_rule("ellipsis", sign))
        self.italic = QCheckBox("Italics where set apart")
        self.italic.toggled.connect(lambda on: self._desk.set_rule("italic", on))
        self._quote = QLabel()
        self._quote.setWordWrap(True)
        self._quote.setTextFormat(Qt.TextFormat.RichText)
        self._quote.setAccessibleName("A quote as it will appear")
        self.attribution = KeptLine("Attribution under a quote", "{Role}, {wave}")

    def _make_people(self) -> None:
        desk = self._desk
        self.group = Picker("People are grouped by")
        self.group.picked.connect(lambda name: desk.set_rule("group", name))
        self.fewest = QSpinBox()
        self.fewest.setRange(1, 20)
        self.fewest.setAccessibleName("Fewest people a description may fit")
        self.fewest.editingFinished.connect(self._set_fewest)
        self._note = label(
            "Attribute names and wave stand in braces. A description that fits fewer people is made coarser under the "
            "quote.",
            "Secondary",
            wrap=True,
        )
        self.numbers = QCheckBox("Numbers after them")
        self._example = label("Most said so (8 of 9).", "Secondary", wrap=True)
        self.numbers.toggled.connect(lambda on: desk.set_rule("numbers", on))
        self._scale = button("Change what the words mean", self.scale_asked.emit, "Link")

    def _groups(self) -> tuple[tuple[str, tuple[QWidget | Flow, ...]], ...]:
        scale = Flow()
        scale.addWidget(self._scale)
        return (
            ("Shape", (self.shape, self._about, self._shape_acts)),
            ("Template", (self.template, self._template_acts, self.language)),
            ("Quotes", (self.marks, self.ellipsis, self.italic, self._quote)),
            ("People", (self.group, self.attribution, self.fewest, self._note)),
            ("Quantity words", (self.numbers, self._example, scale)),
        )

    # --- within: acts ---

    def add_shape(self) -> None:
        """Ask for a file and have the report take its shape."""
        path, _ = QFileDialog.getOpenFileName(self.window(), "Add a shape", str(self._folder()), _SHAPES)
        shape = self._house.add_shape(Path(path)) if path else None
        if shape is not None:
            self._desk.change(shape=shape.key)

    def save_shape(self) -> None:
        """Ask where to, and write the chosen shape there."""
        shape = self._desk.shape
        target = self._folder() / f"{shape.key}.yaml"
        path, _ = QFileDialog.getSaveFileName(self.window(), "Save the shape", str(target), _SHAPES)
        if path and self._house.save_shape(shape.key, Path(path)):
            self._desk.say(f"Wrote {Path(path).name}. Change it in any text editor, then add it as a shape.")

    def choose_template(self) -> None:
        """Ask for a Word document and have reports written on it."""
        path, _ = QFileDialog.getOpenFileName(self.window(), "Choose a template", str(self._folder()), _TEMPLATES)
        if path:
            self._house.choose_template(Path(path))

    def _remove_shape(self) -> None:
        self._house.remove_shape(self._desk.shape.key)

    def _folder(self) -> Path:
        return self._desk.project.path.parent

    def _set_attribution(self, text: str) -> None:
        self._desk.set_rule("attributions", [text] if text else [])

    def _set_fewest(self) -> None:
        if self.fewest.value() != self._desk.material.house.fewest:
            self._desk.set_rule("fewest", self.fewest.value())

    def _show_quote(self) -> None:
        """Show a quote of the report that has something cut or replaced, or else its first."""
        if not self._desk.is_open:
            return
        quotes = [quote for finding in self._desk.material.findings for quote in finding.quotes]
        chosen = next((quote for quote in quotes if quote.edits), quotes[0] if quotes else None)
        if chosen is not None and not self._desk.is_at_hand([chosen]):
            self._quote.hide()
            self._desk.have([chosen], self._show_quote)
            return
        shown = self._desk.shown(chosen) if chosen is not None else None
        self._quote.setVisible(shown is not None)
        if shown is not None:
            self._quote.setFont(theme.reading_font(14))
            under = f"<br>{shown.attribution}" if shown.attribution else ""
            self._quote.setText(quote_html(shown) + under)


def _tick(box: QCheckBox, on: bool) -> None:
    """Show what holds, without saying that somebody chose it."""
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)
