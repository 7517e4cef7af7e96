"""Compile the shipped word lists: ordinary English words, people's names, British places.

``python -m qualcode.anonymise.training.lists --dictionary en_US --names FAKER --data DIR --out resources/anonymise``

- ``--dictionary``: path of a hunspell dictionary without its suffix (SCOWL word lists, free licence);
- ``--names``: folder of an unpacked Faker distribution (MIT), whose lists of names per country are read as facts;
- ``--data``: folder with ``ner/os_open_names_places.csv`` (OS Open Names, Open Government Licence) and the corpora
  whose lower-case words are counted.

Writes ``words.txt.gz``, ``proper.txt.gz``, ``names.txt.gz``, ``places.txt.gz``, the same bytes for the same input.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from qualcode.anonymise.lists import bag, folded, place_names
from qualcode.anonymise.training import corpora

COMMON_AT_LEAST = 4
"""How often a word must occur in lower case in the corpora (some 600,000 words) to count as a common word."""

_GIVEN_IN = bag(
    "en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US ga_IE pl_PL ro_RO lt_LT lv_LV pt_PT es_ES it_IT fr_FR de_DE "
    "nl_NL tr_TR hu_HU sv_SE cs_CZ sk_SK hr_HR yo_NG tw_GH ha_NG ig_NG zu_ZA sw"
)
_FAMILY_IN = bag(
    "en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US ga_IE ro_RO lt_LT pt_PT es_ES it_IT fr_FR de_DE nl_NL tr_TR "
    "hu_HU yo_NG tw_GH ha_NG ig_NG sw"
)
_ORIGINS = {
    "b": ("en_GB", "en_IE"),
    "s": ("en_IN", "en_PK"),
    "a": ("en_KE", "en_NG", "yo_NG", "tw_GH", "ig_NG", "ha_NG"),
    "e": ("pl_PL", "ro_RO", "lt_LT", "pt_PT", "es_ES", "it_IT", "fr_FR", "de_DE", "cs_CZ", "hu_HU"),
}
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ÿĀ-ž'’-]+")
_SETTLEMENTS = frozenset({"village", "hamlet", "suburb", "settlement", "town"})
_PLACE_TYPES = {"City": "c", "Town": "t", "Village": "v", "Hamlet": "h", "Suburban Area": "s", "Other Settlement": "o"}


# --- words ---------------------------------------------------------------------------------------------------------


def dictionary_words(stem: Path) -> tuple[set[str], set[str]]:
    """All forms of a hunspell dictionary: those in lower case, and the capitalised ones that have no lower case."""
    prefixes, suffixes = _affixes(Path(f"{stem}.aff"))
    lower: set[str] = set()
    upper: set[str] = set()
    for line in Path(f"{stem}.dic").read_text(encoding="utf-8").splitlines()[1:]:
        word, _, flags = line.partition("/")
        if not word[:1].isalpha() or "!" in flags:
            continue
        forms = {word, *(f for flag in flags for f in _suffixed(word, suffixes.get(flag, ())))}
        forms |= {p + f for flag in flags for p in prefixes.get(flag, ()) for f in forms}
        for form in forms:
            if not form.endswith("'s"):
                (lower if form == form.lower() else upper).add(form)
    return lower, {w for w in upper if w.lower() not in lower}


def _affixes(path: Path) -> tuple[dict[str, list[str]], dict[str, list[tuple[str, str, re.Pattern[str]]]]]:
    prefixes: dict[str, list[str]] = defaultdict(list)
    suffixes: dict[str, list[tuple[str, str, re.Pattern[str]]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if len(cells) < 5 or cells[0] not in {"PFX", "SFX"}:
            continue
        _, flag, off, on, when = cells[:5]
        if cells[0] == "PFX":
            prefixes[flag].append(on)
        else:
            suffixes[flag].append(("" if off == "0" else off, on, re.compile(f"(?:{when})$")))
    return prefixes, suffixes


def _suffixed(word: str, rules: Iterable[tuple[str, str, re.Pattern[str]]]) -> Iterator[str]:
    for off, on, when in rules:
        if when.search(word) and word.endswith(off):
            yield word[: len(word) - len(off)] + on


def _samples(data: Path) -> Iterator[corpora.Sample]:
    train = corpora.gum_split(data / "ner/gum", "train")
    for path in sorted((data / "ner/gum").glob("*.conllu")):
        if path.stem in train:
            yield from corpora.gum(path)
    yield from corpora.columns(data / "ner/btc/btc.train")
    yield from corpora.columns(data / "pii/wnut17/wnut17train.conll")
    for part in ("EL/ConEL22_EL_Train.json", "PEMD/ConEL22_PEMD_Train.json"):
        yield from corpora.dialogues(data / "pii/conel2_personal_entities" / part)


def lower_case_counts(data: Path) -> Counter[str]:
    """How often each word stands in lower case outside a name in the corpora the model learns from."""
    counts: Counter[str] = Counter()
    for sample in _samples(data):
        taken = [False] * len(sample.text)
        for name in sample.names:
            taken[name.start : name.end] = [True] * (name.end - name.start)
        counts.update(
            m.group() for m in re.finditer(r"(?<![\w@#])[a-z][a-z'’-]*(?![\w.]\w)", sample.text) if not taken[m.start()]
        )
    return counts


# --- names ---------------------------------------------------------------------------------------------------------


def _provider(locale: str) -> dict[str, list[str]]:
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    lists = ("first_names", "first_names_male", "first_names_female", "last_names")
    found = {name: getattr(provider, name, ()) for name in lists}
    return {name: [] if isinstance(value, property) else list(value) for name, value in found.items()}


def people(lower: set[str], counts: Counter[str]) -> Iterator[str]:
    """Lines of name, use, gender and origins: use is ``g``, ``s`` or ``gs``, gender ``f``, ``m``, ``b`` or ``-``."""
    use: dict[str, set[str]] = defaultdict(set)
    gender: dict[str, set[str]] = defaultdict(set)
    origin: dict[str, set[str]] = defaultdict(set)
    for locale in sorted({*_GIVEN_IN, *_FAMILY_IN}):
        lists = _provider(locale)
        given = {*lists["first_names"], *lists["first_names_male"], *lists["first_names_female"]}
        for name in given if locale in _GIVEN_IN else ():
            use[name].add("g")
            origin[name] |= {o for o, places in _ORIGINS.items() if locale in places}
        for key, letter in (("first_names_male", "m"), ("first_names_female", "f")):
            for name in lists[key] if locale in _GIVEN_IN else ():
                gender[name].add(letter)
        for name in lists["last_names"] if locale in _FAMILY_IN else ():
            use[name].add("s")
            origin[name] |= {o for o, places in _ORIGINS.items() if locale in places}
    for name in sorted(use):
        plain = name.lower() in lower and counts[name.lower()] >= 10 * COMMON_AT_LEAST and "b" not in origin[name]
        if _LATIN.fullmatch(name) and len(name) > 2 and not (plain and use[name] == {"g"}):
            genders = "b" if len(gender[name]) > 1 else "".join(gender[name]) or "-"
            yield f"{name}\t{''.join(sorted(use[name]))}\t{genders}\t{''.join(sorted(origin[name])) or '-'}"


# --- places --------------------------------------------------------------------------------------------------------


def places(path: Path, lower: set[str]) -> Iterator[str]:
    """Lines ``place<TAB>type<TAB>country``; a place that is an ordinary word is kept only if it is a city or town."""
    kinds: dict[str, set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = row["name"].strip()
            kind = _PLACE_TYPES.get(row["type"], "o")
            words = [w.lower() for w in re.findall(r"[\w'’]+", name)]
            if not name[:1].isupper() or len(name) < 3 or (kind not in "ct" and all(w in lower for w in words)):
                continue
            kinds[name].add(kind)
            countries[name].add(row["country"][:1].lower())
    for name in sorted(kinds):
        largest = min(kinds[name], key="ctvsho".index)
        yield f"{name}\t{largest}\t{''.join(countries[name]) if len(countries[name]) == 1 else '-'}"


# --- writing -------------------------------------------------------------------------------------------------------


def _write(path: Path, lines: Iterable[str]) -> None:
    body = "\n".join(lines) + "\n"
    path.write_bytes(gzip.compress(body.encode("utf-8"), 9, mtime=0))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--dictionary", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    sys.path.insert(0, str(chosen.names))
    lower, upper = dictionary_words(chosen.dictionary)
    counts = lower_case_counts(chosen.data)
    far = {folded(p.name) for p in place_names() if p.size not in _SETTLEMENTS}
    for word in ({w.lower() for w in upper} | far) - lower:
        del counts[word]
    lower |= {w for w, n in counts.items() if n >= COMMON_AT_LEAST and len(w) > 1 and w.isalpha()}
    _write(chosen.out / "words.txt.gz", (w + ("*" if counts[w] >= COMMON_AT_LEAST else "") for w in sorted(lower)))
    _write(chosen.out / "proper.txt.gz", sorted(upper))
    _write(chosen.out / "names.txt.gz", people(lower, counts))
    _write(chosen.out / "places.txt.gz", places(chosen.data / "ner/os_open_names_places.csv", lower))


if __name__ == "__main__":
    main()
