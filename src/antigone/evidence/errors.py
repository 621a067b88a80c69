"""What can be wrong with evidence, as sentences."""

from __future__ import annotations


class CalibrationRefused(Exception):
    """A calibration is not what it says, or not fit to be applied. The text says why; nothing was put in force."""
