"""What can be done at a place of the transcript: with the words selected, with the segment chosen there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from qualcode.core.spans import Snap
from qualcode.ui.widgets.search_drawer import LONGEST
from qualcode.ui.widgets.segment import WEIGHTS
from qualcode.ui.wording import number

if TYPE_CHECKING:
    from qualcode.ui.stages.code import CodeStage


def open_stripe_menu(stage: CodeStage, key: str, at: QPoint) -> QMenu | None:
    """Open the menu about one segment at a place of the screen."""
    stripe = next((s for s in stage.view.stripes if s.key == key), None)
    return _open(stage, at, stripe.span.start) if stripe is not None else None


def open_coding_menu(stage: CodeStage, at: QPoint) -> QMenu:
    """Open the menu at a point of the transcript's viewport."""
    _stand(stage, at)
    return _open(stage, stage.view.viewport().mapToGlobal(at), stage.view.offset_at(at))


def _open(stage: CodeStage, at: QPoint, offset: int) -> QMenu:
    menu = QMenu(stage)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _about_words(stage, menu)
    menu.addSeparator()
    _about_segment(stage, menu, offset)
    menu.addSeparator()
    selected = stage.view.selected_span() is not None
    plain = not stage.view.is_masked
    few = selected and len(stage.desk.words()) <= LONGEST
    find = f"Find these words everywhere\t{stage.workspace.keys.of('code.find')}"
    _add(menu, find, stage.find_everywhere, enabled=few)
    _add(menu, "Correct words…", stage.correct_words, enabled=selected and plain)
    _add(menu, "Copy words\tCtrl+C", stage.view.copy, enabled=selected)
    _add(menu, "Copy as it was said…", stage.copy_original, enabled=selected)
    menu.popup(at)
    return menu


def _stand(stage: CodeStage, at: QPoint) -> None:
    """Without a selection the place clicked is meant, and the shortest segment there."""
    view = stage.view
    if view.selected_span() is not None:
        return
    cursor = view.cursorForPosition(at)
    if view.rect_at(view.offset_at(at)).adjusted(-40, 0, 40, 0).contains(at):
        view.setTextCursor(cursor)
    here = view.stripes_at(view.offset_at(at))
    if here and view.chosen() not in here:
        view.choose_stripe(here[0].key)
        view.stripe_chosen.emit(here[0].key)


def _about_words(stage: CodeStage, menu: QMenu) -> None:
    keys, desk = stage.workspace.keys, stage.desk
    meant = desk.span() is not None
    _add(menu, "Code…\tReturn", stage.questions.ask, enabled=meant)
    _add(menu, "New code…", stage.questions.ask_new, enabled=meant)
    _add(menu, f"Code in vivo\t{keys.of('code.in_vivo')}", desk.apply_in_vivo, enabled=meant)
    _add(menu, f"Code this sentence…\t{keys.of('code.sentence')}", partial(stage.questions.ask_for_unit, Snap.SENTENCE))
    _add(menu, f"Code this turn…\t{keys.of('code.turn')}", partial(stage.questions.ask_for_unit, Snap.TURN))
    recent = menu.addMenu("Recent codes")
    recent.setEnabled(meant and bool(desk.recent))
    for place, code_id in enumerate(desk.recent):
        words = desk.codes[code_id].name.replace("&", "&&") + ("\t." if place == 0 else "")
        _add(recent, words, partial(desk.apply, code_id))
    favourites = menu.addMenu("Favourites")
    numbered = sorted((code.shortcut, code) for code in desk.codes.values() if code.shortcut is not None)
    favourites.setEnabled(meant and bool(numbered))
    for shortcut, code in numbered:
        _add(favourites, f"{code.name.replace('&', '&&')}\t{shortcut}", partial(desk.apply, code.id))


def _about_segment(stage: CodeStage, menu: QMenu, offset: int) -> None:
    keys, desk, view = stage.workspace.keys, stage.desk, stage.view
    here = view.stripes_at(offset)
    if len(here) > 1:
        others = menu.addMenu("Segments here")
        for stripe in here:
            entry = _add(others, stripe.label.replace("&", "&&"), partial(view.stripe_chosen.emit, stripe.key))
            entry.triggered.connect(partial(view.choose_stripe, stripe.key))
            entry.setCheckable(True)
            entry.setChecked(stripe.key == view.chosen_stripe)
    segment = desk.chosen()
    there = segment is not None
    _add(
        menu,
        f"Change code…\t{keys.of('code.recode')}",
        partial(stage.questions.ask_for_segment, desk.recode),
        enabled=there,
    )
    _add(
        menu,
        f"Copy to another code…\t{keys.of('code.copy')}",
        partial(stage.questions.ask_for_segment, desk.copy),
        enabled=there,
    )
    _add(menu, f"Split here\t{keys.of('code.split')}", stage.split, enabled=there)
    following = desk.following() if there else None
    between = desk.between(following) if following is not None else 0
    over = f", over {number(between, 'word')}" if between else ""
    join = f"Join with the next of this code{over}\t{keys.of('code.join')}"
    _add(menu, join, desk.join, enabled=following is not None)
    _add(menu, f"Memo…\t{keys.of('code.memo')}", stage.write_memo, enabled=there)
    weights = menu.addMenu("Weight")
    weights.setEnabled(there)
    for weight, words in enumerate(WEIGHTS):
        entry = _add(weights, f"{words}\t{keys.of(f'code.weight_{weight}')}", partial(desk.weigh, weight))
        entry.setCheckable(True)
        entry.setChecked(segment is not None and segment.weight == weight)
    _add(menu, f"Uncode\t{keys.of('code.uncode')}", desk.uncode, enabled=there)


def _add(menu: QMenu, words: str, act: Callable[[], object], *, enabled: bool = True) -> QAction:
    entry = menu.addAction(words)
    entry.setEnabled(enabled)
    entry.triggered.connect(lambda _=False: act())
    return entry
