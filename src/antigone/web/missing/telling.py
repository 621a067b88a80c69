"""What happened to a record, and who is kin of whom, in sentences for the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from antigone.description.spoken import when
from antigone.missing.models import Kinship, KinshipKind, Person, Portrait, ReportState
from antigone.missing.story import Event, Happening
from antigone.web.missing.record import Opened
from antigone.web.showing import Moment


@dataclass(frozen=True)
class Kin:
    """Another of the missing, and what this person is said to be to them."""

    pk: int
    person: int
    ref: str
    words: str
    said_by: str


def kin(row: Kinship, of: Person, *, named: bool = True) -> Kin:
    """A row of kinship as the record of one of the two tells it."""
    if row.person_id == of.pk:
        other, words = row.other, _("%(kind)s %(ref)s")
    else:
        other, words = row.person, _("%(ref)s is %(kind)s them")
    said = words % {"kind": KinshipKind(row.kind).label, "ref": other.ref}
    return Kin(row.pk, other.pk, other.ref, said, row.said_by if named else "")


def alt(name: str, portrait: Portrait) -> str:
    """What a portrait shows, for who does not see it."""
    if portrait.taken_on:
        return _("Portrait of %(name)s, taken %(when)s") % {"name": name, "when": when(portrait.taken_on)}
    return _("Portrait of %(name)s") % {"name": name}


def moments(happenings: Sequence[Happening], names: Mapping[str, str], opened: Opened) -> list[Moment]:
    """The story of a record for the timeline, the latest first."""
    return [
        Moment(
            _TITLES[each.event](each),
            each.at,
            names.get(each.actor, ""),
            each.why,
            url=reverse("web:missing:merge-undo", args=[each.merge]) if each.merge and opened.may_merge else "",
        )
        for each in happenings
    ]


def _portraits(each: Happening) -> str:
    number = int(each.what)
    return ngettext("A portrait was added", "%(number)d portraits were added", number) % {"number": number}


def _withheld(each: Happening) -> str:
    number = int(each.what)
    return ngettext(
        "A portrait is searched no more: its giver withdrew it, or the person spoke",
        "%(number)d portraits are searched no more: their giver withdrew them, or the person spoke",
        number,
    ) % {"number": number}


def _merged(each: Happening) -> str:
    words = _("Merged with %(ref)s: take them apart") if each.merge else _("Merged with %(ref)s")
    return words % {"ref": each.what}


_TITLES: dict[Event, Callable[[Happening], str]] = {
    Event.RECORDED: lambda each: _("Recorded here"),
    Event.REPORTED: lambda each: (
        _("Reported missing by %(who)s") % {"who": each.what} if each.what else _("Reported missing")
    ),
    Event.TAKEN_UP: lambda each: _("Enquiry %(ref)s taken up") % {"ref": each.what},
    Event.PORTRAIT: _portraits,
    Event.WITHHELD: _withheld,
    Event.STATED: lambda each: _("Last described"),
    Event.MERGED: _merged,
    Event.TAKEN_APART: lambda each: _("Taken apart from %(ref)s again") % {"ref": each.what},
    Event.IDENTITY_CHECK: lambda each: _("Somebody says that they are this person; identity to be checked"),
    Event.CLOSED: lambda each: _("Report closed: %(state)s") % {"state": ReportState(each.what).label},
}
