"""What became of a framework between two snapshots, in sentences."""

from __future__ import annotations

from typing import Any

from qualcode.core.versions import differences


def theme(key: str, name: str, parent: str | None = None, definition: str = "") -> dict[str, Any]:
    return {"id": key, "name": name, "parent": parent, "definition": definition}


def code(key: str, name: str, theme_id: str | None = None, definition: str = "") -> dict[str, Any]:
    return {"id": key, "name": name, "theme_id": theme_id, "parent_id": None, "definition": definition}


def snapshot(themes: list[dict[str, Any]], codes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"themes": themes, "codes": codes}


class DescribeDifferences:
    def it_finds_none_between_a_framework_and_itself(self) -> None:
        same = snapshot([theme("t", "Trust")], [code("c", "Being judged", "t")])
        assert differences(same, same) == []

    def it_says_what_was_added_and_removed_themes_first(self) -> None:
        before = snapshot([theme("t", "Trust")], [code("c", "Being judged", "t")])
        after = snapshot([theme("u", "Access")], [code("d", "Waiting", "u")])
        assert differences(before, after) == [
            "Theme “Access” added.",
            "Theme “Trust” removed.",
            "Code “Waiting” added.",
            "Code “Being judged” removed.",
        ]

    def it_says_what_was_renamed_moved_and_defined_anew(self) -> None:
        before = snapshot([theme("t", "Trust"), theme("u", "Access")], [code("c", "Waiting", "t", "Long waits.")])
        after = snapshot([theme("t", "Trust", "u"), theme("u", "Access")], [code("c", "The wait", None, "Any wait.")])
        assert differences(before, after) == [
            "Theme “Trust” moved: now under “Access”.",
            "Code “Waiting” renamed to “The wait”.",
            "Code “The wait” moved: now under no theme.",
            "Code “The wait” defined anew.",
        ]

    def it_names_a_theme_that_is_gone_by_the_name_it_had(self) -> None:
        before = snapshot([theme("t", "Trust")], [code("c", "Waiting", "t")])
        after = snapshot([], [code("c", "Waiting")])
        assert differences(before, after) == ["Theme “Trust” removed.", "Code “Waiting” moved: now under no theme."]
