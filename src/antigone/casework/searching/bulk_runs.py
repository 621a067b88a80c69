"""The work of a search in bulk: each case in its turn, under its own mandate; goes on after a kill, nothing twice."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.errors import AccessError
from antigone.access.models import Operator
from antigone.casework import services
from antigone.casework.errors import CaseRefused, PictureUnusable
from antigone.casework.models import BulkItem, BulkSearch, Outcome, Search
from antigone.casework.searching import bulk, search
from antigone.jobs.registry import handles
from antigone.jobs.work import Work
from antigone.ledger.services import record, recorded
from antigone.remains.errors import SubjectRefused
from antigone.vault.errors import VaultError


class _DoneMeanwhile(Exception):
    """Another run of the same work kept this case's answer first; this one is taken back."""


@handles(bulk.KIND, title=gettext_lazy("Search the photographs of an incident"))
def search_in_bulk(work: Work) -> dict[str, Any]:
    """Search every case that still waits. What each search came to is no part of the summary."""
    order = BulkSearch.objects.select_related("agency").get(pk=work.args["bulk"])
    who = Operator.objects.select_related("agency").get(pk=int(order.asked_by.rpartition(":")[2]))
    total = order.items.exclude(outcome=Outcome.ANSWERED, at=None).count()
    while True:
        item = order.items.select_related("case__subject").filter(outcome=Outcome.WAITING).order_by("pk").first()
        waiting = order.items.filter(outcome=Outcome.WAITING).count()
        work.progress(
            total - waiting, total, _("%(done)d of %(total)d cases") % {"done": total - waiting, "total": total}
        )
        if item is None:
            break
        _take(item, order, who)
    return _finish(order)


def _take(item: BulkItem, order: BulkSearch, who: Operator) -> None:
    """Search one case as whoever asked may now, and keep what came of it."""
    if not bulk.still_unanswered(item.case):
        _keep(item, Outcome.ANSWERED)
        return
    try:
        case, _mandate = services.authorise_search(item.case.code, who)
        search.run(
            case,
            search.photographs_of(case),
            order.top,
            who,
            beside=lambda made: _keep(item, Outcome.SEARCHED, made=made),
        )
    except PictureUnusable as unusable:
        _keep(item, Outcome.UNUSABLE, str(unusable))
    except (AccessError, CaseRefused, SubjectRefused, VaultError) as refused:
        _keep(item, Outcome.REFUSED, str(refused))
    except _DoneMeanwhile:
        return


def _keep(item: BulkItem, outcome: Outcome, sentence: str = "", made: Search | None = None) -> None:
    with recorded(sequence=False):
        kept = BulkItem.objects.filter(pk=item.pk, outcome=Outcome.WAITING).update(
            outcome=outcome, sentence=sentence[:400], search=made, at=timezone.now()
        )
        if not kept:
            raise _DoneMeanwhile


def _finish(order: BulkSearch) -> dict[str, Any]:
    outcomes = list(order.items.values_list("outcome", flat=True))
    counts = {each.value: outcomes.count(each.value) for each in Outcome if each != Outcome.WAITING}
    with recorded():
        if BulkSearch.objects.filter(pk=order.pk, finished_at=None).update(finished_at=timezone.now()):
            record(
                "casework:bulk:finish", actor=order.asked_by, object=f"site:{order.site_id}", bulk=order.pk, **counts
            )
    return {"bulk": order.pk, **counts}
