"""The language pipeline: tokens and sentences always, names, lemmas and vectors where one is installed.

spaCy is imported here and only when first asked for, because its start costs most of a second.
"""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import UserError

if TYPE_CHECKING:
    from spacy.language import Language

_FAMILY = "en_core_web_"
_SIZES = ("md", "sm", "lg")
_NOT_NEEDED = ("parser", "senter")
_HEAVY = ("torch", "tensorflow", "mxnet")

log = logging.getLogger(__name__)


def load_pipeline(name: str | Path | None = None) -> Language:
    """A spaCy pipeline that sets sentence boundaries by rule.

    ``name`` is an installed package or a folder. Without it: the installed ``en_core_web_*`` (the medium one first,
    as it has vectors and stays small; the transformer one never, as it needs torch), else blank English. An
    installed pipeline that does not load is passed over with a log entry. Offsets of its tokens are code points.

    Raises :class:`UserError` when a pipeline asked for by name cannot be loaded.
    """
    with _without(_HEAVY):
        spacy = importlib.import_module("spacy")
        if name is not None:
            return _loaded(name)
        for candidate in _preferred(spacy.util.get_installed_models()):
            try:
                return _loaded(candidate)
            except UserError as error:
                log.info("%s", error)
        return _with_sentences(spacy.blank("en"))


def _preferred(installed: list[str]) -> list[str]:
    return [_FAMILY + size for size in _SIZES if _FAMILY + size in installed]


def _loaded(name: str | Path) -> Language:
    import spacy

    try:
        nlp = spacy.load(name, exclude=_NOT_NEEDED)
    except (OSError, ValueError, ImportError) as error:
        raise UserError(
            f"{name}: this language pipeline cannot be loaded; install it again for spaCy {version('spacy')}."
        ) from error
    return _with_sentences(nlp)


def _with_sentences(nlp: Language) -> Language:
    if "sentencizer" not in nlp.pipe_names:
        nlp.add_pipe("sentencizer", first=True)
    return nlp


@contextmanager
def _without(modules: tuple[str, ...]) -> Iterator[None]:
    """Hide modules that thinc imports when it finds them, though nothing here uses them: 4 s and 400 MB for torch."""
    hidden = [m for m in modules if m not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for module in hidden:
            del sys.modules[module]
