"""Where a subject was and is, in the order in which it came there: storage, graves, exhumations, release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from antigone.remains.models import Burial, BurialKind, Release, ReleaseState, Storage
from antigone.web.showing import Moment


def now(storages: Sequence[Storage], graves: Sequence[Burial], releases: Sequence[Release]) -> str:
    """Where it is now, in a line; empty where nobody said."""
    signed = next((each for each in releases if each.state == ReleaseState.SIGNED), None)
    if signed is not None:
        return _("released to %(whom)s") % {"whom": signed.to_whom} if signed.to_whom else _("released")
    grave = next((each for each in reversed(graves) if not _opened(each)), None)
    if grave is not None:
        return _("%(kind)s, %(where)s") % {"kind": BurialKind(grave.kind).label, "where": _grave(grave)}
    lies = next((each for each in reversed(storages) if each.until is None), None)
    return _place(lies) if lies is not None else ""


def story(
    storages: Sequence[Storage], graves: Sequence[Burial], releases: Sequence[Release], names: Mapping[str, str]
) -> list[Moment]:
    """The same as a story, in order."""
    found: list[tuple[datetime, Moment]] = []
    for lay in storages:
        text = _("until %(when)s") % {"when": date_format(lay.until, "DATETIME_FORMAT")} if lay.until else ""
        found.append((lay.since, Moment(_place(lay), lay.since, names.get(lay.recorded_by, ""), text)))
    for number, grave in enumerate(graves):
        again = _("Buried again: %(where)s") if number else _("Buried: %(where)s")
        text = ". ".join(each for each in (grave.marker, grave.rites, grave.why) if each)
        title = again % {"where": f"{BurialKind(grave.kind).label}, {_grave(grave)}"}
        found.append((_begin(grave.on), Moment(title, grave.on, grave.by, text)))
        if _opened(grave):
            dug = grave.exhumation
            text = ". ".join(each for each in (dug.authority, dug.reason, dug.condition) if each)
            found.append((_begin(dug.on), Moment(_("The grave was opened"), dug.on, dug.by, text)))
    for release in releases:
        if release.state == ReleaseState.SIGNED and release.second_at is not None:
            title = _("Released")
            if release.to_whom:
                said = {"whom": release.to_whom, "capacity": release.capacity}
                title = _("Released to %(whom)s, %(capacity)s") % said
            signed = ", ".join(names.get(each, each) for each in (release.first_by, release.second_by))
            found.append((release.second_at, Moment(title, release.second_at, signed, release.place)))
    return [moment for _at, moment in sorted(found, key=lambda each: each[0])]


def _opened(grave: Burial) -> bool:
    return getattr(grave, "exhumation", None) is not None


def _place(lay: Storage) -> str:
    return f"{lay.place}, {lay.position}" if lay.position else lay.place


def _grave(grave: Burial) -> str:
    return f"{grave.place}, {grave.grave}" if grave.grave else grave.place


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
