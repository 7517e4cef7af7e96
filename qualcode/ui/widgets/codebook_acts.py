"""What can be done with the codes chosen: asked where to, and said what it does, before it is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from qualcode.core.values import CodeId, ThemeId
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.widgets.codebook_ask import Ask, Way
from qualcode.ui.widgets.codebook_tree import CodeTree
from qualcode.ui.wording import number


class CodeActs:
    """Acts on what is chosen in ``tree``; ``ask`` says what an act will do."""

    def __init__(self, desk: CodebookDesk, tree: CodeTree, ask: Ask) -> None:
        self._desk, self._tree, self._ask = desk, tree, ask
        self.chooser = Chooser(tree)

    def ask_theme(self) -> None:
        """Ask where the chosen codes shall go."""
        codes = self._tree.chosen()
        if codes:
            choices = [Choice(t.id, t.name, depth=t.parent_id is not None) for t in self._desk.themes.values()]
            question = Question(
                f"Move {self._desk.called(codes)} to",
                [*choices, Choice(None, "No theme")],
                lambda key: self._desk.gather(codes, ThemeId(str(key)) if key else None),
            )
            self.chooser.ask(self._place(), question)

    def ask_above(self) -> None:
        """Ask under which code the chosen ones shall stand."""
        codes = self._tree.chosen()
        if codes:
            others = self._others({*codes, *self._desk.below(codes)})
            title = f"Put {self._desk.called(codes)} under"
            question = Question(title, others, lambda key: self._desk.put_under(codes, CodeId(str(key))))
            self.chooser.ask(self._place(), question)

    def ask_merge(self) -> None:
        """Ask into which code the chosen ones shall go, and say what that will do before it is done."""
        codes = self._tree.chosen()
        if codes:
            others = self._others(codes if len(codes) == 1 else ())
            title = f"Merge {self._desk.called(codes)} into"
            self.chooser.ask(self._place(), Question(title, others, lambda key: self._confirm_merge(codes, key)))

    def delete(self) -> None:
        """Delete the chosen codes; where something hangs on them that is said first."""
        codes = self._tree.chosen()
        means = self._desk.removing_means(codes) if codes else ""
        if means:
            below = self._desk.below(codes)
            words, its = ("Delete code", "its") if len(codes) == 1 else ("Delete codes", "their")
            ways: list[Way] = [(words, lambda: self._remove(codes))]
            if below:
                more = f"Delete {its} {number(len(below), 'sub-code')} too"
                ways.append((more, lambda: self._remove([*codes, *below])))
            self._ask.ask(means, ways)
        elif codes:
            self._remove(codes)

    def dropped(self, codes: list[CodeId], on: CodeId) -> None:
        """Two things can be meant: what each does is said first."""
        if not codes:
            return
        self._ask.ask(
            self._desk.merging_means(codes, on),
            [("Merge", lambda: self._desk.merge(codes, on)), ("Put under it", lambda: self._desk.put_under(codes, on))],
        )

    # --- within ---

    def _others(self, without: Collection[CodeId]) -> list[Choice]:
        """The codes to choose from, each with where it stands."""
        codes, path = self._desk.codes.values(), self._desk.path
        return [Choice(c.id, c.name, " › ".join(path(c.id)), colour=c.colour) for c in codes if c.id not in without]

    def _remove(self, codes: Sequence[CodeId]) -> None:
        beside = self._tree.beside(codes)
        self._desk.remove(codes)
        if beside is not None and not self._tree.chosen():
            self._tree.choose([beside])

    def _confirm_merge(self, codes: Sequence[CodeId], key: object) -> None:
        into = CodeId(str(key))
        gone = [code for code in codes if code != into]
        self._ask.ask(self._desk.merging_means(gone, into), [("Merge", lambda: self._desk.merge(gone, into))])

    def _place(self) -> QPoint:
        index = self._tree.currentIndex()
        at: QWidget = self._tree.viewport()
        return at.mapToGlobal(self._tree.visualRect(index).bottomLeft())
