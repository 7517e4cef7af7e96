"""What a report looks like on its template: a page in small, and what the template lacks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel

from qualcode.ui import theme
from qualcode.ui.models.report_house import Dress
from qualcode.ui.models.report_page import QUIET
from qualcode.ui.widgets.basics import column, label, panel
from qualcode.ui.wording import number

if TYPE_CHECKING:
    from qualcode.report.template_look import Face

_SAMPLE = (
    ("Title", "The title of a report"),
    ("heading 1", "A section"),
    ("heading 2", "A theme"),
    ("Normal", "What is written of it, in the words of the analyst."),
    ("Quote", "“What somebody said.”"),
)
_LOGO_HEIGHT = 34


class TemplateSample(QFrame):
    """A strip of the page in the template's own faces, always on white as paper is."""

    def __init__(self) -> None:
        super().__init__()
        self._dress: Dress | None = None
        self._name = label("", wrap=True)
        self._logo = QLabel()
        self._page = QLabel()
        self._page.setTextFormat(Qt.TextFormat.RichText)
        self._page.setWordWrap(True)
        self._page.setAccessibleName("A page on this template")
        self._paper = panel(column(self._logo, self._page, margin=16, gap=6), "Paper")
        self._lacking = label("", "Secondary", wrap=True)
        self.setLayout(column(self._name, self._paper, self._lacking, gap=6))
        theme.appearance.changed.connect(self._show)

    def show_dress(self, dress: Dress) -> None:
        self._dress = dress
        self._show()

    # --- within ---

    def _show(self) -> None:
        dress = self._dress
        if dress is None:
            return
        self._name.setText(dress.name or "QualCode’s own")
        look = dress.look
        picture = QPixmap()
        shown = look.logo is not None and picture.loadFromData(look.logo)
        if shown:
            height = theme.px(_LOGO_HEIGHT)
            self._logo.setPixmap(picture.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation))
        self._logo.setVisible(shown)
        head = _small(look.header) if look.header else ""
        foot = _small(look.footer) if look.footer else ""
        body = "".join(_paragraph(words, look.faces[name]) for name, words in _SAMPLE)
        self._page.setText(f"<html><body>{head}{body}{foot}</body></html>")
        self._lacking.setText(_told(dress))
        self._lacking.setVisible(bool(self._lacking.text()))


def _told(dress: Dress) -> str:
    """What the template lacks, and what stands in for it."""
    sentences = []
    if dress.lacking:
        styles = number(len(dress.lacking), "style")
        sentences.append(f"It lacks {styles}, which are taken from QualCode’s own: {', '.join(dress.lacking)}.")
    if dress.name and not dress.look.footer:
        sentences.append("It has no footer, so the pages bear no number.")
    return " ".join(sentences)


def _paragraph(words: str, face: Face) -> str:
    weight, slant = ("600" if face.bold else "400"), ("italic" if face.italic else "normal")
    style = (
        f"font-family:'{escape(face.font or 'serif')}'; font-size:{theme.px(face.size * 0.95)}px; "
        f"color:{face.colour or '#000000'}; font-weight:{weight}; font-style:{slant}; margin:0 0 {theme.px(6)}px 0"
    )
    return f'<p style="{style}">{escape(words)}</p>'


def _small(words: str) -> str:
    return f'<p style="font-size:{theme.px(11)}px; color:{QUIET}; margin:0 0 {theme.px(6)}px 0">{escape(words)}</p>'
