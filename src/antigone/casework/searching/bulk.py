"""The photographs of an incident searched in one go: asked for by one person, each case under its own mandate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.errors import CaseRefused, NotHere
from antigone.casework.models import BulkItem, BulkSearch, Case, Outcome
from antigone.casework.narrowing import latest_search
from antigone.jobs import services as jobs
from antigone.jobs.models import OPEN, Job
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.models import Photograph, RecoveryEvent, Site
from antigone.remains.rules import FOR_CARE_AND_TRACING

KIND = "casework:bulk"
MOST = 1000


@dataclass(frozen=True)
class Offer:
    """What a search in bulk would do: how many cases it would search, and how many it would leave as they are."""

    site: Site
    recovery: RecoveryEvent | None
    to_search: int
    answered: int
    without_photograph: int


def offer(site: int, who: Operator, recovery: int | None = None) -> Offer:
    """What would be searched at a site of the agency, or of one recovery there; raises NotHere or Refused."""
    place, dug = _place(site, who, recovery)
    cases = _cases(place, dug, who)
    with_pictures = cases.filter(_pictured())
    total, pictured = cases.count(), with_pictures.count()
    unanswered = with_pictures.filter(~_answered()).count()
    return Offer(place, dug, unanswered, pictured - unanswered, total - pictured)


def ask_bulk(site: int, who: Operator, recovery: int | None = None, top: int = 50) -> BulkSearch:
    """Ask for one job that searches every open case there that has photographs and no answer that stands.

    Whoever asks answers for each search as if they had made it, and counts as having seen its ranked output. Raises
    NotHere, Refused, or CaseRefused where nothing is to be searched or one such job is under way.
    """
    place, dug = _place(site, who, recovery)
    with recorded():
        # Two who ask in one moment take turns at the row of the site.
        Site.objects.select_for_update().get(pk=place.pk)
        if _under_way(place):
            raise CaseRefused(_("A search in bulk of this site is under way. Nothing was asked for."))
        found = list(
            _cases(place, dug, who).filter(_pictured()).annotate(answered=_answered()).order_by("opened_at", "pk")
        )
        if all(case.answered for case in found):
            raise CaseRefused(
                _("No case there has photographs and no answer that stands. Nothing was asked for, nothing searched.")
            )
        bulk = BulkSearch.objects.create(
            agency=who.agency,
            site=place,
            recovery=dug,
            asked_by=who.actor,
            asked_at=timezone.now(),
            top=max(1, min(int(top), MOST)),
        )
        BulkItem.objects.bulk_create(
            BulkItem(bulk=bulk, case=case, outcome=Outcome.ANSWERED if case.answered else Outcome.WAITING)
            for case in found
        )
        bulk.job = jobs.ask(KIND, who.actor, who.agency_id, {"bulk": bulk.pk}).pk
        bulk.save(update_fields=["job"])
        record(
            "casework:bulk:ask",
            actor=who.actor,
            object=f"site:{place.pk}",
            bulk=bulk.pk,
            recovery=None if dug is None else dug.pk,
            cases=len(found),
        )
    return bulk


@dataclass(frozen=True)
class BulkLine:
    """One search in bulk in a line: how many of its cases are done, and what came of the asking, never of a search."""

    pk: int
    asked_at: datetime
    asked_by: str
    finished_at: datetime | None
    job: int | None
    searched: int
    answered: int
    refused: int
    unusable: int
    waiting: int

    @property
    def total(self) -> int:
        return self.searched + self.answered + self.refused + self.unusable + self.waiting


def bulks_at(site: int, who: Operator, limit: int = 20) -> list[BulkLine]:
    """The searches in bulk of a site, the newest first; raises NotHere or Refused."""
    place, _dug = _place(site, who, None)
    return [_line(bulk) for bulk in _counted().filter(site=place, agency=who.agency).order_by("-pk")[:limit]]


def bulk_numbered(pk: int, who: Operator) -> tuple[BulkSearch, BulkLine]:
    """One search in bulk of the agency, for somebody who may search; raises NotHere or Refused."""
    bulk = _counted().select_related("site", "recovery").filter(pk=pk, agency=who.agency_id).first()
    if bulk is None:
        raise NotHere(_("There is no such search in bulk here."))
    access.require(who, Permission.SEARCH_RUN, object=f"site:{bulk.site_id}")
    return bulk, _line(bulk)


def items(bulk: BulkSearch, who: Operator, after: int | None = None, limit: int = 50) -> list[BulkItem]:
    """The cases of a search in bulk, as they were taken up; a living person's for those alone who may see it."""
    rows = BulkItem.objects.filter(bulk=bulk).select_related("case__subject").order_by("pk")
    if not own.sees_the_living(who):
        rows = rows.exclude(case__subject__kind__in=FOR_CARE_AND_TRACING)
    return list((rows if after is None else rows.filter(pk__gt=after))[:limit])


def _counted() -> QuerySet[BulkSearch]:
    return BulkSearch.objects.annotate(
        **{f"n_{each.value}": Count("items", filter=Q(items__outcome=each.value)) for each in Outcome}
    )


def _line(bulk: BulkSearch) -> BulkLine:
    number = {each: int(getattr(bulk, f"n_{each.value}")) for each in Outcome}
    return BulkLine(
        bulk.pk,
        bulk.asked_at,
        bulk.asked_by,
        bulk.finished_at,
        bulk.job,
        number[Outcome.SEARCHED],
        number[Outcome.ANSWERED],
        number[Outcome.REFUSED],
        number[Outcome.UNUSABLE],
        number[Outcome.WAITING],
    )


def still_unanswered(case: Case) -> bool:
    """Whether a case has no answer that stands now."""
    return not Case.objects.filter(_answered(), pk=case.pk).exists()


def _under_way(place: Site) -> bool:
    """Whether a search in bulk of a site waits or runs; one whose work was stopped, or failed, does not."""
    begun = BulkSearch.objects.filter(site=place, agency=place.agency_id, finished_at=None).values_list(
        "job", flat=True
    )
    return Job.objects.filter(pk__in=list(begun), state__in=OPEN).exists()


def _place(site: int, who: Operator, recovery: int | None) -> tuple[Site, RecoveryEvent | None]:
    place = Site.objects.filter(pk=site, agency=who.agency_id).first()
    dug = RecoveryEvent.objects.filter(pk=recovery, site=place).first() if recovery is not None else None
    if place is None or (recovery is not None and dug is None):
        raise NotHere(_("There is no such site here. Nothing was changed."))
    access.require(who, Permission.SEARCH_RUN, object=f"site:{place.pk}")
    return place, dug


def _cases(place: Site, dug: RecoveryEvent | None, who: Operator) -> QuerySet[Case]:
    found = Case.objects.filter(agency=who.agency_id, closed_at=None, subject__site=place)
    if dug is not None:
        found = found.filter(subject__recovery=dug)
    return found if own.sees_the_living(who) else found.exclude(subject__kind__in=FOR_CARE_AND_TRACING)


def _pictured() -> Exists:
    """Whether a case (the outer query) has a photograph that is fit for comparison."""
    return Exists(Photograph.objects.filter(subject=OuterRef("subject"), not_suitable=None))


def _answered() -> Exists:
    """Whether the last search of a case (the outer query) stands: not recalled, and no photograph came since."""
    newer = Photograph.objects.filter(subject=OuterRef("case__subject"), added_at__gt=OuterRef("at"), not_suitable=None)
    return latest_search(Q(~Exists(newer)), recalled_at=None)
