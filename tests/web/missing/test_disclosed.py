"""What another agency reads under an agreement: the record, no way to change it, and nobody who did not choose it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from antigone.access import agreements
from antigone.access.rules import Role
from antigone.missing import consents, describing
from antigone.missing.models import Statement
from tests.web import missed, records
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs, somebody


def _disclose(agencies: Agencies, *scopes: str) -> None:
    until = timezone.now().date() + timedelta(days=30)
    ours = somebody(agencies.ours, Role.ADMINISTRATOR, name="our administrator")
    theirs = somebody(agencies.theirs, Role.ADMINISTRATOR, name="their administrator")
    agreements.accept(theirs, agreements.propose(ours, agencies.theirs, scopes, "memorandum 4", until))


def test_it_is_read_and_nothing_on_it_leads_to_a_change(
    client_as: ClientAs, missing: PersonOf, agencies: Agencies
) -> None:
    person = missing(ref="M-SHARED", occupation="baker")
    theirs = client_as(Role.TRACING_OFFICER, agency=agencies.theirs)
    url = f"/missing/{person.pk}/"
    assert theirs.get(url).status_code == 404
    _disclose(agencies, "persons")
    page = theirs.get(url).content.decode()
    assert "baker" in page
    for never in ("/block/", "/merge", "/close/", "/speaks/", "portraits/add", "take-back", "Olha Kovalenko"):
        assert never not in page, never
    listed = theirs.get("/missing/", {"q": "kovalenko"}).content.decode()
    assert "M-SHARED" in listed
    assert "another agency’s" in listed
    for tail in ("block/birth/", "relatives/new/", "kin/", "portraits/add/", "close/", "merge/"):
        assert theirs.get(url + tail).status_code == 404, tail


def test_what_was_withdrawn_is_not_told_as_replaced_where_the_reason_is_kept(
    client_as: ClientAs, missing: PersonOf, agencies: Agencies
) -> None:
    person = missing(occupation="baker")
    statement = Statement.objects.get(person=person, key="occupation")
    describing.withdraw_statement(statement, missed.tracer(agencies.ours), reason="an aunt was mistaken")
    _disclose(agencies, "persons")
    theirs = client_as(Role.TRACING_OFFICER, agency=agencies.theirs)
    page = theirs.get(f"/missing/{person.pk}/history/occupation/").content.decode()
    assert "Withdrawn by" in page
    assert "Replaced by" not in page
    assert "an aunt was mistaken" not in page


def test_relatives_and_portraits_are_seen_as_each_chose(
    client_as: ClientAs, missing: PersonOf, agencies: Agencies
) -> None:
    person = missing()
    portrait = records.portrait(agencies.ours)
    relative = person.relatives.get()
    type(portrait).objects.filter(pk=portrait.pk).update(person=person, giver=relative, basis="family-consent")
    _disclose(agencies, "persons", "portraits", "relatives")
    theirs = client_as(Role.TRACING_OFFICER, agency=agencies.theirs)
    url, picture = f"/missing/{person.pk}/", f"/pictures/portraits/{portrait.pk}/"
    before = theirs.get(url).content.decode()
    assert "Olha Kovalenko" not in before
    assert picture not in before
    consents.choose_shares(relative, ["partners"], missed.tracer(agencies.ours), partners=[agencies.theirs.pk])
    after = theirs.get(url).content.decode()
    assert "Olha Kovalenko" in after
    assert picture in after
