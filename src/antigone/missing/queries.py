"""Questions about ante-mortem records that rooms above ask."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Trim

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.enrolment.models import Contract, Template, Unencoded
from antigone.intake.models import Enquiry
from antigone.missing import services
from antigone.missing.errors import NoSuchRecord
from antigone.missing.listing import Counts, Filters, Page, PersonLine, PortraitLine, PortraitPage, counts, persons
from antigone.missing.listing import portraits as portraits
from antigone.missing.models import (
    Basis,
    Holding,
    Merge,
    Person,
    Portrait,
    Relative,
    Report,
    ReportState,
    Statement,
    TakenUp,
)
from antigone.missing.own import not_here
from antigone.missing.records import reference
from antigone.missing.rules import day_number
from antigone.missing.sharing import persons_shown_to, relatives_shown_to, shown_to

__all__ = [
    "Counts", "Filters", "HoldingLine", "HoldingName", "Page", "PersonLine", "PortraitLine", "PortraitPage",
    "approvals_awaited", "counts", "encoding_note", "holding", "holding_named", "holdings", "holdings_for",
    "holdings_to_choose", "live", "merge", "merges", "person", "person_named", "persons", "portrait", "portraits",
    "portraits_named", "relative", "relatives", "same_pictures", "statement", "taken_up_as", "to_encode",
    "unfindable", "without_portrait", "without_template",
]  # fmt: skip

PORTRAIT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DIGEST_START = re.compile(r"[0-9a-f]{12,64}")


def without_portrait(agencies: Collection[int], contract: Contract, today: date) -> int:
    """How many are reported missing in these agencies whom no search under this contract can find today."""
    findable = Template.objects.filter(contract=contract, searchable=True, until__gte=day_number(today))
    return (
        Report.objects.filter(
            state=ReportState.OPEN, person__holding__agency__in=agencies, person__holding__approved_at__isnull=False
        )
        .exclude(person__in=findable.values("person"))
        .count()
    )


def live(today: date) -> QuerySet[Portrait]:
    """Portraits that may be held ready for a search: their day has not passed, and nobody withdrew them.

    Those of a report that is closed for another reason are among them, since it may be opened again.
    """
    return Portrait.objects.filter(Q(until=None) | Q(until__gte=today), withheld_at=None).exclude(
        person__report__state__in=(ReportState.WITHDRAWN, ReportState.MERGED)
    )


def without_template(contract: str, today: date) -> QuerySet[Portrait]:
    """Live portraits that have no template under the contract of this digest."""
    return live(today).exclude(Exists(Template.objects.filter(contract__digest=contract, portrait=OuterRef("pk"))))


def to_encode(contract: str, today: date) -> QuerySet[Portrait]:
    """Those of `without_template` that were not tried in vain before."""
    tried = Unencoded.objects.filter(contract__digest=contract, portrait=OuterRef("pk"))
    return without_template(contract, today).exclude(Exists(tried))


def unfindable(contract: str, today: date, agency: Agency | None = None) -> QuerySet[Portrait]:
    """Portraits that a search should find and, under the contract of this digest, cannot; of one agency or of all.

    Of one agency those in its approved holdings, which are what its searches go through.
    """
    # As rules.searchable has it.
    cited = ~Q(cited="") & Q(basis=Basis.OWN_SERVICE)
    found = without_template(contract, today).annotate(cited=Trim("citation"))
    found = found.filter(Q(person__report__state=ReportState.OPEN) | cited)
    if agency is not None:
        found = found.filter(person__holding__agency=agency, person__holding__approved_at__isnull=False)
    return found


def encoding_note(contract: str, today: date, agency: Agency | None = None) -> str | None:
    """The sentence for whoever searches or keeps the instance while portraits wait to be encoded, or None."""
    waiting = unfindable(contract, today, agency)
    number = waiting.count()
    if not number:
        return None
    tried = Unencoded.objects.filter(contract__digest=contract, portrait__in=waiting.values("pk")).count()
    begin = f"{number} {'portrait has' if number == 1 else 'portraits have'} no template under the recogniser in use"
    if tried == number:
        return f"{begin}, having given none when tried: no search finds them. antigone reencode lists them."
    return f"{begin}: no search finds them until antigone reencode is run."


def person_named(agency: Agency, ref: str, holding: str | None = None) -> Person:
    """The person of this reference in the agency's holdings; raises NoSuchRecord for none or several."""
    found = Person.objects.select_related("holding").filter(ref=reference(ref), holding__agency=agency)
    if holding is not None:
        found = found.filter(holding__name=holding)
    persons = list(found[:2])
    if not persons:
        raise NoSuchRecord(f"No person goes by the reference “{ref}” here. Nothing was changed.")
    if len(persons) > 1:
        raise NoSuchRecord(f"Several holdings have a person “{ref}”; say which with --holding. Nothing was changed.")
    return persons[0]


def portraits_named(agency: Agency, name: str) -> QuerySet[Portrait]:
    """The agency's portraits of this id, or of this SHA-256 (its first 12 digits suffice); raises NoSuchRecord."""
    mine = Portrait.objects.filter(person__holding__agency=agency)
    wanted = name.lower()
    if PORTRAIT_ID.fullmatch(wanted):
        found = mine.filter(pk=wanted)
    elif DIGEST_START.fullmatch(wanted):
        found = mine.filter(sha256__startswith=wanted)
    else:
        raise NoSuchRecord("A portrait is named by its id, or by 12 to 64 digits of its SHA-256. Nothing was changed.")
    if found.values("sha256").distinct().count() > 1:
        raise NoSuchRecord("Several pictures begin with these digits; give more of them. Nothing was changed.")
    if not found.exists():
        raise NoSuchRecord("No portrait goes by that name here. Nothing was changed.")
    return found


def same_pictures(agency: int, digests: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The references of the agency's persons who have a picture, by its SHA-256, where several have the same."""
    rows = Portrait.objects.filter(sha256__in=list(digests), person__holding__agency=agency)
    found: dict[str, list[str]] = {}
    for sha256, ref in rows.order_by("person").values_list("sha256", "person__ref"):
        found.setdefault(sha256, []).append(ref)
    return {sha256: tuple(refs) for sha256, refs in found.items() if len(refs) > 1}


@dataclass(frozen=True)
class HoldingLine:
    """A holding in one line; `awaiting` says that a second person could approve it now and has not."""

    name: str
    persons: int
    portraits: int
    approval: str
    pk: int = 0
    approved: bool = True
    self_approved: bool = False
    awaiting: bool = False


def holdings(agency: Agency) -> list[HoldingLine]:
    """The holdings of an agency, by name."""
    rows = Holding.objects.filter(agency=agency).order_by("name")
    # Counted by the database in two passes: a join of persons and portraits would multiply them.
    persons = dict(Person.objects.filter(holding__in=rows).values_list("holding").annotate(number=Count("pk")))
    pictures = dict(
        Portrait.objects.filter(person__holding__in=rows)
        .order_by()
        .values_list("person__holding")
        .annotate(number=Count("pk"))
    )
    return [
        HoldingLine(
            each.name,
            persons.get(each.pk, 0),
            pictures.get(each.pk, 0),
            _approval(each),
            pk=each.pk,
            approved=each.approved_at is not None,
            self_approved=each.self_approved,
        )
        for each in rows
    ]


@dataclass(frozen=True)
class HoldingName:
    """A holding to choose."""

    pk: int
    name: str
    approved: bool


def holdings_to_choose(who: Operator) -> list[HoldingName]:
    """The holdings of the operator's agency by name, without what is in them; one query."""
    rows = Holding.objects.filter(agency=who.agency_id).order_by("name")
    return [HoldingName(each.pk, each.name, each.approved_at is not None) for each in rows]


def holdings_for(who: Operator) -> list[HoldingLine]:
    """The holdings of the operator's agency, with those that a second person is yet to approve; raises Refused."""
    access.require(who, Permission.HOLDING_READ, object=f"agency:{who.agency_id}")
    awaited = {holding.pk for holding in services.awaiting_second_approval(who)}
    return [replace(line, awaiting=line.pk in awaited or not line.approved) for line in holdings(who.agency)]


def approvals_awaited(who: Operator, limit: int = 8) -> list[Holding]:
    """The holdings of the agency that this operator could approve as a second person, those opened first first."""
    if not access.allows(who, Permission.HOLDING_OPEN):
        return []
    rows = Holding.objects.filter(agency=who.agency_id).exclude(opened_by=who.actor)
    awaiting = Q(approved_at=None) | Q(approved_by=F("opened_by"))
    return list(rows.filter(awaiting).order_by("opened_at", "pk")[: max(1, min(limit, 200))])


def holding(who: Operator, pk: int) -> Holding:
    """The agency's holding of this number; raises Refused or NotHere."""
    access.require(who, Permission.HOLDING_READ, object=f"agency:{who.agency_id}")
    found = Holding.objects.filter(pk=pk, agency=who.agency_id).first()
    if found is None:
        raise not_here()
    return found


def person(who: Operator, pk: int) -> Person:
    """The record of this number, of an agency open to this operator; raises Refused or NotHere.

    One that was merged into another is given as itself: `own.counting` leads to the one that counts.
    """
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    found = persons_shown_to(who).select_related("holding__agency", "report", "merged_into").filter(pk=pk).first()
    if found is None:
        raise not_here()
    return found


def portrait(who: Operator, pk: uuid.UUID) -> Portrait:
    """The portrait of this id, if it may be known to this operator; raises Refused or NotHere."""
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    found = shown_to(who).select_related("person__holding", "giver").filter(pk=pk).first()
    if found is None:
        raise not_here()
    return found


def relative(who: Operator, pk: int) -> Relative:
    """The relative of this number, if this operator may know of them; raises Refused or NotHere."""
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    found = relatives_shown_to(who).select_related("person__holding").filter(pk=pk).first()
    if found is None:
        raise not_here()
    return found


def relatives(who: Operator, person: Person) -> list[Relative]:
    """Who told of a person and who waits for them, with consents and choices; raises Refused. Three queries."""
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    rows = relatives_shown_to(who).filter(person=person).prefetch_related("consents", "shares__partner")
    return list(rows.order_by("-reporter", "pk"))


def taken_up_as(enquiry: Enquiry) -> TakenUp | None:
    """What an enquiry was taken up as, with the record that counts for it; None while nobody took it up."""
    rows = TakenUp.objects.select_related("person__holding", "relative")
    return rows.filter(enquiry=enquiry).first()


def statement(who: Operator, pk: int) -> Statement:
    """A statement about a person open to this operator, with the person; raises Refused or NotHere."""
    found = Statement.objects.filter(pk=pk).first()
    if found is None:
        raise not_here()
    found.person = person(who, found.person_id)
    return found


def merge(who: Operator, pk: int) -> Merge:
    """A merge of records of the operator's agency that stands; raises Refused or NotHere."""
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    rows = Merge.objects.select_related("kept", "absorbed").filter(pk=pk, undone_at=None)
    found = rows.filter(kept__holding__agency=who.agency_id).first()
    if found is None:
        raise not_here()
    return found


def merges(person: Person) -> list[Merge]:
    """The merges that this record took part in, newest first, undone ones among them."""
    rows = Merge.objects.filter(Q(kept=person) | Q(absorbed=person)).select_related("kept", "absorbed")
    return list(rows.order_by("-pk"))


def _approval(holding: Holding) -> str:
    if holding.approved_at is None:
        return "not approved yet, and not searched"
    return "approved by the person who opened it" if holding.self_approved else "approved by a second person"


def holding_named(agency: Agency, name: str) -> Holding:
    """The agency's holding of this name; raises NoSuchRecord."""
    found = Holding.objects.filter(agency=agency, name=name).first()
    if found is None:
        raise NoSuchRecord(f"There is no holding “{name}” here. Nothing was changed.")
    return found
