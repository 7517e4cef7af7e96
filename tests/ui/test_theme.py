from __future__ import annotations

import math
from itertools import combinations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from qualcode.core.codebook import COLOURS
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.main_window import MainWindow
from qualcode.ui.tokens import APPEARANCES, STRONG_DARK, STRONG_LIGHT, Tokens
from qualcode.ui.widgets.headings import voice_colour


@pytest.mark.parametrize("tokens", APPEARANCES.values(), ids=APPEARANCES)
class DescribeContrast:
    @pytest.mark.parametrize("ink", ["text", "secondary", "accent", "good", "attention"])
    @pytest.mark.parametrize("ground", ["surface", "background", "field", "wash"])
    def it_lets_all_text_be_read(self, tokens: Tokens, ink: str, ground: str) -> None:
        assert theme.contrast(QColor(getattr(tokens, ink)), QColor(getattr(tokens, ground))) >= 4.5

    @pytest.mark.parametrize("ground", ["surface", "background", "field", "wash"])
    def it_shows_the_focus_and_what_is_chosen_on_every_ground(self, tokens: Tokens, ground: str) -> None:
        assert theme.contrast(QColor(tokens.accent), QColor(getattr(tokens, ground))) >= 3

    def it_shows_boxes_to_tick_and_the_arrows_of_lists(self, tokens: Tokens) -> None:
        assert theme.contrast(QColor(tokens.secondary), QColor(tokens.surface)) >= 3
        assert theme.contrast(QColor(tokens.text), QColor(tokens.field)) >= 3
        assert theme.contrast(QColor(tokens.on_accent), QColor(tokens.accent)) >= 3

    def it_lets_the_page_be_read(self, tokens: Tokens) -> None:
        assert theme.contrast(QColor(tokens.page_text), QColor(tokens.page)) >= 4.5

    def it_lets_the_selection_and_the_accent_be_read(self, tokens: Tokens) -> None:
        assert theme.contrast(QColor(tokens.text), QColor(tokens.selection)) >= 4.5
        assert theme.contrast(QColor(tokens.on_accent), QColor(tokens.accent)) >= 4.5

    def it_shows_every_code_colour_as_mark_and_as_text(self, qapp: QApplication, tokens: Tokens) -> None:
        name = next(name for name, known in APPEARANCES.items() if known is tokens)
        theme.appearance.apply(qapp, name, 1.0)
        for colour in COLOURS:
            assert theme.contrast(theme.visible(colour), QColor(tokens.surface)) >= 3
            assert theme.contrast(theme.readable(colour), QColor(tokens.surface)) >= 4.5
            for ground in (tokens.background, tokens.wash):
                assert theme.contrast(theme.readable(colour), QColor(ground)) >= 4.5
        theme.appearance.apply(qapp, "light", 1.0)

    def it_names_each_of_a_group_in_a_readable_colour_of_their_own(self, qapp: QApplication, tokens: Tokens) -> None:
        name = next(name for name, known in APPEARANCES.items() if known is tokens)
        theme.appearance.apply(qapp, name, 1.0)
        shades = [voice_colour(voice) for voice in range(7)]
        assert all(theme.contrast(shade, QColor(tokens.surface)) >= 4.5 for shade in shades)
        if name in ("light", "dark"):
            assert len({shade.name() for shade in shades}) == 7
        theme.appearance.apply(qapp, "light", 1.0)


@pytest.mark.parametrize("tokens", [STRONG_LIGHT, STRONG_DARK], ids=["light", "dark"])
class DescribeHighContrast:
    @pytest.mark.parametrize("ink", ["text", "secondary", "accent", "good", "attention", "edge"])
    @pytest.mark.parametrize("ground", ["surface", "background", "field"])
    def it_reaches_seven_to_one(self, tokens: Tokens, ink: str, ground: str) -> None:
        assert theme.contrast(QColor(getattr(tokens, ink)), QColor(getattr(tokens, ground))) >= 7

    def it_shows_lines_and_marks_at_more_than_three_to_one(self, tokens: Tokens) -> None:
        assert theme.contrast(QColor(tokens.line), QColor(tokens.surface)) >= 3
        assert tokens.mark >= 4.5


VISION = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes (2009), severity 1, over linear RGB."""


def seen(shade: QColor, vision: str) -> tuple[float, float, float]:
    """A colour in CIELAB (D65) as somebody with this vision sees it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    def curve(part: float) -> float:
        return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116

    light = [linear(part) for part in (shade.redF(), shade.greenF(), shade.blueF())]
    r, g, b = (min(1, max(0, sum(w * part for w, part in zip(row, light, strict=True)))) for row in VISION[vision])
    x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
    y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
    z = curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("vision", VISION)
class DescribeCodeColours:
    def it_keeps_any_two_apart_for_every_kind_of_colour_vision(
        self, qapp: QApplication, look: str, vision: str
    ) -> None:
        theme.appearance.apply(qapp, look, 1.0)
        shades = [seen(theme.visible(colour), vision) for colour in COLOURS]
        theme.appearance.apply(qapp, "light", 1.0)
        assert min(math.dist(one, other) for one, other in combinations(shades, 2)) >= 14


class DescribeTextScale:
    def it_moves_every_size(self, qapp: QApplication) -> None:
        theme.appearance.apply(qapp, "light", 2.0)
        assert (theme.px(13), theme.reading_font().pixelSize()) == (26, 30)
        assert qapp.font().pixelSize() == 26
        theme.appearance.apply(qapp, "light", 1.0)
        assert theme.px(13) == 13

    def it_moves_what_is_on_the_screen_already(self, qtbot: QtBot) -> None:
        fresh = MainWindow(Preferences())
        qtbot.addWidget(fresh)
        before = fresh.rail.width(), fresh.footer.layout().contentsMargins().left()
        try:
            fresh.looks.scale_to(200)
            assert (fresh.rail.width(), fresh.footer.layout().contentsMargins().left()) == tuple(2 * n for n in before)
            assert QApplication.font().pixelSize() == theme.px(13) == 26
        finally:
            fresh.looks.scale_to(100)
        assert (fresh.rail.width(), fresh.footer.layout().contentsMargins().left()) == before

    def it_has_an_arrow_on_every_list_to_choose_from(self, qapp: QApplication, qtbot: QtBot) -> None:
        for look in APPEARANCES:
            theme.appearance.apply(qapp, look, 2.0)
            found = QComboBox()
            qtbot.addWidget(found)
            found.resize(200, 60)
            picture = found.grab().toImage()
            ground = picture.pixelColor(60, 30)
            arrow = [x for x in range(150, 195) for y in range(15, 45) if picture.pixelColor(x, y) != ground]
            assert len(arrow) > 20, look
        theme.appearance.apply(qapp, "light", 1.0)
