"""Sites and recoveries: found as one types, recorded, corrected, with the bodies of each."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antigone.access.rules import Role
from antigone.remains import recovering
from antigone.remains.models import RecoveryEvent, Site
from tests.web import found
from tests.web.people import Agencies, ClientAs

SITE = {"name": "North bank", "kind": "shore", "place": "Limen, river"}


def sent(client: Any, page: str, *args: object, **data: Any) -> Any:
    return client.post(reverse(f"web:sites:{page}", args=args), data)


def test_a_site_is_recorded_once_and_corrected(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.FIELD_RECORDER)
    for _click in range(2):
        assert sent(client, "new", **SITE, once="a").status_code == 302
    site = Site.objects.get()
    assert sent(client, "new", **SITE, once="b").status_code == 422

    def seen(name: str, pk: int) -> str:
        """What the hidden field of the form says that its writer saw."""
        page = client.get(reverse(f"web:sites:{name}", args=[pk])).content.decode()
        return str(page.partition('name="seen" value="')[2].partition('"')[0])

    first = seen("correct", site.pk)
    exact = {"seen": first, **SITE, "latitude": "49.9935", "longitude": "36.2304", "precision": "exact", "once": "c"}
    assert sent(client, "correct", site.pk, **exact).status_code == 302
    shown = client.get(reverse("web:sites:site", args=[site.pk])).content.decode()
    assert "49.993500, 36.230400" in shown
    exact["seen"] = seen("correct", site.pk)
    wrong = sent(client, "correct", site.pk, **{**exact, "latitude": "95", "once": "d"})
    assert wrong.status_code == 422
    assert "between -90 and 90" in wrong.content.decode()
    assert sent(client, "correct", site.pk, **{**exact, "precision": "", "once": "e"}).status_code == 422
    # Whoever looked before the correction is told of it, loses nothing, and may put theirs in its place.
    late = sent(client, "correct", site.pk, **{**SITE, "note": "mined", "seen": first, "once": "f"})
    told = late.content.decode()
    assert late.status_code == 422
    assert "Somebody else changed this while you wrote" in told
    assert "49.993500" in told
    assert "mined" in told
    again = told.partition('name="seen" value="')[2].partition('"')[0]
    assert sent(client, "correct", site.pk, **{**SITE, "note": "mined", "seen": again, "once": "g"}).status_code == 302
    site.refresh_from_db()
    assert (site.note, site.latitude) == ("mined", None)


def test_a_recovery_has_its_bodies_and_can_be_corrected(agencies: Agencies, client_as: ClientAs) -> None:
    client, who = client_as(Role.FIELD_RECORDER), found.staff(agencies.ours)
    site = recovering.add_site(recovering.NewSite("North bank", "shore"), who)
    new = {"began_on": "2026-01-05", "team": "A", "leader": "B. Leader", "once": "a"}
    assert sent(client, "recovery-new", site.pk, **new).status_code == 302
    event = RecoveryEvent.objects.get()
    subject = recovering.place_subject(found.body(agencies.ours), who, site=None, recovery=event)
    for url in (reverse("web:sites:recovery", args=[event.pk]), reverse("web:sites:site", args=[site.pk])):
        assert subject.code in client.get(url).content.decode()
    page = client.get(reverse("web:sites:recovery-correct", args=[event.pk])).content.decode()
    new["seen"] = page.partition('name="seen" value="')[2].partition('"')[0]
    backwards = {**new, "ended_on": "2026-01-01", "once": "b"}
    assert sent(client, "recovery-correct", event.pk, **backwards).status_code == 422
    assert sent(client, "recovery-correct", event.pk, **{**new, "leader": "C", "once": "c"}).status_code == 302
    event.refresh_from_db()
    assert event.leader == "C"


def test_the_list_finds_by_name_and_costs_the_same_for_many(agencies: Agencies, client_as: ClientAs) -> None:
    client, who, url = client_as(Role.TRACING_OFFICER), found.staff(agencies.ours), reverse("web:sites:list")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    recovering.add_site(recovering.NewSite("North bank", "shore"), who)
    cost()
    few = cost()
    for number in range(12):
        recovering.add_site(recovering.NewSite(f"Quarry {number:02}", "surface"), who)
    recovering.add_site(recovering.NewSite("Theirs", "surface"), found.staff(agencies.theirs))
    assert cost() == few
    shown = client.get(url + "?q=north").content.decode()
    assert "North bank" in shown
    assert "Quarry" not in shown
    assert "Theirs" not in client.get(url).content.decode()
    assert "Record a site" not in shown
