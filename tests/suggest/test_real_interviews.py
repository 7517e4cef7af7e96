"""On interviews that other people held and coded: much better than chance, on an interview not learned from."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from qualcode.core.values import CodeId, Passage, Role, Span, Speaker, TranscriptId, Turn
from qualcode.suggest import Coded, CodeEntry, Material, suggest
from tests.benchmarks.recognition import others_data

FILE = (others_data() or Path("nowhere")) / "coded" / "json" / "pdpilot.json"
BEST = 20

pytestmark = [pytest.mark.others, pytest.mark.skipif(not FILE.is_file(), reason="no interviews by others at hand")]


@cache
def interviews() -> Material:
    """All interviews with all segments; a code's name is the last part of its path."""
    docs = json.loads(FILE.read_text(encoding="utf-8"))["docs"]
    coded = {Coded(TranscriptId(d["id"]), Span(c[0], c[1]), CodeId(c[2])) for d in docs for c in d["codings"]}
    paths = sorted({c.code_id for c in coded})
    codebook = (CodeEntry(p, *p.split(" > ")[-1:], above=tuple(p.split(" > ")[:-1])) for p in paths)
    return Material(tuple(map(_passage, docs)), tuple(codebook), tuple(sorted(coded)))


def _passage(doc: dict[str, Any]) -> Passage:
    turns: Sequence[tuple[str, int, int]] = doc["turns"]
    speakers = (Speaker("I", Role.INTERVIEWER), Speaker("P", Role.PARTICIPANT))
    spans = tuple(Turn(int(role != "I"), Span(start, end)) for role, start, end in turns)
    return Passage(TranscriptId(doc["id"]), doc["text"], spans, speakers)


class DescribeSuggestionsForRealInterviews:
    @pytest.mark.parametrize("number", [0, 3, 6])
    def it_is_right_many_times_as_often_as_chance(self, number: int) -> None:
        whole = interviews()
        key = whole.passages[number].transcript_id
        truth = [c for c in whole.coded if c.transcript_id == key]
        known = tuple(c for c in whole.coded if c.transcript_id != key)
        found = [s for s in suggest(Material(whole.passages, whole.codebook, known), [key]) if s.code_id][:BEST]
        there = [{c.code_id for c in truth if c.span.overlaps(s.span)} for s in found]
        right = statistics.mean(s.code_id in codes for s, codes in zip(found, there, strict=True))
        chance = statistics.mean(len(codes) / len(whole.codebook) for codes in there)
        assert right > 4 * chance > 0
