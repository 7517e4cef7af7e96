from __future__ import annotations

from sqlalchemy import JSON, Text

from qualcode.core import masking
from qualcode.core.schema import Base

OURS = {
    ("project", "language"),
    ("project", "stage"),
    ("setting", "key"),
    ("attribute", "kind"),
    ("speaker", "role"),
    ("code", "colour"),
    ("framework_version", "stage"),
    ("finding_segment", "stance"),
    ("memo", "kind"),
    ("quote", "placement"),
    ("report", "shape"),
    ("report_text", "section"),
    ("comment", "section"),
}
"""Columns of words that are the program's own."""


class DescribeWhatIsMasked:
    def it_forgets_no_column_that_can_hold_words(self) -> None:
        told = {(table, column) for table, (_, columns) in masking.MASKED.items() for column in columns}
        told |= set(masking.TREES) | OURS
        for columns in (masking.MOVED, masking.NUMBERED, masking.EMPTIED):
            told |= {(table, column) for table, named in columns.items() for column in named}
        wordy = {
            (table.name, column.name)
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if isinstance(column.type, Text | JSON) and table.name not in masking.REMOVED
        }
        assert told == wordy
