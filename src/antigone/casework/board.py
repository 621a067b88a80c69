"""Prior and posterior of a case's leads: for the board alone, never one without the other (step 7 of the procedure).

Examiners see neither until they have sealed what they found; who has read them here has seen ranked output, and cannot
examine the case any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.calibrating.calibrations import in_force
from antigone.casework.errors import CaseRefused
from antigone.casework.knowing import saw
from antigone.casework.models import Case
from antigone.casework.receivers import ERASED
from antigone.evidence import LikelihoodRatio, SourceKind
from antigone.evidence.posterior import Posterior, Prior, posterior
from antigone.ledger.services import record, recorded, refuse

POPULATION = "the population that this case concerns"
ASSUMED = (
    "The posterior takes the body for one person, each of the missing for as probable beforehand, and everyone who is "
    "not listed with a ratio of 1, which errs to a lower posterior of the leads."
)
FACE_ALONE = "It rests on the face alone: sex, age, dates and marks are not in it, and are read on their own lines."
NEVER_WEIGHED = "This lead was searched before leads were weighed; search again."

EXERCISE = (
    "An exercise, and no basis for a decision: the ratios come from a calibration on the living or on stand-ins, which "
    "ranks and triages only. A calibration on the agency's own closed cases is needed."
)


@dataclass(frozen=True)
class PriorGiven:
    """What the board says of the population: how many are missing in it; None takes what the search counted."""

    missing: int
    without_portrait: int | None = None
    population: str = POPULATION
    unreported: float = 0.0


@dataclass(frozen=True)
class Lead:
    """A lead as the board reads it; `log10_lr` is None where the ratio was withheld, and then it counted with 1."""

    rank: int
    person_ref: str
    score: float
    log10_lr: float | None
    at_bound: str | None
    why: tuple[str, ...]


@dataclass(frozen=True)
class BoardView:
    """The leads of the last search of a case, with the prior that was chosen and the posterior of each."""

    case: str
    searched_at: str
    leads: tuple[Lead, ...]
    posterior: Posterior
    calibrations: tuple[str, ...]
    basis: tuple[str, ...]
    """What the calibrations were made on: "own-cases" alone makes a posterior more than an exercise."""
    notes: tuple[str, ...]

    @property
    def exercise(self) -> str | None:
        """The sentence that goes before everything else where a calibration is not on own cases."""
        return EXERCISE if set(self.basis) - {SourceKind.OWN_CASES.value} else None

    @property
    def none_before(self) -> float:
        """The prior probability of "none of these"."""
        return 1.0 - len(self.leads) * self.posterior.prior.each

    def as_json(self) -> dict[str, Any]:
        each = self.posterior.prior.each
        return {
            "case": self.case,
            "searched_at": self.searched_at,
            "prior": self.posterior.as_json()["prior"],
            "leads": [
                {**vars(lead), "why": list(lead.why), "prior": each, "posterior": share}
                for lead, share in zip(self.leads, self.posterior.shares, strict=True)
            ],
            "none_of_these": {"prior": self.none_before, "posterior": self.posterior.none_of_these},
            "calibrations": list(self.calibrations),
            "basis": list(self.basis),
            "exercise": self.exercise,
            "notes": list(self.notes),
        }


def read_posterior(code: str, given: PriorGiven, who: Operator) -> BoardView:
    """The posterior of each lead of the last search in a case, beside the prior; entered in the ledger.

    Raises Refused or CaseRefused, in the ledger, and ValueError with a sentence for a prior that cannot be.
    """
    case = services.case_of(code, who, Permission.POSTERIOR_READ)
    search = case.searches.order_by("-at", "-pk").first()
    if search is None:
        raise _refusal(case, who, "nothing was searched in this case yet.")
    without = search.answer["without_portrait"] if given.without_portrait is None else given.without_portrait
    prior = Prior(given.population, given.missing, without, given.unreported)
    listed = [each for each in search.answer["candidates"] if each["person_ref"] != ERASED]
    used = {kept["digest"] for each in listed if (kept := (each.get("evidence") or {}).get("calibration"))}
    known = {each.digest: each for each in in_force(case.agency).calibrations}
    if used - set(known):
        raise _refusal(
            case, who, "the calibration by which its last search was weighed is in force no more. Search again."
        )
    ratios = [_ratio(each.get("evidence")) for each in listed]
    view = BoardView(
        case=case.code,
        searched_at=search.at.isoformat(timespec="seconds"),
        leads=tuple(_lead(each) for each in listed),
        posterior=posterior(prior, ratios),
        calibrations=tuple(sorted(used)),
        basis=tuple(sorted({known[digest].source.value for digest in used})),
        notes=(*_beyond(search.answer["searched_persons"], prior), *_notes(listed, ratios)),
    )
    with recorded():
        saw(who, case, search, timezone.now())
        record(
            "casework:posterior:read",
            actor=who.actor,
            object=f"case:{case.pk}",
            search=search.pk,
            missing=prior.missing,
            without_portrait=prior.without_portrait,
            unreported=prior.unreported,
            population=prior.population,
        )
    return view


def _ratio(evidence: dict[str, Any] | None) -> LikelihoodRatio | None:
    if not evidence or evidence["log10_lr"] is None:
        return None
    return LikelihoodRatio(*(evidence[name] for name in ("log10_lr", "low", "high", "at_bound")))


def _lead(candidate: dict[str, Any]) -> Lead:
    evidence = candidate.get("evidence") or {}
    why = [each["sentence"] for each in evidence.get("withheld", ())]
    return Lead(
        rank=candidate["rank"],
        person_ref=candidate["person_ref"],
        score=candidate["score"],
        log10_lr=evidence.get("log10_lr"),
        at_bound=evidence.get("at_bound"),
        why=tuple(why) if evidence else (NEVER_WEIGHED,),
    )


def _beyond(searched: int, prior: Prior) -> tuple[str, ...]:
    """A warning when the search went through more people than the prior has with a portrait.

    Each lead has the prior of one of the missing, also one who is of another population; and the fewer are left that
    the list does not name, the less "none of these" can be, down to nothing.
    """
    within = prior.missing - prior.without_portrait
    if searched <= within:
        return ()
    return (
        f"The search went through {searched:,} persons, and this prior counts {within:,} with a portrait: leads of "
        "another population are given the prior of this one, and “none of these” comes out too low. Who on the list "
        "is not of this population must be told apart before anything rests on these figures.",
    )


def _notes(listed: list[dict[str, Any]], ratios: list[LikelihoodRatio | None]) -> tuple[str, ...]:
    """What the board must know beside the figures, each sentence once."""
    notes = [ASSUMED, FACE_ALONE]
    withheld = sum(each is None for each in ratios)
    if withheld:
        notes.append(f"{withheld} of {len(ratios)} leads have no ratio and count with 1: nothing was learnt of them.")
    weighed = [(each["rank"], each["evidence"]) for each in listed if each.get("evidence")]
    children = [str(rank) for rank, evidence in weighed if evidence["child_protection"]]
    if children:
        notes.append(f"Rank {', '.join(children)} may be a child: the child-protection lead is told before use.")
    for _, evidence in weighed:
        if evidence["log10_lr"] is not None:
            notes += [evidence["why_no_level"] or "", evidence["capped"] or "", *evidence["cautions"]]
    for each in listed:
        against = [line["name"] for line in each.get("secondary", ()) if line["finding"] == "contradicts"]
        if against:
            notes.append(f"Rank {each['rank']} is contradicted by the records: {', '.join(against)}.")
    return tuple(dict.fromkeys(note for note in notes if note))


def _refusal(case: Case, who: Operator, why: str) -> CaseRefused:
    refuse("casework:posterior:refuse", actor=who.actor, object=f"case:{case.pk}", code=case.code, why=why)
    return CaseRefused(f"No posterior was shown: {why} The refusal is in the ledger.")
