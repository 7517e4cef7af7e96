"""How everything looks: the tokens of both appearances, palette and style sheet made from them, icons, fonts.

Sizes go through :func:`px`, so that one text scale moves everything. Painters ask :func:`tokens` when they paint.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from qualcode.resources import resource

SERIF = ("Charter", "Source Serif 4", "Noto Serif", "Georgia", "Cambria", "Times New Roman")


@dataclass(frozen=True)
class Tokens:
    """The colours of one appearance, by what they are for."""

    dark: bool
    background: str
    surface: str
    field: str
    text: str
    secondary: str
    line: str
    accent: str
    wash: str
    selection: str
    good: str
    attention: str
    on_accent: str
    page: str
    page_text: str


LIGHT = Tokens(
    dark=False,
    background="#f6f5f2",
    surface="#ffffff",
    field="#f1efeb",
    text="#22262b",
    secondary="#5c6570",
    line="#e3e1dc",
    accent="#2f5d8a",
    wash="#e7eef6",
    selection="#cfe0f3",
    good="#24704f",
    attention="#8f5412",
    on_accent="#ffffff",
    page="#ffffff",
    page_text="#22262b",
)
DARK = Tokens(
    dark=True,
    background="#1b1e22",
    surface="#23272c",
    field="#2b3036",
    text="#e6e8ea",
    secondary="#a9b1ba",
    line="#343a41",
    accent="#8ab6e6",
    wash="#2b3a4a",
    selection="#34506d",
    good="#7cc7a2",
    attention="#e0a765",
    on_accent="#14202c",
    page="#f4f2ee",
    page_text="#22262b",
)


class Appearance(QObject):
    """Which tokens and which text scale hold now. ``changed`` tells painters to paint anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.scale = 1.0
        self.choice = "system"
        self._base_points = 0.0

    def apply(self, app: QApplication, choice: str, scale: float) -> None:
        """Show ``choice`` (system, light, dark) at ``scale`` (1.0 is 100 %)."""
        self._base_points = self._base_points or app.font().pointSizeF()
        self.choice, self.scale = choice, scale
        dark = choice == "dark" or (choice == "system" and _system_is_dark())
        self.tokens = DARK if dark else LIGHT
        font = QFont(app.font())
        font.setPixelSize(self.px(13))
        app.setStyle("Fusion")
        app.setFont(font)
        app.setPalette(_palette(self.tokens))
        app.setStyleSheet(_style_sheet(self.tokens, self))
        icon.cache_clear()
        self.changed.emit()

    def px(self, size: float) -> int:
        return max(1, round(size * self.scale))


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


def reading_font(size: float = 15) -> QFont:
    """The serif in which people's words are set."""
    font = QFont()
    font.setFamilies([*(f for f in SERIF if f in _families()), "serif"])
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
    """A code's colour, lightened or darkened until it is read as text (4.5:1) on the surface."""
    found = QColor(code_colour)
    ground = QColor(tokens().surface)
    for _ in range(30):
        if contrast(found, ground) >= 4.5:
            break
        found = found.lighter(110) if tokens().dark else found.darker(108)
    return found


def visible(code_colour: str) -> QColor:
    """A code's colour as a mark: at least 3:1 on the surface."""
    found = QColor(code_colour)
    ground = QColor(tokens().surface)
    for _ in range(30):
        if contrast(found, ground) >= 3:
            break
        found = found.lighter(108) if tokens().dark else found.darker(106)
    return found


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
    sizes = {
        f"px{n}": f"{a.px(n)}px" for n in (1, 2, 3, 4, 6, 8, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 32)
    }
    return Template(sheet).substitute(vars(t), **sizes)
