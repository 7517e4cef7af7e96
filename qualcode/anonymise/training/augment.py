"""Make the little marked text there is go further: other names in it, no capitals, no punctuation, carrier sentences.

Everything is drawn from one :class:`random.Random`, so that one seed gives one training set.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from qualcode.anonymise import lists
from qualcode.anonymise.training.corpora import Name, Sample

Piece = tuple[str, str]
"""A stretch of text and its label; ``""`` is plain text, ``"?"`` text the corpus is unsure about."""

_SLOT = re.compile(r"\{(\w+)\}")
_FILLERS = ("um", "erm", "uh", "you know", "like", "sort of", "I mean", "er", "well", "yeah")
_TITLES = "Mr|Mrs|Miss|Ms|Dr|Professor|Councillor|Mr|Mrs|Miss"
_SAINTS = (
    "John's|Mary's|Peter's|Paul's|Joseph's|Anne's|Andrew's|Mark's|Luke's|Thomas|Aidan's|Ninian's|Mungo's|David's|Bede's"
)
_NAME_WORDS = (
    "Open|Bright|New|Safe|First|Next|Second|Moving|Stepping|Turning|Better|Building|Breaking|Growing|Shining|Helping|"
    "Young|Together|Change|Hope|Home|Future|Futures|Doors|Steps|Stones|Point|Chance|Start|Bridges|Roots|Horizons|Voices|"
    "Lives|Minds|Families|Carers|Children|Hands|Space|Haven|Light|Kids|Links|Ways|Paths|Forward|House|Life|Access|Care|"
    "Disability|Autism|Dementia|Housing|Youth|Community|Advice|Recovery|Learning|Skills|Sport|Arts|Music|Food|Women|Men"
)
_SYLLABLES = "vel|tri|no|ka|zen|lo|mar|ix|ora|bel|qui|sta|den|fu|ril|ax|ter|ven|so|lum|pro|gen|cor|del"
_ENDS = {
    "school": "Primary School|Primary|Academy|High School|High|School|Infants|Juniors|College|Nursery|Grammar School|"
    "Secondary|Middle School|University|Uni",
    "health": "Surgery|Medical Centre|Health Centre|Hospital|Royal Infirmary|Clinic|General Hospital|Hospice|General",
    "council": "Council|City Council|County Council|Borough Council|Town Council|District Council|"
    "Social Services|Police",
    "charity": "Trust|Project|Foundation|Association|Centre|Network|Group|Alliance|Fund|Society|"
    "Partnership|Aid|UK|Action",
    "venue": "Community Centre|Library|Leisure Centre|Village Hall|Hall|Theatre|Arms|Hotel|Park|Museum|Hub|Arena|Cafe",
    "worship": "Church|Mosque|Baptist Church|Parish Church|Methodist Church|Chapel|Cathedral|Temple",
    "club": "FC|United|Rovers|Rangers|City|Town|Athletic|Football Club|Boxing Club|Youth Club|Wanderers|Harriers",
    "company": "Ltd|& Sons|Brothers|Group|Foods|Motors|Taxis|Solutions|Services|Logistics|Bakery|Electronics|Insurance",
}


class NameMaker:
    """Invented names of people, places and organisations, put together from the shipped lists."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        people = sorted((p for p in lists.people() if len(p.name) > 2), key=lambda p: p.name)
        places = sorted(lists.place_names(), key=lambda p: p.name)
        self._pools = {
            "given": [p.name for p in people if p.given],
            "given here": [p.name for p in people if p.given and "b" in p.origins],
            "family": [p.name for p in people if p.family],
            "family here": [p.name for p in people if p.family and "b" in p.origins],
            "small": [p.name for p in places if p.size in {"village", "hamlet", "suburb", "settlement"}],
            "large": [p.name for p in places if p.size in {"city", "town"}],
            "region": [p.name for p in places if p.size in {"county", "state", "country", "continent"}],
            "known": list(lists.sections("organisations.txt")["known"]),
            "job": list(lists.sections("jobs.txt")["common"]),
            "relation": list(lists.sections("relations.txt")["relation"]),
        }

    def make(self, slot: str) -> Piece:
        """A value for a carrier's slot, with the label it carries."""
        match slot:
            case "given":
                return self._given(), "person"
            case "surname":
                return self._family(), "person"
            case "full":
                return f"{self._given()} {self._family()}", "person"
            case "titled":
                return f"{self._one(_TITLES)} {self._family()}", "person"
            case "place":
                return self._from("small" if self._chance.random() < 0.5 else "large"), "place"
            case "region":
                return self._from("region"), "place"
            case "job" | "relation":
                return self._from(slot), ""
            case _:
                return self._organisation(slot), "organisation"

    def like(self, text: str, label: str) -> str:
        """Another name of the same label, of as many parts as ``text``."""
        if label == "person":
            return self.make("full" if " " in text else self._one("given|given|surname"))[0]
        return self.make(self._one("place|place|region") if label == "place" else self._one("|".join(_ENDS)))[0]

    def _from(self, pool: str) -> str:
        return self._chance.choice(self._pools[pool])

    def _one(self, words: str) -> str:
        return self._chance.choice(words.split("|"))

    def _given(self) -> str:
        return self._from("given here" if self._chance.random() < 0.6 else "given")

    def _family(self) -> str:
        return self._from("family here" if self._chance.random() < 0.6 else "family")

    def _organisation(self, slot: str) -> str:
        if slot == "org":
            slot = self._one("|".join(_ENDS))
        drawn = self._chance.random()
        end = self._one(_ENDS[slot])
        if slot in {"company", "charity"} and drawn < 0.3:
            return self._from("known")
        if slot == "company":
            coined = "".join(self._one(_SYLLABLES) for _ in range(self._chance.choice([2, 2, 3]))).capitalize()
            return coined if drawn < 0.6 else f"{self._family()} {end}"
        if slot == "charity" and drawn < 0.85:
            words = [self._one(_NAME_WORDS) for _ in range(self._chance.choice([2, 2, 3]))]
            whose = [self.make("place")[0]] if self._chance.random() < 0.3 else []
            return " ".join([*whose, *words, *([end] if self._chance.random() < 0.4 else [])])
        if slot in {"school", "health", "worship"} and drawn < 0.3:
            return f"St {self._one(_SAINTS)}{' ' + end if self._chance.random() < 0.8 else ''}"
        if drawn < 0.45:
            return f"{self._family()} {end}"
        return f"{self.make('place')[0]} {end}"


# --- taking samples apart and putting them together ----------------------------------------------------------------


def pieces(sample: Sample) -> list[Piece]:
    """``sample`` as stretches of text, each with its label."""
    marks = sorted([(n.start, n.end, n.label) for n in sample.names] + [(s, e, "?") for s, e in sample.unsure])
    found: list[Piece] = []
    at = 0
    for start, end, label in marks:
        if start < at:
            continue
        found += [(sample.text[at:start], ""), (sample.text[start:end], label)]
        at = end
    return [*found, (sample.text[at:], "")]


def sample(parts: Iterable[Piece]) -> Sample:
    """The sample that ``parts`` make when laid end to end."""
    text = ""
    names: list[Name] = []
    unsure: list[tuple[int, int]] = []
    for part, label in parts:
        if part and label == "?":
            unsure.append((len(text), len(text) + len(part)))
        elif part and label:
            names.append(Name(len(text), len(text) + len(part), label))
        text += part
    return Sample(text, tuple(names), tuple(unsure))


def with_other_names(parts: list[Piece], maker: NameMaker, chance: random.Random, share: float = 0.7) -> list[Piece]:
    return [
        (maker.like(text, label), label)
        if label in {"person", "place", "organisation"} and chance.random() < share
        else (text, label)
        for text, label in parts
    ]


def lower_cased(parts: list[Piece]) -> list[Piece]:
    return [(text.lower(), label) for text, label in parts]


def unpunctuated(parts: list[Piece]) -> list[Piece]:
    """Without the marks a machine transcript leaves out; apostrophes and hyphens inside words stay."""
    return [(re.sub(r"[^\w\s'’&-]|(?<!\w)['’-]|['’-](?!\w)", "", text), label) for text, label in parts]


def hesitant(parts: list[Piece], chance: random.Random, share: float = 0.04) -> list[Piece]:
    """With fillers after some of the spaces outside names."""

    def filled(text: str) -> str:
        return re.sub(" ", lambda _: f" {chance.choice(_FILLERS)} " if chance.random() < share else " ", text)

    return [(text if label else filled(text), label) for text, label in parts]


# --- carrier sentences ---------------------------------------------------------------------------------------------


def carriers() -> list[str]:
    """The carrier sentences, with slots in braces."""
    lines = Path(__file__).with_name("carriers.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def filled_carriers(maker: NameMaker, chance: random.Random, times: int) -> Iterator[list[Piece]]:
    """Every carrier sentence ``times`` over with new names, three to six to a piece of talk, capitals in place."""
    lines = carriers() * times
    chance.shuffle(lines)
    at = 0
    while at < len(lines):
        many = chance.randint(3, 6)
        yield [piece for line in lines[at : at + many] for piece in _sentence(line, maker, chance)]
        at += many


def _sentence(line: str, maker: NameMaker, chance: random.Random) -> list[Piece]:
    parts: list[Piece] = []
    at = 0
    for slot in _SLOT.finditer(line):
        parts += [(_spoken(line[at : slot.start()]), ""), maker.make(slot.group(1))]
        at = slot.end()
    parts.append((_spoken(line[at:]) + chance.choice([". ", ". ", ", ", "? ", " ", "\n"]), ""))
    first = next(i for i, (text, _) in enumerate(parts) if text)
    parts[first] = (parts[first][0][:1].upper() + parts[first][0][1:], parts[first][1])
    return parts


def _spoken(text: str) -> str:
    return re.sub(r"\bi(?=\b)", "I", text)
