"""Statements about a record: written, followed, withdrawn, read; nothing is overwritten."""

from antigone.description.checking import checked
from antigone.description.errors import BadStatement, Stale
from antigone.description.given import Certainty, Given, How
from antigone.description.reading import current, current_of, history
from antigone.description.statement import StatementBase, digest_of, one_current
from antigone.description.writing import withdraw, write, write_new

__all__ = [
    "BadStatement",
    "Certainty",
    "Given",
    "How",
    "Stale",
    "StatementBase",
    "checked",
    "current",
    "current_of",
    "digest_of",
    "history",
    "one_current",
    "withdraw",
    "write",
    "write_new",
]
