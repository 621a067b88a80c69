"""Prior and posterior of a case's leads: for the board alone, never one without the other (step 7 of the procedure).

Examiners see neither until they have sealed what they found; who has read them here has seen ranked output, and cannot
examine the case any more.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import services, telling
from antigone.casework.calibrating.calibrations import in_force
from antigone.casework.errors import CaseRefused, NotHere
from antigone.casework.knowing import at_blind_work, saw
from antigone.casework.models import Case, Search
from antigone.casework.receivers import ERASED
from antigone.evidence import LikelihoodRatio, SourceKind
from antigone.evidence.posterior import Posterior, Prior, posterior
from antigone.ledger.models import Entry
from antigone.ledger.services import record, recorded, refuse
from antigone.remains import own

POPULATION = gettext_noop("the population that this case concerns")
ASSUMED = gettext_noop(
    "The posterior takes the body for one person, each of the missing for as probable beforehand, and everyone who is "
    "not listed with a ratio of 1, which errs to a lower posterior of the leads."
)
FACE_ALONE = gettext_noop(
    "It rests on the face alone: sex, age, dates and marks are not in it, and are read on their own lines."
)
NEVER_WEIGHED = gettext_noop("This lead was searched before leads were weighed; search again.")

EXERCISE = gettext_noop(
    "An exercise, and no basis for a decision: the ratios come from a calibration on the living or on stand-ins, which "
    "ranks and triages only. A calibration on the agency's own closed cases is needed."
)

UNSEARCHED = gettext_noop("nothing was searched in this case yet.")
SUPERSEDED = gettext_noop("the calibration by which its last search was weighed is in force no more. Search again.")
AT_BLIND_WORK = gettext_noop(
    "you have blind work in this case that is not ended. Seal it or give it up first; whoever reads what the board "
    "reads examines no more."
)

READ = "casework:posterior:read"

SITTING = timedelta(hours=8)
"""Within so long of an entry for the same search, the same person moves the prior without another one."""


@dataclass(frozen=True)
class PriorGiven:
    """What the board says of the population: how many are missing in it; None takes what the search counted."""

    missing: int
    without_portrait: int | None = None
    population: str = POPULATION
    unreported: float = 0.0


@dataclass(frozen=True)
class Lead:
    """A lead as the board reads it; `log10_lr` is None where the ratio was withheld, and then it counted with 1.

    `low` and `high` are the bounds that the calibration supports, `against` the proposition that the ratio is against.
    """

    rank: int
    person_ref: str
    score: float
    log10_lr: float | None
    at_bound: str | None
    why: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    against: str = ""


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
        return _(EXERCISE) if set(self.basis) - {SourceKind.OWN_CASES.value} else None

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
            "none_of_these": {
                "prior": self.none_before,
                "posterior": self.posterior.none_of_these,
                "of": asdict(self.posterior.rest),
            },
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
    search, view = _weighed(case, given, who)
    with recorded():
        _entered(case, search, view, who)
    return view


def sit(case: Case, given: PriorGiven, who: Operator) -> BoardView:
    """The same for a board that moves the prior: one entry a sitting, with the prior that it began with.

    A prior that is kept has an entry of its own (`priors.keep`). Raises as above.
    """
    access.require(who, Permission.POSTERIOR_READ, object=f"case:{case.pk}")
    search, view = _weighed(case, given, who)
    began = Entry.objects.filter(actor=who.actor, object=f"case:{case.pk}", action=READ).order_by("-id").first()
    if began is None or began.at < timezone.now() - SITTING or (began.details or {}).get("search") != search.pk:
        with recorded():
            _entered(case, search, view, who)
    return view


def case_before(pk: int, who: Operator) -> Case:
    """The agency's case of this number, for the board's pages; raises NotHere, Refused, or CaseRefused with its entry.

    Whoever triages or examines in it now, and has not ended that, is refused: a board's page would unblind them.
    """
    found = Case.objects.select_related("subject", "agency").filter(pk=pk, agency=who.agency_id).first()
    if found is None or not own.may_see(found.subject, who):
        raise NotHere(_("There is no such case here. Nothing was changed."))
    access.require(who, Permission.POSTERIOR_READ, object=f"case:{found.pk}")
    _sighted(found, who)
    return found


def last_search(case: Case) -> Search | None:
    """The search that the board reads: the last of the case."""
    return case.searches.order_by("-at", "-pk").first()


def prior_of(given: PriorGiven, search: Search) -> Prior:
    """The prior that was given, the search saying how many have no portrait; raises ValueError."""
    without = search.answer["without_portrait"] if given.without_portrait is None else given.without_portrait
    return Prior(given.population, given.missing, without, given.unreported)


def _sighted(case: Case, who: Operator) -> None:
    if at_blind_work(who, case):
        raise _refusal(case, who, AT_BLIND_WORK)


def _weighed(case: Case, given: PriorGiven, who: Operator) -> tuple[Search, BoardView]:
    _sighted(case, who)
    search = last_search(case)
    if search is None:
        raise _refusal(case, who, UNSEARCHED)
    prior = prior_of(given, search)
    listed = [each for each in search.answer["candidates"] if each["person_ref"] != ERASED]
    used = {kept["digest"] for each in listed if (kept := (each.get("evidence") or {}).get("calibration"))}
    known = {each.digest: each for each in in_force(case.agency).calibrations}
    if used - set(known):
        raise _refusal(case, who, SUPERSEDED)
    ratios = [_ratio(each.get("evidence")) for each in listed]
    view = BoardView(
        case=case.code,
        searched_at=search.at.isoformat(timespec="seconds"),
        leads=tuple(_lead(each) for each in listed),
        posterior=posterior(prior, ratios),
        calibrations=tuple(sorted(used)),
        basis=tuple(sorted({known[digest].source.value for digest in used})),
        notes=(
            *_beyond(search.answer["searched_persons"], prior),
            *_nobody_else(len(listed), prior),
            *_notes(listed, ratios),
        ),
    )
    return search, view


def _entered(case: Case, search: Search, view: BoardView, who: Operator) -> None:
    prior = view.posterior.prior
    saw(who, case, search, timezone.now())
    record(
        READ,
        actor=who.actor,
        object=f"case:{case.pk}",
        search=search.pk,
        missing=prior.missing,
        without_portrait=prior.without_portrait,
        unreported=prior.unreported,
        population=prior.population,
    )


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
        why=tuple(why) if evidence else (_(NEVER_WEIGHED),),
        low=evidence.get("low"),
        high=evidence.get("high"),
        against=evidence.get("against", ""),
    )


def _beyond(searched: int, prior: Prior) -> tuple[str, ...]:
    """A warning when the search went through more people than the prior has with a portrait.

    Each lead has the prior of one of the missing, also one who is of another population; and the fewer are left that
    the list does not name, the less "none of these" can be, down to nothing.
    """
    within = prior.missing - prior.without_portrait
    if searched <= within:
        return ()
    sentence = _(
        "The search went through %(searched)s persons, and this prior counts %(within)s with a portrait: leads of "
        "another population are given the prior of this one, and “none of these” comes out too low. Who on the list "
        "is not of this population must be told apart before anything rests on these figures."
    )
    return (sentence % {"searched": f"{searched:,}", "within": f"{within:,}"},)


def _nobody_else(listed: int, prior: Prior) -> tuple[str, ...]:
    """A warning when everybody whom the prior counts is on the list: then "none of these" is nothing by definition."""
    if listed < prior.missing or prior.unreported:
        return ()
    return (
        _(
            "This prior counts nobody beyond the list, and so says that “none of these” cannot be. Raise the number of "
            "the missing, or the share of somebody whom nobody reported, unless that is known."
        ),
    )


def _notes(listed: list[dict[str, Any]], ratios: list[LikelihoodRatio | None]) -> tuple[str, ...]:
    """What the board must know beside the figures, each sentence once; what was kept is told as it was kept."""
    notes = [_(ASSUMED), _(FACE_ALONE)]
    withheld = sum(each is None for each in ratios)
    if withheld:
        sentence = ngettext(
            "%(number)d of %(all)d leads has no ratio and counts with 1: nothing was learnt of it.",
            "%(number)d of %(all)d leads have no ratio and count with 1: nothing was learnt of them.",
            withheld,
        )
        notes.append(sentence % {"number": withheld, "all": len(ratios)})
    weighed = [(each["rank"], each["evidence"]) for each in listed if each.get("evidence")]
    children = [str(rank) for rank, evidence in weighed if evidence["child_protection"]]
    if children:
        sentence = _("Rank %(ranks)s may be a child: the child-protection lead is told before use.")
        notes.append(sentence % {"ranks": ", ".join(children)})
    for _rank, evidence in weighed:
        if evidence["log10_lr"] is not None:
            said = (evidence["why_no_level"] or "", evidence["capped"] or "", *evidence["cautions"])
            notes += [telling.sentence(each) for each in said]
    for each in listed:
        against = [
            telling.line_name(line["name"]) for line in each.get("secondary", ()) if line["finding"] == "contradicts"
        ]
        if against:
            sentence = _("Rank %(rank)s is contradicted by the records: %(names)s.")
            notes.append(sentence % {"rank": each["rank"], "names": ", ".join(against)})
    return tuple(dict.fromkeys(note for note in notes if note))


def _refusal(case: Case, who: Operator, why: str) -> CaseRefused:
    """Enter a refusal, in the ledger's language, and return what to tell in the reader's."""
    refuse("casework:posterior:refuse", actor=who.actor, object=f"case:{case.pk}", code=case.code, why=why)
    return CaseRefused(_("No posterior was shown: %(why)s The refusal is in the ledger.") % {"why": _(why)})
