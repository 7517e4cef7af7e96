"""QualCode: from interview transcripts to a finished, anonymised insight report."""

__version__ = "0.1.0"
