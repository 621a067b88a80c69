"""Records sites and recoveries, and links subjects to where and when they were recovered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.remains import finding, own
from antigone.remains.errors import BadRecord, RecordRefused
from antigone.remains.keeping import check, insert, keep
from antigone.remains.models import RecoveryEvent, Site, Subject, SubjectKind

_MICRO_DEGREE = Decimal("0.000001")


@dataclass(frozen=True)
class NewSite:
    """A place as it is recorded; coordinates are decimal degrees, north and east positive."""

    name: str
    kind: str
    place: str = ""
    latitude: Decimal | float | str | None = None
    longitude: Decimal | float | str | None = None
    precision: str = ""
    note: str = ""


@dataclass(frozen=True)
class NewRecovery:
    """One recovery as it is recorded."""

    began_on: date
    team: str
    leader: str
    ended_on: date | None = None
    circumstances: str = ""
    reported_by: str = ""
    reported_on: date | None = None


def add_site(new: NewSite, who: Operator) -> Site:
    """Record a place; one of the same name in the agency is refused (RecordRefused). Raises Refused or BadRecord."""
    access.require(who, Permission.SITE_RECORD, object=f"agency:{who.agency_id}")
    with recorded():
        site = Site(agency=who.agency, recorded_by=who.actor, recorded_at=timezone.now(), **_site_values(new))
        check(site)
        _name_is_free(site)
        insert(site, _name_taken(site))
        record("remains:site:add", actor=who.actor, object=f"site:{site.pk}", kind=site.kind)
    return site


def correct_site(site: Site, new: NewSite, who: Operator) -> Site:
    """Correct what is on record of a place; the ledger says which fields changed, and from what."""
    own.may_in(who, Permission.SITE_RECORD, site.agency_id, f"site:{site.pk}")
    with recorded():
        row = Site.objects.select_for_update().get(pk=site.pk)
        changed = _put(row, _site_values(new))
        _name_is_free(row)
        if changed:
            row.save(update_fields=sorted(changed))
            record("remains:site:correct", actor=who.actor, object=f"site:{row.pk}", before=changed)
        if changed.keys() & {"name", "place"}:
            finding.index_many(row.subjects.all())
    return row


def add_recovery(site: Site, new: NewRecovery, who: Operator) -> RecoveryEvent:
    """Record a recovery at a site; raises NotHere, Refused or BadRecord."""
    own.may_in(who, Permission.SITE_RECORD, site.agency_id, f"site:{site.pk}")
    _in_order(new)
    with recorded():
        event = RecoveryEvent(site=site, recorded_by=who.actor, recorded_at=timezone.now(), **vars(new))
        keep(event)
        record("remains:recovery:add", actor=who.actor, object=f"recovery:{event.pk}", site=site.pk)
    return event


def correct_recovery(event: RecoveryEvent, new: NewRecovery, who: Operator) -> RecoveryEvent:
    """Correct what is on record of a recovery; the ledger says which fields changed, and from what."""
    own.may_in(who, Permission.SITE_RECORD, event.site.agency_id, f"recovery:{event.pk}")
    _in_order(new)
    with recorded():
        row = RecoveryEvent.objects.select_for_update().get(pk=event.pk)
        changed = _put(row, vars(new))
        if changed:
            row.save(update_fields=sorted(changed))
            record("remains:recovery:correct", actor=who.actor, object=f"recovery:{row.pk}", before=changed)
    return row


def place_subject(subject: Subject, who: Operator, *, site: Site | None, recovery: RecoveryEvent | None) -> Subject:
    """Link a subject to its site and recovery; place and date of recovery are filled in where they are missing.

    A recovery brings its own site. Raises NotHere, Refused or RecordRefused.
    """
    own.may(who, Permission.SUBJECT_RECORD, subject)
    for linked in (site, recovery.site if recovery else None):
        if linked is not None and linked.agency_id != who.agency_id:
            raise own.not_here()
    if recovery is not None:
        if subject.kind == SubjectKind.UNABLE:
            raise RecordRefused(_("A living person is not recovered. Nothing was saved."))
        if site is not None and recovery.site_id != site.pk:
            raise RecordRefused(_("The recovery was at another site. Nothing was saved."))
        site = recovery.site
    with recorded():
        row = Subject.objects.select_for_update().get(pk=subject.pk)
        row.site, row.recovery = site, recovery
        fields = ["site", "recovery"]
        if site is not None and not row.place and row.kind != SubjectKind.UNABLE:
            row.place = (site.place or site.name)[:200]
            fields.append("place")
        if recovery is not None and row.recovered_on is None:
            row.recovered_on = recovery.began_on
            fields.append("recovered_on")
        row.save(update_fields=fields)
        record(
            "remains:subject:place",
            actor=who.actor,
            object=f"subject:{row.pk}",
            site=site.pk if site else None,
            recovery=recovery.pk if recovery else None,
            filled=fields[2:],
        )
        finding.index(row)
    subject.refresh_from_db()
    return subject


def _site_values(new: NewSite) -> dict[str, object]:
    latitude = _degrees(new.latitude, 90, "latitude")
    longitude = _degrees(new.longitude, 180, "longitude")
    if (latitude is None) != (longitude is None):
        raise BadRecord(_("Coordinates are two numbers, latitude and longitude. Nothing was saved."))
    if (latitude is None) != (not new.precision.strip()):
        raise BadRecord(_("Say how exact the coordinates are, and only where there are any. Nothing was saved."))
    return {**vars(new), "latitude": latitude, "longitude": longitude}


def _degrees(given: Decimal | float | str | None, most: int, field: str) -> Decimal | None:
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    try:
        number = Decimal(str(given).strip())
        inside = number.is_finite() and -most <= number <= most
    except InvalidOperation:
        inside = False
    if not inside:
        fault = _("It is a number of degrees between -%(most)d and %(most)d.") % {"most": most}
        raise BadRecord(_("Nothing was saved. %(told)s") % {"told": f"{field}: {fault}"}, {field: fault})
    return number.quantize(_MICRO_DEGREE)


def _in_order(new: NewRecovery) -> None:
    if new.ended_on and new.ended_on < new.began_on:
        raise BadRecord(_("A recovery does not end before it begins. Nothing was saved."))


def _put(row: Model, values: Mapping[str, object]) -> dict[str, str | None]:
    """Put values into a row that is not saved yet; what stood before in the fields that changed. Raises BadRecord."""
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    check(row)
    return {name: _plain(old) for name, old in before.items() if getattr(row, name) != old}


def _name_is_free(site: Site) -> None:
    if Site.objects.filter(agency=site.agency, name=site.name).exclude(pk=site.pk).exists():
        raise RecordRefused(_name_taken(site))


def _name_taken(site: Site) -> str:
    return _("There is a site “%(name)s” in your agency already. Nothing was saved.") % {"name": site.name}


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
