"""The menus of the codebook: what can be done with the codes chosen, and with all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from qualcode.core.codebook import COLOURS
from qualcode.core.rows import ThemeRow
from qualcode.core.values import CodeId
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.widgets.codebook_line import paint_swatch
from qualcode.ui.widgets.codebook_sheet import COLOUR_NAMES

if TYPE_CHECKING:
    from qualcode.ui.widgets.codebook import CodebookPanel


def more_menu(panel: CodebookPanel) -> QMenu:
    """What can be done with the codebook as a whole; filled when it opens, with the keys that hold then."""
    menu = QMenu(panel)
    menu.aboutToShow.connect(partial(_fill_more, menu, panel))
    return menu


def open_code_menu(panel: CodebookPanel, at: QPoint) -> None:
    """What can be done with what is chosen, where the mouse or the cursor is."""
    codes = panel.tree.chosen()
    row = panel.model.row(panel.tree.currentIndex())
    menu = QMenu(panel)
    if not codes and isinstance(row, ThemeRow):
        menu.addAction("New code in it", panel.new_code)
        menu.addAction(printed.beside("Rename", "code.rename"), panel.tree.rename)
    elif codes:
        _add_acts(menu, panel, codes)
    if not menu.isEmpty():
        menu.exec(panel.tree.viewport().mapToGlobal(at))


def _fill_more(menu: QMenu, panel: CodebookPanel) -> None:
    menu.clear()
    menu.addAction(printed.beside("New code", "code.new"), panel.new_code)
    menu.addSeparator()
    menu.addAction("Find codes that may be one", panel.find_near)
    menu.addSeparator()
    menu.addAction("Bring in a codebook…", panel.bring_in)
    menu.addAction("Export to Excel…", partial(panel.export, "xlsx"))
    menu.addAction("Export to Word…", partial(panel.export, "docx"))
    menu.addSeparator()
    order = menu.addMenu("Put all codes in order")
    order.addAction("By name", panel.desk.order_by_name)
    order.addAction("By people, most first", panel.desk.order_by_people)
    menu.addSeparator()
    menu.addAction("Open all", panel.tree.expandAll)
    menu.addAction("Close all", panel.tree.collapseAll)


def _add_acts(menu: QMenu, panel: CodebookPanel, codes: list[CodeId]) -> None:
    if len(codes) == 1:
        menu.addAction("Code the selected words with it\tReturn", partial(panel.code_activated.emit, codes[0]))
        menu.addSeparator()
        menu.addAction(printed.beside("Open its page, with its segments", "code.page"), panel.open_sheet)
        menu.addAction(printed.beside("Rename", "code.rename"), panel.tree.rename)
        menu.addAction("New code under it", partial(panel.new_code, under=codes[0]))
        _add_favourites(menu.addMenu("Number key"), panel, codes[0])
    _add_colours(menu.addMenu("Colour"), panel, codes)
    menu.addSeparator()
    menu.addAction("Merge into…", panel.acts.ask_merge)
    menu.addAction("Move to a theme…", panel.acts.ask_theme)
    menu.addAction("Put under a code…", panel.acts.ask_above)
    menu.addSeparator()
    menu.addAction(printed.beside("Delete", "code.delete"), panel.acts.delete)


def _add_colours(menu: QMenu, panel: CodebookPanel, codes: list[CodeId]) -> None:
    for colour, name in zip(COLOURS, COLOUR_NAMES, strict=True):
        menu.addAction(_swatch(colour), name, partial(panel.desk.recolour, codes, colour))
    below = panel.desk.below(codes)
    if len(codes) == 1 and below:
        menu.addSeparator()
        same = panel.desk.codes[codes[0]].colour
        menu.addAction("Its sub-codes like it", partial(panel.desk.recolour, below, same))


def _add_favourites(menu: QMenu, panel: CodebookPanel, code_id: CodeId) -> None:
    for place in range(1, 10):
        holder = next((code for code in panel.desk.codes.values() if code.shortcut == place), None)
        words = f"{place}, now “{holder.name}”" if holder and holder.id != code_id else str(place)
        entry = menu.addAction(words, partial(panel.desk.make_favourite, code_id, place))
        entry.setCheckable(True)
        entry.setChecked(holder is not None and holder.id == code_id)
    menu.addAction("None", partial(panel.desk.make_favourite, code_id, None))


def _swatch(colour: str) -> QIcon:
    side = theme.px(16)
    picture = QPixmap(QSize(side, side))
    picture.fill("transparent")
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_swatch(painter, picture.rect().toRectF().adjusted(theme.px(3), 0, 0, 0), colour)
    painter.end()
    return QIcon(picture)
