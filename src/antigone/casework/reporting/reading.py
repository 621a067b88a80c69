"""Reports that were made, for whoever may read what they are made of today; every look is in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import queries as cases
from antigone.casework.deciding import before
from antigone.casework.errors import NotHere
from antigone.casework.models import Case, Exhibit, Report, ReportKind
from antigone.casework.reporting import blinding, making, sides
from antigone.casework.reporting.document import digest
from antigone.ledger.models import Checkpoint, Entry
from antigone.ledger.services import record, recorded
from antigone.missing import disclosing as persons_disclosing
from antigone.missing import queries as persons
from antigone.missing.models import Person
from antigone.missing.sharing import sources_shown
from antigone.remains import disclosing, own
from antigone.remains import queries as remains
from antigone.remains.models import Subject
from antigone.remains.rules import FOR_CARE_AND_TRACING

MOST = 100


@dataclass(frozen=True)
class Line:
    """A report in one line. `about` names a case or remains; a person is named only to whom the report is open."""

    pk: int
    serial: str
    kind: ReportKind
    about: str
    made_at: datetime
    made_by: str
    language: str
    erased: bool


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and the number of the last one; None at the end."""

    lines: tuple[Line, ...]
    after: int | None


@dataclass(frozen=True)
class Place:
    """Where the ledger has the making of a report: its entry, and the first checkpoint that covers it.

    `entry` is None while it is not sequenced yet, and `checkpoint` empty until one covers it.
    """

    entry: int | None
    checkpoint: str


@dataclass(frozen=True)
class Read:
    """A report as it was made; `whole` says that it is what the ledger has the digest of."""

    report: Report
    content: dict[str, Any]
    whole: bool
    place: Place


def reports(who: Operator, after: int | None = None, limit: int = 40) -> Page:
    """The reports of one's agency of the kinds that one may read at all, the newest first; a fixed number of queries.

    No line says which person remains were compared with: whoever may still examine reads this list too.
    """
    kinds = making.may_make(who)
    if not kinds:
        raise not_here()
    found = Report.objects.filter(agency=who.agency_id, kind__in=kinds).select_related("case").defer("content")
    if not own.sees_the_living(who):
        found = found.exclude(case__subject__kind__in=FOR_CARE_AND_TRACING)
    if after is not None:
        found = found.filter(pk__lt=after)
    limit = max(1, min(limit, MOST))
    rows = list(found.order_by("-pk")[: limit + 1])
    codes = _codes(rows)
    erased = set(
        Report.objects.filter(pk__in=[each.pk for each in rows], content__isnull=True).values_list("pk", flat=True)
    )
    lines = tuple(
        Line(each.pk, each.serial, ReportKind(each.kind), _about(each, codes), each.made_at, each.made_by,
             each.language, each.pk in erased)
        for each in rows[:limit]
    )  # fmt: skip
    return Page(lines, rows[limit - 1].pk if len(rows) > limit else None)


def report(pk: int, who: Operator) -> Report:
    """A report that is open to this person, without showing what it says; raises NotHere, Refused or ReportRefused.

    It is open to who may read, today, all that it is made of; that this ends their blindness is for `unblinds`.
    """
    found = (
        Report.objects.select_related("case__subject", "agency", "decision").filter(pk=pk, agency=who.agency_id).first()
    )
    if found is None:
        raise not_here()
    held = _discloses(found, who)
    if not sides.may_read(found.discloses, [held]):
        raise not_here()
    return found


def unblinds(found: Report, who: Operator) -> bool:
    """Whether opening this report would end what this person may still examine; they are asked first."""
    return blinding.ends_blindness(_concerned(found), who)


def forgo(found: Report, who: Operator) -> None:
    """Keep that this person will examine in none of the cases that the report concerns."""
    blinding.forgo(_concerned(found), who)


def read(pk: int, who: Operator, *, as_file: bool = False) -> Read:
    """What a report says; raises as above, NotHere for one that was erased, or ReportRefused for who did not forgo.

    The look, or that it was set as a file, is in the ledger.
    """
    found = report(pk, who)
    concerned = _concerned(found)
    blinding.ready(concerned, who)
    blinding.forwent(concerned, who)
    if found.content is None:
        raise NotHere(_("What this report said was erased, with the records that it was about. Its number and its "
                        "digest stay."))  # fmt: skip
    with recorded():
        action = "casework:report:print" if as_file else "casework:report:look"
        record(action, actor=who.actor, object=f"report:{found.pk}", serial=found.serial)
    return Read(found, found.content, digest(found.content) == found.digest, place_of(found))


def place_of(found: Report) -> Place:
    """The entry of the making and the first checkpoint over it: the same ever after, so that a file is the same too."""
    # The last one: after a restore the key may be that of a report which the backup did not have.
    entry = Entry.objects.filter(action=making.MADE, object=f"report:{found.pk}").order_by("-id").first()
    if entry is None or entry.index is None:
        return Place(None, "")
    checkpoint = Checkpoint.objects.filter(size__gt=entry.index).order_by("size").first()
    return Place(entry.index, checkpoint.text if checkpoint else "")


def exhibits_of(found: Report) -> list[Exhibit]:
    """The exhibits that were given out with a report, in order."""
    return list(found.exhibits.select_related("partner").order_by("number"))


def not_here() -> NotHere:
    """The one answer for what does not exist and for what is not this person's to know."""
    return NotHere(_("There is no such report here. Nothing was changed."))


def _concerned(found: Report) -> list[Case]:
    return (
        [] if found.kind in (ReportKind.SAME_PERSON, ReportKind.SAME_BODY) else blinding.cases_about(found.subject or 0)
    )


def _discloses(found: Report, who: Operator) -> frozenset[str]:
    """What of the records of a report this person may read today; raises NotHere or Refused where one is not open."""
    if found.decision_id is not None and found.case is not None:
        before.case_for(found.case_id or 0, who, Permission.POSTERIOR_READ)
        return frozenset({sides.SENSITIVE, sides.INSCRIPTIONS, sides.SOURCES})
    held = {sides.SENSITIVE, sides.INSCRIPTIONS, sides.SOURCES}
    if found.case_id is not None:
        cases.case_numbered(who, found.case_id)
    for pk in filter(None, (found.person, found.other_person)):
        person = persons.person(who, pk)
        held -= (
            set() if persons_disclosing.sensitive_shown(person, who) or not _ours(found, person) else {sides.SENSITIVE}
        )
        held -= set() if sources_shown(person, who) or not _ours(found, person) else {sides.SOURCES}
    for pk in filter(None, (found.subject, found.other_subject)):
        subject = remains.subject_numbered(who, pk)
        if subject.agency_id == found.agency_id and not disclosing.sensitive_shown(subject, who):
            held.discard(sides.SENSITIVE)
    if not disclosing.inscriptions_shown(who):
        held.discard(sides.INSCRIPTIONS)
    return frozenset(held)


def _ours(found: Report, person: Person) -> bool:
    # Of another agency's record nothing sensitive was ever in the report, whoever made it.
    return person.holding.agency_id == found.agency_id


def _codes(rows: list[Report]) -> dict[int, str]:
    wanted = {pk for each in rows for pk in (each.subject, each.other_subject) if pk}
    return dict(Subject.objects.filter(pk__in=wanted).values_list("pk", "code"))


def _about(each: Report, codes: dict[int, str]) -> str:
    if each.kind == ReportKind.SAME_PERSON:
        return _("two records of missing persons")
    if each.case is not None:
        return each.case.code
    return " · ".join(codes[pk] for pk in (each.subject, each.other_subject) if pk in codes)
