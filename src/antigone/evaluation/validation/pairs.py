"""Pairs of a file, one to one: the figures that are compared with other people's reports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.protocols import Pair, read_pairs
from antigone.evaluation.templates import Templates
from antigone.evaluation.validation.data import Data
from antigone.evaluation.validation.eyes import WAYS, Eyes, Say
from antigone.evaluation.validation.gather import portraits
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.work import Work
from antigone.evaluation.verification import verify_pairs


def compared(eyes: Eyes, data: Data, options: Options, work: Work, say: Say) -> dict[str, Any] | None:
    """The figures of the pairs of `options.pairs` by way of working; None where no file was given.

    Both pictures are read as portraits are, without a ladder. Only pairs of people of the half that is reported.
    """
    if options.pairs is None:
        return None
    names = {filed.person: photo.person for filed, photo in zip(data.as_filed, data.photographs, strict=True)}
    pairs = [_merged(pair, names) for pair in read_pairs(options.pairs, data.as_filed)]
    if options.half is not None:
        pairs = [pair for pair in pairs if {half(person) for person in pair.people} == {options.half}]
    wanted = {key for pair in pairs for key in (pair.first, pair.second)}
    photos = [photo for photo in data.photographs if photo.key in wanted]
    found: dict[str, Any] = {}
    for way in WAYS:
        seen = portraits(eyes, data, way, photos, work, say)
        failures = tuple((photo.key, why) for photo, why in zip(photos, seen.why, strict=True) if why)
        templates = Templates(
            tuple(photos), seen.probes.vectors, seen.probes.acquired, failures, 0, data.digest, eyes.contract(way)
        )
        try:
            found[way] = verify_pairs(templates, pairs, options.seed, options.rounds).figures
        except (EvaluationError, ValueError) as refused:
            return {"refused": str(refused)}
    return found


def _merged(pair: Pair, names: dict[str, str]) -> Pair:
    return replace(pair, people=(names[pair.people[0]], names[pair.people[1]]))
