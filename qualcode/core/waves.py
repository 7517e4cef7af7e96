"""Waves, their topic guides, and the evaluation questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, insert, select, update

from qualcode.core.journal import Journal
from qualcode.core.rows import EvaluationQuestionRow, GuideQuestionRow, WaveRow
from qualcode.core.schema import EvaluationQuestion, GuideQuestion, QuestionTheme, Wave, new_id
from qualcode.core.values import QuestionId, ThemeId, WaveId
from qualcode.errors import UserError


class Waves:
    """The rounds of interviews, in the order of time, each with what was asked in it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, name: str) -> WaveId:
        """Add a wave after the last. Raises UserError for an empty or taken name."""
        name = self._free_name(name, None)
        wave_id = WaveId(new_id())
        with self._journal.step(f"Add {name}"):
            position = self._journal.read(select(func.coalesce(func.max(Wave.position) + 1, 0)))[0][0]
            self._journal.write(insert(Wave).values(id=wave_id, name=name, position=position))
        return wave_id

    def change(self, wave_id: WaveId, *, name: str | None = None, note: str | None = None) -> None:
        """Change what is given. Raises UserError for an empty or taken name."""
        name = None if name is None else self._free_name(name, wave_id)
        values = {k: v for k, v in {"name": name, "note": note}.items() if v is not None}
        with self._journal.step("Change wave"):
            self._journal.write(update(Wave).where(Wave.id == wave_id).values(values))

    def order(self, wave_ids: Sequence[WaveId]) -> None:
        """Put the waves in this order of time."""
        with self._journal.step("Reorder waves"):
            for position, wave_id in enumerate(wave_ids):
                self._journal.write(update(Wave).where(Wave.id == wave_id).values(position=position))

    def remove(self, wave_id: WaveId) -> None:
        """Remove a wave and its topic guide; its interviews stay, then in no wave."""
        with self._journal.step("Remove wave"):
            self._journal.write(delete(Wave).where(Wave.id == wave_id))

    def find(self, name: str) -> WaveId | None:
        """The wave of this name, capitals or not."""
        wanted = name.strip().casefold()
        return next((wave.id for wave in self.all() if wave.name.casefold() == wanted), None)

    def all(self) -> list[WaveRow]:
        columns = select(Wave.id, Wave.name, Wave.position, Wave.note)
        return [WaveRow(*row) for row in self._journal.read(columns.order_by(Wave.position, Wave.name))]

    # --- topic guides ---

    def add_question(
        self, wave_id: WaveId, text: str, *, topic: str = "", theme_ids: Iterable[ThemeId] = ()
    ) -> QuestionId:
        """Add a question at the end of a wave's topic guide; ``theme_ids`` are the themes it asks about."""
        question_id = QuestionId(new_id())
        with self._journal.step("Add topic guide question"):
            last = select(func.coalesce(func.max(GuideQuestion.position) + 1, 0))
            position = self._journal.read(last.where(GuideQuestion.wave_id == wave_id))[0][0]
            self._journal.write(
                insert(GuideQuestion).values(id=question_id, wave_id=wave_id, position=position, topic=topic, text=text)
            )
            self.ask_about(question_id, theme_ids)
        return question_id

    def add_questions(self, wave_id: WaveId, texts: Iterable[str]) -> list[QuestionId]:
        """Add questions at the end of a wave's topic guide, in this order; empty ones are passed over."""
        with self._journal.step("Add topic guide questions"):
            return [self.add_question(wave_id, text) for text in map(str.strip, texts) if text]

    def change_question(self, question_id: QuestionId, *, text: str | None = None, topic: str | None = None) -> None:
        """Change what is given. Raises UserError for an empty question."""
        values = _words(text=text, topic=topic)
        with self._journal.step("Change topic guide question"):
            self._journal.write(update(GuideQuestion).where(GuideQuestion.id == question_id).values(values))

    def order_questions(self, question_ids: Sequence[QuestionId]) -> None:
        """Put the questions of one wave in this order."""
        with self._journal.step("Reorder topic guide"):
            for position, question_id in enumerate(question_ids):
                mine = GuideQuestion.id == question_id
                self._journal.write(update(GuideQuestion).where(mine).values(position=position))

    def ask_about(self, question_id: QuestionId, theme_ids: Iterable[ThemeId]) -> None:
        """Set which themes a question asks about: those it is put to were asked about them."""
        with self._journal.step("Link question to themes"):
            self._journal.write(delete(QuestionTheme).where(QuestionTheme.question_id == question_id))
            links = [{"question_id": question_id, "theme_id": theme_id} for theme_id in theme_ids]
            self._journal.write(insert(QuestionTheme), links)

    def remove_question(self, *question_ids: QuestionId) -> None:
        with self._journal.step("Remove topic guide question" + "s" * (len(question_ids) > 1)):
            self._journal.write(delete(GuideQuestion).where(GuideQuestion.id.in_(question_ids)))

    def questions(self) -> list[GuideQuestionRow]:
        """All topic guides: by wave, then in the order of the guide."""
        themes: dict[QuestionId, set[ThemeId]] = defaultdict(set)
        for row in self._journal.read(select(QuestionTheme.question_id, QuestionTheme.theme_id)):
            themes[row.question_id].add(row.theme_id)
        columns = select(GuideQuestion.id, GuideQuestion.wave_id, GuideQuestion.topic, GuideQuestion.text)
        ordered = columns.join(Wave, Wave.id == GuideQuestion.wave_id).order_by(Wave.position, GuideQuestion.position)
        return [
            GuideQuestionRow(**row._mapping, theme_ids=frozenset(themes[row.id])) for row in self._journal.read(ordered)
        ]

    # --- evaluation questions ---

    def add_evaluation_question(self, text: str) -> QuestionId:
        """Add a question after the last."""
        question_id = QuestionId(new_id())
        with self._journal.step("Add evaluation question"):
            last = select(func.coalesce(func.max(EvaluationQuestion.position) + 1, 0))
            position = self._journal.read(last)[0][0]
            self._journal.write(insert(EvaluationQuestion).values(id=question_id, position=position, text=text))
        return question_id

    def change_evaluation_question(self, question_id: QuestionId, text: str) -> None:
        """Put it in other words. Raises UserError for an empty question."""
        values = _words(text=text)
        with self._journal.step("Change evaluation question"):
            self._journal.write(update(EvaluationQuestion).where(EvaluationQuestion.id == question_id).values(values))

    def order_evaluation_questions(self, question_ids: Sequence[QuestionId]) -> None:
        """Put them in this order."""
        with self._journal.step("Reorder evaluation questions"):
            for position, question_id in enumerate(question_ids):
                mine = EvaluationQuestion.id == question_id
                self._journal.write(update(EvaluationQuestion).where(mine).values(position=position))

    def remove_evaluation_question(self, *question_ids: QuestionId) -> None:
        """Remove them; the findings that answered them stay."""
        with self._journal.step("Remove evaluation question" + "s" * (len(question_ids) > 1)):
            self._journal.write(delete(EvaluationQuestion).where(EvaluationQuestion.id.in_(question_ids)))

    def evaluation_questions(self) -> list[EvaluationQuestionRow]:
        columns = select(EvaluationQuestion.id, EvaluationQuestion.text)
        return [
            EvaluationQuestionRow(*row) for row in self._journal.read(columns.order_by(EvaluationQuestion.position))
        ]

    # --- within ---

    def _free_name(self, name: str, own: WaveId | None) -> str:
        name = name.strip()
        if not name:
            raise UserError("A wave needs a name.")
        if self.find(name) not in (None, own):
            raise UserError(f"There is a wave “{name}” already.")
        return name


def _words(**values: str | None) -> dict[str, str]:
    """What is given, without white space at its ends. Raises UserError for an empty text."""
    given = {key: value.strip() for key, value in values.items() if value is not None}
    if given.get("text") == "":
        raise UserError("A question needs words.")
    return given
