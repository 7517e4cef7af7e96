"""The line at the top: menus, what is open, and the tools of the stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget

from qualcode.ui import theme
from qualcode.ui.actions import MENUS, Action
from qualcode.ui.keys import Keys
from qualcode.ui.widgets.basics import Elided, clear, row
from qualcode.ui.widgets.mask_switch import MaskSwitch

_LEAST_TITLE = 60
"""Pixels at 100 % with which a title is worth showing."""


class Header(QWidget):
    """Where all menus have no room beside the tools, one menu holds them; the title gives way first.

    ``act_of`` finds what the act of a menu does, by its name.
    """

    def __init__(
        self, window: QMainWindow, keys: Keys, mask_switch: MaskSwitch, act_of: Callable[[str], Callable[[], object]]
    ) -> None:
        super().__init__()
        self.setObjectName("Header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.entries: list[tuple[QAction, Action]] = []
        self._window, self._keys, self.mask_switch = window, keys, mask_switch
        self._title = Elided("", "Title")
        self._tools = row(gap=8)
        self._bar = QMenuBar()
        self._all = QMenu("&Menu", self)
        self._menus = [self._make_menu(name, entries, act_of) for name, entries in MENUS.items()]
        self._is_short: bool | None = None
        layout = row(self._bar, 8, self._title, None, mask_switch, 4, self._tools, gap=4)
        layout.setContentsMargins(theme.px(6), theme.px(4), theme.px(12), theme.px(4))
        self.setLayout(layout)
        self.setMinimumHeight(theme.px(42))
        self._key_actions()
        keys.changed.connect(self._key_actions)
        theme.appearance.changed.connect(self._fit)
        self._fit()

    def show_title(self, name: str) -> None:
        self._title.setText(name)

    def show_tools(self, tools: Sequence[QWidget]) -> None:
        """Put these at the right end, in the place of what was there."""
        clear(self._tools)
        for tool in tools:
            self._tools.addWidget(tool)

    def enable(self, *, is_open: bool) -> None:
        """Offer what can be done while a project is open, or while none is."""
        self.mask_switch.setVisible(is_open)
        for action, entry in self.entries:
            action.setEnabled(is_open or not entry.needs_project)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    # --- within ---

    def _make_menu(self, name: str, entries: Sequence[Action], act_of: Callable[[str], Callable[[], object]]) -> QMenu:
        menu = QMenu(name, self)
        for entry in entries:
            if entry.separated:
                menu.addSeparator()
            act = act_of(entry.act)
            action = QAction(entry.words, self._window)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.addAction(action)
            self.entries.append((action, entry))
        return menu

    def _key_actions(self) -> None:
        for action, entry in self.entries:
            action.setShortcut(QKeySequence(self._keys.of(entry.act)))

    def _fit(self) -> None:
        """Show all menus side by side if that leaves the tools their room."""
        title = theme.px(_LEAST_TITLE)
        room = self.width() - self.mask_switch.sizeHint().width() - self._tools.sizeHint().width() - theme.px(40)
        is_short = self._width_of(self._menus) + title > room
        menus = self._width_of([self._all] if is_short else self._menus)
        self._bar.setFixedWidth(menus)
        self._title.setVisible(menus + title <= room)
        if is_short is self._is_short:
            return
        self._is_short = is_short
        self._bar.clear()
        self._all.clear()
        for menu in self._menus:
            (self._all if is_short else self._bar).addMenu(menu)
        if is_short:
            self._bar.addMenu(self._all)

    def _width_of(self, menus: Sequence[QMenu]) -> int:
        metrics = self._bar.fontMetrics()
        titles = (menu.title().replace("&", "") for menu in menus)
        return sum(metrics.horizontalAdvance(title) + 2 * theme.px(8) for title in titles) + theme.px(8)
