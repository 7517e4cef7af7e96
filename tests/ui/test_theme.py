from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from qualcode.core.codebook import COLOURS
from qualcode.ui import theme
from qualcode.ui.theme import DARK, LIGHT, Tokens


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
class DescribeContrast:
    @pytest.mark.parametrize("ink", ["text", "secondary", "accent", "good", "attention"])
    @pytest.mark.parametrize("ground", ["surface", "background", "field", "wash"])
    def it_lets_all_text_be_read(self, tokens: Tokens, ink: str, ground: str) -> None:
        assert theme.contrast(QColor(getattr(tokens, ink)), QColor(getattr(tokens, ground))) >= 4.5

    def it_lets_the_selection_and_the_accent_be_read(self, tokens: Tokens) -> None:
        assert theme.contrast(QColor(tokens.text), QColor(tokens.selection)) >= 4.5
        assert theme.contrast(QColor(tokens.on_accent), QColor(tokens.accent)) >= 4.5

    def it_shows_every_code_colour_as_mark_and_as_text(self, qapp: QApplication, tokens: Tokens) -> None:
        theme.appearance.apply(qapp, "dark" if tokens.dark else "light", 1.0)
        for colour in COLOURS:
            assert theme.contrast(theme.visible(colour), QColor(tokens.surface)) >= 3
            assert theme.contrast(theme.readable(colour), QColor(tokens.surface)) >= 4.5
        theme.appearance.apply(qapp, "light", 1.0)


class DescribeTextScale:
    def it_moves_every_size(self, qapp: QApplication) -> None:
        theme.appearance.apply(qapp, "light", 2.0)
        assert (theme.px(13), theme.reading_font().pixelSize()) == (26, 30)
        assert qapp.font().pixelSize() == 26
        theme.appearance.apply(qapp, "light", 1.0)
        assert theme.px(13) == 13
