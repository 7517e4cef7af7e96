"""Decisions about identifiers as a table: taken outside the program, carried to the next wave, or kept as the key.

One kind of table for all of it (.csv or .xlsx). These columns are read back, by their headings: *decision* (replace,
keep or rule), *kind*, *text*, *spellings* (parted by ``|``), *replacement*, *treatment* (of a rule) and *note*. The
others only tell.
"""

from __future__ import annotations

import csv
import io
import os
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.find import Proposal
from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.anonymise.render import Anonymiser
from qualcode.core import spans
from qualcode.core.identifiers import IDENTIFIER
from qualcode.core.project import Project
from qualcode.core.values import IdentifierId, TranscriptId
from qualcode.errors import UnreadableFile, UserError
from qualcode.guard import Guard
from qualcode.review import Found, Offers, Rule, house_rules, register_of, set_house_rule, undecided

REPLACE, KEEP, RULE = "replace", "keep", "rule"

_READ = ("decision", "kind", "text", "spellings", "replacement", "treatment", "note")
_HEADINGS = (*_READ, "mentions", "transcripts", "why", "where")
_AROUND = 60
_WIDTHS = {"text": 34, "spellings": 34, "replacement": 28, "where": 70, "why": 30, "note": 24, "original": 30}


@dataclass(frozen=True)
class Table:
    """Headings and rows of words, to be written as .csv or .xlsx."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided in a table; ``line`` is where."""

    line: int
    decision: str
    kind: str
    text: str
    forms: tuple[str, ...]
    replacement: str
    treatment: str
    note: str


@dataclass(frozen=True)
class Outcome:
    """How many strings are replaced, and how many name nobody, by a table; ``left_out`` says which lines did not."""

    replaced: int
    kept: int
    rules: int
    left_out: tuple[str, ...]


# --- taking decisions over ---------------------------------------------------------------------------------------


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in a table. Raises UnreadableFile when it is none."""
    rows = list(_rows_of(path))
    if not rows:
        raise UnreadableFile(path, "There is nothing in it.")
    heads = [head.strip().casefold() for head in rows[0]]
    heads = ["spellings" if head == "variants" else head for head in heads]
    if not {"text", "decision"} <= set(heads):
        raise UnreadableFile(path, "It has no columns “text” and “decision”. Write one with --list and fill it in.")
    lines = (dict(zip(heads, map(_unguarded, row), strict=False)) for row in rows[1:])
    return [_decision(line, said) for line, said in enumerate(lines, 2) if said.get("decision")]


def _decision(line: int, said: Mapping[str, str]) -> Decision:
    forms = tuple(form.strip() for form in said.get("spellings", "").split("|") if form.strip())
    kind, text, replacement, treatment, note = (
        said.get(heading, "") for heading in ("kind", "text", "replacement", "treatment", "note")
    )
    return Decision(line, said["decision"].casefold(), kind, text, forms, replacement, treatment, note)


def take_over(project: Project, decisions: Iterable[Decision], source: str) -> Outcome:
    """Decide as a table says, in one step. What cannot be done is said by line; all else is.

    A string that is on the register already is decided anew, so that people keep the pseudonym of the wave before.
    """
    counts: Counter[str] = Counter()
    left_out = []
    with project.step(f"Take over decisions from {source}"):
        for one in decisions:
            reason = _taken_over(project, one)
            if reason:
                left_out.append(f"Line {one.line}: {reason}")
            else:
                counts[one.decision] += 1
    left_out += _telling(project)
    return Outcome(counts[REPLACE], counts[KEEP], counts[RULE], tuple(left_out))


def _taken_over(project: Project, one: Decision) -> str:
    """Do what one line says; why that cannot be done, or nothing."""
    kind = next((k for k in Kind if k.casefold() == one.kind.casefold()), None)
    if kind is None:
        return f"“{one.kind}” is no kind of identifier. There are: {', '.join(k.value for k in Kind)}."
    if one.decision == RULE:
        treatment = next((t for t in Treatment if t.value == one.treatment), None)
        set_house_rule(project, kind, Rule(treatment or Treatment.DESCRIPTION, one.replacement))
    elif not one.text:
        return "There is no text."
    elif one.decision == KEEP:
        project.identifiers.call_harmless([one.text, *one.forms], kind.value)
    elif one.decision == REPLACE and one.replacement:
        project.identifiers.add(kind.value, one.text, one.replacement, forms=one.forms, note=one.note)
    elif one.decision == REPLACE:
        return f"It does not say what shall stand in the place of “{one.text}”."
    else:
        return f"“{one.decision}” is no decision. There are: {REPLACE}, {KEEP}, {RULE}."
    return ""


def _telling(project: Project) -> Iterator[str]:
    """Replacements that hold a name of the project themselves, and what is shown instead of them."""
    register = register_of(project, {})
    anonymiser = Anonymiser(register)
    for identifier in register.identifiers:
        shown = anonymiser.put_for(identifier.id)
        if shown != identifier.replacement:
            yield (
                f"“{identifier.replacement}” for “{identifier.text}” holds a name of this project, so “{shown}” is "
                "shown instead."
            )


# --- tables ------------------------------------------------------------------------------------------------------


def waiting(project: Project, found: Found) -> Table:
    """What was found and waits for a decision, with the first place of each and what is proposed for it."""
    register = register_of(project, found.small_words)
    offers = Offers(found.proposals, house_rules(project), [row.replacement for row in project.identifiers.all()])
    titles = {i.transcript_id: i.title for i in project.transcripts.interviews()}
    texts: dict[TranscriptId, str] = {}

    def where(p: Proposal) -> str:
        if not p.sightings:
            return ""
        first = p.sightings[0]
        text = texts.setdefault(first.transcript_id, project.transcripts.text(first.transcript_id))
        around = spans.context(text, first.span, _AROUND)
        return f"{titles[first.transcript_id]}: {around.before}{around.words}{around.after}"

    rows = [
        _row(
            kind=p.kind.value,
            text=p.text,
            spellings=" | ".join(p.forms),
            replacement=offers.replacement(p, p.kind),
            mentions=str(p.count),
            transcripts=str(len({s.transcript_id for s in p.sightings})),
            why=p.reason,
            where=where(p),
        )
        for p in undecided(register, found.proposals)
        if p.tier is not Tier.C
    ]
    return Table("To decide", _HEADINGS, rows)


def key(project: Project, guard: Guard) -> Table:
    """The key: every identifier with what stands for it and how often, what names nobody, and the house rules."""
    counts: Counter[IdentifierId] = Counter()
    heard: dict[IdentifierId, set[TranscriptId]] = {}
    for interview in project.transcripts.interviews():
        for replaced in guard.rendering(interview.transcript_id).replaced:
            counts[replaced.identifier] += 1
            heard.setdefault(replaced.identifier, set()).add(interview.transcript_id)
    rows = [
        _row(
            decision=REPLACE if r.status == IDENTIFIER else KEEP,
            kind=r.kind,
            text=r.text,
            spellings=" | ".join(r.forms),
            replacement=r.replacement,
            note=r.note,
            mentions=str(counts[r.id]),
            transcripts=str(len(heard.get(r.id, ()))),
        )
        for r in project.identifiers.all()
    ]
    rules = [
        _row(decision=RULE, kind=kind.value, replacement=rule.words, treatment=rule.treatment.value)
        for kind, rule in house_rules(project).items()
    ]
    return Table("Key", _HEADINGS, [*rows, *rules])


def log_of_places(project: Project, guard: Guard) -> Table:
    """Every change made to the transcripts: interview, line, what was said and what stands there.

    A log of replacements, kept as confidentially as the data themselves, as the UK Data Service advises.
    """
    rows = []
    kinds = {r.id: r.kind for r in project.identifiers.all()}
    for interview in project.transcripts.interviews():
        rendering = guard.rendering(interview.transcript_id)
        lines = spans.Lines(rendering.original)
        for one in rendering.replaced:
            said, put = one.original.of(rendering.original), one.anonymised.of(rendering.text)
            line = str(lines.number(one.original.start))
            rows.append((interview.title, line, kinds[one.identifier], _even(said), _even(put)))
    return Table("Replacements", ("interview", "line", "kind", "original", "replacement"), rows)


def write_key(project: Project, path: Path) -> None:
    """Write the key and, to a workbook, the log of replacements; and note it in the project. Raises UserError."""
    guard = Guard(project, unreviewed=())
    write_tables(path, [key(project, guard), log_of_places(project, guard)])
    project.note("Write the key to the identifiers", {"file": path.name})


def write_tables(path: Path, tables: Sequence[Table]) -> None:
    """Write tables to a workbook, or the first of them to a .csv. Raises UserError when it cannot be written."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise UserError(f"{path.name}: a table is written as .csv or .xlsx.")
    content = _as_csv(tables[0]) if path.suffix.lower() == ".csv" else _as_workbook(tables)
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    except OSError as error:
        raise UserError(f"{path.name} could not be written to {path.parent}. Check your rights there.") from error
    finally:
        part.unlink(missing_ok=True)


def _row(**said: str) -> tuple[str, ...]:
    return tuple(said.get(heading, "") for heading in _HEADINGS)


def _as_csv(table: Table) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(table.headings)
    writer.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return target.getvalue().encode("utf-8-sig")


def _as_workbook(tables: Sequence[Table]) -> bytes:
    from qualcode.report import sheets

    about = (("What this is", "The key to anonymised texts. Keep it apart from them, and as safe as the interviews."),)
    pages = [
        sheets.Sheet(t.name, tuple((h, _WIDTHS.get(h, 14)) for h in t.headings), [list(row) for row in t.rows])
        for t in tables
    ]
    target = io.BytesIO()
    sheets.workbook(sheets.Pages("Confidential", about, pages)).save(target)
    return target.getvalue()


# --- cells -------------------------------------------------------------------------------------------------------

_FORMULA_STARTS = ("=", "+", "-", "@")


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _unguarded(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell


def _even(words: str) -> str:
    return " ".join(words.split())


def _rows_of(path: Path) -> Iterator[Sequence[str]]:
    try:
        if path.suffix.lower() == ".xlsx":
            yield from _sheet_rows(path)
        else:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from csv.reader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(path, "It cannot be read as a table of decisions.") from error


def _sheet_rows(path: Path) -> Iterator[Sequence[str]]:
    """The rows of the first sheet that has a heading *decision*."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise UnreadableFile(path, "It is no Excel workbook.") from error
    try:
        for sheet in book.worksheets:
            rows = [["" if c is None else str(c) for c in row] for row in sheet.iter_rows(values_only=True)]
            if rows and "decision" in (cell.strip().casefold() for cell in rows[0]):
                yield from rows
                return
    finally:
        book.close()
