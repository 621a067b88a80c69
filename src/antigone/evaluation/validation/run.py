"""`antigone validate --images`: from photographs to the report, in steps that a stopped run takes up again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antigone import __version__
from antigone.evaluation import lir_fits, plots
from antigone.evaluation.bench_identification import CAUTION, FPIR
from antigone.evaluation.degradation import LADDERS_VERSION, digest
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.surroundings import machine, software, today
from antigone.evaluation.validation import chapters_limits, chapters_method, chapters_results, html, pdf
from antigone.evaluation.validation.cohorts import Cohorts, read_cohorts
from antigone.evaluation.validation.data import Data, read_data
from antigone.evaluation.validation.document import Document
from antigone.evaluation.validation.eyes import IN_USE, WAYS, Engines, Eyes, Say
from antigone.evaluation.validation.gather import Gathered, gather
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.pairs import compared
from antigone.evaluation.validation.plan import Plan, make_plan
from antigone.evaluation.validation.searching import searched
from antigone.evaluation.validation.stratum_fits import stratum_fits
from antigone.evaluation.validation.summary import summary
from antigone.evaluation.validation.weighing import Curves, weighed
from antigone.evaluation.validation.work import FOLDER, Work

NAME = "validation"


@dataclass(frozen=True)
class Written:
    """The files of a report, and what it says of itself."""

    html: Path
    pdf: Path
    json: Path
    figures: dict[str, Any]


def validate(
    options: Options, say: Say | None = None, look: Callable[[str | None, int], Eyes] | None = None
) -> Written:
    """Measure and write the report into `options.out`; `look` makes the eyes (by default the product's engines).

    Raises EvaluationError or ModelError with a sentence; what was measured until then is kept for the next run.
    """
    say = say or (lambda line: None)
    require_extra()
    options.check()
    _require_room(options.out)
    data = read_data(options)
    cohorts = read_cohorts(options.cohorts) if options.cohorts is not None else Cohorts()
    plan = make_plan(data, options)
    eyes = (look or Engines)(options.pipeline, options.threads)
    work = Work(options.out)
    gathered = gather(eyes, data, plan, options.ladders, work, say)
    pairs = compared(eyes, data, options, work, say)
    searches, ratios, curves = {}, {}, {}
    for ladder in options.ladders:
        say(f"searching and weighing, {ladder}")
        searches[ladder] = searched(gathered, plan, ladder, eyes, options, cohorts)
        found = weighed(gathered, plan, ladder, data, eyes, options, cohorts)
        ratios[ladder], curves[ladder] = found.figures, found.curves
    say("weighing by strata of quality")
    strata = stratum_fits(gathered, plan, data, eyes, options)
    report = {
        "title": "Method validation: face comparison for leads on unidentified persons",
        "caution": CAUTION,
        "method": {
            "version": __version__,
            "fpir": FPIR,
            "ladders_version": LADDERS_VERSION,
            "ladders_sha256": digest(),
            **eyes.described(),
        },
        "data": {"name": options.data_name, **data.as_json(), "cohorts": _cohorts(cohorts, data, options)},
        "protocol": options.as_json(),
        "counts": _counts(plan),
        "acquisition": _acquisition(gathered, plan, options),
        "searches": searches,
        "pairs": pairs,
        "ratios": ratios,
        "strata": strata,
        "software": software() | lir_fits.software() | _versions("matplotlib", "typst"),
        "command": options.command,
        "run": {"date": today(), "machine": machine(options.threads)},
    }
    written = write(report, curves, options)
    if not options.keep_work:
        work.remove()
    return written


def require_extra() -> None:
    """Raise EvaluationError, before anything is measured, where a part of the report could not be made."""
    lir_fits.lir()
    if not (plots.available() and pdf.available()):
        raise EvaluationError(
            "The report needs matplotlib and typst, and one is not installed. Nothing was measured. "
            "Install both with: pip install 'antigone[validation]'."
        )


def _require_room(out: Path) -> None:
    """Raise EvaluationError unless `out` is new, empty, or holds the work of a run that was stopped."""
    if not out.absolute().parent.is_dir():
        raise EvaluationError("There is no folder to make --out in. Nothing was measured; name one that is there.")
    if out.exists() and not out.is_dir():
        raise EvaluationError("--out is a file. Nothing was measured; name a new folder.")
    if out.is_dir() and {each.name for each in out.iterdir()} - {FOLDER}:
        raise EvaluationError(
            "The folder --out holds something already. Nothing was measured or changed; name a new or an empty one."
        )


def write(report: dict[str, Any], curves: dict[str, Curves | None], options: Options) -> Written:
    """The report's three files, from the same figures."""
    made = document(report, curves, options)
    page, sheet = html.render(made), pdf.render(made)
    text = json.dumps(report, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    written = Written(out / f"{NAME}.html", out / f"{NAME}.pdf", out / f"{NAME}.json", report)
    for file, content in ((written.html, page.encode()), (written.pdf, sheet), (written.json, text.encode())):
        with file.open("xb") as target:
            target.write(content)
    return written


def document(report: dict[str, Any], curves: dict[str, Curves | None], options: Options) -> Document:
    """The report as blocks."""
    return Document(
        title=report["title"],
        subtitle=f"Antigone {report['method']['version']}, on {report['data']['name']}",
        date=report["run"]["date"],
        chapters=(
            summary(report, options.criteria),
            chapters_method.purpose(report),
            chapters_method.method(report),
            chapters_method.data(report),
            chapters_method.protocol(report),
            chapters_results.results(report, curves),
            chapters_limits.limits(report),
            chapters_limits.versions(report),
            chapters_limits.signatures(),
        ),
    )


def _counts(plan: Plan) -> dict[str, int]:
    return {
        "enrolled": len(plan.searches.enrolled),
        "mated": len(plan.searches.mated),
        "strangers": len(plan.searches.strangers),
        "fitting_enrolled": len(plan.fitting.enrolled),
        "fitting_sought": len(plan.fitting.sought),
        "judging_enrolled": len(plan.judging.enrolled),
        "judging_sought": len(plan.judging.sought),
    }


def _cohorts(cohorts: Cohorts, data: Data, options: Options) -> dict[str, Any] | None:
    if options.cohorts is None:
        return None
    return {
        "sha256": hashlib.sha256(options.cohorts.read_bytes()).hexdigest(),
        "attributes": cohorts.attributes,
        "people": len(set(data.people) & set(cohorts.values)),
        "remarks": list(cohorts.remarks),
    }


def _acquisition(gathered: Gathered, plan: Plan, options: Options) -> dict[str, Any]:
    """Photographs without a template among those of the reported searches."""
    sought = [*plan.searches.mated, *plan.searches.strangers]
    parts = [("enrolled", gathered.portraits, plan.searches.enrolled)]
    parts += [(f"sought, {ladder}", gathered.probes[ladder], sought) for ladder in options.ladders]
    found: dict[str, Any] = {}
    for name, seen, photos in parts:
        found[name] = {}
        for way in WAYS:
            failed = seen[way].failures(photos)
            found[name][way] = {"photographs": len(photos), "without": sum(failed.values()), "reasons": failed}
    return found


def _versions(*packages: str) -> dict[str, str]:
    from importlib.metadata import version

    return {package: version(package) for package in packages}


__all__ = ["IN_USE", "NAME", "Written", "document", "require_extra", "validate", "write"]
