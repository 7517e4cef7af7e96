"""A code's page: its name, colour and number, what it means, where it is used, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from qualcode.core.code_history import CodeChange
from qualcode.core.codebook import COLOURS
from qualcode.core.rows import CodeRow
from qualcode.core.values import CodeId
from qualcode.ui import theme
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.widgets.basics import column, label, panel, row
from qualcode.ui.widgets.codebook_used import WhereUsed
from qualcode.ui.widgets.kept_field import KeptField
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.theme_about import NameField
from qualcode.ui.wording import number, people

COLOUR_NAMES = (
    *("Blue", "Bronze", "Green", "Violet", "Rose", "Emerald"),
    *("Orchid", "Navy", "Lime", "Plum", "Sage", "Olive"),
)
SECOND_LOOK = "What was coded before a change of these is put on the list for a second look, in Themes."


class CodeSheet(QFrame):
    """Shows one code; what is typed is kept when its field is left."""

    def __init__(self, desk: CodebookDesk) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._desk = desk
        self._code: CodeRow | None = None
        self.name = NameField("Name of the code")
        self.colours = Swatches()
        self.colours.picked.connect(self._recolour)
        self.favourite = Picker("Number key")
        self.favourite.picked.connect(self._make_favourite)
        self.fields = {
            "definition": KeptField("Definition", "What the code means"),
            "include": KeptField("Include", "What belongs to it"),
            "exclude": KeptField("Exclude", "What does not, and where it goes"),
            "example": KeptField("Example", "A passage that shows it; choose one under Where used"),
        }
        self._counts = label("", "Secondary", wrap=True)
        self._place = label("", "Secondary", wrap=True)
        self.used = WhereUsed(desk)
        self.past = QListWidget()
        self.past.setAccessibleName("History of the code")
        self.past.setWordWrap(True)
        self.past.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.past.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side = self._make_side()
        panes = Panes(
            self._make_about(),
            self._side,
            key="code sheet",
            names=("Meaning", "Where it is used"),
            preferences=desk.workspace.preferences,
            sizes=(380, 400),
            stretch=1,
            share=0.5,
        )
        self.setLayout(column(panes))
        self.setFocusProxy(self.name)
        desk.workspace.leaving.connect(self.keep)

    def show_code(self, code: CodeRow) -> None:
        """Show this code as it is now; what is being typed is kept first."""
        self._code = code
        self.name.show_name(code.name, partial(self._desk.rename, code.id))
        self.colours.show_colour(code.colour)
        taken = {c.shortcut: c.name for c in self._desk.codes.values() if c.shortcut and c.id != code.id}
        places = [(f"{n}, now “{taken[n]}”" if n in taken else str(n), n) for n in range(1, 10)]
        self.favourite.show_choices([("None", None), *places], code.shortcut)
        for part, field in self.fields.items():
            field.show_text(getattr(code, part), partial(self._desk.define, code.id, part))
        used = f"{people(code.people)} · {number(code.segments, 'segment')}" if code.segments else "Nobody uses it yet."
        self._counts.setText("\n".join(filter(None, (used, self._desk.together(code.id)))))
        self._place.setText("In " + " › ".join(self._desk.path(code.id) or ["no theme yet"]))
        self._side.setTabText(0, f"Where used {code.segments:,}" if code.segments else "Where used")
        self.used.show_code(code)
        self._show_past(self._desk.project.codebook.history(code.id))

    @property
    def code_id(self) -> CodeId | None:
        return self._code.id if self._code else None

    def keep(self) -> None:
        """Keep what is being typed."""
        self.name.keep()
        for field in self.fields.values():
            field.keep()

    # --- within ---

    def _make_about(self) -> QWidget:
        parts: list[QWidget | int] = [
            self.name,
            self._place,
            self._counts,
            label("Colour", "Head"),
            self.colours,
            label("Number key that applies it", "Head"),
            self.favourite,
        ]
        for part, field in self.fields.items():
            parts += [label(part.capitalize(), "Head"), field]
            if part == "exclude":
                parts.append(label(SECOND_LOOK, "Secondary", wrap=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(panel(column(*parts, None, margin=14, gap=6)))
        return scroll

    def _make_side(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName("Where used, history")
        tabs.addTab(self.used, "Where used")
        tabs.addTab(self.past, "History")
        return tabs

    def _show_past(self, changes: Sequence[CodeChange]) -> None:
        self.past.clear()
        for change in changes:
            undone = " (undone since)" if change.undone else ""
            when = f"{change.at:%d %b %Y, %H:%M}".lstrip("0")
            lines = [f"{change.words}{undone}", " · ".join(filter(None, (when, change.coder))), *change.before]
            item = QListWidgetItem("\n".join(map(self._desk.workspace.mask.words, lines)))
            if change.undone:
                item.setForeground(QColor(theme.tokens().secondary))
            self.past.addItem(item)
        if not changes:
            self.past.addItem("Nothing is known of earlier changes.")

    def _recolour(self, colour: str) -> None:
        if self._code is not None:
            self._desk.recolour([self._code.id], colour)

    def _make_favourite(self, place: int | None) -> None:
        if self._code is not None:
            self._desk.make_favourite(self._code.id, place)


class Swatches(QFrame):
    """The colours to choose from; each says its name, and the chosen one has a tick."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._all: dict[str, Swatch] = {}
        for colour, name in zip(COLOURS, COLOUR_NAMES, strict=True):
            found = self._all[colour] = Swatch(colour, name)
            found.clicked.connect(lambda _=False, c=colour: self.picked.emit(c))
            self._group.addButton(found)
        half = len(COLOURS) // 2
        rows = (row(*part, None, gap=4) for part in (list(self._all.values())[:half], list(self._all.values())[half:]))
        self.setLayout(column(*rows, gap=4))

    def show_colour(self, colour: str) -> None:
        self._group.setExclusive(False)
        for key, found in self._all.items():
            found.setChecked(key == colour)
        self._group.setExclusive(True)


class Swatch(QAbstractButton):
    def __init__(self, colour: str, name: str) -> None:
        super().__init__()
        self._colour = colour
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(theme.px(26), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.px(3)
        inside = self.rect().adjusted(edge, edge, -edge, -edge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.visible(self._colour))
        painter.drawRoundedRect(inside, 4, 4)
        if self.isChecked():
            theme.icon("check", theme.tokens().surface).paint(painter, inside.adjusted(1, 1, -1, -1))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.tokens().text), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
