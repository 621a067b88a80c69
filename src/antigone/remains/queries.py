"""Questions about post-mortem records that doors ask: each a fixed number of queries, lists by keyset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope, agencies_open_to
from antigone.description.given import Certainty
from antigone.remains import coach, own, rules
from antigone.remains.cursors import cursor, position
from antigone.remains.errors import BadRecord
from antigone.remains.models import (
    AliasCode,
    Association,
    CodeReservation,
    FoundDocument,
    OpenSourceItem,
    Photograph,
    RecoveryEvent,
    Release,
    ReleaseState,
    Site,
    Statement,
    Subject,
    SubjectKind,
)
from antigone.remains.tags import fold

MOST = 200


@dataclass(frozen=True)
class Filters:
    """What a list of subjects is narrowed to; what is empty narrows nothing."""

    kind: str = ""
    site: int | None = None
    recovery: int | None = None
    recovered_from: date | None = None
    recovered_to: date | None = None
    code: str = ""
    draft: bool | None = None
    released: bool | None = None
    photographs_missing: bool | None = None
    review_due: bool | None = None
    spoke: bool | None = None


@dataclass(frozen=True)
class SubjectLine:
    """A subject in one line."""

    pk: int
    code: str
    kind: str
    agency: int
    place: str
    recovered_on: date | None
    site: str
    opened_at: datetime
    photographs: int
    draft: bool
    individual: int | None
    released: bool
    spoke: bool = False


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and the cursor of the next ones; None at the end."""

    lines: tuple[SubjectLine, ...]
    after: str | None


@dataclass(frozen=True)
class SiteLine:
    """A site in one line: how many subjects of it are open to this person, and how many recoveries it had."""

    site: Site
    subjects: int
    recoveries: int


@dataclass(frozen=True)
class Counts:
    """How many subjects there are for this person, by kind, and how many of the dead are drafts."""

    deceased: int
    parts: int
    living: int
    drafts: int

    @property
    def total(self) -> int:
        return self.deceased + self.parts + self.living


def subjects(who: Operator, filters: Filters | None = None, after: str | None = None, limit: int = 50) -> Page:
    """The subjects open to this person, the newest first; raises Refused, or BadRecord for a cursor that is none.

    However many subjects there are: one query for the page, three for what stands beside it.
    """
    found = narrowed(who, filters or Filters())
    if after:
        opened, pk = position(after, BadRecord)
        found = found.filter(Q(opened_at__lt=opened) | Q(opened_at=opened, pk__lt=pk))
    limit = max(1, min(limit, MOST))
    rows = list(found.select_related("site").order_by("-opened_at", "-pk")[: limit + 1])
    shown = rows[:limit]
    return Page(tuple(lines_of(shown)), cursor(shown[-1].opened_at, shown[-1].pk) if len(rows) > limit else None)


def open_to(who: Operator) -> QuerySet[Subject]:
    """The subjects that this person may know of; raises Refused."""
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    found = Subject.objects.filter(agency__in=agencies_open_to(who, Scope.REMAINS))
    # A living person's record is disclosed to no other agency, and shown to nobody but care and tracing.
    if own.sees_the_living(who):
        return found.filter(~Q(kind__in=rules.FOR_CARE_AND_TRACING) | Q(agency=who.agency_id))
    return found.exclude(kind__in=rules.FOR_CARE_AND_TRACING)


def narrowed(who: Operator, filters: Filters) -> QuerySet[Subject]:
    """The subjects open to this person, narrowed as a list is, with their sites; raises Refused."""
    return _narrowed(open_to(who), filters).select_related("site")


def subject(who: Operator, code: str) -> Subject:
    """The subject of this code, if it is open to this person; raises Refused, or NotHere for every other code.

    Case makes no difference, nor how the letters of the code are composed.
    """
    mine = open_to(who).select_related("agency", "site", "recovery")
    found = mine.filter(code=code).first()
    if found is None:
        known = CodeReservation.objects.filter(folded=fold(code.strip())).values_list("code", flat=True).first()
        found = mine.filter(code=known).first() if known else None
    if found is None:
        raise own.not_here()
    return found


def subject_numbered(who: Operator, pk: int) -> Subject:
    """The same by its number."""
    found = open_to(who).select_related("agency", "site", "recovery").filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    return found


def photograph(who: Operator, pk: UUID) -> Photograph:
    """The photograph of this id, veiled, if its subject is open to this person; raises Refused or NotHere."""
    found = Photograph.objects.select_related("subject").filter(pk=pk, subject__in=open_to(who)).first()
    if found is None:
        raise own.not_here()
    return found


def counts(who: Operator, filters: Filters | None = None) -> Counts:
    """How many subjects are open to this person: one query."""
    lacking = _draft()
    found = _narrowed(open_to(who), filters or Filters())
    rows = found.order_by().values("kind").annotate(number=Count("pk"), drafts=Count("pk", filter=lacking))
    by_kind = {row["kind"]: row for row in rows}
    number = {kind: int(row["number"]) for kind, row in by_kind.items()}
    return Counts(
        number.get(SubjectKind.DECEASED, 0),
        number.get(SubjectKind.BODY_PART, 0),
        number.get(SubjectKind.UNABLE, 0),
        sum(int(row["drafts"]) for row in by_kind.values()),
    )


def sites(who: Operator) -> list[Site]:
    """The sites of the agencies open to this person, by name; raises Refused."""
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    return list(Site.objects.filter(agency__in=agencies_open_to(who, Scope.REMAINS)).order_by("name", "pk"))


def own_sites(who: Operator, limit: int = 300) -> list[Site]:
    """The latest sites of the person's own agency, by name; raises Refused."""
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    latest = Site.objects.filter(agency=who.agency_id).order_by("-pk")[:limit]
    return sorted(latest, key=lambda each: (each.name.casefold(), each.pk))


def own_site_named(who: Operator, name: str) -> Site | None:
    """The site of the person's own agency that bears this name, or None; raises Refused."""
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    return Site.objects.filter(agency=who.agency_id, name=name.strip()).first()


def site(who: Operator, pk: int) -> Site:
    """The site of this number; raises Refused or NotHere."""
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    found = Site.objects.filter(pk=pk, agency__in=agencies_open_to(who, Scope.REMAINS)).first()
    if found is None:
        raise own.not_here()
    return found


def recoveries(who: Operator, of: Site) -> list[RecoveryEvent]:
    """The recoveries at a site, the newest first; raises Refused or NotHere."""
    site(who, of.pk)
    return list(RecoveryEvent.objects.filter(site=of).order_by("-began_on", "-pk"))


def recovery(who: Operator, pk: int) -> RecoveryEvent:
    """The recovery of this number, with its site; raises Refused or NotHere."""
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    agencies = agencies_open_to(who, Scope.REMAINS)
    found = RecoveryEvent.objects.select_related("site").filter(pk=pk, site__agency__in=agencies).first()
    if found is None:
        raise own.not_here()
    return found


def latest_recoveries(who: Operator, limit: int = 100) -> list[RecoveryEvent]:
    """The recoveries of the person's own agency, the newest first, with their sites; raises Refused."""
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    mine = RecoveryEvent.objects.select_related("site").filter(site__agency=who.agency_id)
    return list(mine.order_by("-began_on", "-pk")[: max(1, min(limit, MOST))])


def sites_named(who: Operator, text: str, after: int | None = None, limit: int = 50) -> list[SiteLine]:
    """Sites by name whose name or place has these words, with how many subjects and recoveries each has.

    `after` is the number of the last site that was seen. Raises Refused.
    """
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    found = Site.objects.filter(agency__in=agencies_open_to(who, Scope.REMAINS))
    for word in text.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(place__icontains=word))
    last = Site.objects.filter(pk=after).values_list("name", "pk").first() if after is not None else None
    if last is not None:
        found = found.filter(Q(name__gt=last[0]) | Q(name=last[0], pk__gt=last[1]))
    rows = list(found.order_by("name", "pk")[: max(1, min(limit, MOST))])
    pks = [row.pk for row in rows]
    there = open_to(who).filter(site__in=pks).order_by()
    subjects = dict(there.values_list("site").annotate(Count("pk")))
    events = RecoveryEvent.objects.filter(site__in=pks).order_by()
    recoveries = dict(events.values_list("site").annotate(Count("pk")))
    return [SiteLine(row, subjects.get(row.pk, 0), recoveries.get(row.pk, 0)) for row in rows]


def sealed_images() -> set[UUID]:
    """Every id under which a row of this room expects a sealed image in the vault."""
    return {
        *Photograph.objects.values_list("pk", flat=True),
        *FoundDocument.objects.exclude(sha256="").values_list("pk", flat=True),
        *OpenSourceItem.objects.filter(erased_at=None).values_list("pk", flat=True),
    }


def _draft() -> Q:
    lacking = Q(place="") | Q(recovered_on=None) | Q(attested_by="")
    return lacking & ~Q(kind=SubjectKind.UNABLE)


def _narrowed(found: QuerySet[Subject], filters: Filters) -> QuerySet[Subject]:
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.site is not None:
        found = found.filter(site=filters.site)
    if filters.recovery is not None:
        found = found.filter(recovery=filters.recovery)
    if filters.recovered_from is not None:
        found = found.filter(recovered_on__gte=filters.recovered_from)
    if filters.recovered_to is not None:
        found = found.filter(recovered_on__lte=filters.recovered_to)
    if filters.code.strip():
        begins = filters.code.strip()
        by_alias = AliasCode.objects.filter(code__istartswith=begins, ended_at=None).values("subject")
        found = found.filter(Q(code__istartswith=begins) | Q(pk__in=by_alias))
    if filters.draft is not None:
        found = found.filter(_draft()) if filters.draft else found.exclude(_draft())
    if filters.released is not None:
        released = Release.objects.filter(state=ReleaseState.SIGNED).values("subject")
        found = found.filter(pk__in=released) if filters.released else found.exclude(pk__in=released)
    if filters.photographs_missing is not None:
        found = found.filter(_lacks()) if filters.photographs_missing else found.exclude(_lacks())
    if filters.review_due is not None:
        due = due_soon(timezone.now().date()) & Q(spoke_at=None)
        found = found.filter(due) if filters.review_due else found.exclude(due)
    if filters.spoke is not None:
        found = found.filter(spoke_at__isnull=not filters.spoke)
    return found


def due_soon(today: date, of: str = "") -> Q:
    """Rows whose review is due, or told of by now; `of` leads from the row to its subject's kind."""
    living = Q(**{f"{of}kind": SubjectKind.UNABLE})
    return (~living & Q(review_on__lte=today + rules.REVIEW_WARNING)) | (
        living & Q(review_on__lte=today + rules.REVIEW_WARNING_OF_THE_LIVING)
    )


def _lacks() -> Q:
    """Subjects of which a photograph of the minimum is missing, as the coach says of each."""
    lacking = Q(pk__in=())
    for kind in SubjectKind.values:
        for shot in coach.minimum(kind):
            taken = Photograph.objects.filter(subject=OuterRef("pk"))
            of_it = {"shot__startswith": shot} if coach.SHOTS[shot].several else {"shot": shot}
            there = Exists(taken.filter(**of_it))
            nothing = [key for key, of in coach.SHOT_OF.items() if of == shot]
            absent = Exists(
                Statement.objects.filter(
                    subject=OuterRef("pk"), key__in=nothing, certainty=Certainty.ABSENT, item=None, ended_at=None
                )
            )
            lacking |= Q(kind=kind) & ~Q(there) & ~Q(absent)
    return lacking & Q(spoke_at=None)


def none_seen(of: Iterable[int]) -> QuerySet[Statement]:
    """What stands of these subjects as looked for and not there, of the things that photographs are asked of."""
    return Statement.objects.filter(
        subject__in=of, key__in=coach.SHOT_OF, certainty=Certainty.ABSENT, item=None, ended_at=None
    )


def lines_of(rows: list[Subject]) -> list[SubjectLine]:
    """These subjects, whose sites are at hand, as lines: three queries."""
    pks = [row.pk for row in rows]
    photographs = Counter(Photograph.objects.filter(subject__in=pks).values_list("subject", flat=True))
    held = dict(Association.objects.filter(unit__in=pks, until=None).values_list("unit", "individual"))
    released = set(Release.objects.filter(subject__in=pks, state=ReleaseState.SIGNED).values_list("subject", flat=True))
    return [
        SubjectLine(
            pk=row.pk,
            code=row.code,
            kind=row.kind,
            agency=row.agency_id,
            place=row.place,
            recovered_on=row.recovered_on,
            site=row.site.name if row.site else "",
            opened_at=row.opened_at,
            photographs=photographs[row.pk],
            draft=bool(rules.missing_particulars(row.kind, row.place, row.recovered_on, row.attested_by)),
            individual=held.get(row.pk),
            released=row.pk in released,
            spoke=row.spoke_at is not None,
        )
        for row in rows
    ]
