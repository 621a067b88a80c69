"""Templates of finished steps, kept while a validation runs, so that one that was stopped goes on where it was.

They are biometric data of the people on the photographs: the folder is open to its owner alone and is removed at the
end. Each piece is kept under a digest of everything that it depends on; a changed input is another piece.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evaluation.errors import EvaluationError

FOLDER = "work"
SUFFIX = ".npz"

Piece = Mapping[str, npt.NDArray[Any]]


class Work:
    """The folder of pieces below `out`. Raises EvaluationError when it is not a folder of one's own."""

    def __init__(self, out: Path) -> None:
        self.folder = out / FOLDER
        if self.folder.is_symlink():
            raise EvaluationError("The folder for unfinished work is a link. Nothing was measured; give another --out.")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.reused = 0

    def kept(self, depends: Mapping[str, Any], make: Callable[[], Piece]) -> Piece:
        """The piece that depends on `depends` (fit for JSON): the one kept, or else the one that `make` gives."""
        text = json.dumps(depends, sort_keys=True, separators=(",", ":"))
        file = self.folder / (hashlib.sha256(text.encode()).hexdigest() + SUFFIX)
        found = _read(file)
        if found is not None:
            self.reused += 1
            return found
        made = make()
        unfinished = file.with_suffix(".part")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            np.savez(out, allow_pickle=False, **made)
        unfinished.replace(file)
        return made

    def remove(self) -> None:
        """Remove every piece and the folder; what somebody else put there stays."""
        for file in self.folder.iterdir():
            if file.suffix in (SUFFIX, ".part"):
                file.unlink()
        if not any(self.folder.iterdir()):
            self.folder.rmdir()


def _read(file: Path) -> Piece | None:
    """The piece in `file`; None where there is none, or only part of one."""
    try:
        with np.load(file, allow_pickle=False) as found:
            return {name: found[name] for name in found.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None
