"""How everything looks: the tokens of both appearances, palette and style sheet made from them, icons, fonts.

Sizes go through :func:`px`, so that one text scale moves everything. Painters ask :func:`tokens` when they paint.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from qualcode.resources import resource
from qualcode.ui.tokens import APPEARANCES, DARK, LIGHT, Tokens

SERIF = ("Charter", "Source Serif 4", "Noto Serif", "Georgia", "Cambria", "Times New Roman")
SANS = "sans"
"""Stands for the family of the interface where a font for transcripts is chosen."""


class Appearance(QObject):
    """Which tokens and which text scale hold now. ``changed`` tells painters to paint anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.scale = 1.0
        self.choice = "system"
        self._is_dressed = False
        self._pixels: dict[float, int] = {}

    def apply(self, app: QApplication, choice: str, scale: float) -> None:
        """Show ``choice`` (system, or one of :data:`APPEARANCES`) at ``scale`` (1.0 is 100 %)."""
        rescale(app.topLevelWidgets(), scale / self.scale)
        self.choice, self.scale = choice, scale
        self._pixels.clear()
        self.tokens = APPEARANCES.get(choice) or (DARK if _system_is_dark() else LIGHT)
        font = QFont(app.font())
        font.setPixelSize(self.px(13))
        if not self._is_dressed:
            app.setStyle("Fusion")
            self._is_dressed = True
        app.setStyleSheet("")  # in the place of another sheet one takes Qt three times as long as in the place of none
        app.setFont(font)
        app.setPalette(_palette(self.tokens))
        app.setStyleSheet(_style_sheet(self.tokens, self))
        icon.cache_clear()
        self.changed.emit()

    def px(self, size: float) -> int:
        known = self._pixels.get(size)  # painting asks some hundred times a frame
        if known is None:
            known = self._pixels[size] = max(1, round(size * self.scale))
        return known


appearance = Appearance()


def tokens() -> Tokens:
    return appearance.tokens


def px(size: float) -> int:
    """``size`` at 100 %, in pixels at the text scale that holds."""
    return appearance.px(size)


def colour(name: str, alpha: float = 1.0) -> QColor:
    found = QColor(name)
    found.setAlphaF(alpha)
    return found


def reading_font(size: float = 15, family: str = "") -> QFont:
    """The serif in which people's words are set, or the family (or SANS) that the reader chose for transcripts."""
    font = QFont()
    chosen = QFontInfo(QApplication.font()).family() if family == SANS else family
    font.setFamilies([*((chosen,) if chosen else ()), *(f for f in SERIF if f in _families()), "serif"])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(px(size))
    return font


def interface_font(size: float = 13, *, bold: bool = False) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(px(size))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def readable(code_colour: str) -> QColor:
    """A code's colour, lightened or darkened until it is read as text, on a row that is chosen too."""
    t = tokens()
    return _set_off(code_colour, ((t.surface, t.ink), (t.wash, 4.5), (t.background, 4.5)))


def visible(code_colour: str) -> QColor:
    """A code's colour, lightened or darkened until it is seen as a mark on the surface; its name stands beside it."""
    return _set_off(code_colour, ((tokens().surface, tokens().mark),))


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio by WCAG 2.2, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=256)
def icon(name: str, colour_name: str = "", size: int = 20) -> QIcon:
    """A line icon of ``resources/icons``, drawn in a token's colour (the text's without one)."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    found = QIcon()
    states = ((QIcon.Mode.Normal, colour_name or tokens().text), (QIcon.Mode.Disabled, tokens().line))
    for mode, shade in states:
        found.addPixmap(_drawn(drawing.replace("currentColor", shade), px(size)), mode)
    return found


def _drawn(drawing: str, size: int) -> QPixmap:
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def _mixed(name: str, end: str, least: tuple[tuple[str, float], ...]) -> str:
    """``name`` with as much of ``end`` in it as the ``least`` contrast with each ground needs, by twentieths."""
    one, other = QColor(name), QColor(end)

    def between(share: float) -> QColor:
        return QColor.fromRgbF(
            one.redF() + (other.redF() - one.redF()) * share,
            one.greenF() + (other.greenF() - one.greenF()) * share,
            one.blueF() + (other.blueF() - one.blueF()) * share,
        )

    mixes = (between(step / 20).name() for step in range(20))
    fitting = (mix for mix in mixes if all(contrast(QColor(mix), QColor(ground)) >= need for ground, need in least))
    return next(fitting, end)


def _set_off(name: str, least: tuple[tuple[str, float], ...]) -> QColor:
    """The colour, with as much white (black in the light) in it as the ``least`` contrast with each ground needs."""
    return QColor(_mixed(name, "#ffffff" if tokens().dark else "#000000", least))


def rescale(windows: Sequence[QWidget], by: float) -> None:
    """Make margins, gaps and fixed sizes of what is there already follow a change of the text scale."""
    if abs(by - 1) < 0.001:
        return
    for window in windows:
        for widget in (window, *window.findChildren(QWidget)):
            if widget is not window:
                _rescale_limits(widget, by)
        for layout in window.findChildren(QLayout):
            edges = layout.contentsMargins()
            sides = edges.left(), edges.top(), edges.right(), edges.bottom()
            layout.setContentsMargins(*(round(side * by) for side in sides))
            if layout.spacing() > 0:
                layout.setSpacing(round(layout.spacing() * by))


def _rescale_limits(widget: QWidget, by: float) -> None:
    least, most = widget.minimumSize(), widget.maximumSize()
    unlimited = 16_777_215  # QWIDGETSIZE_MAX, which PySide does not name
    if least.width() or least.height():
        widget.setMinimumSize(round(least.width() * by), round(least.height() * by))
    if most.width() < unlimited or most.height() < unlimited:
        sides = most.width(), most.height()
        widget.setMaximumSize(*(side if side == unlimited else round(side * by) for side in sides))


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(QFontDatabase.families())


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _luminance(shade: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(shade.redF()) + 0.7152 * linear(shade.greenF()) + 0.0722 * linear(shade.blueF())


def _palette(t: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, name in (
        (role.Window, t.background),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.background),
        (role.Text, t.text),
        (role.Button, t.field),
        (role.ButtonText, t.text),
        (role.BrightText, t.attention),
        (role.ToolTipBase, t.surface),
        (role.ToolTipText, t.text),
        (role.PlaceholderText, t.secondary),
        (role.Highlight, t.selection),
        (role.HighlightedText, t.text),
        (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Accent, t.accent),
        (role.Mid, t.line),
        (role.Dark, t.line),
        (role.Light, t.surface),
        (role.Midlight, t.field),
        (role.Shadow, t.line),
    ):
        palette.setColor(which, QColor(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.secondary))
    return palette


def _style_sheet(t: Tokens, a: Appearance) -> str:
    sheet = resource("style.qss").read_text(encoding="utf-8")
    sizes = {f"px{n}": f"{a.px(n)}px" for n in (1, 2, 3, 4, 6, 7, 8, 10, 11, *range(12, 34, 2), 13, 15)}
    drawings = {f"{name}_{ink}": _inked(name, getattr(t, ink)) for name in DRAWN for ink in DRAWN[name]}
    return Template(sheet).substitute(vars(t), **sizes, **drawings, **_area_edges(t))


def _area_edges(t: Tokens) -> dict[str, str]:
    """The edge of lists and texts without and with the focus: a line above, all round for high contrast."""
    which = "border" if t.mark > 3 else "border: none; border-top"
    return {"rest_area": f"{which}: 2px solid transparent;", "focused_area": f"{which}: 2px solid {t.accent};"}


DRAWN = {
    "down": ("text", "secondary"),
    "up": ("text",),
    "previous": ("text", "line"),
    "next": ("text", "line"),
    "check": ("on_accent",),
}
"""The icons that the style sheet shows, each in these tokens' colours."""


@lru_cache(maxsize=1)
def _inks() -> QTemporaryDir:
    return QTemporaryDir()


@lru_cache(maxsize=64)
def _inked(name: str, ink: str) -> str:
    """Where an icon lies in this colour: style sheets take pictures from files only."""
    target = Path(_inks().filePath(f"{name}-{ink.lstrip('#')}.svg"))
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    target.write_text(drawing.replace("currentColor", ink), encoding="utf-8")
    return target.as_posix()
