"""Holdings are opened by one person and approved by another, in words that say what that means."""

from __future__ import annotations

from antigone.access.rules import Role
from antigone.missing.models import Holding
from tests.web import missed
from tests.web.people import Agencies, ClientAs, client_of, somebody


def test_a_second_person_approves(client_as: ClientAs, agencies: Agencies) -> None:
    opener = client_as(Role.BUREAU_CLERK)
    second = client_of(missed.tracer(agencies.ours))
    for _time in range(2):
        answer = opener.post("/holdings/new/", {"once": "1", "name": "Families, Kharkiv"})
        assert answer["Location"] == "/holdings/"
    holding = Holding.objects.get(name="Families, Kharkiv")
    assert holding.approved_at is None
    assert "not searched yet" in opener.get("/holdings/").content.decode()
    url = f"/holdings/{holding.pk}/approve/"
    own = opener.get(url).content.decode()
    assert "You opened it" in own
    assert "Approve it" not in own
    assert opener.post(url, {"once": "2"}).status_code == 403
    assert "Families, Kharkiv" not in opener.get("/").content.decode()
    assert "Families, Kharkiv" in second.get("/").content.decode()
    assert "nothing in it was harvested" in second.get(url).content.decode()
    assert second.post(url, {"once": "3"}).status_code == 302
    assert "approved by a second person" in second.get("/holdings/").content.decode()
    assert "There is nothing to do" in second.get(url).content.decode()


def test_who_is_alone_approves_by_opening_and_is_followed_by_a_second(agencies: Agencies) -> None:
    alone = client_of(somebody(agencies.theirs, Role.BUREAU_CLERK, name="alone"))
    page = alone.post("/holdings/new/", {"once": "1", "name": "Ours"}, follow=True).content.decode()
    assert "every answer of a search says so" in page
    assert "approved by whoever opened it" in page
    second = client_of(somebody(agencies.theirs, Role.TRACING_OFFICER, name="second"))
    assert "Searched meanwhile" in second.get("/").content.decode()
    holding = Holding.objects.get(name="Ours")
    assert second.post(f"/holdings/{holding.pk}/approve/", {"once": "1"}).status_code == 302
    holding.refresh_from_db()
    assert not holding.self_approved


def test_a_name_that_is_none(client_as: ClientAs) -> None:
    clerk = client_as(Role.BUREAU_CLERK)
    for name in ("", "   ", "x" * 500, "a\x00b"):
        assert clerk.post("/holdings/new/", {"name": name}).status_code == 422
    assert not Holding.objects.exists()
