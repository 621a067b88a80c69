"""Withdrawn enquiries that nobody took up do not stay: erased after the time of grace, pictures and all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from antigone.instance import Instance
from antigone.intake import services as intake
from antigone.intake.models import Enquiry, EnquiryPortrait
from antigone.jobs import registry
from antigone.ledger.models import Entry
from antigone.missing import enquiries, taking_up
from antigone.missing.retention import ERASE_GRACE
from antigone.vault import store
from antigone.vault.errors import KeyGone
from tests import factories
from tests.missing.test_portraits import blank, enquiry


def test_a_withdrawn_enquiry_is_erased_after_its_grace_and_not_before(instance: Instance) -> None:
    filed, kept = enquiry(blank()), enquiry()
    picture = str(EnquiryPortrait.objects.get().pk)
    intake.withdraw(filed.enquiry, factories.operator())
    today = timezone.now().date()
    assert enquiries.erase_withdrawn(today + ERASE_GRACE) == 0
    assert enquiries.erase_withdrawn(today + ERASE_GRACE + timedelta(days=1)) == 1
    assert enquiries.erase_withdrawn(today + ERASE_GRACE + timedelta(days=1)) == 0
    assert list(Enquiry.objects.all()) == [kept.enquiry]
    with pytest.raises(KeyGone):
        store.open(picture)
    assert Entry.objects.filter(action="intake:enquiry:erase", object=f"enquiry:{filed.enquiry.pk}").exists()


def test_one_that_was_taken_up_stays_with_its_person(instance: Instance) -> None:
    filed = enquiry()
    taking_up.take_up(filed.enquiry, factories.operator(), factories.holding())
    intake.withdraw(Enquiry.objects.get(), factories.operator())
    assert enquiries.erase_withdrawn(timezone.now().date() + ERASE_GRACE * 3) == 0


def test_the_daily_work_does_it(instance: Instance) -> None:
    assert "missing:reviews" in registry.daily_kinds()
    filed = enquiry()
    intake.withdraw(filed.enquiry, factories.operator())
    Enquiry.objects.update(withdrawn_at=timezone.now() - ERASE_GRACE - timedelta(days=2))
    from antigone.jobs import daily, worker

    daily.ask_due(timezone.now().date())
    worker.work(once=True, with_daily=False)
    assert not Enquiry.objects.exists()
