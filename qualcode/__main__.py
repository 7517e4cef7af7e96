"""``python -m qualcode`` is the command ``qualcode``."""

from __future__ import annotations

import sys

from qualcode.cli import main

sys.exit(main())
