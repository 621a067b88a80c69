"""`antigone bench recognition`: how well a recogniser compares the photographs of a folder, as one report."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from antigone.evaluation import plots
from antigone.evaluation.bootstrap import LEVEL, ROUNDS
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.identification import identify
from antigone.evaluation.metrics import DetCurve, Floats
from antigone.evaluation.protocols import Pair, Photograph, photographs, read_aliases, read_pairs
from antigone.evaluation.report import CAUTION, write_report
from antigone.evaluation.surroundings import machine, software, today
from antigone.evaluation.templates import Progress, Templates, encode
from antigone.evaluation.verification import verify_all, verify_pairs
from antigone.faces import FaceEngine, ModelCard, ModelStore
from antigone.faces.models import DEFAULTS

STRANGER_SHARE = 0.26
"""As in the published figures that docs/evaluation.md compares with: 1,500 of LFW's 5,749 people."""
DRAWS = 8


@dataclass
class _Curves:
    pairs: dict[str, DetCurve] = field(default_factory=dict)
    every: dict[str, DetCurve] = field(default_factory=dict)
    cumulative: dict[str, Floats] = field(default_factory=dict)


def run_recognition(
    images: Path,
    pairs: Path | None = None,
    identification: bool = False,
    out: Path | None = None,
    model: str | Sequence[str] = "sface-2021dec",
    threads: int = 1,
    seed: int = 20,
    progress: Progress | None = None,
    *,
    stranger_share: float = STRANGER_SHARE,
    draws: int = DRAWS,
    aliases: Path | None = None,
    rounds: int = ROUNDS,
    store: ModelStore | None = None,
) -> dict[str, Any]:
    """Measure one or several recognisers on the photographs below `images`; a report fit for JSON.

    With `pairs`, one-to-one comparison by that file; with `identification`, one-to-many search with a share
    of the people held out as strangers; every photograph against every other in any case. With `aliases`, a
    file of people whom the set files under two names, the last two are given as filed and corrected. With
    `out`, writes `out`.json, `out`.md and, where matplotlib is there, the plots beside them. Every figure
    repeats with its seed. Raises EvaluationError when folder or file do not allow the protocol, and
    ModelError when a model cannot be used.
    """
    if out is not None:
        out = out.with_suffix("") if out.suffix in {".md", ".json"} else out
        if not out.absolute().parent.is_dir():
            raise EvaluationError("The folder for the report does not exist. Nothing was measured; make it first.")
    photos = photographs(images)
    chosen = read_pairs(pairs, photos) if pairs is not None else None
    two_names = read_aliases(aliases) if aliases is not None else {}
    models = [model] if isinstance(model, str) else list(model)
    curves = _Curves()
    store = store or ModelStore.default()
    cards: dict[str, dict[str, Any]] = {}
    results = []
    digest = ""
    for name in models:
        engine = FaceEngine(store, recogniser=name, threads=threads, evaluation=True)
        for used in (engine.options.detector, name):
            cards[used] = _card(store.card(used))
        templates = encode(engine, photos, progress)
        digest = templates.photographs_digest
        figures: dict[str, Any] = {"model": name, **_provenance(templates), **_acquisition(templates)}
        if chosen is not None:
            verified = verify_pairs(templates, chosen, seed, rounds)
            figures["pairs"], curves.pairs[name] = verified.figures, verified.curve
        sets = {"as_filed": templates}
        if two_names:
            sets["corrected"] = templates.merged(two_names)
        for kind, taken in sets.items():
            every = verify_all(taken, seed, rounds)
            figures[kind] = {"every_comparison": every.figures}
            # The last kind is what the plots show: corrected where there is a correction.
            curves.every[name] = every.curve
            if identification:
                identified = identify(taken, stranger_share, draws, seed, rounds)
                figures[kind]["identification"] = identified.figures
                curves.cumulative[name] = identified.cumulative
        results.append(figures)
    report = {
        "report": "recognition",
        "date": today(),
        "caution": CAUTION,
        "command": _command(images, pairs, identification, aliases, models, seed),
        "data": _data(images, photos, digest, pairs, chosen),
        "method": {"seed": seed, "resampling_rounds": rounds, "interval": LEVEL, "aliases": len(two_names)},
        "models": cards,
        "results": results,
        "software": software(),
        "machine": machine(threads),
    }
    if out is not None:
        write_report(report, out, _draw(curves, out))
    return report


def _command(
    images: Path, pairs: Path | None, identification: bool, aliases: Path | None, models: list[str], seed: int
) -> str:
    """The command that makes this report again; files by their names, since a report travels."""
    parts = ["antigone bench recognition --images", images.absolute().name]
    parts += ["--pairs", pairs.name] if pairs is not None else []
    parts += ["--identification"] if identification else []
    parts += ["--aliases", aliases.name] if aliases is not None else []
    for model in models:
        parts += ["--model", model]
    return " ".join([*parts, "--seed", str(seed)])


def _data(
    images: Path, photos: Sequence[Photograph], digest: str, pairs: Path | None, chosen: list[Pair] | None
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "images": images.absolute().name,
        "photographs": len(photos),
        "people": len({photo.person for photo in photos}),
        "photographs_sha256": digest,
    }
    if pairs is not None and chosen is not None:
        found["pairs_file"] = pairs.name
        found["pairs_sha256"] = hashlib.sha256(pairs.read_bytes()).hexdigest()
    return found


def _card(card: ModelCard) -> dict[str, Any]:
    return {
        "task": str(card.task),
        "sha256": card.sha256,
        "licence": card.licence,
        "default": card.id in DEFAULTS,
    }


def _provenance(templates: Templates) -> dict[str, Any]:
    contract = templates.contract
    return {
        "contract": {
            "digest": contract.digest,
            "model_id": contract.model_id,
            "model_sha256": contract.model_sha256,
            "dimension": contract.dimension,
            "alignment": contract.alignment,
            "preprocessing": contract.preprocessing,
        }
    }


def _acquisition(templates: Templates) -> dict[str, Any]:
    taken = int(templates.acquired.sum())
    return {
        "acquisition": {
            "photographs": len(templates.photographs),
            "acquired": taken,
            "failure_to_acquire": 1.0 - taken / len(templates.photographs),
            "reasons": templates.reasons,
            "failures": [list(failure) for failure in templates.failures],
            "with_several_faces": templates.several,
            "choice": "the face centred nearest to the middle of the photograph",
        }
    }


def _draw(curves: _Curves, out: Path) -> Mapping[str, str]:
    """Draw what there is to draw; captions by file name, none where matplotlib is absent."""
    if not plots.available():
        return {}
    drawn: dict[str, str] = {}
    for kind, found, title in (
        ("det-pairs", curves.pairs, "Pairs of the file: detection error trade-off"),
        ("det-all", curves.every, "Every comparison, people weighted equally: detection error trade-off"),
    ):
        if found:
            plots.det_plot(found, out.with_name(f"{out.name}-{kind}.svg"), title)
            drawn[f"{out.name}-{kind}.svg"] = title
    if curves.cumulative:
        title = "One portrait a person enrolled: cumulative match"
        plots.cmc_plot(curves.cumulative, out.with_name(f"{out.name}-cmc.svg"), title)
        drawn[f"{out.name}-cmc.svg"] = title
    return drawn
