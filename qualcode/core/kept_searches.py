"""Searches kept under a name in the project, as they were asked: what they find is found anew each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.core.concordance import Voices
from qualcode.core.retrieval import Condition, Relation, SegmentSearch
from qualcode.core.scope import Scope, Topic
from qualcode.core.search import Manner, WordSearch
from qualcode.errors import UserError

if TYPE_CHECKING:
    from qualcode.core.project import Project

SETTING = "searches"

Search = WordSearch | SegmentSearch


@dataclass(frozen=True, slots=True)
class KeptSearch:
    name: str
    search: Search


def kept(project: Project) -> list[KeptSearch]:
    """The searches kept, by name."""
    there = project.setting(SETTING)
    return [KeptSearch(name, _read(there[name])) for name in sorted(there, key=str.casefold)]


def keep(project: Project, name: str, search: Search) -> None:
    """Keep a search under a name; one of that name is replaced. Raises UserError without a name."""
    name = " ".join(name.split())
    if not name:
        raise UserError("A search needs a name to be kept.")
    others = {known: value for known, value in project.setting(SETTING).items() if known.casefold() != name.casefold()}
    with project.step(f"Keep search “{name}”"):
        project.set_setting(SETTING, others | {name: _written(search)})


def forget(project: Project, name: str) -> None:
    """Keep the search of this name no longer."""
    others = {known: value for known, value in project.setting(SETTING).items() if known != name}
    with project.step(f"Remove search “{name}”"):
        project.set_setting(SETTING, others)


# --- as it stands in the file ------------------------------------------------------------------------------------


def _written(search: Search) -> dict[str, Any]:
    if isinstance(search, WordSearch):
        return {"words": search.words, "manner": search.manner.value, "scope": _scope(search.scope)}
    conditions = [
        {"relation": c.relation.value, "topic": _topic(c.topic), "wanted": c.wanted, "turns": c.turns}
        for c in search.conditions
    ]
    return {"topic": _topic(search.topic), "conditions": conditions, "scope": _scope(search.scope)}


def _read(stored: Mapping[str, Any]) -> Search:
    scope = _scope_of(stored["scope"])
    if "words" in stored:
        return WordSearch(stored["words"], Manner(stored["manner"]), scope)
    conditions = (
        Condition(Relation(c["relation"]), _topic_of(c["topic"]), c["wanted"], c["turns"]) for c in stored["conditions"]
    )
    return SegmentSearch(_topic_of(stored["topic"]), tuple(conditions), scope)


def _scope(scope: Scope) -> dict[str, Any]:
    return {
        "voices": scope.voices.value,
        "wave": scope.wave_id,
        "attribute": scope.attribute_id,
        "value": scope.value,
        "topic": _topic(scope.topic),
    }


def _scope_of(stored: Mapping[str, Any]) -> Scope:
    topic = _topic_of(stored["topic"])
    return Scope(Voices(stored["voices"]), stored["wave"], stored["attribute"], stored["value"], topic)


def _topic(topic: Topic) -> dict[str, list[str]]:
    return {"codes": sorted(topic.code_ids), "themes": sorted(topic.theme_ids)}


def _topic_of(stored: Mapping[str, Any]) -> Topic:
    return Topic(frozenset(stored["codes"]), frozenset(stored["themes"]))


# --- as it is said -----------------------------------------------------------------------------------------------

_MANNERS = {
    Manner.WORDS: "“{}”",
    Manner.ALIKE: "nearly “{}”",
    Manner.EXPRESSION: "the regular expression {}",
}
_VOICES = {Voices.INTERVIEWERS: "interviewers' speech", Voices.EVERYBODY: "everybody's speech"}


def sentence(project: Project, search: Search) -> str:
    """What is looked for, as it is said in a heading."""
    names: dict[str, str] = {code.id: code.name for code in project.codebook.all()}
    names |= {theme.id: theme.name for theme in project.themes.all()}

    def called(topic: Topic) -> str:
        return " or ".join(sorted(names.get(key, "something gone") for key in (*topic.theme_ids, *topic.code_ids)))

    if isinstance(search, WordSearch):
        parts = [_MANNERS[search.manner].format(search.words.strip())]
        if search.scope.topic:
            parts.append(f"in passages coded {called(search.scope.topic)}")
    else:
        parts = [f"segments coded {called(search.topic) or 'in any way'}"]
        for number, condition in enumerate(search.conditions):
            parts.append(f"{'and ' if number else ''}{_condition(condition)} {called(condition.topic) or 'any other'}")
    return ", ".join((*parts, *_where(project, search.scope)))


def _condition(condition: Condition) -> str:
    far = f" (within {condition.turns} turn{'s' * (condition.turns != 1)})" if condition.relation.counts_turns else ""
    return f"{'' if condition.wanted else 'not '}{condition.relation.words}{far}"


def _where(project: Project, scope: Scope) -> list[str]:
    where = [_VOICES[scope.voices]] if scope.voices in _VOICES else []
    if scope.wave_id is not None:
        where += [wave.name for wave in project.waves.all() if wave.id == scope.wave_id]
    if scope.attribute_id is not None:
        named = (a.name for a in project.people.attributes() if a.id == scope.attribute_id)
        where += [f"{name}: {scope.value}" for name in named]
    return where
