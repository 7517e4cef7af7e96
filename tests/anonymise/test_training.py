from __future__ import annotations

import random
from pathlib import Path

import pytest

from qualcode.anonymise.training import augment, corpora
from qualcode.anonymise.training.__main__ import documents
from qualcode.anonymise.training.corpora import Sample

CONLLU = """# newdoc id = GUM_interview_moor
1\tBaker\tbaker\tNOUN\tNN\t_\t0\troot\t_\tEntity=(1-person-new-x
2\tJo\tJo\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tBell\tBell\tPROPN\tNNP\t_\t2\tflat\t_\tEntity=1)
4\tof\tof\tADP\tIN\t_\t6\tcase\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-organization-new-x
6\tMoor\tMoor\tPROPN\tNNP\t_\t1\tnmod\t_\tEntity=(3-place-new-x)
7\tTrust\tTrust\tPROPN\tNNP\t_\t6\tflat\t_\tEntity=2)
8-9\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
8\tdid\tdo\tAUX\tVBD\t_\t0\troot\t_\t_
9\tn't\tnot\tPART\tRB\t_\t8\tadvmod\t_\t_
10\tphone\tphone\tVERB\tVB\t_\t8\tx\t_\tEntity=(4-object-new-x)|SpaceAfter=No
11\t.\t.\tPUNCT\t.\t_\t8\tpunct\t_\t_
"""

COLUMNS = "Jo\tB-PER\nBell\tI-PER\nleft\tO\nMoor\tB-location\n.\tO\n\n#\tO\nmoorlife\tB-ORG\nxXBell99Xx\tB-PER\n\n"


def names(sample: Sample) -> list[tuple[str, str]]:
    return [(sample.text[n.start : n.end], n.label) for n in sample.names]


class DescribeCorpora:
    def it_cuts_marked_phrases_down_to_their_names(self, tmp_path: Path) -> None:
        path = tmp_path / "GUM_interview_moor.conllu"
        path.write_text(CONLLU, encoding="utf-8")
        (sample,) = corpora.gum(path)
        assert sample.text.strip() == "Baker Jo Bell of the Moor Trust didn't phone."
        assert names(sample) == [("Jo Bell", "person"), ("Moor Trust", "organisation")]

    def it_reads_columns_and_is_unsure_of_accounts(self, tmp_path: Path) -> None:
        path = tmp_path / "some.conll"
        path.write_text(COLUMNS, encoding="utf-8")
        first, second = corpora.columns(path)
        assert (first.text, names(first)) == ("Jo Bell left Moor.", [("Jo Bell", "person"), ("Moor", "place")])
        assert names(second) == []
        assert [second.text[a:b] for a, b in second.unsure] == ["moorlife", "xXBell99Xx"]

    def it_teaches_nothing_about_capitals_nobody_marked(self) -> None:
        sample = corpora.plain("Well, I saw Moor Life. Then we left.")
        assert [sample.text[a:b] for a, b in sample.unsure] == ["Moor", "Life"]


class DescribeAugmenting:
    SAMPLE = Sample("So, Jo Bell left Moor.", (corpora.Name(4, 11, "person"), corpora.Name(17, 21, "place")), ((0, 2),))

    def it_takes_apart_and_puts_together(self) -> None:
        assert augment.sample(augment.pieces(self.SAMPLE)) == self.SAMPLE

    def it_keeps_names_marked_in_every_disguise(self) -> None:
        chance = random.Random(1)
        parts = augment.unpunctuated(augment.lower_cased(augment.hesitant(augment.pieces(self.SAMPLE), chance, 1.0)))
        made = augment.sample(parts)
        assert names(made) == [("jo bell", "person"), ("moor", "place")]
        assert "," not in made.text
        other = augment.sample(
            augment.with_other_names(augment.pieces(self.SAMPLE), augment.NameMaker(chance), chance, 1.0)
        )
        assert [label for _, label in names(other)] == ["person", "place"]
        assert names(other)[0][0] != "Jo Bell"

    def it_fills_every_slot_of_the_carrier_sentences(self) -> None:
        chance = random.Random(2)
        made = [augment.sample(p) for p in augment.filled_carriers(augment.NameMaker(chance), chance, times=1)]
        assert not [s for s in made if "{" in s.text]
        assert {label for s in made for _, label in names(s)} == set(corpora.LABELS)
        assert all(text == text.strip() and text for s in made for text, _ in names(s))

    @pytest.mark.parametrize("seed", [3, 4])
    def it_makes_the_same_set_from_the_same_seed(self, seed: int) -> None:
        def made() -> list[Sample]:
            chance = random.Random(seed)
            return [augment.sample(p) for p in augment.filled_carriers(augment.NameMaker(chance), chance, times=1)]

        assert made() == made()

    def it_gives_spacy_documents_with_the_unsure_left_out(self) -> None:
        import spacy

        (doc,) = documents(spacy.blank("en"), [self.SAMPLE])
        assert [(e.text, e.label_) for e in doc.ents] == [("Jo Bell", "person"), ("Moor", "place")]
        assert [t.ent_iob_ for t in doc][:2] == ["", "O"]
