"""How a transcript is set: letters, leading, room above a turn for its heading, questions dimmed, bold and italic."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from qualcode.core.rows import TranscriptRow
from qualcode.core.values import Face, Span
from qualcode.ui import theme
from qualcode.ui.widgets.dress import Dress

ABOVE_PARAGRAPH, ABOVE_TURN = 6, 32
ABOVE_PAGE, BELOW_PAGE = 32, 80


def typeset(
    document: QTextDocument,
    row: TranscriptRow | None,
    dimmed: Collection[int],
    dress: Dress,
    cursor_of: Callable[[Span], QTextCursor],
) -> None:
    """Set the page. ``dimmed`` are the code points at which an interviewer's turn starts."""
    document.setDefaultFont(theme.reading_font(dress.size, dress.font))
    whole = QTextCursor(document)
    whole.beginEditBlock()
    whole.select(QTextCursor.SelectionType.Document)
    whole.setCharFormat(QTextCharFormat())
    whole.setBlockFormat(_paragraph(dress, ABOVE_PARAGRAPH))
    if row is not None:
        turn_format, dim = _paragraph(dress, ABOVE_TURN), QTextCharFormat()
        dim.setForeground(QColor(theme.tokens().secondary))
        starts = set(dimmed)
        for turn in row.turns:
            cursor_of(Span(turn.span.start, turn.span.start)).setBlockFormat(turn_format)
            if turn.span.start in starts:
                cursor_of(turn.span).mergeCharFormat(dim)
        for emphasis in row.emphasis:
            face = QTextCharFormat()
            if emphasis.face is Face.BOLD:
                face.setFontWeight(QFont.Weight.Bold)
            else:
                face.setFontItalic(True)
            cursor_of(emphasis.span).mergeCharFormat(face)
    whole.endEditBlock()
    page = document.rootFrame().frameFormat()
    page.setTopMargin(theme.px(ABOVE_PAGE))
    page.setBottomMargin(theme.px(BELOW_PAGE))
    document.rootFrame().setFrameFormat(page)


def _paragraph(dress: Dress, space_above: int) -> QTextBlockFormat:
    layout = QTextBlockFormat()
    leading = theme.px(dress.size * dress.leading / 100)
    layout.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    layout.setTopMargin(theme.px(space_above))
    return layout
