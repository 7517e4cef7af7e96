"""What codes and themes have in common: trees that never loop, and no two siblings of one name."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qualcode.core import tree

NAMES = "abcdefgh"


@st.composite
def parents(draw: st.DrawFn) -> dict[str, str | None]:
    """A forest: each node stands under one made before it, or at the top."""
    found: dict[str, str | None] = {}
    for name in NAMES[: draw(st.integers(2, len(NAMES)))]:
        found[name] = draw(st.sampled_from([None, *found]))
    return found


def top(found: tree.Parents, node: str) -> str:
    """The topmost above a node; walks for ever only in a loop, which the bound makes an error."""
    for _ in range(len(found) + 1):
        above = found[node]
        if above is None:
            return node
        node = above
    raise AssertionError("a loop")


class DescribeMerging:
    @given(st.data())
    def it_loses_only_what_was_merged_and_never_makes_a_loop(self, data: st.DataObject) -> None:
        before = data.draw(parents())
        into = data.draw(st.sampled_from(sorted(before)))
        gone = data.draw(st.sets(st.sampled_from(sorted(before)))) - {into}
        after = tree.merged(before, gone, into)
        assert set(after) == set(before) - gone
        assert all(parent is None or parent in after for parent in after.values())
        for node in after:
            top(after, node)

    @given(st.data())
    def it_puts_what_lay_below_the_gone_below_the_one_they_became(self, data: st.DataObject) -> None:
        before = data.draw(parents())
        into = data.draw(st.sampled_from(sorted(before)))
        gone = data.draw(st.sets(st.sampled_from(sorted(before)))) - {into}
        after = tree.merged(before, gone, into)
        for node, parent in before.items():
            if parent in gone and node in after and node != into:
                assert after[node] == into

    def it_lets_a_theme_take_the_place_of_one_above_it(self) -> None:
        before = {"top": None, "middle": "top", "low": "middle"}
        assert tree.merged(before, ["top"], "low") == {"middle": "low", "low": None}


class DescribeRemoving:
    @given(st.data())
    def it_hands_what_lay_below_to_the_nearest_above_that_stays(self, data: st.DataObject) -> None:
        before = data.draw(parents())
        gone = data.draw(st.sets(st.sampled_from(sorted(before))))
        after = tree.removed(before, gone)
        assert set(after) == set(before) - gone
        for node, parent in after.items():
            between = list(tree.upwards(before, node))
            between = between[: between.index(parent)] if parent else between
            assert gone.issuperset(between)
            assert parent not in gone


class DescribeWhatIsMovedTogether:
    @given(st.data())
    def it_is_the_topmost_of_what_was_chosen_and_holds_all_of_it(self, data: st.DataObject) -> None:
        found = data.draw(parents())
        chosen = data.draw(st.lists(st.sampled_from(sorted(found))))
        tops = tree.topmost(found, chosen)
        assert all(any(tree.lies_within(found, node, top_) for top_ in tops) for node in chosen)
        assert not any(one != other and tree.lies_within(found, one, other) for one in tops for other in tops)


class DescribeTheOrderDownwards:
    @given(st.data())
    def it_names_everything_once_each_before_what_lies_below_it(self, data: st.DataObject) -> None:
        found = data.draw(parents())
        given_ = data.draw(st.permutations(sorted(found)))
        order = tree.downwards(found, given_)
        assert sorted(order) == sorted(found)
        for node in found:
            below = [at for at, other in enumerate(order) if tree.lies_within(found, other, node)]
            assert below == list(range(order.index(node), order.index(node) + len(below)))
        for one, other in pairwise(given_):
            if found[one] == found[other]:
                assert order.index(one) < order.index(other)


class DescribeLyingWithin:
    def it_holds_for_itself_and_all_below_and_for_nothing_beside(self) -> None:
        found = {"a": None, "b": "a", "c": "b", "d": None}
        assert [tree.lies_within(found, node, "a") for node in ("a", "b", "c", "d", None)] == [
            *(True, True, True, False, False)
        ]


class DescribeDoubleNames:
    def it_finds_a_moved_node_beside_one_of_its_name_whatever_the_capitals(self) -> None:
        names = {"a": "Access", "b": "Trust", "c": "ACCESS"}
        before = {"a": None, "b": None, "c": "b"}
        assert tree.double(names, before, {"a": None, "b": None, "c": None}) == "ACCESS"

    def it_leaves_those_alone_that_did_not_move(self) -> None:
        names = {"a": "Access", "c": "Access"}
        assert tree.double(names, {"a": None, "c": None}, {"a": None, "c": None}) is None
