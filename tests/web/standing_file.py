"""Standing searches and searches in bulk for the pages, as rows: nothing is searched for them."""

from __future__ import annotations

from django.utils import timezone

from antigone.access.models import Agency
from antigone.casework.models import BulkItem, BulkSearch, Case, Outcome, Search, StandingRun, StandingSearch
from antigone.remains import recovering
from antigone.remains.models import Site
from tests.web import casefile, found


def kept(agency: Agency, of: Case | None = None) -> StandingSearch:
    """A standing search in force, of a case of this agency."""
    who = found.staff(agency)
    of = of or casefile.case(agency, photographs=1)
    return StandingSearch.objects.create(case=of, set_by=who.actor, set_at=timezone.now(), looked_at=timezone.now())


def ran(standing: StandingSearch, *, new: int = 1) -> StandingRun:
    """A run of it, whose answer has so many leads that the former one had not, and one that it had."""
    before = casefile.search(standing.case, leads=1)
    after = casefile.search(standing.case, leads=new + 1)
    last = after.named.order_by("-rank")[0]
    last.person = before.named.get().person
    last.save()
    return StandingRun.objects.create(
        standing=standing, at=timezone.now(), changes=["portraits"], change_set=f"{after.pk:064}", before=before,
        search=after, found_new=new,
    )  # fmt: skip


def site(agency: Agency, cases: int = 0) -> Site:
    """A site with so many cases, each with a photograph."""
    name = f"Field {Site.objects.count()}"
    made = recovering.add_site(recovering.NewSite(name, "mass-grave"), found.staff(agency))
    for _number in range(cases):
        case = casefile.case(agency, photographs=1)
        type(case.subject).objects.filter(pk=case.subject_id).update(site=made)
    return made


def bulk(agency: Agency, outcomes: tuple[Outcome, ...] = (Outcome.SEARCHED, Outcome.REFUSED)) -> BulkSearch:
    """A search in bulk that is done, with a case for each of these outcomes."""
    made = BulkSearch.objects.create(
        agency=agency, site=site(agency), asked_by=found.staff(agency).actor, asked_at=timezone.now(),
        finished_at=timezone.now(),
    )  # fmt: skip
    for outcome in outcomes:
        case = casefile.case(agency, photographs=1)
        searched: Search | None = casefile.search(case) if outcome == Outcome.SEARCHED else None
        sentence = "The case is closed." if outcome == Outcome.REFUSED else ""
        BulkItem.objects.create(
            bulk=made, case=case, outcome=outcome, sentence=sentence, search=searched, at=timezone.now()
        )
    return made
