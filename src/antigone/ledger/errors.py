"""What can go wrong with the ledger, each as a sentence for the person at the terminal."""

from __future__ import annotations


class LedgerError(Exception):
    """Base of the ledger's errors; the text says what happened, what was kept safe and what to do."""

    @property
    def sentence(self) -> str:
        return str(self)


class NotRecorded(LedgerError):
    """`record` was called outside a `recorded` block, where it could outlive the change that it tells of."""


class UnknownAction(LedgerError):
    """An action that no room registered; such an entry could be neither read nor redacted."""


class KeyFault(LedgerError):
    """The ledger's key is missing, damaged, or readable by others."""


class RolledBack(LedgerError):
    """The database is behind a checkpoint signed over it: it was rolled back, or entries were removed."""


class TreeFault(LedgerError):
    """The database does not hold what its last checkpoint says; nothing is signed on top of it."""


class NoteFault(LedgerError):
    """A signed note or checkpoint that is malformed, or whose signature does not hold."""


class LedgerWarning(UserWarning):
    """A use of the ledger that works and should be mended; the test run treats it as an error."""
