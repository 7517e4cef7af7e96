"""The program is up at once: what only an open project needs is loaded when one is opened."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("sqlalchemy", "rapidfuzz", "spacy", "sklearn", "numpy", "docx", "openpyxl", "yaml")


class DescribeTheStart:
    def it_loads_nothing_of_a_project_before_the_first_page_is_up(self) -> None:
        script = (
            "import sys\nfrom qualcode.ui.app import started\napp, window = started()\n"
            f"print(window.isVisible(), [name for name in {HEAVY} if name in sys.modules])"
        )
        ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
        assert ended.stdout.strip() == "True []"
