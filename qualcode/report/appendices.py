"""The appendices, each from the data; one with nothing to say is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from qualcode.core.rows import AttributeRow, CodeRow, FindingRow, ThemeRow
from qualcode.report import disclosure, markup, wording
from qualcode.report.blocks import (
    Block,
    Bullets,
    CrossReference,
    Heading,
    Inlines,
    Of,
    Origin,
    Paragraph,
    Row,
    Table,
    Tone,
    text,
)
from qualcode.report.changes import in_words
from qualcode.report.composing import Composer, band, bookmark_of, cells, paragraph, theme_bookmark
from qualcode.report.fieldwork import missing
from qualcode.report.material import Material
from qualcode.report.shapes import SectionShape


def questions(composer: Composer, _shape: SectionShape) -> list[Block]:
    """Each evaluation question with the findings that answer it, and where they are."""
    made: list[Block] = []
    themes = {t.id: t for t in composer.material.themes}
    for number, question in enumerate(composer.material.evaluation_questions, 1):
        made.append(Heading(2, f"{number}. {question.text}", bookmark_of(f"question_{question.id}"), listed=False))
        answers = [f for f in composer.material.findings if question.id in f.question_ids]
        if answers:
            items = tuple(_answer(composer, f, themes.get(f.theme_id) if f.theme_id else None) for f in answers)
            made.append(Bullets(items, origin=Origin(Of.QUESTION, question.id)))
        else:
            made += paragraph("No finding in this report answers this question.")
    return made


def _answer(composer: Composer, finding: FindingRow, theme: ThemeRow | None) -> Inlines:
    said = (
        composer.line(finding.summary, finding) if finding.summary else text(_sentence(markup.key_issue(finding.text)))
    )
    return (*said, *text(" ("), CrossReference(theme_bookmark(theme)), *text(")")) if theme else said


def _sentence(words: str) -> str:
    words = wording.begins_sentence(words.rstrip(" ,;:"))
    return words if words.endswith((".", "?", "!")) else f"{words}."


def guides(composer: Composer, _shape: SectionShape) -> list[Block]:
    """The topic guide of each wave, in full."""
    material = composer.material
    made: list[Block] = []
    for wave in material.waves_reported:
        asked = [q for q in material.questions if q.wave_id == wave.id]
        if asked:
            made.append(Heading(2, wave.name, bookmark_of(f"guide_{wave.id}"), listed=False))
            items = tuple((*text(f"{q.topic}: ", bold=True), *text(q.text)) if q.topic else text(q.text) for q in asked)
            made.append(Bullets(items, ordered=True))
    return made


def quantity(composer: Composer, _shape: SectionShape) -> list[Block]:
    """What the words for numbers of people stand for."""
    rows = tuple(
        Row((text(entry.word, bold=True), text(wording.begins_sentence(entry.meaning))))
        for entry in composer.material.house.scale
    )
    return [
        *paragraph(
            "Findings say in words how many people raised something. The words count people among those who were "
            "asked. Where several would be right, the stronger is not always the better one: the "
            "choice is the analyst’s."
        ),
        Table(
            "What words for numbers of people stand for",
            ("Word", "Used for"),
            rows,
            "Words for numbers of people with the range of people each is used for.",
            "_table_quantity",
            (0.24, 0.76),
        ),
    ]


def codebook(composer: Composer, _shape: SectionShape) -> list[Block]:
    """The codes by theme, with what each covers and how many people it was heard from."""
    material = composer.material
    by_theme: dict[str | None, list[CodeRow]] = {}
    for code in material.codes:
        by_theme.setdefault(material.theme_of_code.get(code.id), []).append(code)
    rows: list[Row] = []
    for theme in material.themes:
        rows += _codes(composer, theme.name, by_theme.get(theme.id, ()))
    rows += _codes(composer, "Under no theme", by_theme.get(None, ()))
    if not rows:
        return []
    return [
        Table(
            "Codes by theme",
            ("Code", "What it covers", "People"),
            tuple(rows),
            "Codes under each theme with their definitions and the number of people heard in them.",
            "_table_codebook",
            (0.28, 0.6, 0.12),
            frozenset({2}),
        ),
        Paragraph(text("People: how many were heard in passages with the code."), Tone.NOTE),
    ]


def _codes(composer: Composer, heading: str, codes: Sequence[CodeRow]) -> list[Row]:
    if not codes:
        return []
    return [
        band(heading, 3),
        *(Row((text(code.name), _covers(composer, code), text(str(code.people)))) for code in codes),
    ]


def _covers(composer: Composer, code: CodeRow) -> Inlines:
    return text(composer.anonymise.text(code.definition.strip())) or (missing("what a code covers"),)


def participants(composer: Composer, _shape: SectionShape) -> list[Block]:
    """Who took part, one characteristic at a time, groups too small to show merged."""
    material = composer.material
    rows: list[Row] = []
    seen: list[list[int]] = []
    for attribute in material.house.described_by:
        shown = _by(material, attribute)
        numbers = sorted(n for _, n in shown)
        if sum(name not in _NO_GROUP for name, _ in shown) > 1 and numbers not in seen:
            seen.append(numbers)
            rows += [band(attribute.name, 2), *(cells(name, str(n)) for name, n in shown)]
    if not rows:
        return []
    fewest = wording.number(material.house.fewest)
    apart = "Each characteristic is shown by itself, so that its groups cannot be put together to a person."
    return [
        Paragraph(text(apart), leads_in=True),
        Table(
            "Participants by characteristic",
            ("Characteristic", "Participants"),
            tuple(rows),
            "Numbers of participants for each value of each characteristic.",
            "_table_characteristics",
            (0.7, 0.3),
            frozenset({1}),
        ),
        Paragraph(text(f"Groups of fewer than {fewest} are counted under {disclosure.OTHERS}."), Tone.NOTE),
    ]


_UNKNOWN = "Not recorded"
_NO_GROUP = (disclosure.OTHERS, _UNKNOWN)


def _by(material: Material, attribute: AttributeRow) -> list[tuple[str, int]]:
    counted = Counter(material.value(p, attribute.id) or _UNKNOWN for p in material.participants)
    named = [*attribute.choices, *sorted(counted.keys() - {*attribute.choices, _UNKNOWN}), _UNKNOWN]
    safe = disclosure.safe({name: (counted[name],) for name in named}, material.house.fewest)
    return [(name, counts[0]) for name, counts in safe]


def themes(composer: Composer, _shape: SectionShape) -> list[Block]:
    """How many people raised each theme, of those asked, by wave."""
    material = composer.material
    waves = material.waves_reported if len(material.waves_reported) > 1 else []
    scope = [*(w.id for w in waves), material.report.wave_id]
    rows = [
        Row(
            (
                text(t.name, bold=True) if t.parent_id is None else text(f"– {t.name}"),
                *(text(in_words(material.analysis.count(t.id, w))) for w in scope),
            )
        )
        for t in material.themes
    ]
    if not rows:
        return []
    names = [wording.begins_sentence(wording.wave_in_short(w.name)) for w in waves]
    return [
        Table(
            "People who raised each theme, of those asked",
            ("Theme", *names, "All" if waves else "People"),
            tuple(rows),
            "For each theme and sub-theme the number of people who raised it, of those who were asked about it.",
            "_table_themes",
            (0.52, *[0.48 / len(scope)] * len(scope)),
            frozenset(range(1, len(scope) + 1)),
        ),
        Paragraph(text("Somebody who raised a theme is counted once, however often they spoke of it."), Tone.NOTE),
    ]


BUILDERS: dict[str, Callable[[Composer, SectionShape], list[Block]]] = {
    "questions": questions,
    "guides": guides,
    "quantity": quantity,
    "codebook": codebook,
    "participants": participants,
    "themes": themes,
}
