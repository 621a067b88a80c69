"""A post that arrives twice is done once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from antigone.access import once as posts
from antigone.access.errors import AccessError
from antigone.access.models import Agency, Once, Operator
from antigone.access.once import KeyUsed, once
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.ledger.services import record


def _found(name: str, operator: Operator) -> dict[str, object]:
    agency = Agency.objects.create(name=name)
    record("access:agency:found", actor=operator.actor, object=f"agency:{agency.pk}", name=name)
    return {"agency": agency.pk}


def test_the_second_post_is_answered_with_the_first_result(instance: Instance) -> None:
    who = Operator.objects.get()
    first = once(who, "k1", "agency", lambda: _found("Second", who), given={"name": "Second"})
    second = once(who, "k1", "agency", lambda: _found("Third", who), given={"name": "Second"})
    assert first.first
    assert not second.first
    assert first.outcome == second.outcome == {"agency": Agency.objects.get(name="Second").pk}
    assert not Agency.objects.filter(name="Third").exists()
    assert Entry.objects.filter(action="access:agency:found", actor=who.actor).count() == 1


def test_a_key_serves_for_one_deed_and_its_contents(instance: Instance) -> None:
    who = Operator.objects.get()
    once(who, "k1", "agency", lambda: 1, given={"name": "a", "more": [1, 2]})
    assert not once(who, "k1", "agency", lambda: 2, given={"more": [1, 2], "name": "a"}).first
    with pytest.raises(KeyUsed, match="other contents"):
        once(who, "k1", "agency", lambda: 2, given={"name": "b"})
    with pytest.raises(KeyUsed):
        once(who, "k1", "person", lambda: 2, given={"name": "a", "more": [1, 2]})


def test_keys_of_two_people_do_not_meet(instance: Instance) -> None:
    who = Operator.objects.get()
    other = Operator.objects.create(name="other", agency=who.agency, added_at=timezone.now())
    assert once(who, "k1", "agency", lambda: 1).first
    assert once(other, "k1", "agency", lambda: 2).outcome == 2


def test_what_fails_leaves_its_key_free(instance: Instance) -> None:
    who = Operator.objects.get()

    def fails() -> None:
        _found("Half", who)
        raise AccessError("no")

    with pytest.raises(AccessError, match="no"):
        once(who, "k1", "agency", fails)
    assert not Agency.objects.filter(name="Half").exists()
    assert once(who, "k1", "agency", lambda: _found("Whole", who)).first


@pytest.mark.parametrize("key", ["", "k" * 201, "a\nb"])
def test_a_key_that_is_none_is_refused(instance: Instance, key: str) -> None:
    with pytest.raises(AccessError, match="key of this post"):
        once(Operator.objects.get(), key, "agency", lambda: 1)
    assert not Once.objects.exists()


def test_two_at_the_same_time_do_it_once(instance: Instance) -> None:
    who = Operator.objects.get()
    began = threading.Barrier(4)
    outcomes: list[object] = []

    def post() -> None:
        began.wait()
        outcomes.append(once(who, "k1", "agency", lambda: _found("One", who)).outcome)
        connections.close_all()

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [{"agency": Agency.objects.get(name="One").pk}] * 4


def test_old_posts_are_forgotten(instance: Instance) -> None:
    who = Operator.objects.get()
    once(who, "old", "agency", lambda: 1)
    once(who, "new", "agency", lambda: 1)
    Once.objects.filter(key="old").update(at=timezone.now() - posts.KEPT - timedelta(hours=1))
    assert posts.sweep() == 1
    assert [row.key for row in Once.objects.all()] == ["new"]
