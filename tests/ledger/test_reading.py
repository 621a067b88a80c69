"""Reading the ledger: pages that fit together, filters, and payloads in which nobody is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from antigone.instance import Instance
from antigone.ledger import reading
from antigone.ledger.models import Entry
from antigone.ledger.reading import Filters
from antigone.ledger.services import record, recorded, redact_payloads, refuse

pytestmark = pytest.mark.usefixtures("instance")


def _enter(number: int, action: str = "access:second-factor:recover", actor: str = "operator:7") -> None:
    with recorded():
        for place in range(number):
            record(action, actor=actor, object=f"operator:{place}")


def test_pages_fit_together_in_both_directions(instance: Instance) -> None:
    _enter(23)
    seen: list[int] = []
    after = None
    while True:
        page = reading.entries(Filters(actor="operator:7"), after=after, limit=5)
        seen += [each.pk for each in page.rows]
        if after is not None:
            back = reading.entries(Filters(actor="operator:7"), before=page.previous, limit=5)
            assert [each.pk for each in back.rows] == seen[-len(page.rows) - 5 : -len(page.rows)]
        if page.next is None:
            break
        after = page.next
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 23


def test_filters_find_what_was_done_by_whom_to_what_and_when() -> None:
    _enter(3)
    refuse("access:permission:refuse", actor="operator:8", object="person:1", permission="missing:person:erase")
    (only,) = reading.entries(Filters(verb="refuse", actor="operator:8")).rows
    assert only.object == "person:1"
    assert {each.action for each in reading.entries(Filters(room="access")).rows} >= {only.action}
    assert reading.entries(Filters(room="remains", verb="refuse")).rows == []
    today = timezone.localdate()
    assert reading.entries(Filters(object="person:1", since=today, until=today)).rows == [only]
    assert reading.entries(Filters(object="person:1", until=today - timedelta(days=1))).rows == []
    assert reading.entries(Filters(since=date(2100, 1, 1))).rows == []
    assert dict(reading.refusals(timezone.now() - timedelta(days=1)))["access:permission:refuse"] == 1


def test_what_names_somebody_is_kept_and_not_shown() -> None:
    with recorded():
        record("access:sign-in:begin", actor="operator:7", object="sign-in:1", address="192.0.2.7")
        record("access:sign-in:refuse", actor="operator:7", object="operator:7", address="192.0.2.7", step="passphrase")
    begun, refused = Entry.objects.filter(actor="operator:7").order_by("pk")
    assert reading.disclosed(begun) == [reading.Line("address", None, kept=True)]
    assert reading.disclosed(refused) == [
        reading.Line("address", None, kept=True),
        reading.Line("step", "passphrase", kept=False),
    ]
    said = reading.pieces(refused, "{actor}, {address}, {step}")
    assert [(each.text, each.state) for each in said if each.field] == [
        ("operator:7", "told"),
        ("", "kept"),
        ("passphrase", "told"),
    ]


def test_what_was_erased_reads_as_a_gap() -> None:
    with recorded():
        record("access:sign-in:refuse", actor="operator:7", object="person:5", address="192.0.2.7", step="code")
    redact_payloads("person:5")
    found = Entry.objects.filter(object="person:5", action="access:sign-in:refuse").get()
    assert reading.disclosed(found) is None
    gaps = [each.state for each in reading.pieces(found, "{actor} {step}") if each.field]
    assert gaps == ["told", "erased"]


def test_of_an_action_that_nobody_knows_nothing_of_the_payload_is_shown() -> None:
    assert reading.withheld("some:thing:else", ["a", "b"]) == {"a", "b"}
    assert reading.sentence_of("some:thing:else") == "{actor} did some:thing:else to {object}"
