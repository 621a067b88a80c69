"""Lines on standard error for whoever keeps the machine: where something failed, never what the records say."""

from __future__ import annotations

import logging
import os
import traceback
from types import TracebackType

Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Places(logging.Formatter):
    """Writes a failure as its kind and the lines it passed through; its message may quote a record, so it is not told.

    With ANTIGONE_DEBUG in the environment the whole of it is written, on a machine with practice data.
    """

    def formatException(self, failure: Failure) -> str:  # noqa: N802 (logging's own name)
        kind, _, trace = failure
        if os.environ.get("ANTIGONE_DEBUG") or kind is None:
            return super().formatException(failure)
        steps = traceback.extract_tb(trace)
        return f"{kind.__name__} at " + " > ".join(f"{os.path.basename(at.filename)}:{at.lineno}" for at in steps)
