"""Work in a process of its own: what it returns, what it refuses, and that nothing of it is left behind."""

from __future__ import annotations

import multiprocessing
import operator
import os
import time
from functools import partial
from pathlib import Path

import pytest

from qualcode.apart import Apart, BrokenOff
from qualcode.core.values import Role
from qualcode.errors import Cancelled, UnreadableFile
from qualcode.importing import Rules
from qualcode.intake import understand

TALK = "\n\n".join(("I: How long did you wait?", "R: Months.", "I: And then?", "R: Nobody rang.", "I: Why?", "R: Oh."))


def never() -> bool:
    return False


class DescribeWorkApart:
    def it_understands_a_file_as_it_would_be_understood_here(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_text(TALK, encoding="utf-8")
        wanted = partial(understand, path, Rules(roles={"R": Role.PARTICIPANT}), "")
        with Apart() as apart:
            assert apart.call(wanted, cancelled=never) == wanted()

    def it_brings_a_refusal_home_with_its_file_and_reason_and_goes_on(self, tmp_path: Path) -> None:
        path = tmp_path / "nothing.txt"
        path.touch()
        with Apart() as apart:
            with pytest.raises(UnreadableFile) as refused:
                apart.call(partial(understand, path, Rules()), cancelled=never)
            assert (refused.value.path, refused.value.reason) == (path, "it is empty.")
            assert apart.call(partial(operator.add, 2, 3), cancelled=never) == 5

    def it_stops_in_the_middle_of_anything_when_told(self) -> None:
        began = time.monotonic()
        with Apart() as apart:
            with pytest.raises(Cancelled):
                apart.call(partial(time.sleep, 600), cancelled=lambda: True)
            assert not multiprocessing.active_children()
            assert time.monotonic() - began < 60

    def it_outlives_a_library_that_falls_over(self) -> None:
        with Apart() as apart:
            with pytest.raises(BrokenOff):
                apart.call(partial(os._exit, 3), cancelled=never)
            assert apart.call(partial(operator.add, 2, 3), cancelled=never) == 5

    def it_says_loudly_what_is_a_fault_of_ours(self) -> None:
        with Apart() as apart, pytest.raises(RuntimeError, match="ZeroDivisionError"):
            apart.call(partial(operator.floordiv, 1, 0), cancelled=never)

    def it_leaves_no_process_behind(self) -> None:
        with Apart() as apart:
            apart.call(partial(operator.add, 2, 3), cancelled=never)
            assert len(multiprocessing.active_children()) == 1
        assert not multiprocessing.active_children()
