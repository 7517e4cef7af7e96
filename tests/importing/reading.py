"""A typed text, read, and told turn by turn."""

from __future__ import annotations

from pathlib import Path

from qualcode.importing import Recognition, Rules, open_source, recognise


def recognised(tmp_path: Path, typed: str, rules: Rules | None = None, name: str = "talk.txt") -> Recognition:
    path = tmp_path / name
    path.write_text(typed, encoding="utf-8")
    return recognise(open_source(path), rules)


def told(found: Recognition) -> list[tuple[str, str]]:
    transcript = found.transcript
    return [(transcript.speakers[t.speaker].label, t.span.of(transcript.text)) for t in transcript.turns]


def roles(found: Recognition) -> dict[str, str]:
    return {s.label: s.role.value for s in found.transcript.speakers}


TALK = (
    "Mary: Who has the key?\nTom: The warden.\nMary: Since when?\nTom: June.\n"
    "Mary: And before?\nTom: Nobody locked it.\n"
)
