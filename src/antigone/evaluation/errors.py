"""What can go wrong with an evaluation, as sentences."""

from __future__ import annotations


class EvaluationError(Exception):
    """The evaluation cannot be run as asked; the text says why and what to do. No file was changed."""
