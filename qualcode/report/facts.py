"""What the project knows of how a report came about, each fact under a name, so that it can be moved and left out.

A sentence belongs to a part of the report and is written there by itself. In the analyst's text for that part
``{fact: modes}`` puts it where it is wanted, and it is not said again; ``{without: modes}`` leaves it out. A phrase
(``{fact: shortest}``) is for sentences of the analyst's own, in any text, and stands in for the sentence that says the
same. Either way the words follow the data. What the project ought to know and does not is a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qualcode.report import fieldwork, wording
from qualcode.report.agreement import agreement
from qualcode.report.blocks import Gap, Inlines, text
from qualcode.report.material import Material

_STAGES = {
    "familiarise": "reading and familiarisation",
    "code": "coding",
    "themes": "the development of themes",
    "compare": "comparison across groups and waves",
    "report": "writing",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """``said`` puts it into words; none where it does not apply. A sentence names the ``part`` it belongs to, a phrase
    the sentences that say the same (``instead_of``). ``about`` tells an analyst what it says."""

    name: str
    about: str
    said: Callable[[Material], Inlines]
    part: str = ""
    instead_of: tuple[str, ...] = ()
    at_end: bool = False


def sentences(part: str) -> list[Fact]:
    """The sentences of a part, in order; those ``at_end`` stand after what the analyst wrote."""
    return [fact for fact in FACTS.values() if fact.part == part]


def in_words(name: str, material: Material) -> Inlines:
    """A fact where a text asks for it; a gap where there is none of that name, or nothing to say."""
    fact = FACTS.get(name.casefold())
    if fact is None:
        return (Gap(f"There is no fact called {name}"),)
    return fact.said(material) or (Gap(f"There is nothing to say for the fact {fact.name}"),)


def spoken_for(named: Iterable[str]) -> frozenset[str]:
    """The sentences not to be written by themselves where a text names these facts."""
    names = [name.casefold() for name in named]
    return frozenset([*names, *(sentence for n in names if n in FACTS for sentence in FACTS[n].instead_of)])


# --- analysis ----------------------------------------------------------------------------------------------------


def _approach(material: Material) -> Inlines:
    across = "interviews, groups and waves" if len(material.waves) > 1 else "interviews and groups"
    return text(
        "The transcripts were analysed thematically: they were read for familiarisation and coded, and the codes were "
        f"developed into a thematic framework, by which what was said could be compared across {across}."
    )


def _coded(material: Material) -> Inlines:
    if not material.segments_reported:
        return ()
    by = f" by {wording.of_things(len(material.coders), 'analyst')}" if material.coders else ""
    codes = wording.of_things(_codes(material), "code")
    passages = wording.of_things(len(material.segments_reported), "passage")
    were = "was" if len(material.segments_reported) == 1 else "were"
    sentence = f"In all, {passages} {were} coded{by}, using {codes}"
    themes = len(material.top_themes)
    if not themes:
        return text(sentence + ".")
    below = len(material.themes) - themes
    subs = f" and {wording.of_things(below, 'sub-theme')}" if below else ""
    return text(f"{sentence}, which were gathered under {wording.of_things(themes, 'theme')}{subs}.")


def _codes(material: Material) -> int:
    """How many codes were used."""
    return len({s.code_id for s in material.segments_reported})


def _agreement(material: Material) -> Inlines:
    if len(material.coders) < 2:
        return ()
    found = agreement(material.segments_reported, material.transcripts)
    if not found.cases:
        return text("No interview was coded by more than one of them.")
    held = wording.of_things(found.interviews, "interview", begins=True)
    was = "was" if found.interviews == 1 else "were"
    two = found.coders == 2
    who = "two analysts" if two else "more than one analyst"
    share = round(100 * found.same / found.cases)
    both, either = ("both", "either") if two else ("all", "any")
    return text(
        f"{held} {was} coded by {who}: of the {wording.of_things(found.cases, 'case')} in which {either} of them gave "
        f"a code to a turn, {both} did in {wording.number(found.same)} ({share} per cent)."
    )


def _stages(material: Material) -> Inlines:
    """When the stages of the work began, where its log tells them apart; else it is for the analyst to say."""
    begun = {stage: day for stage, day in reversed(material.framework_dates) if stage in _STAGES}
    if len(set(begun.values())) < 2:
        told = material.report.texts.get("analysis", "").strip() or not material.segments
        return () if told else (fieldwork.missing("when the stages of the analysis began"),)
    each = [f"{_STAGES[stage]} on {wording.day(day)}" for stage, day in sorted(begun.items(), key=lambda item: item[1])]
    return text(f"The stages began as follows: {wording.listed(each)}.")


# --- anonymity, limitations --------------------------------------------------------------------------------------


def _attributed(material: Material) -> Inlines:
    if not material.house.attributions:
        return text("Quotes are given without attribution.")
    fewest = wording.number(material.house.fewest)
    return text(f"The description under a quote is never one that fits fewer than {fewest} of those interviewed.")


def _reach(material: Material) -> Inlines:
    people = wording.of_things(len(material.participants), "participant")
    return text(
        f"The findings rest on what {people} said. They show the range of experience, not how common it is beyond "
        "those interviewed."
    )


def _uncoded(material: Material) -> Inlines:
    uncoded = sum(i.segments == 0 for i in material.interviews)
    if not uncoded:
        return ()
    have, are = ("has", "is") if uncoded == 1 else ("have", "are")
    of_them = wording.of_things(uncoded, "interview", begins=True)
    return text(f"{of_them} {have} not been coded and {are} not reflected here.")


def _others(material: Material) -> Inlines:
    compared = material.waves_compared
    if compared is None or material.report.wave_id is not None:
        return ()
    first, last = ({p.id for p in material.analysis.interviewed(w.id)} for w in compared)
    if len(first & last) >= min(len(first), len(last)) / 2:
        return ()
    who = "Most people were interviewed in one wave only" if first & last else "Nobody was interviewed in both waves"
    return text(f"{who}, so that differences between the waves may be theirs.")


# --- the facts ---------------------------------------------------------------------------------------------------


def _brackets(material: Material) -> Inlines:
    return text(
        "Quotes are in the participants’ own words. Square brackets mark what was put in their place, for clarity or "
        f"so that nobody can be identified; {material.house.quotes.ellipsis} marks words left out."
    )


def _fixed(words: str) -> Callable[[Material], Inlines]:
    return lambda _material: text(words)


def _counted(count: Callable[[Material], int], thing: str) -> Callable[[Material], Inlines]:
    return lambda material: text(wording.of_things(n, thing) if (n := count(material)) else "")


_ALL = (
    Fact("basis", "what the findings rest on", fieldwork.basis, "purpose"),
    Fact("numbers", "how many interviews and participants", fieldwork.numbers, "sampling"),
    Fact("again", "how many took part in more than one wave", fieldwork.again, "sampling"),
    Fact("table", "where the numbers by group are", fieldwork.table, "sampling"),
    Fact("dates", "when the interviews were held", fieldwork.rounds, "interviews"),
    Fact("sizes", "how many had one participant, two or more", fieldwork.sizes, "interviews"),
    Fact("modes", "how many were held face to face, by video, ...", fieldwork.modes, "interviews"),
    Fact("lengths", "the shortest and the longest", fieldwork.lengths, "interviews"),
    Fact("approach", "the analysis in a sentence", _approach, "analysis"),
    Fact("coded", "passages, analysts, codes and themes", _coded, "analysis"),
    Fact("agreement", "how far analysts gave the same codes", _agreement, "analysis"),
    Fact("stages", "when the stages of the work began", _stages, "analysis"),
    Fact(
        "counting",
        "that people are counted and not mentions",
        _fixed(
            "Where this report says how many people raised something, people are counted and not mentions, among those "
            "who were asked about it."
        ),
        "analysis",
        at_end=True,
    ),
    Fact(
        "brackets",
        "what square brackets in quotes mean",
        _brackets,
        "anonymity",
    ),
    Fact("attributions", "how quotes are attributed", _attributed, "anonymity"),
    Fact("reach", "how far findings of interviews reach", _reach, "limitations"),
    Fact("uncoded", "how many interviews are not coded", _uncoded, "limitations"),
    Fact("others", "that the waves are of other people", _others, "limitations"),
    Fact("interviews", "six interviews", _counted(lambda m: len(m.interviews), "interview"), instead_of=("numbers",)),
    Fact(
        "participants",
        "eight participants",
        _counted(lambda m: len(m.participants), "participant"),
        instead_of=("numbers",),
    ),
    Fact("groups", "five carers and three volunteers", lambda m: text(wording.listed(fieldwork.people_by_group(m)))),
    Fact("waves", "two waves", _counted(lambda m: len(m.waves_reported), "wave")),
    Fact("held", "held between May and July 2025", lambda m: text(fieldwork.held(m)), instead_of=("dates",)),
    Fact("shortest", "18 minutes", fieldwork.length(0), instead_of=("lengths",)),
    Fact("longest", "50 minutes", fieldwork.length(-1), instead_of=("lengths",)),
    Fact("topics", "the topics of the guide", lambda m: text(wording.listed(fieldwork.topics(m)))),
    Fact("coders", "two analysts", _counted(lambda m: len(m.coders), "analyst"), instead_of=("coded",)),
    Fact("passages", "120 passages", _counted(lambda m: len(m.segments_reported), "passage"), instead_of=("coded",)),
    Fact(
        "codes",
        "30 codes",
        _counted(_codes, "code"),
        instead_of=("coded",),
    ),
    Fact("themes", "six themes", _counted(lambda m: len(m.top_themes), "theme"), instead_of=("coded",)),
)
FACTS: Mapping[str, Fact] = {fact.name: fact for fact in _ALL}
"""Every fact by its name."""
