"""What the menus offer and what keys do, declared once; :mod:`qualcode.ui.keys` gives them what the user chose."""

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


@dataclass(frozen=True, slots=True)
class Key:
    """Something that keys do in a stage. ``act`` is unique in it."""

    act: str
    words: str
    keys: str


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
        Action("&High contrast", "show_contrast", needs_project=False),
        Action("High contrast, dar&k", "show_dark_contrast", needs_project=False),
        Action("As the s&ystem", "show_as_system", needs_project=False),
        Action("Larger &text", "larger_text", "Ctrl++", needs_project=False, separated=True),
        Action("&Smaller text", "smaller_text", "Ctrl+-", needs_project=False),
        Action("Text at 1&00 %", "normal_text", "Ctrl+0", needs_project=False),
        Action("&Next pane", "next_pane", "F6", separated=True),
        Action("&Previous pane", "previous_pane", "Shift+F6"),
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

STAGE_KEYS: dict[str, tuple[Key, ...]] = {
    "familiarise": (
        Key("previous", "Previous interview", "Ctrl+PgUp"),
        Key("next", "Next interview", "Ctrl+PgDown"),
        Key("unread", "Next unread interview", "Ctrl+U"),
        Key("read", "Mark the interview as read", "Ctrl+D"),
        Key("mark", "Mark as important, without a code", "Ctrl+M"),
        Key("note", "Note in the margin", "Ctrl+Shift+M"),
        Key("words", "Words in context", "Ctrl+F"),
        Key("terms", "Frequent terms", "Ctrl+T"),
        Key("beside", "Two transcripts side by side", "F8"),
    ),
    "code": (
        Key("ask", "Code the selection: open the palette", "Ctrl+K"),
        Key("in_vivo", "Code in vivo", "Ctrl+I"),
        Key("repeat", "Repeat the last code", "Ctrl+R"),
        Key("new", "New code", "Ctrl+Shift+N"),
        Key("previous", "Previous interview", "Ctrl+PgUp"),
        Key("next", "Next interview", "Ctrl+PgDown"),
        Key("suggest", "Suggest passages", "Ctrl+J"),
        Key("anonymised", "Show anonymised", "Ctrl+Shift+A"),
        Key("find", "Find words in all transcripts", "Ctrl+F"),
        Key("retrieve", "Find segments by their coding", "Ctrl+Shift+F"),
        Key("sentence", "Code the sentence the cursor stands in", "Ctrl+Return"),
        Key("turn", "Code the turn the cursor stands in", "Ctrl+Shift+Return"),
        Key("uncoded", "Next passage that is not coded", "Ctrl+U"),
        Key("filter", "Show only some codes", "Ctrl+Shift+H"),
        Key("recode", "Change the code of the chosen segment", "F2"),
        Key("copy", "Copy the chosen segment to another code", "Ctrl+Shift+K"),
        Key("split", "Split the chosen segment at the cursor", "Ctrl+B"),
        Key("join", "Join the chosen segment with the next of its code", "Ctrl+L"),
        Key("memo", "Memo on the chosen segment", "Ctrl+M"),
    ),
    "themes": (
        Key("move", "Move the chosen codes to a theme", "Ctrl+M"),
        Key("new", "New theme", "Ctrl+Shift+N"),
    ),
    "report": (Key("new", "New finding", "Ctrl+Shift+N"),),
}
"""Keys of each stage beside the menus', for the user to change."""

FIXED_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "prepare": (
        ("Import the files shown", "Ctrl+Return"),
        ("Previous or next file", "Ctrl+PgUp, Ctrl+PgDown"),
        ("Copy, paste a block of cells", "Ctrl+C, Ctrl+V"),
    ),
    "familiarise": (
        ("Mark as important, without a code", "M"),
        ("Note in the margin", "N"),
        ("Next unread interview", "U"),
        ("Remove the mark or note", "Delete"),
        ("Keep, or abandon, what is typed in the margin", "Ctrl+Return, Escape"),
        ("Open an interview beside", "Shift+Return"),
    ),
    "code": (
        ("Code the selection: open the palette", "Return, or any letter"),
        ("Code with a favourite", "1 to 9"),
        ("Repeat the last code", "."),
        ("Uncode the chosen segment", "Delete"),
        ("Choose the next or previous segment, none", "Ctrl+Down, Ctrl+Up, Escape"),
        ("Move the end of the chosen segment", "Shift+Right, Shift+Left"),
        ("Move the start of the chosen segment", "Alt+Left, Alt+Right"),
        ("Weight of the chosen segment", "Alt+0 to Alt+3"),
        ("Make the code in the palette a favourite, or none", "Alt+1 to Alt+9, Alt+0"),
        ("Take, recode, refuse a suggestion", "A, C, X"),
        ("Open a place that was found; tick it, or fold an interview", "Return; Space"),
        ("Rename, recolour, merge, delete a code", "F2, menu key, Delete"),
    ),
    "themes": (
        ("Move a theme or code up, down", "Alt+Up, Alt+Down"),
        ("Rename", "F2"),
        ("Delete the theme", "Delete"),
    ),
    "compare": (
        ("Open what is behind a cell", "Return"),
        ("Write the summary of a cell", "F2"),
        ("Open or close a theme", "Space"),
    ),
    "report": (
        ("Bold, italic", "Ctrl+B, Ctrl+I"),
        ("Carries the finding, speaks against it", "+, -"),
        ("Quote the passage", "Q"),
        ("Cut, replace, trim, bring back words of a quote", "Delete, R, K, P"),
        ("Move a finding or quote up, down", "Alt+Up, Alt+Down"),
    ),
}
"""Keys that a list or a text reads by itself while it has the focus, to be looked up."""
