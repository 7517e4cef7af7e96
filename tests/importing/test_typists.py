"""Shapes that typists and programs give to transcripts, one by one: each is read as its typist meant it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from qualcode.importing import read

CASES = yaml.safe_load(Path(__file__).with_name("typists.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
class DescribeAFileAsTyped:
    def it_is_read_turn_by_turn(self, tmp_path: Path, case: dict[str, Any]) -> None:
        path = tmp_path / case.get("file", "talk.txt")
        path.write_text(case["typed"], encoding="utf-8")
        transcript = read(path)
        told = [[transcript.speakers[t.speaker].label, t.span.of(transcript.text)] for t in transcript.turns]
        assert told == case["turns"]
        roles = {s.label: s.role.value for s in transcript.speakers}
        assert {label: roles[label] for label in case.get("roles", ())} == case.get("roles", {})
        if "times" in case:
            assert [t.at for t in transcript.turns] == case["times"]
