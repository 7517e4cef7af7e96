"""Files that cannot be read, each refused with its own sentence; and awkward ones that can."""

from __future__ import annotations

import os
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.errors import Cancelled, UnreadableFile
from qualcode.importing import open_source, read
from tests.importing.laws import obeys_the_contract
from tests.importing.shapes import Said, pdf_bytes, write, zipped
from tests.importing.word_files import paragraph, run, write_word

SAID = [Said(who, f"Words number {i}, spoken by the gate.", 5.0 * i) for i, who in enumerate(["I", "R"] * 4)]


def _truncated(path: Path) -> None:
    whole = write(path.parent, "bold_and_colon.docx", SAID).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _zip_of_something_else(path: Path) -> None:
    zipped(path, {"photo.png": b"\x89PNG", "readme.txt": "no word file"})


def _locked_word(path: Path) -> None:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )


def _bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(70):
            part.write(b"a" * (1 << 20))


def _lying_bomb(path: Path) -> None:
    """A part that claims to be small and unpacks to more than is read."""
    _bomb(path)
    data = path.read_bytes()
    honest = (70 << 20).to_bytes(4, "little")
    path.write_bytes(data.replace(honest, (1 << 10).to_bytes(4, "little")))


def _entities(path: Path) -> None:
    entities = '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    zipped(path, {"word/document.xml": f'<?xml version="1.0"?>{entities}<d>&b;&c;</d>'})


def _locked_odt(path: Path) -> None:
    zipped(path, {"content.xml": b"\x00\x01", "META-INF/manifest.xml": "<m><encryption-data/></m>"})


def _locked_pdf(path: Path) -> None:
    data = pdf_bytes([[(60, 700, "secret")]])
    key = f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
    trailer = f"/Encrypt {key} /ID [<41><42>] /Root 1 0 R".encode()
    path.write_bytes(data.replace(b"/Root 1 0 R", trailer))


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 1000 * 1000)


def _bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


REFUSED: list[tuple[str, Callable[[Path], object], str]] = [
    ("empty.txt", _bytes(b""), "it is empty."),
    ("empty.docx", _bytes(b""), "it is empty."),
    ("blank.txt", _bytes(b"  \n\n \n"), "it holds no text."),
    ("blank.md", _bytes(b"\xef\xbb\xbf\n"), "it holds no text."),
    ("truncated.docx", _truncated, "only part of it was copied"),
    ("other.docx", _zip_of_something_else, "not a Word document"),
    ("other.odt", _zip_of_something_else, "not an OpenDocument text"),
    ("page.docx", _bytes(b"<html><body><p>I am a page</p></body></html>"), "is something else"),
    ("old.docx", _bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)), "old Word document"),
    ("old.doc", _bytes(b"\xd0\xcf\x11\xe0"), "save it as .docx"),
    ("locked.docx", _locked_word, "remove the password"),
    ("locked.odt", _locked_odt, "remove the password"),
    ("locked.pdf", _locked_pdf, "without the password"),
    ("bomb.docx", _bomb, "more than 64 MB"),
    ("lying.docx", _lying_bomb, "damaged"),
    ("entities.docx", _entities, "document type of its own"),
    ("scanned.pdf", _bytes(pdf_bytes([[], []])), "text recognition (OCR)"),
    ("other.pdf", _bytes(b"no pdf at all"), "is something else"),
    ("broken.pdf", _bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Cat"), "damaged"),
    ("other.rtf", _bytes(b"plain words"), "is something else"),
    ("other.vtt", _bytes(b"plain words\nand more"), "holds no captions"),
    ("other.html", _bytes(b"plain words"), "no markup"),
    ("noise.txt", _bytes(random.Random(1).randbytes(20_000)), "holds no text"),
    ("program.txt", _bytes(b"\x7fELF\x02\x01\x01" + bytes(3000)), "is a program"),
    ("document.txt", _bytes(b"PK\x03\x04" + bytes(300)), "a zip archive or an office document"),
    ("picture.md", _bytes(b"\x89PNG\r\n\x1a\n" + bytes(300)), "is a picture"),
    ("huge.txt", _huge, "190 MB, more than any interview (20 MB at most)"),
    ("sound.mp3", _bytes(b"ID3"), "files ending in .mp3 cannot be read"),
    ("nothing", _bytes(b"words"), "files ending in nothing cannot be read"),
    ("only_labels.txt", _bytes(b"Anna:\nBen:\nAnna:\nBen:\n"), "no speech"),
]


@pytest.mark.parametrize(("name", "make", "reason"), REFUSED, ids=[name for name, _, _ in REFUSED])
class DescribeAFileThatCannotBeRead:
    def it_is_refused_with_a_sentence_that_says_why(
        self, tmp_path: Path, name: str, make: Callable[[Path], object], reason: str
    ) -> None:
        path = tmp_path / name
        make(path)
        with pytest.raises(UnreadableFile) as refusal:
            read(path)
        assert reason in str(refusal.value)
        assert str(refusal.value).startswith(f"{name}: ")
        assert refusal.value.path == path


class DescribeAFileThatIsNotThere:
    def it_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="not there any more"):
            read(tmp_path / "gone.txt")

    def it_is_refused_when_it_is_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "folder.txt").mkdir()
        with pytest.raises(UnreadableFile, match="folder"):
            read(tmp_path / "folder.txt")

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
    def it_is_refused_when_it_may_not_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "kept.txt"
        path.write_text("words")
        path.chmod(0)
        with pytest.raises(UnreadableFile, match="may not be read"):
            read(path)


class DescribeMemory:
    def it_stays_small_for_a_bomb(self, tmp_path: Path) -> None:
        _bomb(tmp_path / "bomb.docx")
        tracemalloc.start()
        with pytest.raises(UnreadableFile):
            read(tmp_path / "bomb.docx")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 5_000_000


class DescribeCancelling:
    @pytest.mark.parametrize("shape", ["colon.txt", "printed.pdf", "bold.docx"])
    def it_stops_the_reading(self, tmp_path: Path, shape: str) -> None:
        path = write(tmp_path, shape, SAID)
        with pytest.raises(Cancelled):
            read(path, cancelled=lambda: True)


class DescribeAwkwardFilesThatCanBeRead:
    def it_reads_a_narrative_as_one_voice_and_says_so(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_text("It began with a leak.\n\nThen the ceiling came down. I said: fine.\n\nWe moved in June.\n")
        transcript = read(path)
        obeys_the_contract(transcript)
        assert [(s.label, s.role.value) for s in transcript.speakers] == [("", "unknown")]
        assert transcript.text == "It began with a leak.\nThen the ceiling came down. I said: fine.\nWe moved in June."
        assert transcript.remarks == ("No speakers were found in it; it was read as one voice.",)

    def it_reads_forty_speakers_and_takes_none_of_them_for_a_participant(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        people = [
            f"Councillor {name}"
            for name in (
                "".join(chr(65 + (i * k) % 26).lower() for k in (3, 7, 11)).capitalize() + str(i) for i in range(40)
            )
        ]
        path.write_text("".join(f"{who}: I move item {i}.\n" for i, who in enumerate(people * 3)))
        transcript = read(path)
        assert len(transcript.speakers) == 40
        assert len(transcript.turns) == 120
        assert {s.role.value for s in transcript.speakers} == {"unknown"}

    def it_reads_a_file_in_which_one_speaker_alone_has_a_label(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_text("P07: It began with a leak.\n\nP07: Then the ceiling came down.\n\nP07: We moved in June.\n")
        transcript = read(path)
        obeys_the_contract(transcript)
        assert [(s.label, s.role.value) for s in transcript.speakers] == [("P07", "unknown")]
        assert transcript.text == "It began with a leak.\nThen the ceiling came down.\nWe moved in June."

    @pytest.mark.parametrize("mark", ["", "\u200f", "\u202b"], ids=["plain", "marked", "embedded"])
    def it_reads_a_dialogue_from_right_to_left(self, tmp_path: Path, mark: str) -> None:
        turns = [
            ("מראיינת", "כמה זמן חיכית?"),
            ("דנה", "חודשים, 3 או 4."),
            ("מראיינת", "ומה עשית?"),
            ("דנה", "הלכתי לשם."),
        ]
        path = tmp_path / "talk.txt"
        path.write_text("\n".join(f"{mark}{who}: {words}" for who, words in turns), encoding="utf-8")
        transcript = read(path)
        obeys_the_contract(transcript)
        heard = [(transcript.speakers[t.speaker].label, t.span.of(transcript.text)) for t in transcript.turns]
        assert heard == turns

    def it_reads_every_shape_from_a_file_named_in_capitals(self, tmp_path: Path) -> None:
        for shape in ("colon.txt", "teams.vtt", "bold.docx"):
            path = write(tmp_path, shape, SAID)
            loud = path.rename(tmp_path / shape.upper())
            assert len(read(loud).turns) == len(SAID)

    def it_reads_a_document_whose_styles_are_missing(self, tmp_path: Path) -> None:
        body = paragraph(run("I: ", '<w:rStyle w:val="Gone"/>'), "Here?", properties='<w:pStyle w:val="Gone"/>')
        path = write_word(tmp_path / "talk.docx", body + paragraph("R: Here."))
        assert read(path).text == "Here?\nHere."

    def it_knows_the_file_again_by_its_bytes(self, tmp_path: Path) -> None:
        first = write(tmp_path, "colon.txt", SAID)
        second = tmp_path / "copy.txt"
        second.write_bytes(first.read_bytes())
        assert open_source(first).digest == open_source(second).digest == read(second).source_digest
        assert read(second).source_name == "copy.txt"
