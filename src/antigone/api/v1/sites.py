"""Sites where the dead are found or kept, and the recoveries made there."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import Made, made, operation
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.strict import Day, Given, Line, Name, RecordId, Shown, Text
from antigone.remains import queries, recovering
from antigone.remains.models import Precision, RecoveryEvent, Site, SiteKind

router = Router()


class SiteGiven(Given):
    name: Name
    kind: SiteKind
    place: Line = ""
    latitude: float | None = Field(None, ge=-90, le=90, strict=True)
    longitude: float | None = Field(None, ge=-180, le=180, strict=True)
    precision: Precision | None = None
    note: Text = ""


class SiteShown(Shown):
    id: int
    name: str
    kind: str
    place: str
    latitude: Decimal | None
    longitude: Decimal | None
    precision: str
    note: str
    recorded_by: str
    recorded_at: datetime


class RecoveryGiven(Given):
    began_on: Day
    team: Name
    leader: Name
    ended_on: Day | None = None
    circumstances: Text = ""
    reported_by: Line = ""
    reported_on: Day | None = None


class RecoveryShown(Shown):
    id: int
    site: int
    began_on: date
    ended_on: date | None
    team: str
    leader: str
    circumstances: str
    reported_by: str
    reported_on: date | None
    recorded_by: str
    recorded_at: datetime


def site_shown(found: Site) -> SiteShown:
    return SiteShown(
        id=found.pk,
        name=found.name,
        kind=found.kind,
        place=found.place,
        latitude=found.latitude,
        longitude=found.longitude,
        precision=found.precision,
        note=found.note,
        recorded_by=found.recorded_by,
        recorded_at=found.recorded_at,
    )


def recovery_shown(found: RecoveryEvent) -> RecoveryShown:
    return RecoveryShown(
        id=found.pk,
        site=found.site_id,
        began_on=found.began_on,
        ended_on=found.ended_on,
        team=found.team,
        leader=found.leader,
        circumstances=found.circumstances,
        reported_by=found.reported_by,
        reported_on=found.reported_on,
        recorded_by=found.recorded_by,
        recorded_at=found.recorded_at,
    )


@operation(router, "GET", "/sites", needs=Permission.SUBJECT_READ, shows=Page[SiteShown])
def list_sites(request: Call, walk: Query[Walk]) -> Any:
    """The agency's sites."""

    found = {(each.name, each.pk): each for each in queries.sites(request.auth)}
    return page(request, walk, keyed(found, site_shown))


@operation(router, "POST", "/sites", needs=Permission.SITE_RECORD, creates=True)
def add_site(request: Call, given: SiteGiven) -> Any:
    """Record a site; a second one of the same name is refused."""

    def do() -> Made:
        new = recovering.NewSite(
            **given.model_dump(exclude={"precision", "kind"}),
            kind=given.kind.value,
            precision=given.precision.value if given.precision else "",
        )
        site = recovering.add_site(new, request.auth)
        return Made(id=str(site.pk), url=f"/api/v1/sites/{site.pk}")

    return made(request, "add_site", do, given.model_dump(mode="json"))


@operation(router, "GET", "/sites/{number}", needs=Permission.SUBJECT_READ, shows=SiteShown)
def site(request: Call, number: RecordId) -> SiteShown:
    """One site."""
    return site_shown(queries.site(request.auth, number))


@operation(router, "GET", "/sites/{number}/recoveries", needs=Permission.SUBJECT_READ, shows=Page[RecoveryShown])
def recoveries(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """The recoveries made at a site, the newest first."""
    found = queries.recoveries(request.auth, queries.site(request.auth, number))
    rows = {(-each.began_on.toordinal(), -each.pk): each for each in found}
    return page(request, walk, keyed(rows, recovery_shown))


@operation(router, "POST", "/sites/{number}/recoveries", needs=Permission.SITE_RECORD, creates=True)
def add_recovery(request: Call, number: RecordId, given: RecoveryGiven) -> Any:
    """Record a recovery at a site."""
    found = queries.site(request.auth, number)

    def do() -> Made:
        event = recovering.add_recovery(found, recovering.NewRecovery(**given.model_dump()), request.auth)
        return Made(id=str(event.pk), url=f"/api/v1/sites/{number}/recoveries")

    return made(request, f"add_recovery {number}", do, given.model_dump(mode="json"))
