"""Passages worth coding, each with a score and a reason, for a person to take or refuse. Values in, values out.

Nothing heavy is imported here: spaCy and scikit-learn are loaded when the first passage is looked for.
"""

from qualcode.suggest.material import Coded, CodeEntry, Material, Pace, Refused
from qualcode.suggest.registry import GROUP, Suggester, Suggesters, suggest

__all__ = ["GROUP", "CodeEntry", "Coded", "Material", "Pace", "Refused", "Suggester", "Suggesters", "suggest"]
