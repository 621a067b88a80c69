"""The prior that a board keeps for a search, with its reason, and the one that it begins with (step 7)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.board import POPULATION, PriorGiven, last_search, prior_of
from antigone.casework.errors import CaseRefused
from antigone.casework.models import Case, KeptPrior, Search
from antigone.casework.receivers import ERASED
from antigone.ledger.services import record, recorded

REASON = 400
POPULATION_LENGTH = 200


@dataclass(frozen=True)
class Beginning:
    """What the board begins with; `kept` None says that it is what the search counted, and that nobody chose it."""

    given: PriorGiven
    kept: KeptPrior | None


def begin(search: Search) -> Beginning:
    """The prior that was kept last for this search, or what it counted: who was searched, and who could not be."""
    kept = search.priors.order_by("-pk").first()
    if kept is not None:
        return Beginning(PriorGiven(kept.missing, kept.without_portrait, kept.population, kept.unreported), kept)
    without = int(search.answer["without_portrait"])
    listed = sum(each["person_ref"] != ERASED for each in search.answer["candidates"])
    counted = max(int(search.answer["searched_persons"]), listed, 1)
    return Beginning(PriorGiven(counted + without, without, POPULATION), None)


def keep(case: Case, given: PriorGiven, reason: str, who: Operator, *, search: int) -> KeptPrior:
    """Keep a prior for the search that was read; the last one kept stands, those before it stay on record.

    Raises Refused, CaseRefused where a newer search was made meanwhile or no reason is given, and ValueError for a
    prior that cannot be.
    """
    access.require(who, Permission.POSTERIOR_READ, object=f"case:{case.pk}")
    if not reason.strip():
        raise CaseRefused(_("Say where the number of the missing comes from. No prior was kept."))
    with recorded():
        found = last_search(Case.objects.select_for_update().get(pk=case.pk))
        if found is None or found.pk != search:
            raise CaseRefused(_("A newer search was made in this case. No prior was kept; look at its leads first."))
        prior = prior_of(given, found)
        kept = KeptPrior.objects.create(
            case=case,
            search=found,
            missing=prior.missing,
            without_portrait=prior.without_portrait,
            unreported=prior.unreported,
            population=prior.population[:POPULATION_LENGTH],
            reason=reason.strip()[:REASON],
            kept_by=who.actor,
            kept_at=timezone.now(),
        )
        record(
            "casework:prior:keep",
            actor=who.actor,
            object=f"case:{case.pk}",
            search=found.pk,
            prior=kept.pk,
            missing=prior.missing,
            without_portrait=prior.without_portrait,
            unreported=prior.unreported,
            population=kept.population,
            reason=kept.reason,
        )
    return kept
