"""The segments behind a number: by person, each with its interview and line; below, the place in the transcript."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
)

from qualcode.core.rows import SegmentRow
from qualcode.core.values import SegmentId
from qualcode.ui import theme
from qualcode.ui.models.passages import HELD, Heap, PassagesModel
from qualcode.ui.models.tree import Node
from qualcode.ui.passages import Passage, Passages, Utterance
from qualcode.ui.widgets.basics import Elided, button, column, label, row
from qualcode.ui.widgets.guarded_text import GuardedText
from qualcode.ui.widgets.wrapping import Wrapped
from qualcode.ui.workspace import Workspace

MOST_LINES = 3


class Evidence(QFrame):
    """A click shows the place below; Return or a double click opens it in the transcript."""

    chosen = Signal(object)
    """A Passage, or None."""

    def __init__(self, workspace: Workspace, hint: str) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace = workspace
        self._passages = Passages(workspace)
        self._hint = label(hint, "Secondary", wrap=True)
        self._hint.setContentsMargins(*(theme.px(12),) * 4)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.model = PassagesModel(self._passages.read, self)
        self.tree = PassageTree(self.model)
        self.tree.opened.connect(self.open)
        self.tree.selectionModel().currentChanged.connect(self._show_chosen)
        self.place = Place(workspace)
        self.place.open_wanted.connect(lambda: self.open(self.tree.passage()))
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setChildrenCollapsible(True)
        self._parts.addWidget(self.tree)
        self._parts.addWidget(self.place)
        self._parts.setStretchFactor(0, 3)
        self._parts.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._hint)
        layout.addWidget(self._parts, 1)
        self.setFocusProxy(self.tree)
        self.show_heaps(())

    def show_heaps(self, heaps: Sequence[Heap], hint: str = "") -> None:
        """Show these; where they are the same as before, what is open and chosen stays so. ``hint`` is for none."""
        kept = self.tree.passage()
        if hint:
            self._hint.setText(hint)
        self._hint.setVisible(not heaps)
        self._parts.setVisible(bool(heaps))
        self.model.show(heaps)
        for number in range(self.model.fetch_first()):
            self.tree.expand(self.model.index(number, 0))
        if kept is not None and self.tree.choose(kept.segment.id):
            return
        self._show_chosen(QModelIndex())

    def forget(self) -> None:
        """Read transcripts, codes and interviews anew."""
        self._passages.forget()

    def open(self, passage: Passage | None) -> None:
        """Show a passage in its transcript."""
        if passage is not None:
            self._workspace.show_place(passage.segment.transcript_id, passage.segment.span)

    def _show_chosen(self, index: QModelIndex) -> None:
        held = index.data(HELD) if index.isValid() else None
        passage = held if isinstance(held, Passage) else None
        self.place.setVisible(passage is not None)
        if passage is not None:
            self.place.show_place(passage.segment, self._passages.around(passage.segment), passage.where)
        self.chosen.emit(passage)


class PassageTree(QTreeView):
    opened = Signal(object)
    """Return or a double click on a Passage."""

    def __init__(self, model: PassagesModel) -> None:
        super().__init__()
        self._passages = model
        self.setAccessibleName("Segments")
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(PassageDelegate(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda _: self.opened.emit(self.passage()))
        theme.appearance.changed.connect(self.scheduleDelayedItemsLayout)

    def passage(self) -> Passage | None:
        held = self.currentIndex().data(HELD) if self.currentIndex().isValid() else None
        return held if isinstance(held, Passage) else None

    def choose(self, segment_id: SegmentId) -> bool:
        """Make the passage of this segment the current one; whether it is shown."""
        for node in self._nodes():
            if isinstance(node.held, Passage) and node.held.segment.id == segment_id:
                self.setCurrentIndex(self._passages.index_of(node))
                return True
        return False

    def choose_first(self) -> None:
        """Make the first passage the current one, if there is any."""
        shown = self.shown()
        if shown:
            self.choose(shown[0].segment.id)

    def shown(self) -> list[Passage]:
        """The passages of the heaps that are read, from top to bottom."""
        return [node.held for node in self._nodes() if isinstance(node.held, Passage)]

    def following(self) -> SegmentId | None:
        """The segment after the chosen one."""
        keys = [passage.segment.id for passage in self.shown()]
        current = self.passage()
        after = keys[keys.index(current.segment.id) + 1 :] if current is not None else []
        return after[0] if after else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.passage() is not None:
                self.opened.emit(self.passage())
            else:
                self._clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _nodes(self) -> Iterator[Node[Heap | Passage]]:
        return self._passages.root.below()

    def _clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(HELD), Heap):
            self.setExpanded(index, not self.isExpanded(index))

    def _menu(self, at: QPoint) -> None:
        passage = self.passage()
        if passage is not None:
            menu = QMenu(self)
            menu.addAction("Open in transcript\tReturn", lambda: self.opened.emit(passage))
            menu.exec(self.viewport().mapToGlobal(at))


class PassageDelegate(QStyledItemDelegate):
    """A heap's title with its count; a passage's words in up to three lines, then code, interview and line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self.parent()
        assert isinstance(view, QTreeView)
        held, width = index.data(HELD), view.viewport().width()
        if isinstance(held, Heap):
            return QSize(width, theme.px(30))
        return QSize(width, round(_wrapped(held, width - theme.px(36)).height) + theme.px(30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        held = index.data(HELD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        if isinstance(held, Heap):
            self._paint_heap(painter, option, held)
        else:
            _paint_passage(painter, QRectF(option.rect), held)
        painter.restore()

    def _paint_heap(self, painter: QPainter, option: QStyleOptionViewItem, heap: Heap) -> None:
        place = QRectF(option.rect).adjusted(theme.px(12), theme.px(4), -theme.px(12), 0)
        t = theme.tokens()
        middle = Qt.AlignmentFlag.AlignVCenter
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(theme.interface_font(13, bold=True))
        painter.setPen(QColor(t.text))
        opened = bool(option.state & QStyle.StateFlag.State_Open)
        metrics = painter.fontMetrics()
        title = metrics.elidedText(f"{'▾' if opened else '▸'}  {heap.title}", elide, int(place.width() * 0.7))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, title)
        place.setLeft(place.left() + metrics.horizontalAdvance(title) + theme.px(10))
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(t.secondary))
        beside = " · ".join(part for part in (heap.count, heap.note) if part)
        beside = painter.fontMetrics().elidedText(beside, elide, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, beside)


class Place(QFrame):
    """A passage where it stands: the turn before, and the turns it lies in with its words marked."""

    open_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Background")
        self._segment: SegmentRow | None = None
        self._around: Sequence[Utterance] = ()
        self.text = GuardedText(workspace.clipboard)
        self.text.setObjectName("Prose")
        self.text.setAccessibleName("The passage in its place")
        self.text.setOpenLinks(False)
        self._where = Elided()
        head = row(self._where, None, button("Open in transcript", self.open_wanted.emit, "Link"))
        layout = column(head, self.text, margin=10, gap=4)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        theme.appearance.changed.connect(self._write)

    def show_place(self, segment: SegmentRow, around: Sequence[Utterance], where: str) -> None:
        self._segment, self._around = segment, around
        self._where.setText(where)
        self._write()

    def _write(self) -> None:
        t = theme.tokens()
        self.text.setFont(theme.reading_font(14))
        parts = [_as_html(utterance, t.secondary, t.accent, t.selection, t.text) for utterance in self._around]
        self.text.setHtml("".join(parts))
        self.text.scrollToAnchor("words")


def _as_html(said: Utterance, secondary: str, accent: str, wash: str, ink: str) -> str:
    def shown(words: str) -> str:
        return escape(words).replace("\n", "<br>")

    start, end = said.marked.start, said.marked.end
    before, marked, after = said.words[:start], said.words[start:end], said.words[end:]
    words = shown(before)
    if marked:
        words += f'<a name="words"></a><span style="background-color:{wash}">{shown(marked)}</span>{shown(after)}'
    else:
        words += shown(after)
    name_colour, word_colour = (secondary, secondary) if said.interviewer else (accent, ink)
    size = theme.px(12)
    return (
        f'<p style="margin:0 0 {theme.px(6)}px 0">'
        f'<span style="font-size:{size}px; font-weight:600; color:{name_colour}">{escape(said.name)}</span><br>'
        f'<span style="color:{word_colour}">{words}</span></p>'
    )


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    t = theme.tokens()
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(t.wash))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(t.field))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(t.accent))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))


def _paint_passage(painter: QPainter, place: QRectF, passage: Passage) -> None:
    t = theme.tokens()
    place = place.adjusted(theme.px(22), theme.px(5), -theme.px(12), -theme.px(4))
    bar = QRectF(place.left() - theme.px(8), place.top() + 1, theme.px(3), place.height() - 2)
    painter.fillRect(bar, theme.visible(passage.code.colour))
    painter.setPen(QColor(t.text))
    words = _wrapped(passage, place.width())
    words.draw(painter, place.topLeft())
    painter.setFont(theme.interface_font(12))
    foot = QRectF(place.left(), place.top() + words.height, place.width(), theme.px(18))
    name = painter.fontMetrics().elidedText(passage.code.name, Qt.TextElideMode.ElideRight, int(place.width() * 0.55))
    painter.setPen(theme.readable(passage.code.colour))
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    foot.setLeft(foot.left() + painter.fontMetrics().horizontalAdvance(name))
    where = painter.fontMetrics().elidedText(f"  {passage.where}", Qt.TextElideMode.ElideRight, int(foot.width()))
    painter.setPen(QColor(t.secondary))
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, where)


def _wrapped(passage: Passage, width: float) -> Wrapped:
    return Wrapped(f"“{passage.words}”", theme.reading_font(13), width, MOST_LINES)
