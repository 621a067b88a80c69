"""A missing person recorded by hand: who is missed, who says so, and on which ground in law."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.description.given import Given
from antigone.intake.errors import BadEnquiry
from antigone.intake.services import ALPHABET
from antigone.intake.tellers import Teller, checked
from antigone.ledger.services import record, recorded
from antigone.missing import describing, relatives, rules, services
from antigone.missing.describing import Said
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Holding, Person, Report
from antigone.missing.own import holding_for
from antigone.missing.records import reference, reference_fault
from antigone.missing.relatives import BadRelative


@dataclass(frozen=True)
class NewPerson:
    """Who is missed: what is stated of them, each under a key of the catalogue, and who reports them.

    Without a reference they are given one of this instance. An agency's own officer may report with no `reporter`.
    """

    said: Sequence[tuple[str, Given]]
    ref: str = ""
    reporter: Teller | None = None
    given_by: str = field(default="")


def record_person(holding: Holding, new: NewPerson, who: Operator) -> Person:
    """Record that somebody is missing, with what is said of them and who says so; all of it or nothing.

    Raises Refused, NotHere, BadStatement, BadRelative, or PersonRefused for a reference that is taken.
    """
    holding = holding_for(holding, who, Permission.PERSON_RECORD)
    ref = _reference(holding, new.ref)
    told = _reporter(new.reporter)
    now = timezone.now()
    with recorded():
        if Person.objects.filter(holding=holding, ref=ref).exists():
            raise PersonRefused(
                _("The holding has a person of the reference “%(ref)s” already. Nothing was saved. Give another, or "
                  "leave it empty.") % {"ref": ref}
            )  # fmt: skip
        person = Person.objects.create(
            ref=ref, holding=holding, recorded_at=now, review_on=rules.review_day(None, now.date())
        )
        given_by = (told.names[0] if told else new.given_by)[:200]
        Report.objects.create(person=person, given_by=given_by, reported_at=now)
        record("missing:report:open", actor=who.actor, object=f"person:{person.pk}", person_ref=ref)
        describing.state_in(person, [Said(key, given) for key, given in new.said], who.actor)
        if told is not None:
            relatives.add(person, told, who.actor, reporter=True)
    return Person.objects.select_related("holding", "report").get(pk=person.pk)


def _reporter(told: Teller | None) -> Teller | None:
    if told is None:
        return None
    try:
        return checked(told)
    except BadEnquiry as fault:
        raise BadRelative(fault) from None


def _reference(holding: Holding, wanted: str) -> str:
    ref = reference(wanted)
    if not ref:
        return _drawn(holding)
    if reference_fault(ref):
        raise PersonRefused(_("The reference is too long, or holds what cannot be read. Nothing was saved."))
    if services.withdrawn(holding, ref):
        raise PersonRefused(
            _("The person of the reference “%(ref)s” was withdrawn from this holding. Nothing was saved. If they are "
              "reported anew, give another reference.") % {"ref": ref}
        )  # fmt: skip
    return ref


def _drawn(holding: Holding) -> str:
    while True:
        ref = "M-" + "".join(secrets.choice(ALPHABET) for _place in range(6))
        if not Person.objects.filter(holding=holding, ref=ref).exists() and not services.withdrawn(holding, ref):
            return ref
