"""Questions about cases that doors ask: each a fixed number of queries, lists by keyset."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope, agencies_open_to
from antigone.casework.cursors import cursor, position
from antigone.casework.errors import CaseRefused, NotHere
from antigone.casework.knowing import known_cases, knows_all
from antigone.casework.models import Case, Search
from antigone.casework.waiting import OUTCOMES, SOON, Standing, Wait, veiled, waits
from antigone.ledger.models import Entry
from antigone.remains import own
from antigone.remains.models import Attestation, Photograph, SubjectKind
from antigone.remains.rules import ATTESTATION_HOLDS, FOR_CARE_AND_TRACING, missing_particulars

MOST = 200


@dataclass(frozen=True)
class Filters:
    """What a list of cases is narrowed to; what is empty narrows nothing. `code` is how codes begin.

    `waits` is one thing that cases wait for, among others maybe.
    """

    kind: str = ""
    closed: bool | None = None
    code: str = ""
    opened_from: date | None = None
    opened_to: date | None = None
    photographed: bool | None = None
    searched: bool | None = None
    recalled: bool | None = None
    waits: Wait | None = None


@dataclass(frozen=True)
class CaseLine:
    """A case in one line, with what it waits for.

    `none_of_these` is None where nothing was searched, and for whoever may not know what the last search came to
    (`outcome_known`).
    """

    pk: int
    code: str
    kind: str
    agency: int
    subject: int
    place: str
    opened_at: datetime
    closed_at: datetime | None
    photographs: int
    searches: int
    last_search: int | None
    searched_at: datetime | None
    none_of_these: bool | None
    recalled: bool
    waits: tuple[Wait, ...]
    outcome_known: bool

    @property
    def closed(self) -> bool:
        return self.closed_at is not None


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and the cursor of the next ones; None at the end."""

    lines: tuple[CaseLine, ...]
    after: str | None


def cases(who: Operator, filters: Filters | None = None, after: str | None = None, limit: int = 50) -> Page:
    """The cases open to this person, the newest first; raises Refused, or NotHere for a cursor that is none.

    However many cases there are: one query for the page, a fixed number for what stands beside it.
    """
    filters = filters or Filters()
    found = _narrowed(open_to(who), filters)
    if filters.waits is not None:
        found = waiting_for(found, filters.waits, all_known=knows_all(who))
    if after:
        opened, pk = position(after)
        found = found.filter(Q(opened_at__lt=opened) | Q(opened_at=opened, pk__lt=pk))
    limit = max(1, min(limit, MOST))
    rows = list(found.select_related("subject").order_by("-opened_at", "-pk")[: limit + 1])
    shown = rows[:limit]
    return Page(tuple(lines_of(shown, who)), cursor(shown[-1].opened_at, shown[-1].pk) if len(rows) > limit else None)


def case(who: Operator, code: str) -> Case:
    """The case of this code, if it is open to this person; raises Refused, or NotHere for every other code."""
    mine = open_to(who).select_related("subject__site", "agency", "mandate")
    # As it stands first: that one is found by the index of codes.
    found = mine.filter(code=code.strip()).first() or mine.filter(code__iexact=code.strip()).first()
    if found is None:
        raise not_here()
    return found


def case_numbered(who: Operator, pk: int) -> Case:
    """The case of this number, if it is open to this person; raises as above."""
    found = open_to(who).select_related("subject__site", "agency", "mandate").filter(pk=pk).first()
    if found is None:
        raise not_here()
    return found


def cases_of_subject(who: Operator, subject: int) -> list[CaseLine]:
    """The cases about a subject, the newest first; raises Refused."""
    return cases_of_subjects(who, [subject])


def cases_of_subjects(who: Operator, subjects: Collection[int]) -> list[CaseLine]:
    """The cases about these subjects, the newest first; raises Refused."""
    rows = open_to(who).filter(subject__in=subjects).select_related("subject").order_by("-opened_at", "-pk")[:MOST]
    return lines_of(list(rows), who)


def searches(who: Operator, of: Case, *, after: int | None = None, limit: int = 50) -> list[Search]:
    """The searches in a case, the newest first, without their answers; `after` is the number of the last one seen.

    That there was a search and who made it is no ranked output. Whether anything passed is for those alone who may
    know it (`knowing.known_cases`); whoever wants the answer goes by `services.look_at_answer`. Raises Refused or
    NotHere.
    """
    if not open_to(who).filter(pk=of.pk).exists():
        raise not_here()
    rows = Search.objects.filter(case=of).defer("answer").order_by("-pk")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows[: max(1, min(limit, MOST))])


def not_here() -> NotHere:
    """The one answer for what does not exist and for what is not this person's to know."""
    return NotHere(_("There is no such case here. Nothing was changed."))


def open_to(who: Operator) -> QuerySet[Case]:
    """The cases of the agencies open to this person; raises Refused.

    A case about a living person is disclosed to no other agency, and shown to care and tracing alone.
    """
    access.require(who, Permission.CASE_READ, object=f"agency:{who.agency_id}")
    found = Case.objects.filter(agency__in=agencies_open_to(who, Scope.CASES))
    if own.sees_the_living(who):
        return found.filter(~Q(subject__kind__in=FOR_CARE_AND_TRACING) | Q(agency=who.agency_id))
    return found.exclude(subject__kind__in=FOR_CARE_AND_TRACING)


def recalled() -> QuerySet[Search]:
    """The searches that were recalled and are the last of their case: few, and found by their index."""
    newer = Search.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    return Search.objects.filter(~Exists(newer), recalled_at__isnull=False)


def latest_search(*tests: Q, **conditions: object) -> Exists:
    """Whether the last search of a case (the outer query) meets these conditions."""
    newer = Search.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    return Exists(Search.objects.filter(~Exists(newer), *tests, case=OuterRef("pk"), **conditions))


def photographed() -> Exists:
    """Whether the subject of a case (the outer query) has a photograph."""
    return Exists(Photograph.objects.filter(subject=OuterRef("subject")))


def waiting_for(found: QuerySet[Case], wait: Wait, *, all_known: bool) -> QuerySet[Case]:
    """Those of these cases that wait for this, as `waiting.waits` decides it for each.

    For whoever may not know what searches came to, either outcome is the same as ANSWERED.
    """
    if wait in OUTCOMES and not all_known:
        wait = Wait.ANSWERED
    found = found.filter(closed_at=None)
    if wait == Wait.ATTESTATION:
        soon = timezone.now() - ATTESTATION_HOLDS + SOON
        held = Attestation.objects.filter(subject=OuterRef("subject"), attested_at__gte=soon)
        return found.filter(~Exists(held), subject__kind=SubjectKind.UNABLE)
    if wait == Wait.PARTICULARS:
        lacks = Q(subject__place="") | Q(subject__recovered_on=None) | Q(subject__attested_by="")
        return found.exclude(subject__kind=SubjectKind.UNABLE).filter(lacks)
    if wait == Wait.PHOTOGRAPHS:
        return found.filter(~photographed())
    found = found.filter(photographed())
    if wait == Wait.SEARCH:
        return found.filter(~latest_search())
    if wait == Wait.SEARCH_AGAIN:
        return found.filter(pk__in=recalled().values("case"))
    newest = Photograph.objects.filter(subject=OuterRef("case__subject"), added_at__gt=OuterRef("at"))
    if wait == Wait.NEW_PHOTOGRAPHS:
        return found.filter(latest_search(Q(Exists(newest)), recalled_at=None))
    outcome = {} if wait == Wait.ANSWERED else {"none_of_these": wait == Wait.PORTRAITS}
    return found.filter(latest_search(Q(~Exists(newest)), recalled_at=None, **outcome))


def _narrowed(found: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    if filters.kind:
        found = found.filter(subject__kind=filters.kind)
    if filters.closed is not None:
        found = found.filter(closed_at__isnull=not filters.closed)
    if filters.code.strip():
        found = found.filter(code__istartswith=filters.code.strip())
    if filters.opened_from is not None:
        found = found.filter(opened_at__date__gte=filters.opened_from)
    if filters.opened_to is not None:
        found = found.filter(opened_at__date__lte=filters.opened_to)
    for wanted, holds in (
        (filters.photographed, photographed()),
        (filters.searched, Exists(Search.objects.filter(case=OuterRef("pk")))),
        (filters.recalled, Q(pk__in=recalled().values("case"))),
    ):
        if wanted is not None:
            found = found.filter(holds if wanted else ~holds)
    return found


def lines_of(rows: Sequence[Case], who: Operator) -> list[CaseLine]:
    """These cases, whose subjects are at hand, as lines for this person: a fixed number of queries."""
    subjects, pks = [row.subject_id for row in rows], [row.pk for row in rows]
    pictures = {
        subject: (number, newest)
        for subject, number, newest in Photograph.objects.filter(subject__in=subjects)
        .order_by()
        .values_list("subject")
        .annotate(Count("pk"), Max("added_at"))
    }
    attested = dict(
        Attestation.objects.filter(subject__in=subjects).order_by().values_list("subject").annotate(Max("attested_at"))
    )
    numbers = dict(Search.objects.filter(case__in=pks).order_by().values_list("case").annotate(Count("pk")))
    newest = Search.objects.filter(case=OuterRef("case")).order_by("-pk").values("pk")[:1]
    last = Search.objects.filter(case__in=pks, pk=Subquery(newest)).defer("answer")
    searched = {search.case_id: search for search in last}
    known, now = known_cases(who, pks), timezone.now()
    return [
        _line(row, pictures.get(row.subject_id, (0, None)), attested.get(row.subject_id), numbers.get(row.pk, 0),
              searched.get(row.pk), now, known=row.pk in known)
        for row in rows
    ]  # fmt: skip


def _line(
    row: Case,
    pictures: tuple[int, datetime | None],
    attested_at: datetime | None,
    searches: int,
    last: Search | None,
    now: datetime,
    *,
    known: bool,
) -> CaseLine:
    subject = row.subject
    standing = Standing(
        kind=subject.kind,
        closed=row.closed_at is not None,
        photographs=pictures[0],
        newest_photograph=pictures[1],
        attested_at=attested_at,
        lacking=missing_particulars(subject.kind, subject.place, subject.recovered_on, subject.attested_by),
        searched_at=last.at if last else None,
        recalled=last is not None and last.recalled_at is not None,
        none_of_these=last is not None and last.none_of_these,
    )
    return CaseLine(
        pk=row.pk,
        code=row.code,
        kind=subject.kind,
        agency=row.agency_id,
        subject=row.subject_id,
        place=subject.place,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        photographs=standing.photographs,
        searches=searches,
        last_search=last.pk if last else None,
        searched_at=standing.searched_at,
        none_of_these=last.none_of_these if last and known else None,
        recalled=standing.recalled,
        waits=waits(standing, now) if known else veiled(waits(standing, now)),
        outcome_known=known,
    )


def ledger_of(agency: Agency, code: str | None, last: int) -> list[Entry]:
    """The last entries of the ledger, oldest first; with `code`, those about this case of the agency."""
    entries = Entry.objects.order_by("-id")
    if code is not None:
        found = Case.objects.filter(code__iexact=code, agency=agency).values_list("pk", "subject_id").first()
        if found is None:
            raise CaseRefused(f"There is no case “{code}”. Nothing was shown.")
        entries = entries.filter(object__in=[f"case:{found[0]}", f"subject:{found[1]}"])
    return list(entries[:last])[::-1]
