"""The language pipeline: none installed, one in a folder, one installed as a package, one that is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from qualcode.errors import UserError
from qualcode.language import load_pipeline
from qualcode.suggest.reading import Reader
from tests.suggest.talk import passage

TEXT = "We went to Massock on Monday. Mr Quarshie drove. Was it far? No…"


def a_pipeline(folder: Path) -> Path:
    """A small real pipeline on disk, one that knows a place when it sees it."""
    nlp = spacy.blank("en")
    nlp.meta["name"] = "core_web_sm"
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Massock"}])  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return folder


def install(folder: Path, name: str, data: str) -> None:
    """A pipeline package as ``spacy download`` leaves it behind, its data in the folder ``data``."""
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text(
        f"import pathlib, spacy\nDATA = pathlib.Path({data!r})\n"
        "def load(**kwargs):\n    return spacy.util.load_model_from_path(DATA, **kwargs)\n"
    )
    about = folder / f"{name}-3.8.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 3.8.0\n")
    (about / "entry_points.txt").write_text(f"[spacy_models]\n{name} = {name}\n")


def elsewhere(code: str, path: Path) -> str:
    """What a new interpreter prints, in which the packages in ``path`` are installed."""
    run = [sys.executable, "-W", "error", "-c", f"import sys; sys.path.insert(0, {str(path)!r})\n{code}"]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


ENTITIES = f"from qualcode.language import load_pipeline\nprint([e.text for e in load_pipeline()({TEXT!r}).ents])"


class DescribeTheLanguagePipeline:
    def it_is_english_with_sentence_rules_where_none_is_installed(self, tmp_path: Path) -> None:
        sentences = (
            "from qualcode.language import load_pipeline\n"
            f"nlp = load_pipeline()\nprint(nlp.pipe_names, [s.text for s in nlp({TEXT[:45]!r}).sents])"
        )
        if spacy.util.get_installed_models():
            pytest.skip("a pipeline is installed here")
        told = "['sentencizer'] ['We went to Massock on Monday.', 'Mr Quarshie dro']"
        assert elsewhere(sentences, tmp_path) == told

    def it_is_read_from_a_folder_and_still_sets_sentences_by_rule(self, tmp_path: Path) -> None:
        nlp = load_pipeline(a_pipeline(tmp_path / "model"))
        doc = nlp(TEXT)
        assert [entity.text for entity in doc.ents] == ["Massock"]
        assert [sentence.text for sentence in doc.sents][:2] == ["We went to Massock on Monday.", "Mr Quarshie drove."]

    def it_is_the_installed_one_where_there_is_one(self, tmp_path: Path) -> None:
        install(tmp_path, "en_core_web_sm", str(a_pipeline(tmp_path / "model")))
        assert elsewhere(ENTITIES, tmp_path) == "['Massock']"

    def it_passes_over_an_installed_one_that_does_not_load(self, tmp_path: Path) -> None:
        install(tmp_path, "en_core_web_md", str(tmp_path / "nothing here"))
        install(tmp_path, "en_core_web_sm", str(a_pipeline(tmp_path / "model")))
        assert elsewhere(ENTITIES, tmp_path) == "['Massock']"

    @pytest.mark.parametrize("name", ["en_core_web_none", "a folder that is not there"])
    def it_says_what_to_do_when_the_one_asked_for_is_not_there(self, name: str) -> None:
        with pytest.raises(UserError, match=f"^{name}: this language pipeline cannot be loaded; install it again for"):
            load_pipeline(name)

    def it_does_not_import_what_is_heavy_and_not_needed(self, tmp_path: Path) -> None:
        (tmp_path / "torch.py").write_text("raise SystemExit('torch was imported')")
        there = "import importlib.util\nprint(importlib.util.find_spec('torch') is not None)\n"
        assert elsewhere(there + ENTITIES, tmp_path) == "True\n[]"


class DescribeReadingWithAPipeline:
    def it_counts_the_names_the_pipeline_finds(self, tmp_path: Path) -> None:
        found = passage("t", [(1, "We went to Massock with Ken.")])
        reader = Reader(load_pipeline(a_pipeline(tmp_path / "model")))
        assert [unit.specifics for unit in reader.read(found).units] == [1]
        assert [unit.specifics for unit in Reader().read(found).units] == [2]
