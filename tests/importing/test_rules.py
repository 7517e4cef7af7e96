from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.values import Role
from qualcode.errors import UserError
from qualcode.importing import Rules

labels = st.text(alphabet="abcXYZ019 *.é", min_size=1, max_size=12).filter(str.strip)
numbers = st.integers(-20, 400)
any_rules = st.builds(
    Rules,
    roles=st.dictionaries(labels, st.sampled_from(Role), max_size=4),
    same=st.dictionaries(labels, labels, max_size=4),
    no_speakers=st.frozensets(labels, max_size=3),
    one_voice=st.booleans(),
    prefixes=st.lists(labels, max_size=2).map(tuple),
    left_out=st.lists(st.tuples(numbers, st.none() | numbers), max_size=3).map(tuple),
    left_out_lines=st.lists(labels, max_size=2).map(tuple),
    starts=st.dictionaries(st.integers(0, 99), labels | st.just(""), max_size=3),
    splits=st.dictionaries(st.tuples(st.integers(0, 99), st.integers(1, 400)), labels | st.just(""), max_size=3),
    keep_preface=st.sampled_from([None, True, False]),
)


class DescribeAProfile:
    @given(rules=any_rules)
    def it_is_the_same_after_plain_values(self, rules: Rules) -> None:
        assert Rules.from_dict(rules.to_dict()) == rules

    def it_is_the_same_after_a_file(self, tmp_path: Path) -> None:
        rules = Rules(
            roles={"P*": Role.PARTICIPANT, "Fragestellerin": Role.INTERVIEWER},
            same={"Int": "Interviewer"},
            no_speakers=frozenset(["Thema"]),
            left_out=((0, 4), (-2, None)),
            starts={7: "Ann"},
            keep_preface=False,
        )
        rules.save(tmp_path / "typist.yaml")
        assert Rules.load(tmp_path / "typist.yaml") == rules
        assert "Fragestellerin: interviewer" in (tmp_path / "typist.yaml").read_text(encoding="utf-8")

    def it_is_short_when_it_says_little(self) -> None:
        assert Rules(one_voice=True).to_dict() == {"one_voice": True}
        assert Rules.from_dict({}) == Rules()

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("roles: {I: boss}", "cannot be understood"),
            ("left_out: [first]", "no range of paragraphs"),
            ("colour: red", "'colour'"),
            ("- a\n- b", "not a list of rules by name"),
            ("a: [", "not valid YAML"),
            ("starts: [1]", "cannot be understood"),
            ("splits: {first: Ann}", "no place in a paragraph"),
        ],
    )
    def it_is_refused_with_a_sentence_when_it_is_none(self, tmp_path: Path, text: str, sentence: str) -> None:
        (tmp_path / "typist.yaml").write_text(text)
        with pytest.raises(UserError, match=sentence):
            Rules.load(tmp_path / "typist.yaml")

    def it_is_missed_with_a_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"gone.yaml could not be opened"):
            Rules.load(tmp_path / "gone.yaml")
