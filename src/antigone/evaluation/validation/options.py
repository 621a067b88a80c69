"""What a validation is asked to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from antigone.evaluation.degradation import LADDERS
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import Half
from antigone.evaluation.validation.criteria import Criterion

USUAL = ("clean", "fresh", "two-days")
ROUNDS = 500
MISSING = 10_000


@dataclass(frozen=True)
class Options:
    """What a validation is asked to do; paths are of this machine and appear in no report.

    `half` is whose searches are reported: the test half, on which nothing was fitted; None for everybody. Ratios are
    always fitted on one half and judged on the other. `by_stem` takes pictures named PERSON_anything, in whatever
    folders, in place of a folder per person. `missing` is the number of missing at which posteriors are looked at.
    """

    images: Path
    out: Path
    name: str = ""
    ladders: Sequence[str] = USUAL
    probes: int | None = None
    half: Half | None = "test"
    by_stem: bool = False
    aliases: Path | None = None
    cohorts: Path | None = None
    pairs: Path | None = None
    pipeline: str | None = None
    criteria: Sequence[Criterion] = ()
    missing: int = MISSING
    threads: int = 1
    seed: int = 20
    rounds: int = ROUNDS
    keep_work: bool = False

    def check(self) -> None:
        """Raise EvaluationError when a name is not known or a number makes no sense."""
        unknown = [ladder for ladder in self.ladders if ladder not in LADDERS]
        if unknown or not self.ladders:
            raise EvaluationError(
                f"There is no ladder {', '.join(unknown)!r}. Nothing was measured; choose among {', '.join(LADDERS)}."
            )
        astray = sorted({each.ladder for each in self.criteria} - set(self.ladders))
        if astray:
            raise EvaluationError(
                f"A criterion is for a ladder that is not measured: {', '.join(astray)}. Nothing was measured; "
                "name the ladder too, or leave the criterion out."
            )

    @property
    def data_name(self) -> str:
        return self.name or self.images.resolve().name

    def as_json(self) -> dict[str, object]:
        """The options that figures depend on, without paths."""
        return {
            "ladders": list(self.ladders),
            "probes": self.probes,
            "half": self.half or "all",
            "by_stem": self.by_stem,
            "aliases": self.aliases is not None,
            "cohorts": self.cohorts is not None,
            "pairs": self.pairs is not None,
            "criteria": [f"{each.ladder} {each.figure} {each}" for each in self.criteria],
            "missing": self.missing,
            "seed": self.seed,
            "rounds": self.rounds,
        }

    @property
    def command(self) -> str:
        """The command line, files and folders by their names alone; number of threads and work folder left out."""
        parts = ["antigone validate", f"--images {_quoted(self.images.name)}", "--out DIR"]
        parts += [f"--ladder {ladder}" for ladder in self.ladders] if tuple(self.ladders) != USUAL else []
        for option, given in (("name", self.name), ("probes", self.probes), ("pipeline", self.pipeline)):
            if given:
                parts.append(f"--{option} {_quoted(str(given))}")
        parts += [] if self.half == "test" else [f"--half {self.half or 'all'}"]
        parts += ["--by-stem"] if self.by_stem else []
        for option, file in (("aliases", self.aliases), ("cohorts", self.cohorts), ("pairs", self.pairs)):
            if file is not None:
                parts.append(f"--{option} {_quoted(file.name)}")
        for each in self.criteria:
            sign = "<=" if each.at_most else ">="
            parts.append(f"--criterion '{each.ladder} {each.figure} {sign} {each.value:g}'")
        if self.missing != MISSING:
            parts.append(f"--missing {self.missing}")
        return " ".join([*parts, f"--seed {self.seed}"])


def _quoted(text: str) -> str:
    plain = text and all(character.isalnum() or character in "-_." for character in text)
    return text if plain else "'" + text.replace("'", "'\\''") + "'"
