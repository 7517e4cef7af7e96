"""The section that writes itself: who was interviewed, when and how, and how the analysis was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from qualcode.core.rows import InterviewRow, WaveRow
from qualcode.core.values import WaveId
from qualcode.report import disclosure, wording
from qualcode.report.blocks import Block, Bullets, CrossReference, Heading, Paragraph, Row, Table, text
from qualcode.report.composing import Composer, bookmark_of, cells, paragraph
from qualcode.report.material import Material
from qualcode.report.shapes import SectionShape

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
_STAGES = {
    "familiarise": "reading and familiarisation",
    "code": "coding",
    "themes": "the development of themes",
    "compare": "comparison across groups and waves",
    "report": "writing",
}
PARTICIPANTS_TABLE = "_table_participants"


def section(composer: Composer, shape: SectionShape) -> list[Block]:
    """The methodology, in the parts that the shape names."""
    made: list[Block] = [composer.heading(shape)]
    for part in shape.parts:
        made.extend(_PARTS[part](composer))
    return made


def basis(material: Material) -> str:
    """What the findings rest on: interviews, people, dates."""
    interviews, people = material.interviews, material.participants
    if not interviews:
        return ""
    rests = f"Findings are based on {wording.of_things(len(interviews), 'interview')}"
    if people:
        groups = people_by_group(material)
        who = f" ({wording.listed(groups)})" if len(groups) > 1 else ""
        rests += f" with {wording.of_things(len(people), 'participant')}{who}"
    return f"{rests}, {_held(material)}." if _held(material) else f"{rests}."


def people_by_group(material: Material) -> list[str]:
    """``nine carers``, ``five professionals``; small groups merged, so that nobody can be picked out."""
    counted = [(name, counts[0]) for name, counts in _groups(material, [None])]
    return [wording.of_things(n, wording.inside_sentence(g), plural=_several(g)) for g, n in counted]


def _several(group: str) -> str:
    return wording.plural(wording.inside_sentence(group))


def _held(material: Material) -> str:
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


# --- who was interviewed -----------------------------------------------------------------------------------------


def _sampling(composer: Composer) -> list[Block]:
    material = composer.material
    ask = "how participants were chosen and invited, how many declined, and how they consented"
    made: list[Block] = [_sub("Who was interviewed", "sampling"), *composer.section_text("sampling", ask)]
    table = _participants_table(material)
    if material.participants:
        held = wording.of_things(len(material.interviews), "interview", begins=True)
        were = "was" if len(material.interviews) == 1 else "were"
        numbers = f"{held} {were} held with {wording.of_things(len(material.participants), 'participant')}."
        again = _took_part_again(material)
        reference = (
            (*text(" "), CrossReference(table.bookmark), *text(" gives their numbers by group.")) if table else ()
        )
        made.append(Paragraph((*text(" ".join(filter(None, (numbers, again)))), *reference), leads_in=bool(table)))
    return [*made, table] if table else made


def _took_part_again(material: Material) -> str:
    if len(material.waves_reported) < 2:
        return ""
    waves: Counter[str] = Counter()
    for wave in material.waves_reported:
        waves.update(p.id for p in material.analysis.interviewed(wave.id))
    again = sum(n > 1 for n in waves.values())
    both = "both waves" if len(material.waves_reported) == 2 else "more than one wave"
    if not again:
        return f"Nobody took part in {both}."
    if again < material.house.fewest:
        return ""
    return f"{wording.number(again, begins=True)} of them took part in {both}."


def _groups(material: Material, wave_ids: Sequence[WaveId | None]) -> list[tuple[str, disclosure.Counts]]:
    """People by group in each of the waves (None: in all), merged so that nobody can be picked out."""
    group = material.house.group
    if group is None:
        return []
    columns = [
        Counter(material.value(p, group.id) or "Not known" for p in material.analysis.interviewed(wave_id))
        for wave_id in _scoped(material, wave_ids)
    ]
    names = dict.fromkeys((*group.choices, *(name for column in columns for name in column)))
    return disclosure.safe({n: tuple(c[n] for c in columns) for n in names}, material.house.fewest)


def _scoped(material: Material, wave_ids: Sequence[WaveId | None]) -> list[WaveId | None]:
    return [w if w is not None else material.report.wave_id for w in wave_ids]


def _participants_table(material: Material) -> Table | None:
    waves = material.waves_reported
    several = len(waves) > 1
    columns: list[WaveId | None] = [*(w.id for w in waves if several), None]
    rows = _groups(material, columns)
    group = material.house.group
    if not rows or group is None:
        return None
    total = tuple(len(material.analysis.interviewed(w)) for w in _scoped(material, columns))
    names = [wording.begins_sentence(wording.wave_in_short(w.name)) for w in waves] if several else []
    return Table(
        "Participants by group" + (" and wave" if several else ""),
        ("Group", *names, "All" if several else "Participants"),
        (*(cells(name, *map(str, counts)) for name, counts in rows), _strong("Total", *map(str, total))),
        f"Numbers of participants by {wording.inside_sentence(group.name)}"
        + (", in each wave and in all." if several else "."),
        PARTICIPANTS_TABLE,
        numeric=frozenset(range(1, len(columns) + 1)),
        widths=(0.4, *[0.2] * len(columns)),
    )


def _strong(*words: str) -> Row:
    return Row(tuple(text(w, bold=True) for w in words))


# --- the interviews ----------------------------------------------------------------------------------------------


def _interviews(composer: Composer) -> list[Block]:
    material = composer.material
    made: list[Block] = [_sub("How the interviews were held", "interviews")]
    made += paragraph(_rounds(material), _sizes(material.interviews), _modes(material.interviews), _lengths(material))
    return [*made, *composer.section_text("interviews")]


def _rounds(material: Material) -> str:
    waves = material.waves_reported
    if len(waves) < 2:
        return f"The interviews were held {dates}." if (dates := _dates(material.interviews)) else ""
    each = [
        f"{wording.wave_in_short(w.name)} {dates}" for w in waves if (dates := _dates(_of_wave(material.interviews, w)))
    ]
    return f"The interviews were held in {wording.number(len(waves))} waves: {wording.listed(each)}." if each else ""


def _sizes(interviews: Sequence[InterviewRow]) -> str:
    sizes = Counter(
        "one" if len(i.participant_ids) < 2 else "two" if len(i.participant_ids) == 2 else "group" for i in interviews
    )
    if len(sizes) < 2:
        return {"group": "All of them were groups."}.get(next(iter(sizes), ""), "")
    with_one = f"{wording.number(sizes['one'], begins=True)} had one participant"
    joint = f"{wording.number(sizes['two'])} had two" if sizes["two"] else ""
    groups = (
        f"{wording.number(sizes['group'])} {'was a group' if sizes['group'] == 1 else 'were groups'}"
        if sizes["group"]
        else ""
    )
    return wording.listed([part for part in (with_one, joint, groups) if part]) + "."


def _modes(interviews: Sequence[InterviewRow]) -> str:
    modes = Counter(
        _MODES.get(i.mode.strip().casefold(), i.mode.strip().casefold()) for i in interviews if i.mode.strip()
    )
    if not modes:
        return ""
    if len(modes) == 1 and modes.total() == len(interviews):
        return f"All were held {next(iter(modes))}."
    (first, n), *rest = modes.most_common()
    others = [f"{wording.number(count)} {mode}" for mode, count in rest]
    were = "was" if n == 1 else "were"
    return wording.listed([f"{wording.number(n, begins=True)} {were} held {first}", *others]) + "."


def _lengths(material: Material) -> str:
    lengths = sorted(i.duration_seconds for i in material.interviews if i.duration_seconds)
    if not lengths:
        return ""
    which = "They" if len(lengths) == len(material.interviews) else "Those whose length was recorded"
    shortest, longest = wording.duration(lengths[0]), wording.duration(lengths[-1])
    guide = " followed a topic guide and" if material.questions and which == "They" else ""
    if shortest == longest:
        return f"{which}{guide} lasted about {shortest}."
    return f"{which}{guide} lasted between {shortest} and {longest}."


def _guide(composer: Composer) -> list[Block]:
    """What the interviews were about, as bullets; the guides themselves are an appendix."""
    topics = _topics(composer.material)
    if not topics:
        return []
    made: list[Block] = [Paragraph(text("The topic guide included, among other things:"), leads_in=True)]
    made.append(Bullets(tuple(map(text, topics))))
    return [*made, *composer.pointing("The questions are given in ", "guides", ".")]


def _topics(material: Material) -> list[str]:
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


# --- analysis ----------------------------------------------------------------------------------------------------


def _analysis(composer: Composer) -> list[Block]:
    material = composer.material
    made: list[Block] = [_sub("Analysis", "analysis")]
    made += paragraph(
        "The transcripts were analysed thematically: they were read for familiarisation and coded, and the codes were "
        "developed into a thematic framework, by which what was said could be compared across interviews"
        + (", groups and waves." if len(material.waves) > 1 else " and groups."),
        _coded(material),
        _stages(material),
    )
    made += composer.section_text("analysis")
    made += paragraph(
        "Where this report says how many people raised something, people are counted and not mentions, among those who "
        "were asked about it."
    )
    return [
        *made,
        *composer.pointing(
            "What words such as *most* and *several* stand for is set out in ".replace("*", ""), "quantity", "."
        ),
    ]


def _coded(material: Material) -> str:
    if not material.segments:
        return ""
    codes = sum(1 for c in material.codes if c.segments)
    coders = f" by {wording.of_things(len(material.coders), 'analyst')}" if material.coders else ""
    sentence = (
        f"In all, {len(material.segments):,} passages were coded{coders}, using {wording.of_things(codes, 'code')}"
    )
    themes = len(material.top_themes)
    if not themes:
        return sentence + "."
    below = len(material.themes) - themes
    subs = f" and {wording.of_things(below, 'sub-theme')}" if below else ""
    return f"{sentence}, which were gathered under {wording.of_things(themes, 'theme')}{subs}."


def _stages(material: Material) -> str:
    """When the stages of the work began, where its log tells them apart."""
    begun = {stage: day for stage, day in reversed(material.framework_dates) if stage in _STAGES}
    if len(set(begun.values())) < 2:
        return ""
    ordered = sorted(begun.items(), key=lambda item: item[1])
    each = [f"{_STAGES[stage]} on {wording.day(day)}" for stage, day in ordered]
    return f"The stages began as follows: {wording.listed(each)}."


def _anonymity(composer: Composer) -> list[Block]:
    fewest = wording.number(composer.material.house.fewest)
    attributed = bool(composer.material.house.attributions)
    return [
        _sub("Quotes and anonymity", "anonymity"),
        *paragraph(
            "Quotes are in the participants’ own words. Square brackets mark what was put in their place, for clarity "
            "or so that nobody can be identified; [...] marks words left out.",
            f"The description under a quote is never one that fits fewer than {fewest} of those interviewed."
            if attributed
            else "Quotes are given without attribution.",
        ),
        *composer.section_text("anonymity"),
    ]


# --- limitations -------------------------------------------------------------------------------------------------


def _limitations(composer: Composer) -> list[Block]:
    """The analyst's own words, or else what the data shows and a placeholder for the rest."""
    head = _sub("Limitations", "limitations")
    if composer.written("limitations"):
        return [head, *composer.section_text("limitations")]
    known = paragraph(*_known_limits(composer.material))
    return [head, *known, *composer.section_text("limitations", "other limitations of the sample and the method")]


def _known_limits(material: Material) -> Iterable[str]:
    people = wording.of_things(len(material.participants), "participant")
    yield (
        f"The findings rest on what {people} said. They show the range of experience, not how common it is beyond "
        "those interviewed."
    )
    uncoded = sum(i.segments == 0 for i in material.interviews)
    if uncoded:
        of_them = wording.of_things(uncoded, "interview", begins=True)
        have, are = ("has", "is") if uncoded == 1 else ("have", "are")
        yield f"{of_them} {have} not been coded and {are} not reflected here."
    compared = material.waves_compared
    if compared and material.report.wave_id is None:
        first, last = ({p.id for p in material.analysis.interviewed(w.id)} for w in compared)
        if len(first & last) < min(len(first), len(last)) / 2:
            yield "Different people were interviewed in each wave, so that differences between the waves may be theirs."


def _sub(title: str, key: str) -> Heading:
    return Heading(2, title, bookmark_of(f"methodology_{key}"))


_PARTS: dict[str, Callable[[Composer], list[Block]]] = {
    "sampling": _sampling,
    "interviews": _interviews,
    "guide": _guide,
    "analysis": _analysis,
    "anonymity": _anonymity,
    "limitations": _limitations,
}
