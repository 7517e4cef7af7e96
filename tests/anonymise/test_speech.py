from __future__ import annotations

from collections import Counter

import pytest

from tests.anonymise.invented import WAYS, Recall, pieces, recall

NAMES = {"person", "place", "school", "org"}
EVERY_KIND = NAMES | {
    *("job", "relation", "date", "age", "phone", "email", "postcode", "nhs", "ni", "url", "handle", "address"),
    "vehicle",
}


@pytest.fixture(scope="module", params=sorted(WAYS))
def found(request: pytest.FixtureRequest) -> tuple[str, Recall]:
    return request.param, recall([*pieces(0), *pieces(1)], request.param)


def share(recall: Recall, kinds: set[str]) -> float:
    return sum(recall.found[k] for k in kinds) / sum(recall.seen[k] for k in kinds)


class DescribeInventedSpeech:
    def it_holds_every_kind_and_many_people(self, found: tuple[str, Recall]) -> None:
        assert set(found[1].seen) == EVERY_KIND
        assert len(pieces(0)) + len(pieces(1)) > 30
        assert Counter(found[1].seen).total() > 450

    def it_gives_up_its_names(self, found: tuple[str, Recall]) -> None:
        way, result = found
        assert share(result, NAMES) >= (0.97 if way == "typed" else 0.87)

    def it_gives_up_everything_with_a_shape(self, found: tuple[str, Recall]) -> None:
        kinds = {"phone", "email", "postcode", "nhs", "ni", "url", "handle", "vehicle", "address"}
        assert share(found[1], kinds) == 1.0

    def it_gives_up_ties_roles_dates_and_ages(self, found: tuple[str, Recall]) -> None:
        way, result = found
        assert share(result, {"job", "relation"}) >= 0.9
        assert share(result, {"date", "age"}) >= (0.85 if way == "typed" else 0.8)

    def it_offers_little_else(self, found: tuple[str, Recall]) -> None:
        assert found[1].right >= 0.9 * found[1].strings
