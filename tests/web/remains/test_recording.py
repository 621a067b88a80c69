"""New records: a code given out once, a site with it, the living on a clinician's word; lists and reviews."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.remains.models import CodeReservation, RecoveryEvent, Site, Subject
from tests.web import found
from tests.web.people import Agencies, ClientAs

NEW = {"kind": "deceased", "place": "river bank", "recovered_on": "2026-01-05", "attested_by": "A. Recorder"}


def sent(client: Any, name: str, *args: object, **data: Any) -> Any:
    return client.post(reverse(f"web:remains:{name}", args=args), data)


def test_the_next_code_is_given_out_once_for_a_double_click(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.FIELD_RECORDER)
    asked = {"code_place": "kharkiv", "code_team": "a", "propose": "1", "once": "p1"}
    for _click in range(2):
        shown = sent(client, "new", **asked).content.decode()
        assert 'value="KHARKIV-A-001"' in shown
        assert "This was not saved yet" not in shown
    assert CodeReservation.objects.count() == 1
    assert 'value="KHARKIV-A-002"' in sent(client, "new", **{**asked, "once": "p2"}).content.decode()
    refused = sent(client, "new", code_place="!", code_team="a", propose="1", once="p3")
    assert "A code is made of a place and a team" in refused.content.decode()


def test_a_body_is_recorded_with_a_new_site_and_found_at_it(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.FIELD_RECORDER)
    new = {**NEW, "code": "LIMEN-A-001", "site": "North bank", "site_kind": "shore", "once": "a"}
    for _click in range(2):
        answer = sent(client, "new", **new)
        assert answer.status_code == 302
    subject = Subject.objects.get()
    assert (subject.code, subject.place, str(subject.site)) == ("LIMEN-A-001", "river bank", "North bank")
    again = sent(client, "new", **{**new, "once": "b"})
    assert again.status_code == 422
    assert "never used twice" in again.content.decode()
    other = sent(client, "new", **{**new, "code": "LIMEN-A-002", "site": "north BANK", "site_kind": "", "once": "c"})
    assert other.status_code == 302
    assert Site.objects.count() == 1


def test_a_new_site_needs_its_kind_and_nothing_is_half_saved(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.FIELD_RECORDER)
    answer = sent(client, "new", **NEW, code="LIMEN-A-001", site="North bank", once="a")
    assert answer.status_code == 422
    assert "what kind of place" in answer.content.decode()
    bad = sent(client, "new", **NEW, code="not a code!", site="North bank", site_kind="shore", once="b")
    assert bad.status_code == 422
    assert not Subject.objects.exists()
    assert not Site.objects.exists()


def test_a_body_of_a_recovery_takes_its_site_and_day(agencies: Agencies, client_as: ClientAs) -> None:
    from antigone.remains import recovering

    who, client = found.staff(agencies.ours), client_as(Role.FIELD_RECORDER)
    site = recovering.add_site(recovering.NewSite("North bank", "shore"), who)
    event = recovering.add_recovery(site, recovering.NewRecovery(found.DAY, "A", "B. Leader"), who)
    shown = client.get(reverse("web:remains:new") + f"?recovery={event.pk}").content.decode()
    assert f'<option value="{event.pk}" selected>' in shown
    # What is typed as the site is completed from those on record.
    assert ' list="id_site-list"' in shown
    assert '<datalist id="id_site-list"><option value="North bank"></option></datalist>' in shown
    assert sent(client, "new", kind="body-part", code="LIMEN-A-009", recovery=event.pk, once="a").status_code == 302
    subject = Subject.objects.get()
    assert (subject.recovery, subject.site, subject.recovered_on) == (RecoveryEvent.objects.get(), site, found.DAY)


def test_what_a_record_lacks_is_filled_in_and_what_it_says_stays(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    Subject.objects.filter(pk=subject.pk).update(attested_by="")
    assert 'name="place"' not in client.get(reverse("web:remains:complete", args=[subject.pk])).content.decode()
    assert sent(client, "complete", subject.pk, place="elsewhere", attested_by="B", once="a").status_code == 302
    subject.refresh_from_db()
    assert (subject.place, subject.attested_by) == ("river bank", "B")


def test_another_agencys_code_is_found_and_can_be_taken_back(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    assert sent(client, "alias-new", subject.pk, agency_name="Red Cross", code="ICRC-77", once="a").status_code == 302
    listed = client.get(reverse("web:remains:list") + "?q=icrc-77").content.decode()
    assert subject.code in listed
    alias = subject.aliases.get()
    assert sent(client, "alias-end", alias.pk, reason="another body", once="b").status_code == 302
    assert subject.code not in client.get(reverse("web:remains:list") + "?q=icrc-77").content.decode()


def test_a_living_person_is_recorded_on_a_word_that_holds(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.MORTUARY_EXAMINER)
    page = client.get(reverse("web:remains:new-living")).content.decode()
    assert "refusing to speak never qualifies" in page
    old = timezone.now() - timedelta(hours=73)
    new = {"code": "WARD-1", "attested_by": "Dr A", "attested_at": f"{old:%Y-%m-%dT%H:%M}", "once": "a"}
    refused = sent(client, "new-living", **new)
    assert refused.status_code == 422
    assert "72 hours" in refused.content.decode()
    assert not Subject.objects.exists()
    now = timezone.now() - timedelta(hours=1)
    assert sent(client, "new-living", **{**new, "attested_at": f"{now:%Y-%m-%dT%H:%M}", "once": "b"}).status_code == 302
    assert "hours left" in client.get(reverse("web:remains:subject", args=[Subject.objects.get().pk])).content.decode()


def test_the_list_finds_narrows_and_costs_the_same_for_many(agencies: Agencies, client_as: ClientAs) -> None:
    client, list_url = client_as(Role.FIELD_RECORDER), reverse("web:remains:list")

    def cost(query: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(list_url + query).status_code == 200
        return len(asked)

    for _each in range(3):
        found.body(agencies.ours)
    cost("")
    few, few_typed = cost(""), cost("?q=limen")
    for _each in range(12):
        found.body(agencies.ours)
    found.body(agencies.theirs, "THEIRS-A-001")
    found.body(agencies.ours, "PART-A-001", "body-part")
    assert (cost(""), cost("?q=limen")) == (few, few_typed)
    parts = client.get(list_url + "?kind=body-part").content.decode()
    assert "PART-A-001" in parts
    assert "LIMEN-A-101" not in parts
    assert "THEIRS-A-001" not in client.get(list_url + "?q=theirs").content.decode()
    assert "Nothing here agrees with that" in client.get(list_url + "?q=zzzz").content.decode()


def test_the_living_are_not_in_the_list_of_who_neither_cares_nor_traces(
    agencies: Agencies, client_as: ClientAs
) -> None:
    living = found.living(agencies.ours)
    shown = client_as(Role.BOARD_MEMBER).get(reverse("web:remains:list")).content.decode()
    assert living.code not in shown
    assert "living" not in re.sub(r"\s+", " ", shown.partition("<main")[2])
    assert living.code in client_as(Role.TRACING_OFFICER).get(reverse("web:remains:list")).content.decode()


def test_a_review_is_by_code_alone_and_keeps_with_a_reason(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.DATA_PROTECTION_REVIEWER)
    photograph = found.photograph(subject)
    today = timezone.now().date()
    Subject.objects.filter(pk=subject.pk).update(review_on=today)
    shown = client.get(reverse("web:remains:reviews")).content.decode()
    assert subject.code in shown
    assert subject.code in client.get(reverse("web:desk")).content.decode()
    assert client.get(reverse("web:remains:subject", args=[subject.pk])).status_code == 403
    again = {"again_on": f"{today + timedelta(days=100)}", "reason": "still unnamed", "once": "a"}
    assert sent(client, "keep", subject.pk, **again).status_code == 302
    assert sent(client, "photograph-keep", photograph.pk, **{**again, "once": "b"}).status_code == 302
    too_long = {**again, "again_on": f"{today + timedelta(days=1000)}", "once": "c"}
    assert sent(client, "keep", subject.pk, **too_long).status_code == 422
    subject.refresh_from_db()
    assert subject.review_on == today + timedelta(days=100)
