"""“I am not missing; who filed this?”: the search ends at once, and who says so is checked before anything is told."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.missing import services, withholding
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Consent, Person, Portrait, ReportState
from antigone.missing.own import person_for


def person_speaks(person: Person, who: Operator) -> Person:
    """Somebody says that they are this person and not missing: no portrait of theirs is searched from now on.

    Also those under a cited service basis are withheld, since the person speaks for themselves. The record is flagged
    for a check of identity: until it is done, whoever says so learns neither who filed it nor what it holds. Raises
    Refused or NotHere.
    """
    person = person_for(person, who, Permission.REPORT_CLOSE)
    with recorded():
        services.close_report(person, ReportState.FOUND, who.actor)
        withholding.withhold(Portrait.objects.filter(person=person), who.actor)
        if Person.objects.filter(pk=person.pk, identity_check_at=None).update(identity_check_at=timezone.now()):
            record("missing:person:speak", actor=who.actor, object=f"person:{person.pk}")
    return Person.objects.select_related("holding", "report").get(pk=person.pk)


def identity_checked(person: Person, who: Operator, *, confirmed: bool) -> None:
    """Record how the check ended: the person themselves, whose wishes decide now, or somebody else.

    For somebody else the search is taken up again as it was. Raises Refused, NotHere, or PersonRefused where no check
    is open.
    """
    person = person_for(person, who, Permission.REPORT_CLOSE)
    with recorded():
        if not Person.objects.filter(pk=person.pk, identity_check_at__isnull=False).update(identity_check_at=None):
            raise PersonRefused(_("No check of identity is open for this record. Nothing was changed."))
        record("missing:person:identity", actor=who.actor, object=f"person:{person.pk}", confirmed=confirmed)
        if not confirmed:
            withholding.release(Portrait.objects.filter(person=person, giver=None), who.actor)
            agrees = Exists(Consent.objects.filter(relative=OuterRef("giver"), withdrawn_at=None))
            withholding.release(Portrait.objects.filter(agrees, person=person), who.actor)
            services.reopen_report(person, who.actor)
