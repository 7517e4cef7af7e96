from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.values import AsideKind, Face, Transcript
from tests.importing.laws import kept
from tests.importing.word_files import paragraph, run, write_word


class DescribeCaptions:
    def read(self, tmp_path: Path, text: str, name: str = "talk.vtt") -> Transcript:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return kept(path)

    def it_makes_one_turn_of_consecutive_cues_of_one_speaker(self, tmp_path: Path) -> None:
        transcript = self.read(
            tmp_path,
            "WEBVTT\n\nNOTE made by a machine\n\n"
            "1\n00:02.000 --> 00:04.000 align:start\n<v Mary Doyle>So who\n has the key?</v>\n\n"
            "2\n00:04.000 --> 00:06.000\n<v Tom Hale>The warden &amp;</v>\n\n"
            "3\n00:06.100 --> 00:08.000\n<v Tom Hale>his <i>son</i>.</v>\n\n"
            "4\n01:00:08.000 --> 01:00:09.000\n<v Mary Doyle>Since when?</v>\n",
        )
        assert [t.span.of(transcript.text) for t in transcript.turns] == [
            "So who has the key?",
            "The warden & his son.",
            "Since when?",
        ]
        assert [t.at for t in transcript.turns] == [2, 4, 3608]
        assert [(e.span.of(transcript.text), e.face) for e in transcript.emphasis] == [("son", Face.ITALIC)]

    def it_hears_two_voices_in_one_cue(self, tmp_path: Path) -> None:
        cues = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mary>Key?</v> <v Tom>No.</v>\n\n"
        transcript = self.read(tmp_path, cues + "00:03.000 --> 00:04.000\n<v Mary>Oh.</v>\n")
        assert [transcript.speakers[t.speaker].label for t in transcript.turns] == ["Mary", "Tom", "Mary"]

    def it_reads_captions_without_speakers_as_one_voice_in_paragraphs(self, tmp_path: Path) -> None:
        cues = "1\n00:00:01,000 --> 00:00:03,000\nit was cold\n\n2\n00:00:03,100 --> 00:00:05,000\nand wet.\n\n"
        cues += "3\n00:00:15,000 --> 00:00:17,000\nThen it stopped.\n"
        transcript = self.read(tmp_path, cues, "talk.srt")
        assert transcript.text == "it was cold and wet.\nThen it stopped."
        assert len(transcript.turns) == 1
        assert transcript.remarks == ("No speakers were found in it; it was read as one voice.",)

    def it_knows_captions_in_a_file_named_text(self, tmp_path: Path) -> None:
        cues = "00:00:01.000 --> 00:00:03.000\nMary: who has it\n\n00:00:03.000 --> 00:00:05.000\nTom: the warden\n"
        transcript = self.read(tmp_path, cues, "talk.md")
        assert [s.label for s in transcript.speakers] == ["Mary", "Tom"]

    def it_hears_the_first_cue_whatever_it_is_about(self, tmp_path: Path) -> None:
        transcript = self.read(
            tmp_path,
            "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Mary>This will be transcribed.</v>\n\n"
            "00:04.000 --> 00:06.000\n<v Tom>On 4 June 2024?</v>\n\n00:06.000 --> 00:07.000\n<v Mary>Yes.</v>\n",
        )
        assert transcript.text == "This will be transcribed.\nOn 4 June 2024?\nYes."
        assert [t.at for t in transcript.turns] == [1, 4, 6]

    @pytest.mark.parametrize("label", ["<v {}>", "{}: "])
    def it_breaks_a_long_turn_where_a_sentence_ends_and_no_short_one(self, tmp_path: Path, label: str) -> None:
        sentence = "We sat by the weir and waited for the warden to come and open the gate for us."
        cues = [("Mary", sentence)] * 7 + [("Tom", sentence)] * 3 + [("Mary", "And then?")] + [("Tom", sentence)] * 9
        typed = "".join(
            f"00:{2 * i:02}.000 --> 00:{2 * i + 2:02}.000\n{label.format(who)}{words}\n\n"
            for i, (who, words) in enumerate(cues)
        )
        transcript = self.read(tmp_path, "WEBVTT\n\n" + typed)
        told = [t.span.of(transcript.text).split("\n") for t in transcript.turns]
        assert [len(paragraphs) for paragraphs in told] == [1, 1, 1, 2]
        assert told[3] == [" ".join([sentence] * 8), sentence]


class DescribeTeams:
    """Teams' own notes of the recording stand in its transcripts as lines of the same kind as the speech."""

    START, STOP = "Ruth Okell started transcription", "Ruth Okell stopped transcription"

    def it_sets_the_notes_of_a_document_aside(self, tmp_path: Path) -> None:
        talk = [("Ruth Okell", "0:03", "Shall we?"), ("Tom Hale", "0:06", "Yes, do."), ("Ruth Okell", "0:09", "So?")]
        body = "".join(
            paragraph(line) for line in ("Evaluation call", "12 November 2024, 10:03AM", "45m 12s", self.START)
        )
        body += "".join(
            paragraph(run(who, "<w:b/>"), run(f"   {at}"), "<w:r><w:br/></w:r>", run(words)) for who, at, words in talk
        )
        transcript = kept(write_word(tmp_path / "talk.docx", body + paragraph(self.STOP)))
        assert transcript.text == "Shall we?\nYes, do.\nSo?"
        assert [(a.kind, a.text) for a in transcript.asides] == [
            (AsideKind.HEADER, "12 November 2024, 10:03AM"),
            (AsideKind.HEADER, self.START),
            (AsideKind.HEADER, self.STOP),
        ]
        assert transcript.facts.duration_seconds == 45 * 60 + 12

    def it_keeps_what_people_say_about_stopping(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_text("Ruth: And?\nTom: I was angry.\nI stopped recording.\nThey started transcription\nRuth: Oh.\n")
        assert "I stopped recording.\nThey started transcription" in kept(path).text
