"""Records as somebody types them who asks for a report: a person by reference, remains by code."""

from __future__ import annotations

from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.errors import ReportRefused
from antigone.missing.errors import NotHere as NoPerson
from antigone.missing.models import Person
from antigone.missing.records import reference
from antigone.missing.sharing import persons_shown_to
from antigone.remains import queries as remains
from antigone.remains.errors import NotHere as NoSubject
from antigone.remains.models import Subject

MOST = 5


def person(text: str, who: Operator) -> Person:
    """The missing person of this reference, among those open to this person; raises ReportRefused.

    Where several holdings use a reference, it is written with the holding's name: “M-12 @ Families”.
    """
    ref, _at, holding = (part.strip() for part in text.partition("@"))
    found = persons_shown_to(who).filter(ref=reference(ref)).select_related("holding")
    if holding:
        found = found.filter(holding__name=holding)
    known = list(found.order_by("pk")[: MOST + 1])
    if not known:
        raise ReportRefused(
            _("No missing person goes by “%(text)s” here. Nothing was made.") % {"text": text.strip()[:80]}
        )
    if len(known) > 1:
        names = ", ".join(f"“{ref} @ {each.holding.name}”" for each in known[:MOST])
        raise ReportRefused(
            _("Several holdings know this reference: write %(names)s. Nothing was made.") % {"names": names}
        )
    return known[0]


def name_of(one: int, who: Operator) -> str:
    """How the person of this number is typed; empty where they are not open to this person."""
    try:
        found = persons_shown_to(who).select_related("holding").get(pk=one)
    except (Person.DoesNotExist, NoPerson):
        return ""
    several = persons_shown_to(who).filter(ref=found.ref).count() > 1
    return f"{found.ref} @ {found.holding.name}" if several else found.ref


def subject(text: str, who: Operator) -> Subject:
    """The remains of this code, if they are open to this person; raises Refused or ReportRefused."""
    try:
        return remains.subject(who, text.strip())
    except NoSubject:
        raise ReportRefused(
            _("No remains go by the code “%(text)s” here. Nothing was made.") % {"text": text.strip()[:80]}
        ) from None
