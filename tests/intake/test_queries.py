"""Enquiries narrowed by channel and age, those that wait, and the look at a picture that came with one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.intake import queries, services
from antigone.intake.errors import NoSuchEnquiry
from antigone.intake.filing import Likeness
from antigone.intake.models import Enquiry
from antigone.ledger.services import entries_about
from tests import factories
from tests.intake.test_services import elsewhere, filing, picture


def test_enquiries_are_narrowed_by_channel_and_by_how_long_their_stage_has_stood(instance: Instance) -> None:
    who = factories.operator()
    old = services.file(filing(channel="phone"), who).enquiry
    new = services.file(filing(channel="letter"), who).enquiry
    Enquiry.objects.filter(pk=old.pk).update(stage_at=timezone.now() - timedelta(days=8))
    assert [each.pk for each in queries.enquiries(who, channel="phone").lines] == [old.pk]
    assert [each.pk for each in queries.enquiries(who, waiting_days=7).lines] == [old.pk]
    assert [each.pk for each in queries.enquiries(who).lines] == [new.pk, old.pk]
    assert queries.enquiries(who, waiting_days=10**9).lines == ()
    begun = old.reference[:6].lower()
    assert old.pk in {each.pk for each in queries.enquiries(who, reference=f" {begun}").lines}
    for none in ("0", "%", "_", "ZZZZ-ZZZZ-Z", "'"):
        assert queries.enquiries(who, reference=none).lines == (), none


def test_what_waits_longest_comes_first_and_what_is_done_waits_no_more(instance: Instance) -> None:
    who = factories.operator()
    first, second, third = (services.file(filing(), who).enquiry for _time in range(3))
    services.push_stage(first, "answered", who)
    services.push_stage(second, "looked-at", who)
    assert [each.pk for each in queries.waiting(who)] == [second.pk, third.pk]
    services.withdraw(third, who)
    assert [each.pk for each in queries.waiting(who)] == [second.pk]
    assert queries.waiting(elsewhere()) == []


def test_a_picture_is_opened_after_its_look_is_in_the_ledger(instance: Instance) -> None:
    who = factories.operator()
    given = picture()
    enquiry = services.file(filing(portraits=[Likeness(given)]), who).enquiry
    found = queries.picture(who, enquiry.portraits.get().pk)
    assert services.opened(found, who) == given
    assert [each.action for each in entries_about(f"enquiry-portrait:{found.pk}")] == ["intake:portrait:look"]
    liaison = access.add_operator("liaison", who.agency, "system:tests")
    access.grant_role(liaison, Role.LIAISON_OFFICER, "system:tests")
    with pytest.raises(Refused):
        services.opened(found, liaison)
    with pytest.raises(NoSuchEnquiry):
        queries.picture(elsewhere(), found.pk)
