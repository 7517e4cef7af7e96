"""What the menus offer, declared once: words, keys and the window's method that does it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """``words`` as the menu says them, ``keys`` as Qt reads them; ``act`` names a method of the window.

    ``needs_project``: only while a project is open. ``separated``: a line stands above it.
    """

    words: str
    act: str
    keys: str = ""
    needs_project: bool = True
    separated: bool = False


MENUS: dict[str, tuple[Action, ...]] = {
    "&File": (
        Action("&New project…", "new_project", "Ctrl+N", needs_project=False),
        Action("&Open…", "choose_project", "Ctrl+O", needs_project=False),
        Action("Open &sample project", "open_sample", needs_project=False),
        Action("Save a &copy…", "save_copy", "Ctrl+Shift+S", separated=True),
        Action("&Import transcripts…", "import_transcripts", "Ctrl+Shift+I"),
        Action("Export &Word report…", "export_report", "Ctrl+E", separated=True),
        Action("Export framework &matrix…", "export_matrix"),
        Action("C&lose project", "close_project", "Ctrl+W", separated=True),
        Action("&Quit", "close", "Ctrl+Q", needs_project=False),
    ),
    "&Edit": (
        Action("&Undo", "undo", "Ctrl+Z"),
        Action("&Redo", "redo", "Ctrl+Shift+Z"),
    ),
    "&View": (
        Action("&Light", "show_light", needs_project=False),
        Action("&Dark", "show_dark", needs_project=False),
        Action("As the &system", "show_as_system", needs_project=False),
        Action("Larger &text", "larger_text", "Ctrl++", needs_project=False, separated=True),
        Action("&Smaller text", "smaller_text", "Ctrl+-", needs_project=False),
        Action("Text at &100 %", "normal_text", "Ctrl+0", needs_project=False),
        Action("&Next pane", "next_pane", "F6", separated=True),
    ),
    "&Go": (
        Action("&Prepare", "go_prepare", "Ctrl+1"),
        Action("&Familiarise", "go_familiarise", "Ctrl+2"),
        Action("&Code", "go_code", "Ctrl+3"),
        Action("&Themes", "go_themes", "Ctrl+4"),
        Action("C&ompare", "go_compare", "Ctrl+5"),
        Action("&Report", "go_report", "Ctrl+6"),
    ),
    "&Help": (
        Action("&Keyboard shortcuts", "show_shortcuts", "F1", needs_project=False),
        Action("&About QualCode", "show_about", needs_project=False),
    ),
}
