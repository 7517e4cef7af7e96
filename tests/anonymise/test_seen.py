"""A text is read once, however often a project is looked through."""

from __future__ import annotations

from uuid import uuid4

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from qualcode.anonymise.find import Proposal, propose
from qualcode.core.values import Passage, TranscriptId

SAID = "So Margaret Holroyd rang from Oldham, on 07700 900123, and then Leon came."
LATER = "And Mary Ferriday was there."


class Reader:
    """A pipeline of the user's own that knows no names, and notes what it was given to read."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.pipeline = spacy.blank("en")
        own = f"notes_{uuid4().hex}"
        Language.component(own, func=self._note)
        self.pipeline.add_pipe(own, name="ner")

    def look(self, *texts: str) -> tuple[Proposal, ...]:
        passages = [Passage(TranscriptId(str(n)), text, (), ()) for n, text in enumerate(texts)]
        return propose(passages, pipeline=self.pipeline)

    def _note(self, doc: Doc) -> Doc:
        self.read.append(doc.text)
        return doc


@pytest.fixture
def reader() -> Reader:
    return Reader()


class DescribeASecondLook:
    def it_reads_nothing_again_and_finds_the_same(self, reader: Reader) -> None:
        first = reader.look(SAID)
        assert reader.look(SAID) == first
        assert "".join(reader.read) == SAID

    def it_reads_only_what_is_new(self, reader: Reader) -> None:
        reader.look(SAID)
        found = reader.look(SAID, LATER)
        assert "".join(reader.read) == SAID + LATER
        assert {"Margaret Holroyd", "Mary Ferriday"} <= {p.text for p in found}

    def it_finds_a_name_in_each_transcript_of_the_same_words(self, reader: Reader) -> None:
        (holroyd,) = [p for p in reader.look(SAID, SAID) if p.text == "Margaret Holroyd"]
        assert {sighting.transcript_id for sighting in holroyd.sightings} == {"0", "1"}

    def it_reads_again_for_another_pipeline(self, reader: Reader) -> None:
        reader.look(SAID)
        other = Reader()
        other.look(SAID)
        assert "".join(other.read) == SAID
