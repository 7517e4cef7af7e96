"""Regular expressions over many texts, in a process of their own.

Python matches an expression in one go and lets nothing else run meanwhile, so that one that runs away would take the
window with it. A process can be ended at any moment.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from qualcode.apart import Apart, BrokenOff
from qualcode.core.values import Span
from qualcode.errors import UserError

FLAGS = re.IGNORECASE | re.MULTILINE
PATIENCE = 10.0
"""Seconds that an expression may take over one transcript."""

Stretches = tuple[str, Sequence[Span]]
"""A text and the stretches of it to look through, each for itself."""

_TOO_LONG = (
    "This regular expression takes too long. Make it simpler: a repetition within a repetition, as in (a+)+, is the "
    "usual reason."
)


def checked(asked: str) -> str:
    """The expression as typed. Raises UserError with what is wrong about it and where."""
    try:
        re.compile(asked, FLAGS)
    except re.error as error:
        at = "" if error.pos is None else f" at character {error.pos + 1}"
        raise UserError(f"This is not a regular expression yet: {error.msg}{at}.") from error
    except (OverflowError, RecursionError) as error:
        raise UserError("This regular expression is too large. Make it shorter.") from error
    return asked


def matches(
    asked: str, texts: Iterable[Stretches], go_on: Callable[[], object], patience: float = PATIENCE
) -> Iterator[list[Span]]:
    """For each text, in order, where the expression matches; capitals left aside, ``^`` and ``$`` are ends of lines.

    Matches lie within one stretch, do not overlap, and hold a code point at least. ``go_on`` is asked all the time
    and stops the search by raising. Raises UserError for a faulty expression, or one that takes longer than
    ``patience`` (seconds) over one text.
    """
    checked(asked)
    with Apart() as process:
        process.call(bool, cancelled=partial(_goes_on, go_on, float("inf")))
        for text, stretches in texts:
            work = partial(matching, asked, text, [(s.start, s.end) for s in stretches])
            try:
                found = process.call(work, cancelled=partial(_goes_on, go_on, time.monotonic() + patience))
            except BrokenOff as error:
                raise UserError(_TOO_LONG) from error
            yield [Span(start, end) for start, end in found]


def matching(asked: str, text: str, stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the expression matches in one text, as starts and ends that can cross to another process."""
    pattern = re.compile(asked, FLAGS)
    return [
        (begin + match.start(), begin + match.end())
        for begin, end in stretches
        for match in pattern.finditer(text[begin:end])
        if match.end() > match.start()
    ]


def _goes_on(go_on: Callable[[], object], until: float) -> bool:
    """Never says that work shall stop but by raising."""
    go_on()
    if time.monotonic() > until:
        raise UserError(_TOO_LONG)
    return False
