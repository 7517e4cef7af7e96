from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from qualcode.core.spans import normalise
from qualcode.ui.positions import Positions
from qualcode.ui.widgets.transcript import TranscriptView
from tests.helpers.projects import dialogue

texts = st.text(alphabet=st.sampled_from("aé😀\u0301\u05d0𝒳\n ‍👩"), max_size=60)


class DescribePositions:
    @given(texts, st.data())
    def it_goes_there_and_back(self, text: str, data: st.DataObject) -> None:
        positions = Positions(text)
        offset = data.draw(st.integers(0, len(text)))
        assert positions.to_qt(offset) == len(text[:offset].encode("utf-16-le")) // 2
        assert positions.from_qt(positions.to_qt(offset)) == offset

    @given(texts, st.data())
    def it_never_cuts_a_character_in_two(self, text: str, data: st.DataObject) -> None:
        units = len(text.encode("utf-16-le")) // 2
        start, end = sorted(data.draw(st.tuples(st.integers(0, units), st.integers(0, units))))
        span = Positions(text).span(start, end)
        whole = text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "ignore")
        assert whole in span.of(text)


class DescribeTheView:
    @given(texts.map(normalise).filter(str.strip), st.data())
    def it_gives_back_the_very_words_that_were_selected(
        self, qapp: QApplication, text: str, data: st.DataObject
    ) -> None:
        view = TranscriptView()
        transcript = _row(text)
        view.show_transcript(transcript, lambda _: "P01")
        offsets = st.integers(0, len(text))
        start, end = sorted(data.draw(st.tuples(offsets, offsets)))
        view.select(Positions(text).span(Positions(text).to_qt(start), Positions(text).to_qt(end)))
        cursor = view.textCursor()
        chosen = cursor.selection().toPlainText()
        span = view.selected_span()
        assert (span.of(text) if span else "") == chosen == text[start:end]
        cursor.movePosition(QTextCursor.MoveOperation.Start)


def _row(text: str):  # type: ignore[no-untyped-def]
    from qualcode.core.rows import SpeakerRow, TranscriptRow
    from qualcode.core.values import InterviewId, Role, SpeakerId, TranscriptId

    value = dialogue(("P01", text))
    speaker = SpeakerRow(SpeakerId("s"), "P01", Role.PARTICIPANT, None, 0)
    return TranscriptRow(
        TranscriptId("t"), InterviewId("i"), 1, True, value.text, value.turns, (speaker,), (), (), "x.txt"
    )
