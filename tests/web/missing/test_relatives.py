"""Relatives: recorded, changed by one of two, agreeing, choosing with whom it is shared, and withdrawing at once."""

from __future__ import annotations

import uuid

from antigone.access.rules import Role
from antigone.missing.models import Portrait, Share
from tests.web import missed, records
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs


def _form(**more: str) -> dict[str, str]:
    return {"once": str(uuid.uuid4()), "name": "Olha Kovalenko", "relation": "mother", **more}


def test_a_relative_is_recorded_once(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing()
    clerk = client_as(Role.BUREAU_CLERK)
    form = _form(name="Petro Kovalenko", channel_0="phone", value_0="+380 1", adverse="on", language="Ukrainian")
    for _time in range(2):
        answer = clerk.post(f"/missing/{person.pk}/relatives/new/", form)
        assert answer["Location"] == f"/missing/{person.pk}/#relatives"
    assert person.relatives.count() == 2  # with the reporter
    page = clerk.get(f"/missing/{person.pk}/").content.decode()
    assert "under an adverse party" in page
    assert "routing of notices" in page


def test_faults_of_a_relative(client_as: ClientAs, missing: PersonOf) -> None:
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/{missing().pk}/relatives/new/"
    for wrong in ({"name": ""}, {"value_0": "+380"}, {"relation": "enemy"}, {"contact_by": "everybody"}):
        assert clerk.post(url, _form(**wrong)).status_code == 422, wrong


def test_of_two_who_change_a_relative_the_second_sees_what_stands(client_as: ClientAs, missing: PersonOf) -> None:
    relative = missing().relatives.get()
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/relatives/{relative.pk}/"
    assert clerk.post(url, _form(version="1", note="from the first")).status_code == 302
    stale = clerk.post(url, _form(version="1", note="from the second"))
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "from the first" in page
    assert "from the second" in page
    assert 'name="version" value="2"' in page
    assert clerk.post(url, _form(version="2", note="from the second")).status_code == 302
    relative.refresh_from_db()
    assert relative.note == "from the second"


def test_consent_and_its_withdrawal_which_counts_at_once(
    client_as: ClientAs, missing: PersonOf, agencies: Agencies
) -> None:
    person = missing()
    relative = person.relatives.get()
    portrait = records.portrait(agencies.ours)
    Portrait.objects.filter(pk=portrait.pk).update(person=person, giver=relative, basis="family-consent")
    clerk = client_as(Role.BUREAU_CLERK)
    given = {"once": "1", "wording": "2026-1", "given_on": "2026-05-03", "given_how": "signed"}
    assert clerk.post(f"/missing/relatives/{relative.pk}/consent/", given).status_code == 302
    assert "Wording 2026-1, 3 May 2026, signed on paper" in clerk.get(f"/missing/{person.pk}/").content.decode()
    url = f"/missing/relatives/{relative.pk}/consent/withdraw/"
    asked = clerk.get(url).content.decode()
    assert "from the moment you confirm" in asked
    assert "This takes effect at once" in asked
    assert clerk.post(url, {"reason": "they asked"}).status_code == 302
    portrait.refresh_from_db()
    assert portrait.withheld_at is not None
    page = clerk.get(f"/missing/{person.pk}/").content.decode()
    assert "Not searched: withdrawn by whoever gave it" in page


def test_a_consent_of_tomorrow_is_none(client_as: ClientAs, missing: PersonOf) -> None:
    relative = missing().relatives.get()
    given = {"once": "1", "wording": "1", "given_on": "2099-01-01", "given_how": "signed"}
    answer = client_as(Role.BUREAU_CLERK).post(f"/missing/relatives/{relative.pk}/consent/", given)
    assert answer.status_code == 422
    assert "dated in the future" in answer.content.decode()


def test_it_is_shared_with_whom_they_chose(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    relative = missing().relatives.get()
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/relatives/{relative.pk}/shares/"
    chosen = {"once": "1", "audiences": ["tracing-agency"], "partners": [str(agencies.theirs.pk)]}
    assert clerk.post(url, chosen).status_code == 302
    standing = Share.objects.filter(relative=relative, ended_at=None)
    assert {(each.audience, each.partner_id) for each in standing} == {
        ("tracing-agency", None),
        ("partners", agencies.theirs.pk),
    }
    assert clerk.post(url, {"once": "2"}).status_code == 302
    assert not standing.all().exists()
    assert clerk.post(url, {"once": "3", "partners": ["999"]}).status_code == 422


def test_relatives_of_another_agency_are_not_here(client_as: ClientAs, agencies: Agencies) -> None:
    theirs = missed.relative(agencies.theirs)
    clerk = client_as(Role.BUREAU_CLERK)
    for tail in ("", "consent/", "consent/withdraw/", "shares/"):
        assert clerk.get(f"/missing/relatives/{theirs.pk}/{tail}").status_code == 404
