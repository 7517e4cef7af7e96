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
    """Something that keys do in a stage. ``act`` is unique in it.

    ``within`` is the part of the stage that must have the focus, as people call it; empty for the whole stage.
    ``read_by`` names the widgets that read these very keys themselves, or hold what does:
    :mod:`qualcode.ui.list_keys` gives them these when others were chosen and pressed.
    """

    act: str
    words: str
    keys: str
    within: str = ""
    read_by: tuple[str, ...] = ()


def _read_by(within: str, widgets: str, *acts: tuple[str, str, str]) -> tuple[Key, ...]:
    """Keys (act, words, keys) that a list or text reads by itself; ``widgets`` are its classes."""
    return tuple(Key(act, words, keys, within, tuple(widgets.split())) for act, words, keys in acts)


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
        Action("Show &anonymised", "switch_mask", "Ctrl+Shift+A", separated=True),
        Action("&Next pane", "next_pane", "F6", separated=True),
        Action("&Previous pane", "previous_pane", "Shift+F6"),
        Action("Fold or open the l&eft pane", "fold_left", "F9"),
        Action("Fold or open the ri&ght pane", "fold_right", "Shift+F9"),
        Action("&Widen this pane", "widen_pane", "Ctrl+F9"),
        Action("Na&rrow this pane", "narrow_pane", "Ctrl+Shift+F9"),
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
    "prepare": (
        *_read_by(
            "Import",
            "ImportBench",
            ("import", "Import the files shown", "Ctrl+Return"),
            ("previous_file", "Previous file", "Ctrl+PgUp"),
            ("next_file", "Next file", "Ctrl+PgDown"),
        ),
        *_read_by("Files to import", "FileList", ("leave_out", "Leave the chosen files out", "Del")),
        *_read_by(
            "Paragraphs of a file",
            "SourceList",
            ("begins", "A turn begins here: choose the speaker", "B"),
            ("goes_on", "It goes on with what stands above", "C"),
            ("left_out", "It is no speech: leave it out", "L"),
        ),
        *_read_by(
            "What may identify",
            "DecisionGrid",
            ("replace", "Replace it everywhere", "R"),
            ("harmless", "It is no identifier", "H"),
            ("places", "Decide place by place", "P"),
            ("kind", "Change its kind", "K"),
            ("spellings", "The spellings it spreads to", "S"),
            ("words", "Edit what replaces it", "E"),
        ),
        *_read_by(
            "Places of an identifier",
            "PlacesList",
            ("leave", "Leave it as it is here", "H"),
            ("whom", "Say whom it means here", "I"),
            ("take_back", "Take back what was said of this place", "R"),
        ),
        *_read_by(
            "Tables",
            "Grid",
            ("remove", "Delete the rows, or empty the cells", "Del"),
            ("up", "Move the row up", "Alt+Up"),
            ("down", "Move the row down", "Alt+Down"),
        ),
    ),
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
        *_read_by(
            "Transcript",
            "ReadingView",
            ("mark_here", "Mark as important, without a code", "M"),
            ("note_here", "Note in the margin", "N"),
            ("unread_here", "Next unread interview", "U"),
            ("remove_here", "Remove the mark or note", "Del"),
        ),
        *_read_by("Interviews", "ReadingList", ("open_beside", "Open the interview beside", "Shift+Return")),
        *_read_by(
            "Notes",
            "ReadingNotes",
            ("edit_note", "Change the note", "F2"),
            ("remove_note", "Remove the mark or note", "Del"),
        ),
        *_read_by("Frequent terms", "Terms", ("leave_word_out", "Leave the word out, or count it again", "Del")),
    ),
    "code": (
        Key("ask", "Code the selection: open the palette", "Ctrl+K"),
        Key("in_vivo", "Code in vivo", "Ctrl+I"),
        Key("repeat", "Repeat the last code", "Ctrl+R"),
        Key("new", "New code", "Ctrl+Shift+N"),
        Key("previous", "Previous interview", "Ctrl+PgUp"),
        Key("next", "Next interview", "Ctrl+PgDown"),
        Key("suggest", "Suggest passages", "Ctrl+J"),
        Key("find", "Find words in all transcripts", "Ctrl+F"),
        Key("retrieve", "Find segments by their coding", "Ctrl+Shift+F"),
        Key("uncoded", "Next passage that is not coded", "Ctrl+U"),
        Key("filter", "Show only some codes", "Ctrl+Shift+H"),
        Key("sentence", "Code the sentence the cursor stands in", "Ctrl+Return", "Transcript"),
        Key("turn", "Code the turn the cursor stands in", "Ctrl+Shift+Return", "Transcript"),
        Key("recode", "Change the code of the chosen segment", "F2", "Transcript"),
        Key("copy", "Copy the chosen segment to another code", "Ctrl+Shift+K", "Transcript"),
        Key("split", "Split the chosen segment at the cursor", "Ctrl+B", "Transcript"),
        Key("join", "Join the chosen segment with the next of its code", "Ctrl+L", "Transcript"),
        Key("memo", "Memo on the chosen segment", "Ctrl+M", "Transcript"),
        Key("uncode", "Uncode the chosen segment", "Del", "Transcript"),
        *(Key(f"weight_{n}", f"Weight {n} for the chosen segment", f"Alt+{n}", "Transcript") for n in (1, 2, 3)),
        Key("weight_0", "No weight for the chosen segment", "Alt+0", "Transcript"),
        *_read_by(
            "Transcript",
            "CodingView",
            ("repeat_here", "Repeat the last code at once", "."),
            *((f"favourite_{n}", f"Code with favourite {n}", str(n)) for n in range(1, 10)),
            ("next_segment", "Choose the next segment", "Ctrl+Down"),
            ("previous_segment", "Choose the previous segment", "Ctrl+Up"),
            ("end_on", "Move the end of the chosen segment on", "Shift+Right"),
            ("end_back", "Move the end of the chosen segment back", "Shift+Left"),
            ("start_back", "Move the start of the chosen segment back", "Alt+Left"),
            ("start_on", "Move the start of the chosen segment on", "Alt+Right"),
        ),
        *_read_by(
            "Suggestions",
            "SuggestionList",
            ("take", "Take the suggestion", "A"),
            ("take_otherwise", "Take it with another code", "C"),
            ("refuse", "Refuse the suggestion", "X"),
        ),
        *_read_by(
            "Codebook",
            "CodeTree",
            ("rename", "Rename the code or theme", "F2"),
            ("page", "Open the page of the code", "F4"),
            ("delete", "Delete the codes", "Del"),
            ("up", "Move the codes up", "Alt+Up"),
            ("down", "Move the codes down", "Alt+Down"),
            ("nest", "Put the codes under the one before them", "Alt+Right"),
            ("lift", "Move the codes out of the one they lie under", "Alt+Left"),
        ),
        *_read_by("Codes that may be one", "PairList", ("apart", "Say that they are two", "Del")),
    ),
    "themes": (
        Key("move", "Move the chosen codes to a theme", "Ctrl+M"),
        Key("new", "New theme", "Ctrl+Shift+N"),
        *_read_by(
            "Framework",
            "ThemeBoard",
            ("up", "Move a theme or code up", "Alt+Up"),
            ("down", "Move a theme or code down", "Alt+Down"),
            ("nest", "Put a theme or code under the one before it", "Alt+Right"),
            ("lift", "Move a theme or code out of the one it lies under", "Alt+Left"),
            ("rename", "Rename", "F2"),
            ("delete", "Delete the theme", "Del"),
        ),
        *_read_by(
            "Second look",
            "SecondLook",
            ("fits", "The segment still fits", "F"),
            ("recode", "Give it another code", "R"),
            ("uncode", "Uncode it", "U"),
        ),
    ),
    "compare": (*_read_by("Matrix", "MatrixView", ("write", "Write the summary of a cell", "F2")),),
    "report": (
        Key("new", "New finding", "Ctrl+Shift+N"),
        Key("comment", "Comment for colleagues", "Ctrl+Alt+M"),
        *_read_by("Text", "ReportField", ("bold", "Bold", "Ctrl+B"), ("italic", "Italic", "Ctrl+I")),
        *_read_by(
            "Findings",
            "FindingCard QuoteCard ReportOutline",
            ("up", "Move a finding or quote up", "Alt+Up"),
            ("down", "Move a finding or quote down", "Alt+Down"),
        ),
        *_read_by(
            "Findings",
            "QuoteCard ReportOutline",
            ("delete", "Delete the finding, or take the quote off", "Del"),
        ),
        *_read_by(
            "Evidence",
            "EvidenceTree",
            ("carries", "It carries the finding", "+"),
            ("against", "It speaks against the finding", "-"),
            ("quote", "Quote the passage", "Q"),
            ("off", "Take it off the finding", "Del"),
        ),
        *_read_by(
            "Quote",
            "QuoteWords",
            ("cut", "Cut the words", "Del"),
            ("describe", "Replace the words by a description", "R"),
            ("trim", "Keep only the words", "K"),
            ("put_back", "Put the words back", "P"),
        ),
    ),
}
"""Keys of each stage beside the menus', for the user to change."""


def declared_keys() -> dict[str, str]:
    """The keys of every act that can be given others, by its whole name: ``undo``, ``code.find``."""
    menus = {entry.act: entry.keys for entries in MENUS.values() for entry in entries}
    return menus | {f"{stage}.{key.act}": key.keys for stage, keys in STAGE_KEYS.items() for key in keys}


FIXED_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "prepare": (
        ("Copy, paste a block of cells", "Ctrl+C, Ctrl+V"),
        ("Change the cell, or what is chosen", "Return, F2"),
    ),
    "familiarise": (
        ("Turn the page, or turn back", "Space, Shift+Space"),
        ("Keep, or abandon, what is typed in the margin", "Ctrl+Return, Escape"),
        ("Look at the place or note that is chosen; go there", "Up, Down; Return"),
    ),
    "code": (
        ("Code the selection: open the palette", "Return, or any letter"),
        ("New code of what was typed in the palette", "Shift+Return"),
        ("Make the code in the palette a favourite, or none", "Alt+1 to Alt+9, Alt+0"),
        ("Choose no segment", "Escape"),
        ("Keep the memo on a segment, or leave it as it was", "Ctrl+Return, Escape"),
        ("Open a place that was found; tick it, or fold an interview", "Return; Space"),
        ("All that can be done with a passage or code", "Menu key, Shift+F10"),
    ),
    "themes": (("Open what is behind a theme or code; fold it", "Return; Space"),),
    "compare": (("Open what is behind a cell; open or close a theme", "Return; Space"),),
    "report": (
        ("Open the line or quote", "Return"),
        ("Show the quote in its transcript", "Ctrl+Return"),
        ("Begin a footnote", "Ctrl+Alt+F"),
        ("Say what is typed as a comment, or leave it unsaid", "Ctrl+Return, Escape"),
    ),
}
"""Keys that are the same in every list and text, to be looked up."""
