"""Train the name model that is shipped in ``resources/anonymise/ner``.

``python -m qualcode.anonymise.training --data DIR --out DIR [--steps 9000]``

``--data`` holds the corpora listed in ``resources/anonymise/ner/README.md``, in the folders named there. One process,
one core. The same data, seed and library versions give the same weights.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.anonymise.training import augment, corpora

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SEED = 7
GENRES = ("academic", "court", "interview", "news")
"""The genres of GUM whose texts are stated to be free but for attribution; share-alike ones are left out."""


def marked(data: Path, split: str) -> Iterator[corpora.Sample]:
    """The corpora's samples of one split (``train`` or ``dev``), as they are."""
    folder = data / "ner/gum"
    chosen = corpora.gum_split(folder, split)
    for path in sorted(folder.glob("*.conllu")):
        if path.stem in chosen and path.stem.split("_")[1] in GENRES:
            yield from corpora.gum(path)
    wnut = {"train": "wnut17train.conll", "dev": "emerging.dev.conll"}[split]
    yield from corpora.columns(data / "pii/wnut17" / wnut, sentences_each=2)
    if split == "train":
        yield from corpora.columns(data / "ner/btc/btc.train", sentences_each=2)


def talk(data: Path) -> Iterator[corpora.Sample]:
    """Dialogues in which only capitalised words may be names: what ordinary words look like in talk."""
    folder = data / "pii/conel2_personal_entities"
    yield from corpora.dialogues(folder / "EL/ConEL22_EL_Train.json")
    yield from corpora.dialogues(folder / "PEMD/ConEL22_PEMD_Train.json")


def training_set(data: Path, chance: random.Random) -> list[corpora.Sample]:
    """Every marked sample as it is, with other names, and as a machine would write it down; and the carriers."""
    maker = augment.NameMaker(chance)
    found: list[corpora.Sample] = []
    for original in marked(data, "train"):
        parts = augment.pieces(original)
        found.append(original)
        found.append(augment.sample(_machine_written(parts, chance)))
        if original.names:
            renamed = augment.with_other_names(parts, maker, chance)
            found.append(augment.sample(renamed))
            found.append(augment.sample(_machine_written(augment.with_other_names(parts, maker, chance), chance)))
    for original in talk(data):
        found.append(original)
        found.append(augment.sample(_machine_written(augment.pieces(original), chance)))
    for parts in augment.filled_carriers(maker, chance, times=30):
        parts = augment.hesitant(parts, chance)
        found.append(augment.sample(parts if chance.random() < 0.5 else _machine_written(parts, chance)))
    chance.shuffle(found)
    return found


def development_set(data: Path, chance: random.Random) -> list[corpora.Sample]:
    """A part of the development documents, cased and lower-cased, by which the best weights are chosen."""
    originals = [s for s in marked(data, "dev") if s.names][::3]
    return [*originals, *(augment.sample(_machine_written(augment.pieces(s), chance)) for s in originals)]


def _machine_written(parts: list[augment.Piece], chance: random.Random) -> list[augment.Piece]:
    parts = augment.lower_cased(parts)
    return augment.unpunctuated(parts) if chance.random() < 0.6 else parts


# --- spaCy ---------------------------------------------------------------------------------------------------------


def documents(nlp: Language, samples: list[corpora.Sample]) -> Iterator[Doc]:
    """``samples`` as spaCy documents; a name that does not fit the tokens is grown to them."""
    from spacy.util import filter_spans

    for given in samples:
        doc = nlp.make_doc(given.text)
        names = [doc.char_span(n.start, n.end, n.label, alignment_mode="expand") for n in given.names]
        unsure = [doc.char_span(s, e, alignment_mode="expand") for s, e in given.unsure]
        kept = filter_spans([n for n in names if n is not None])
        taken = {t.i for n in kept for t in n}
        missing = filter_spans([u for u in unsure if u is not None and not any(t.i in taken for t in u)])
        doc.set_ents(kept, missing=missing, default="outside")
        yield doc


def settings(train: Path, dev: Path, steps: int) -> Any:
    """The training configuration: spaCy's small convolutional network and transition parser for names."""
    from spacy.cli.init_config import init_config

    config = init_config(lang="en", pipeline=["ner"], optimize="efficiency", gpu=False, silent=True)
    config["paths"].update({"train": str(train), "dev": str(dev)})
    config["system"]["seed"] = SEED
    config["training"].update(
        {"seed": SEED, "dropout": 0.25, "max_steps": steps, "patience": 0, "eval_frequency": 3000}
    )
    return config


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=9000)
    chosen = parser.parse_args(arguments)
    import spacy
    from spacy.tokens import DocBin
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train

    chance = random.Random(SEED)
    nlp = spacy.blank("en")
    (chosen.out / "runs").mkdir(parents=True, exist_ok=True)
    paths = {"train": chosen.out / "train.spacy", "dev": chosen.out / "dev.spacy"}
    for part, samples in (("train", training_set(chosen.data, chance)), ("dev", development_set(chosen.data, chance))):
        DocBin(docs=documents(nlp, samples), attrs=["ENT_IOB", "ENT_TYPE"]).to_disk(paths[part])
    pipeline = init_nlp(settings(paths["train"], paths["dev"], chosen.steps))
    _, last = train(pipeline, chosen.out / "runs", use_gpu=-1)
    finish(last or chosen.out / "runs" / "model-last", chosen.out / "ner")


def finish(trained: Path, out: Path) -> None:
    """Write the last weights without the words of the training texts, which a model does not need to run."""
    import spacy

    nlp = spacy.load(trained)
    nlp.meta |= {"name": "qualcode_names", "version": "1.0.0", "license": "MIT", "performance": {}}
    nlp.meta["description"] = "People, places and organisations in talk, with capitals or without"
    nlp.config["paths"].update(train=None, dev=None)
    nlp.to_disk(out)
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    meta["spacy_version"] = ">=3.8.0,<3.9.0"
    (out / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")
    (out / "vocab" / "strings.json").write_text(json.dumps(sorted(corpora.LABELS)), encoding="utf-8")


if __name__ == "__main__":
    main()
