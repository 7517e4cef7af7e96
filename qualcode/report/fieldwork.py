"""Who was interviewed, when and how, in sentences; what the project ought to know of it and does not is a gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from qualcode.core.rows import InterviewRow, WaveRow
from qualcode.core.values import WaveId
from qualcode.report import disclosure, wording
from qualcode.report.blocks import CrossReference, Gap, Inlines, text
from qualcode.report.material import Material

PARTICIPANTS_TABLE = "_table_participants"

_MODES = {
    "face to face": "face to face",
    "face-to-face": "face to face",
    "in person": "face to face",
    "video": "by video",
    "video call": "by video",
    "telephone": "by telephone",
    "phone": "by telephone",
    "online": "online",
}


def missing(what: str) -> Gap:
    """A part that the project ought to know."""
    return Gap(f"To be filled in: {what}")


# --- people ------------------------------------------------------------------------------------------------------


def groups(material: Material, wave_ids: Sequence[WaveId | None]) -> list[tuple[str, disclosure.Counts]]:
    """People by group in each of the waves (None: in all), merged so that nobody can be picked out."""
    group = material.house.group
    if group is None:
        return []
    columns = [
        Counter(material.value(p, group.id) or "Not known" for p in material.analysis.interviewed(wave_id))
        for wave_id in scoped(material, wave_ids)
    ]
    names = dict.fromkeys((*group.choices, *(name for column in columns for name in column)))
    return disclosure.safe({n: tuple(c[n] for c in columns) for n in names}, material.house.fewest)


def scoped(material: Material, wave_ids: Sequence[WaveId | None]) -> list[WaveId | None]:
    """All the waves together are, in a report on one, that one."""
    return [w if w is not None else material.report.wave_id for w in wave_ids]


def people_by_group(material: Material) -> list[str]:
    """``nine carers``, ``five professionals``; small groups merged, so that nobody can be picked out."""
    counted = [(wording.inside_sentence(name), counts[0]) for name, counts in groups(material, [None])]
    return [wording.of_things(n, group, plural=wording.plural(group)) for group, n in counted]


def basis(material: Material) -> Inlines:
    """What the findings rest on: interviews, people, dates."""
    interviews, people = material.interviews, material.participants
    if not interviews:
        return ()
    rests = f"Findings are based on {wording.of_things(len(interviews), 'interview')}"
    if people:
        by_group = people_by_group(material)
        who = f" ({wording.listed(by_group)})" if len(by_group) > 1 else ""
        rests += f" with {wording.of_things(len(people), 'participant')}{who}"
    when = held(material)
    return text(f"{rests}, {when}." if when else f"{rests}.")


def held(material: Material) -> str:
    """When the interviews were held, wave by wave where there are several."""
    waves = [(w, _of_wave(material.interviews, w)) for w in material.waves_reported]
    if len(waves) < 2:
        return f"held {dates}" if (dates := _dates(material.interviews)) else ""
    each = [f"{wording.number(len(found))} {_dates(found)}".strip() for _, found in waves]
    return f"held in {wording.number(len(waves))} waves: {wording.listed(each)}"


def _of_wave(interviews: Iterable[InterviewRow], wave: WaveRow) -> list[InterviewRow]:
    return [i for i in interviews if i.wave_id == wave.id]


def _dates(interviews: Iterable[InterviewRow]) -> str:
    return wording.when(i.held_on for i in interviews if i.held_on)


def numbers(material: Material) -> Inlines:
    if not material.interviews:
        return (missing("who was interviewed"),)
    interviews = wording.of_things(len(material.interviews), "interview", begins=True)
    were = "was" if len(material.interviews) == 1 else "were"
    people = wording.of_things(len(material.participants), "participant")
    unknown = sum(not i.participant_ids for i in material.interviews)
    gap = (missing(f"who was interviewed in {wording.of_things(unknown, 'interview')}"),) if unknown else ()
    return spaced(text(f"{interviews} {were} held with {people}."), gap)


def again(material: Material) -> Inlines:
    if len(material.waves_reported) < 2:
        return ()
    waves: Counter[str] = Counter()
    for wave in material.waves_reported:
        waves.update(p.id for p in material.analysis.interviewed(wave.id))
    took_part = sum(n > 1 for n in waves.values())
    both = "both waves" if len(material.waves_reported) == 2 else "more than one wave"
    if not took_part:
        return text(f"Nobody took part in {both}.")
    if took_part < material.house.fewest:
        return ()
    return text(f"{wording.number(took_part, begins=True)} of them took part in {both}.")


def table(material: Material) -> Inlines:
    if groups(material, [None]):
        return (CrossReference(PARTICIPANTS_TABLE), *text(" gives their numbers by group."))
    return (missing("the groups of participants, and how many are in each"),) if material.participants else ()


# --- interviews --------------------------------------------------------------------------------------------------


def rounds(material: Material) -> Inlines:
    unknown = sum(i.held_on is None for i in material.interviews)
    return spaced(text(_when(material)), _unknown(material, unknown, "the date of", "the dates of"))


def _when(material: Material) -> str:
    waves = material.waves_reported
    if len(waves) < 2:
        held = "The interview was held" if len(material.interviews) == 1 else "The interviews were held"
        return f"{held} {dates}." if (dates := _dates(material.interviews)) else ""
    each = [
        f"{wording.wave_in_short(w.name)} {dates}" for w in waves if (dates := _dates(_of_wave(material.interviews, w)))
    ]
    return f"The interviews were held in {wording.number(len(waves))} waves: {wording.listed(each)}." if each else ""


def sizes(material: Material) -> Inlines:
    found = Counter(
        "one" if len(i.participant_ids) < 2 else "two" if len(i.participant_ids) == 2 else "group"
        for i in material.interviews
    )
    if len(found) < 2:
        return text({"group": "All of them were groups."}.get(next(iter(found), ""), ""))
    joint = f"{wording.number(found['two'])} had two" if found["two"] else ""
    were = "was a group" if found["group"] == 1 else "were groups"
    several = f"{wording.number(found['group'])} {were}" if found["group"] else ""
    with_one = f"{wording.number(found['one'], begins=True)} had one participant" if found["one"] else ""
    parts = [part for part in (with_one, joint, several) if part]
    return text(wording.begins_sentence(wording.listed(parts)) + ".")


def modes(material: Material) -> Inlines:
    interviews = material.interviews
    found = Counter(_MODES.get(m.casefold(), m.casefold()) for i in interviews if (m := i.mode.strip()))
    unknown = len(interviews) - found.total()
    return spaced(
        text(_how(found, len(interviews))), _unknown(material, unknown, "how", "how", " was held", " were held")
    )


def _how(modes: Counter[str], interviews: int) -> str:
    if not modes:
        return ""
    if len(modes) == 1 and modes.total() == interviews:
        return f"{'It was' if interviews == 1 else 'All were'} held {next(iter(modes))}."
    (first, n), *rest = modes.most_common()
    were = "was" if n == 1 else "were"
    others = [f"{wording.number(count)} {mode}" for mode, count in rest]
    return wording.listed([f"{wording.number(n, begins=True)} {were} held {first}", *others]) + "."


def lengths(material: Material) -> Inlines:
    known = _in_seconds(material)
    unknown = len(material.interviews) - len(known)
    gap = _unknown(material, unknown, "the length of", "the lengths of")
    if not known:
        return gap
    guide = " followed a topic guide and" if material.questions and not unknown else ""
    some = "Those whose length was recorded" if len(known) > 1 else "The one whose length was recorded"
    which = some if unknown else "They" if len(known) > 1 else "It"
    shortest, longest = wording.duration(known[0]), wording.duration(known[-1])
    lasted = f"about {shortest}" if shortest == longest else f"between {shortest} and {longest}"
    return spaced(text(f"{which}{guide} lasted {lasted}."), gap)


def _in_seconds(material: Material) -> list[int]:
    """How long the interviews were, the shortest first."""
    return sorted(i.duration_seconds for i in material.interviews if i.duration_seconds)


def length(at: int) -> Callable[[Material], Inlines]:
    def said(material: Material) -> Inlines:
        known = _in_seconds(material)
        return text(wording.duration(known[at])) if known else (missing("the lengths of the interviews"),)

    return said


def _unknown(
    material: Material, n: int, one: str, several: str, after_one: str = "", after_several: str = ""
) -> Inlines:
    """A gap for what is not known of so many interviews."""
    if not n:
        return ()
    if n == 1:
        return (missing(f"{one} one interview{after_one}"),)
    which = "the interviews" if n == len(material.interviews) else f"{wording.number(n)} interviews"
    return (missing(f"{several} {which}{after_several}"),)


def topics(material: Material) -> list[str]:
    """What the interviews were about, each once; in brackets the waves, where it was not all of them."""
    asked: dict[str, list[WaveId]] = {}
    for question in material.questions:
        asked.setdefault(question.topic or question.text, []).append(question.wave_id)
    waves = {w.id: wording.wave_in_short(w.name) for w in material.waves_reported}
    if len(waves) < 2:
        return list(asked)
    return [
        topic
        if len(set(found)) == len(waves)
        else f"{topic} ({wording.listed([waves[w] for w in dict.fromkeys(found)])})"
        for topic, found in asked.items()
    ]


def without_guide(material: Material) -> Inlines:
    """A gap for the waves that have no topic guide."""
    with_one = {q.wave_id for q in material.questions}
    lacking = [wording.wave_in_short(w.name) for w in material.waves_reported if w.id not in with_one]
    if not with_one:
        return (missing("the topic guide"),) if material.interviews else ()
    return (missing(f"the topic guide of {wording.listed(lacking)}"),) if lacking else ()


# --- within ------------------------------------------------------------------------------------------------------


def spaced(*parts: Inlines) -> Inlines:
    """Sentences one after the other."""
    return tuple(i for n, part in enumerate(filter(None, parts)) for i in (*(text(" ") if n else ()), *part))
