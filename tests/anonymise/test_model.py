from __future__ import annotations

import json
import subprocess
import sys

import pytest
import spacy

from qualcode.anonymise import model
from qualcode.anonymise.find import propose
from qualcode.anonymise.kinds import Kind
from qualcode.core.values import Passage, TranscriptId
from qualcode.resources import resource

MEGABYTE = 1_000_000


class DescribeTheShippedModel:
    def it_sees_people_places_and_organisations_with_and_without_capitals(self) -> None:
        cased = "My name is Doreen and I live in Whitby. I work for Calder Carers Trust."
        for text in (cased, cased.lower()):
            found = {(n.span.of(cased), n.kind) for n in model.names(text, model.shipped())}
            assert {
                ("Doreen", Kind.PERSON),
                ("Whitby", Kind.PLACE),
                ("Calder Carers Trust", Kind.ORGANISATION),
            } <= found

    def it_counts_code_points_in_long_texts_full_of_emoji(self) -> None:
        line = "😀 so Doreen went to Whitby e\u0301 and back, again and again. "
        text = line * 300
        found = [n for n in model.names(text, model.shipped()) if n.kind is Kind.PLACE]
        assert len(found) > 290
        assert all("Whitby" in n.span.of(text) for n in found)

    def it_sees_at_least_as_much_when_it_is_eager(self) -> None:
        text = "so doreen had the keys and we met at the net loft with the calder carers trust"
        calm, eager = (
            {p for n in model.names(text, m) for p in range(n.span.start, n.span.end)}
            for m in (model.shipped(), model.eager())
        )
        assert calm <= eager
        assert model.shipped() is not model.eager()

    def it_stops_when_told(self) -> None:
        assert list(model.names("Doreen went to Whitby.", model.shipped(), cancelled=lambda: True)) == []

    def it_carries_no_words_of_the_texts_it_learned_from(self) -> None:
        strings = json.loads(resource("anonymise", "ner", "vocab", "strings.json").read_text("utf-8"))
        assert strings == ["organisation", "person", "place"]

    def it_names_no_place_of_the_computer_it_was_trained_on(self) -> None:
        config = spacy.util.load_config(resource("anonymise", "ner", "config.cfg"))
        assert set(config["paths"].values()) == {None}

    def it_is_small_and_says_where_it_comes_from(self) -> None:
        files = [p for p in resource("anonymise").rglob("*") if p.is_file()]
        assert sum(p.stat().st_size for p in files) < 12 * MEGABYTE
        readme = resource("anonymise", "ner", "README.md").read_text("utf-8")
        for wanted in ("CC BY", "seed", "recall", "qualcode.anonymise.training"):
            assert wanted in readme


class DescribeAnInstalledPipeline:
    def it_is_none_where_only_the_blank_one_is_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spacy.util, "get_installed_models", list)
        model.installed.cache_clear()
        assert model.installed() is None
        model.installed.cache_clear()

    def it_is_read_beside_the_shipped_model(self) -> None:
        pipeline = spacy.blank("en")
        pipeline.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "zibblethwack"}])  # type: ignore[attr-defined]
        talk = [Passage(TranscriptId("t"), "We went to the zibblethwack with Doreen then.", (), ())]
        assert "zibblethwack" not in {p.text for p in propose(talk)}
        assert {"zibblethwack", "Doreen"} <= {p.text for p in propose(talk, pipeline=pipeline)}


class DescribeImporting:
    @pytest.mark.parametrize("module", ["qualcode.anonymise", "qualcode.anonymise.find", "qualcode.anonymise.leaks"])
    def it_costs_neither_spacy_nor_the_word_lists(self, module: str) -> None:
        asked = (
            f"import sys, {module}; print('spacy' in sys.modules, 'numpy' in sys.modules, 'sqlalchemy' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["False", "False", "False"]
