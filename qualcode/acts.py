"""Acts that need more than one package, the same for the window and the command line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.core.coding import NewSegment
from qualcode.core.landing import land
from qualcode.core.project import Project
from qualcode.core.rows import CodeRow
from qualcode.core.suggestions import REFUSED
from qualcode.core.values import CodeId, Span, TranscriptId
from qualcode.errors import UnreadableFile, UserError
from qualcode.importing import Rules, find_files, read
from qualcode.suggest import Coded, CodeEntry, Material, Refused

OnProgress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file. ``remarks`` are sentences; ``refused`` says why it was not read."""

    path: Path
    remarks: tuple[str, ...] = ()
    refused: str = ""


def transcript_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named that can be read as transcripts."""
    found: list[Path] = []
    for path in paths:
        found.extend(find_files(path) if path.is_dir() else [path])
    return list(dict.fromkeys(found))


def import_files(
    project: Project, paths: Sequence[Path], rules: Rules | None = None, progress: OnProgress = lambda *_: None
) -> Iterator[Imported]:
    """Read and land file after file, each on disk before the next, all of them one undo; a bad file stops nothing."""
    for number, path in enumerate(paths):
        progress(number, len(paths), path.name)
        try:
            transcript = read(path, rules)
            land(project, transcript, group=f"import {paths[0]} {len(paths)}")
        except UnreadableFile as error:
            yield Imported(path, refused=error.reason)
        except UserError as error:
            yield Imported(path, refused=str(error).removeprefix(f"{path.name}: "))
        else:
            yield Imported(path, transcript.remarks)
    progress(len(paths), len(paths), "")


def material(project: Project) -> Material:
    """Everything a suggester may look at, as values."""
    interviews = project.transcripts.interviews()
    questions = [q.text for q in project.waves.questions()] + [q.text for q in project.waves.evaluation_questions()]
    return Material(
        passages=tuple(project.transcripts.get(i.transcript_id).passage for i in interviews),
        codebook=_codebook(project),
        coded=tuple(Coded(s.transcript_id, s.span, s.code_id) for s in project.coding.all()),
        refused=tuple(
            Refused(s.transcript_id, s.span, s.code_id) for s in project.suggestions.decided() if s.state == REFUSED
        ),
        names={i.transcript_id: i.title for i in interviews},
        questions=tuple(questions),
    )


def _codebook(project: Project) -> tuple[CodeEntry, ...]:
    codes = {code.id: code for code in project.codebook.all()}
    themes = {theme.id: theme for theme in project.themes.all()}

    def above(code: CodeRow) -> tuple[str, ...]:
        names, theme_id = [], code.theme_id
        while code.parent_id is not None:
            code = codes[code.parent_id]
            names.append(code.name)
            theme_id = theme_id or code.theme_id
        while theme_id is not None:
            names.append(themes[theme_id].name)
            theme_id = themes[theme_id].parent_id
        return tuple(reversed(names))

    return tuple(
        CodeEntry(code.id, code.name, code.definition, code.include, code.exclude, code.example, above(code))
        for code in codes.values()
    )


# --- coding from a table -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One line of a table of coded passages: the interview (its title or file), the code, the words."""

    line: int
    interview: str
    code: str
    words: str
    memo: str = ""


_COLUMNS = {
    "interview": ("interview", "transcript", "document", "file", "source"),
    "code": ("code", "code name"),
    "words": ("passage", "words", "text", "segment", "quote", "quotation"),
    "memo": ("memo", "comment", "note"),
}


def read_coded_table(path: Path) -> list[CodedRow]:
    """The rows of a .csv with columns for interview, code and passage, and perhaps memo.

    Raises UserError naming the column that is missing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{path.name} could not be read as a .csv file in UTF-8.") from error
    names = {name.strip().casefold(): name for name in (rows[0] if rows else {}) if name}
    chosen = {}
    for field, known in _COLUMNS.items():
        chosen[field] = next((names[n] for n in known if n in names), "")
        if not chosen[field] and field != "memo":
            raise UserError(f"{path.name} has no column “{known[0]}”.")
    return [
        CodedRow(number, *((row.get(chosen[field]) or "") if chosen[field] else "" for field in _COLUMNS))
        for number, row in enumerate(rows, 2)
    ]


def code_from_table(project: Project, rows: Sequence[CodedRow]) -> tuple[int, list[str]]:
    """Code the passages of a table, adding codes that are new; how many, and a sentence for each row left out.

    A passage must stand in its interview once, letter for letter but for white space.
    """
    texts = _texts_by_name(project)
    left_out: list[str] = []
    new: list[NewSegment] = []
    with project.step("Code from table"):
        codes: dict[str, CodeId] = {}
        for row in rows:
            found = _place(texts, row)
            if isinstance(found, str):
                left_out.append(f"Line {row.line}: {found}")
                continue
            name = " ".join(row.code.split())
            if name.casefold() not in codes:
                codes[name.casefold()] = project.codebook.find(name) or project.codebook.add(name)
            new.append(NewSegment(*found, codes[name.casefold()], row.memo))
        before = project.summary().segments
        project.coding.apply_many(new)
        return project.summary().segments - before, left_out


def _texts_by_name(project: Project) -> dict[str, tuple[TranscriptId, str]]:
    texts = {}
    for interview in project.transcripts.interviews():
        here = interview.transcript_id, project.transcripts.text(interview.transcript_id)
        for name in (interview.title, interview.source_name, Path(interview.source_name).stem):
            texts[name.casefold()] = here
    return texts


def _place(texts: dict[str, tuple[TranscriptId, str]], row: CodedRow) -> tuple[TranscriptId, Span] | str:
    """Where a row's words stand, or a sentence that says why they were not found."""
    known = texts.get(row.interview.strip().casefold()) or texts.get(Path(row.interview).name.casefold())
    if known is None:
        return f"there is no interview “{row.interview}”."
    if not row.code.strip():
        return "it names no code."
    transcript_id, text = known
    words = row.words.split()
    spots = _spots(text, words)
    if len(spots) != 1:
        short = " ".join(words)[:50]
        return f"“{short}” " + ("is not in the interview." if not spots else "stands there more than once.")
    return transcript_id, spots[0]


def _spots(text: str, words: Sequence[str]) -> list[Span]:
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    return [Span(*found.span()) for found in pattern.finditer(text)]
