"""The framework matrix and its company as a workbook, and the confidential evidence annex.

The variant for others is anonymised throughout and leaves out what was said before it was edited; the confidential one
has the verbatim words and all that is known of the participants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from qualcode.core.analysis import Cell, State
from qualcode.core.project import Project
from qualcode.core.rows import ParticipantRow, ThemeRow, WaveRow
from qualcode.core.values import ParticipantId, ThemeId, WaveId
from qualcode.guard import Anonymise, Guard
from qualcode.report import evidence, wording
from qualcode.report.book import CODEBOOK, MATRIX, SEGMENTS, THEMES, Book
from qualcode.report.sheets import Link, Pages, Sheet, Value, sheet_name

_STATE_WORDS = {
    State.RAISED: "Raised",
    State.ASKED: "Asked, not raised",
    State.NOT_ASKED: "Not asked",
    State.NOT_CODED: "Not yet coded",
}
_WRITTEN, _STATE = 40, 17
"""Widths of a column of the matrix with summaries in it, and with states only."""

_STATE_FILLS = {State.RAISED: "E3EEE7", State.NOT_ASKED: "F1EFEB", State.NOT_CODED: "F1EFEB"}


def matrix(project: Project, anonymise: Anonymise | None = None, *, confidential: bool = False) -> Pages:
    """Framework matrix, also by wave; themes by wave; findings with evidence; segments; quote bank; codebook."""
    book = Book(project, anonymise or Guard(project), confidential=confidential)
    waves = book.material.waves
    sheets, names = [_matrix(book, None, MATRIX)], [MATRIX]
    for wave in waves if len(waves) > 1 else ():
        names.append(sheet_name(f"Matrix {wording.wave_in_short(wave.name)}", names))
        sheets.append(_matrix(book, wave.id, names[-1]))
    sheets += [_themes(book), evidence.findings(book), evidence.quotes(book), evidence.segments(book), _codebook(book)]
    return Pages(f"{book.material.project_name}: framework matrix", _about(book), sheets)


def annex(project: Project, anonymise: Anonymise | None = None) -> Pages:
    """The confidential evidence annex: each quote beside what was said, by whom and where."""
    book = Book(project, anonymise or Guard(project), confidential=True)
    about = [
        ("Confidential", "This annex leads from each quote to the person who said it. It does not leave the team."),
        ("Basis", _basis(book)),
        ("Lines", "Line numbers are those of the transcript in the program: lines of at most 72 characters."),
    ]
    return Pages(f"{book.material.project_name}: evidence annex", about, [evidence.annex(book)])


# --- the front page ----------------------------------------------------------------------------------------------


def _about(book: Book) -> list[tuple[str, str]]:
    fewest = wording.number(book.material.house.fewest)
    how_far = (
        ("Confidential", "It holds what was said and who said it, and does not leave the team.")
        if book.confidential
        else (
            "Anonymity",
            "Names and other identifiers are replaced in every text. A characteristic that fewer than "
            f"{fewest} participants share is withheld.",
        )
    )
    return [
        ("Basis", _basis(book)),
        (
            "Reading the matrix",
            "A cell holds the written summary or else one of four states: raised; asked, not raised; not asked; not "
            "yet coded. In brackets: how many passages are behind it. A state leads to the first of them.",
        ),
        ("Counting", "People are counted first, of those asked; passages second."),
        how_far,
    ]


def _basis(book: Book) -> str:
    interviews = wording.of_things(len(book.material.interviews), "interview", begins=True)
    return f"{interviews} with {wording.of_things(len(book.material.participants), 'participant')}."


# --- the matrix --------------------------------------------------------------------------------------------------


def _matrix(book: Book, wave_id: WaveId | None, name: str) -> Sheet:
    """Participants against themes, in one wave or in all."""
    analysis, group = book.material.analysis, book.material.house.group
    cells, written = analysis.matrix(wave_id), _summaries(book, wave_id)
    leading = [("Participant", 13), *([(group.name, 16)] if group else [])]
    rows: list[list[Value]] = []
    fills: dict[tuple[int, int], str] = {}
    for at, person in enumerate(analysis.interviewed(wave_id)):
        row: list[Value] = [_person(book, person, wave_id), *([book.shared(person, group)] if group else [])]
        for theme in book.material.themes:
            cell = cells[person.id, theme.id]
            if cell.state in _STATE_FILLS:
                fills[at, len(row)] = _STATE_FILLS[cell.state]
            row.append(_cell(book, written, person, theme, cell))
        rows.append(row)
    wide = {theme_id for _, theme_id in written}
    columns = (*leading, *((t.name, _WRITTEN if t.id in wide else _STATE) for t in book.material.themes))
    return Sheet(name, columns, rows, steady=len(leading), fills=fills)


_Written = Mapping[tuple[ParticipantId, ThemeId], str]


def _cell(book: Book, written: _Written, person: ParticipantRow, theme: ThemeRow, cell: Cell) -> Value:
    """The summary or the state, and how many passages are behind it; a state leads to them."""
    words = written.get((person.id, theme.id)) or _STATE_WORDS[cell.state]
    if cell.segment_ids:
        words = f"{words} ({len(cell.segment_ids)})"
    place = book.first_segment(cell.segment_ids)
    return Link(words, SEGMENTS, place) if place else words


def _person(book: Book, person: ParticipantRow, wave_id: WaveId | None) -> Value:
    """In the matrix of a wave a name leads to the one of all, there to the first passage in which they are heard."""
    if wave_id is not None:
        return Link(person.pseudonym, MATRIX, book.people_rows[person.id])
    first = book.first_heard.get(person.id)
    return Link(person.pseudonym, SEGMENTS, first) if first else person.pseudonym


def _summaries(book: Book, wave_id: WaveId | None) -> _Written:
    """The written cells; over all waves each says which wave it is of."""
    found: dict[tuple[ParticipantId, ThemeId], list[str]] = defaultdict(list)
    order = {wave.id: number for number, wave in enumerate(book.material.waves)}
    for summary in sorted(book.material.summaries, key=lambda s: order.get(s.wave_id, len(order))):  # type: ignore[arg-type]
        if wave_id is None or summary.wave_id == wave_id:
            wave = book.material.wave_name(summary.wave_id)
            named = wave_id is None and wave and len(book.material.waves) > 1
            before = f"{wording.begins_sentence(wording.wave_in_short(wave))}: " if named else ""
            found[summary.participant_id, summary.theme_id].append(before + book.outward(summary.text))
    return {place: "\n".join(texts) for place, texts in found.items()}


# --- themes and codes --------------------------------------------------------------------------------------------


def _themes(book: Book) -> Sheet:
    """People and passages of each theme, wave by wave, with what changed."""
    material = book.material
    waves: Sequence[WaveRow] = material.waves if len(material.waves) > 1 else []
    scope: list[tuple[str, WaveId | None]] = [(wording.wave_in_short(w.name), w.id) for w in waves]
    scope.append(("all", None))
    changes = {c.theme.id: c for c in material.analysis.compare(waves[-2].id, waves[-1].id)} if waves else {}
    columns = [("Theme", 34), ("Sub-theme", 34)]
    for name, _ in scope:
        columns += [(f"{wording.begins_sentence(name)}: {what}", 11) for what in ("people", "asked", "passages")]
    if changes:
        columns += [("Change", 18), ("Remark", 44)]
    rows: list[list[Value]] = []
    for theme in material.themes:
        row: list[Value] = [book.theme(theme.parent_id), theme.name] if theme.parent_id else [theme.name, ""]
        for _, wave_id in scope:
            count = material.analysis.count(theme.id, wave_id)
            row += [count.people, count.asked, count.segments]
        if theme.id in changes:
            row += [wording.begins_sentence(changes[theme.id].trend.value), changes[theme.id].warning]
        rows.append(row)
    strong = frozenset(n for n, t in enumerate(material.themes) if t.parent_id is None)
    return Sheet(THEMES, tuple(columns), rows, steady=2, strong=strong)


def _codebook(book: Book) -> Sheet:
    columns = (
        ("Theme", 28),
        ("Code", 28),
        ("Definition", 48),
        ("Include", 40),
        ("Exclude", 40),
        ("Example", 40),
        ("People", 9),
        ("Passages", 10),
    )
    rows: list[list[Value]] = []
    for code in book.codes:
        place = book.first_segment(s.id for s in book.segments if s.code_id == code.id)
        name = Link(code.name, SEGMENTS, place) if place else code.name
        words = map(book.outward, (code.definition, code.include, code.exclude, code.example))
        theme = book.theme(book.material.theme_of_code.get(code.id))
        rows.append([theme, name, *words, code.people, code.segments])
    return Sheet(CODEBOOK, columns, rows, steady=2)
