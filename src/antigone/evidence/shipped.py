"""Calibrations that come with the package, read from `shipped/*.json`; a damaged one is a damaged installation."""

from __future__ import annotations

from functools import cache
from importlib import resources

from antigone.evidence.calibration import Calibration
from antigone.evidence.calibration_file import read

FOLDER = "shipped"


@cache
def shipped() -> tuple[Calibration, ...]:
    """Every calibration that ships, by the name of its file. Raises CalibrationRefused when one was altered."""
    folder = resources.files(__package__).joinpath(FOLDER)
    if not folder.is_dir():
        return ()
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".json")), key=lambda each: each.name)
    return tuple(read(file.read_bytes()) for file in files)
