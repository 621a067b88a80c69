"""Questions about cases that doors ask: each a fixed number of queries, lists by keyset."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope, agencies_open_to
from antigone.casework.errors import CaseRefused, NotHere
from antigone.casework.knowing import known_cases, knows_all
from antigone.casework.models import Case, Search
from antigone.casework.narrowing import Filters, narrowed, waiting_for
from antigone.casework.waiting import Standing, Wait, veiled, waits
from antigone.ledger.models import Entry
from antigone.ledger.reading import Veil, open_entries
from antigone.remains import own
from antigone.remains.cursors import cursor, position
from antigone.remains.models import Attestation, Photograph
from antigone.remains.rules import FOR_CARE_AND_TRACING, missing_particulars

MOST = 200


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
    found = narrowed(open_to(who), filters)
    if filters.waits is not None:
        found = waiting_for(found, filters.waits, all_known=knows_all(who))
    if after:
        opened, pk = position(after, NotHere)
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


def lines_of(rows: Sequence[Case], who: Operator) -> list[CaseLine]:
    """These cases, whose subjects are at hand, as lines for this person: a fixed number of queries."""
    subjects, pks = [row.subject_id for row in rows], [row.pk for row in rows]
    comparable = Q(not_suitable=None)
    pictures = {
        subject: (number, suitable, newest)
        for subject, number, suitable, newest in Photograph.objects.filter(subject__in=subjects)
        .order_by()
        .values_list("subject")
        .annotate(whole=Count("pk"), suitable=Count("pk", filter=comparable), newest=Max("added_at", filter=comparable))
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
        _line(row, pictures.get(row.subject_id, (0, 0, None)), attested.get(row.subject_id), numbers.get(row.pk, 0),
              searched.get(row.pk), now, known=row.pk in known)
        for row in rows
    ]  # fmt: skip


def _line(
    row: Case,
    pictures: tuple[int, int, datetime | None],
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
        photographs=pictures[1],
        newest_photograph=pictures[2],
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
        photographs=pictures[0],
        searches=searches,
        last_search=last.pk if last else None,
        searched_at=standing.searched_at,
        none_of_these=last.none_of_these if last and known else None,
        recalled=standing.recalled,
        waits=waits(standing, now) if known else veiled(waits(standing, now)),
        outcome_known=known,
    )


def ledger_of(agency: Agency, code: str | None, last: int, veil: Veil | None = None) -> list[Entry]:
    """The last entries of the ledger, oldest first; with `code`, those about this case of the agency.

    `veil` (`judging.unread`) leaves out what whoever may still judge blind does not read.
    """
    entries = open_entries(veil).order_by("-id")
    if code is not None:
        found = Case.objects.filter(code__iexact=code, agency=agency).values_list("pk", "subject_id").first()
        if found is None:
            raise CaseRefused(f"There is no case “{code}”. Nothing was shown.")
        entries = entries.filter(object__in=[f"case:{found[0]}", f"subject:{found[1]}"])
    return list(entries[:last])[::-1]
