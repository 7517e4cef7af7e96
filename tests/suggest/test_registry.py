"""Suggesters that are installed beside the program, as real packages on the path."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.core.values import TranscriptId
from qualcode.errors import Cancelled, UserError
from qualcode.suggest import Suggesters, suggest
from tests.suggest.talk import BUS, answer, coded_material

LAST = TranscriptId("t3")
MAKES = """
from qualcode.core.values import Span, Suggestion

class Mine:
    def suggest(self, material, transcript_ids, pace):
        pace.step(0, 1, "Mine")
        for passage in material.passages:
            if passage.transcript_id in transcript_ids:
                yield Suggestion(passage.transcript_id, Span({start}, {end}), {code!r}, {score}, "Because I say so.")
"""

Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Install:
    """Install a package with one module and one suggester in it; modules of different tests have different names."""

    def act(source: str, name: str) -> None:
        module = "my_" + re.sub(r"\W", "_", request.node.name)
        about = tmp_path / "my_suggester-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: my-suggester\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[qualcode.suggesters]\nmine = {module}:{name}\n")
        (tmp_path / f"{module}.py").write_text(source)
        monkeypatch.syspath_prepend(str(tmp_path))

    return act


class DescribeSuggestersKept:
    def it_gives_the_answer_that_new_ones_give(self) -> None:
        full = coded_material()
        kept = Suggesters()
        kept.suggest(replace(full, coded=full.coded[:5]), [LAST])
        assert kept.suggest(full, [LAST]) == suggest(full, [LAST])

    def it_reads_an_interview_once(self) -> None:
        kept, full = Suggesters(), coded_material()
        kept.suggest(full, [LAST])
        told: list[str] = []
        kept.suggest(replace(full, coded=full.coded[:-1]), [LAST], lambda at: told.append(at.what))
        assert "Reading" not in told


class DescribeAnInstalledSuggester:
    def it_is_asked_along_with_those_of_the_program(self, install: Install) -> None:
        install(MAKES.format(start=0, end=12, code=None, score=0.99), "Mine")
        best, *others = suggest(coded_material(), [LAST])
        assert (best.score, best.reason) == (0.99, "Because I say so.")
        assert BUS in {s.code_id for s in others}

    def it_is_not_heard_where_the_analyst_decided_already(self, install: Install) -> None:
        material = coded_material()
        span = answer(material.passages[0], BUS, 0)
        install(MAKES.format(start=span.start, end=span.end, code="bus", score=0.99), "Mine")
        assert "Because I say so." not in {s.reason for s in suggest(material, [TranscriptId("t0")])}

    def it_can_be_stopped(self, install: Install) -> None:
        install(MAKES.format(start=0, end=12, code=None, score=0.99), "Mine")
        under_way: list[str] = []
        with pytest.raises(Cancelled):
            suggest(coded_material(), [LAST], lambda at: under_way.append(at.what), lambda: "Mine" in under_way)

    @pytest.mark.parametrize(
        ("end", "score", "sentence"),
        [
            (99_999, 0.5, "The suggester “mine” proposed words that are not in the transcript; update or remove it."),
            (0, 0.5, "The suggester “mine” proposed words that are not in the transcript; update or remove it."),
            (12, 7, "The suggester “mine” gave a score that is not between 0 and 1; update or remove it."),
        ],
    )
    def it_is_named_when_what_it_proposes_cannot_be(
        self, install: Install, end: int, score: float, sentence: str
    ) -> None:
        install(MAKES.format(start=0, end=end, code=None, score=score), "Mine")
        with pytest.raises(UserError, match=sentence):
            suggest(coded_material(), [LAST])

    @pytest.mark.parametrize(("source", "name"), [("import nothing_of_this_name", "Mine"), ("", "Absent")])
    def it_is_named_with_its_package_when_it_does_not_load(self, install: Install, source: str, name: str) -> None:
        install(source, name)
        with pytest.raises(UserError) as refused:
            suggest(coded_material(), [LAST])
        told = "The suggester “mine” does not load; update or remove the package my-suggester."
        assert str(refused.value) == told
