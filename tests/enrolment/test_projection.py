"""The gallery follows its rows: quick starts from the snapshot, damage set aside, erasures out of every copy."""

from __future__ import annotations

import uuid

import numpy as np
import pytest

from antigone.enrolment import projection, services
from antigone.enrolment.models import Contract, Template
from antigone.gallery import Where
from antigone.instance import Instance
from antigone.missing import erasure
from antigone.missing.models import Person
from tests import factories

EVERY = Where(None, 0)


@pytest.fixture(autouse=True)
def closed(instance: Instance) -> object:
    yield
    projection.close_all()


def found(vector: np.ndarray) -> int:
    """How many rows a search sees in a process that has just started."""
    projection.close_all()
    return projection.of(factories.contract()).search(vector[None], 1, EVERY).searched


def test_a_snapshot_is_taken_up_and_followed(instance: Instance) -> None:
    factories.enrol({f"M-{n}": factories.unit(n) for n in range(20)})
    held = projection.of(factories.contract())
    held.keep()
    assert held.snapshot.exists()
    assert held.snapshot.stat().st_mode & 0o077 == 0
    factories.enrol({"later": factories.unit(30)})
    assert found(factories.unit(1)) == 21


def test_a_damaged_snapshot_costs_only_time(instance: Instance) -> None:
    factories.enrol({f"M-{n}": factories.unit(n) for n in range(20)})
    held = projection.of(factories.contract())
    held.keep()
    data = bytearray(held.snapshot.read_bytes())
    data[len(data) // 2] ^= 1
    held.snapshot.write_bytes(data)
    assert found(factories.unit(1)) == 20


def test_a_snapshot_holds_no_template_in_clear(instance: Instance) -> None:
    vectors = {f"M-{n}": factories.unit(n) for n in range(20)}
    factories.enrol(vectors)
    held = projection.of(factories.contract())
    held.keep()
    sealed = held.snapshot.read_bytes()
    assert all(vector.tobytes() not in sealed for vector in vectors.values())
    everywhere = b"".join(path.read_bytes() for path in instance.root.rglob("*") if path.is_file())
    assert all(vector.tobytes() not in everywhere for vector in vectors.values())


def test_an_erasure_leaves_nothing_in_gallery_and_snapshot(instance: Instance) -> None:
    factories.enrol({f"M-{n}": factories.unit(n) for n in range(20)})
    held = projection.of(factories.contract())
    held.keep()
    old = held.snapshot.read_bytes()
    person = Person.objects.get(ref="M-7")
    template = Template.objects.get(person=person.pk).pk
    assert erasure.erase_person(person, factories.operator(), "withdrawn").verified
    assert held.gallery.verify_absent([template]).absent
    assert held.snapshot.read_bytes() != old
    assert found(factories.unit(7)) == 19
    # A copy of the old snapshot, put back, cannot be opened any more: its key is gone.
    held.snapshot.write_bytes(old)
    hits = projection.of(factories.contract()).search(factories.unit(7)[None], 50, EVERY)
    assert person.pk not in hits.persons.tolist()
    assert found(factories.unit(7)) == 19


def test_rows_that_went_back_in_time_are_drawn_anew(instance: Instance) -> None:
    factories.enrol({f"M-{n}": factories.unit(n) for n in range(5)})
    assert found(factories.unit(1)) == 5
    # As a restored backup leaves it: fewer rows, a lower generation, a new epoch.
    Template.objects.filter(person=Person.objects.get(ref="M-1").pk).delete()
    Contract.objects.update(generation=1, epoch=uuid.uuid4())
    assert projection.of(factories.contract()).search(factories.unit(1)[None], 50, EVERY).searched == 4


def test_a_database_put_back_by_hand_does_not_answer_with_what_is_gone(instance: Instance) -> None:
    factories.enrol({f"M-{n}": factories.unit(n) for n in range(5)})
    held = projection.of(factories.contract())
    held.keep()
    # Another past with the same generation and epoch: the row is gone, and nothing says so.
    person = Person.objects.get(ref="M-1").pk
    Template.objects.filter(person=person).delete()
    hits = held.search(factories.unit(1)[None], 5, EVERY)
    assert person not in hits.persons.tolist()
    assert hits.searched == 4


def test_generations_grow_with_every_change(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    first = Contract.objects.get().generation
    portrait = Template.objects.get().portrait
    services.set_searchable([portrait], False)
    assert Contract.objects.get().generation == first + 1
    assert found(factories.unit(1)) == 0
    services.set_searchable([portrait], True)
    assert found(factories.unit(1)) == 1
    services.remove_templates([portrait])
    assert Contract.objects.get().generation == first + 3
    assert found(factories.unit(1)) == 0


def test_a_template_without_its_key_is_damage_and_is_said(instance: Instance) -> None:
    from antigone.vault import store
    from antigone.vault.errors import VaultError

    factories.enrol({"M-1": factories.unit(1)})
    store.shred([Template.objects.get().portrait])
    with pytest.raises(VaultError):
        found(factories.unit(1))
