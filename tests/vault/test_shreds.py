"""From the request in the erasing transaction to the proof that the key is gone; and what a sweep finds."""

from __future__ import annotations

import uuid

import pytest
from django.db import transaction

from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.vault import files, services, store, sweep, tasks
from antigone.vault.errors import KeyGone
from antigone.vault.models import PendingShred


def sealed(count: int) -> list[str]:
    images = [str(uuid.uuid4()) for _ in range(count)]
    with store.batch():
        for image in images:
            store.seal(image, "portrait", b"picture")
    return images


def test_a_requested_shred_is_completed_and_entered(instance: Instance) -> None:
    gone, kept = sealed(2)
    assert services.request_shred([gone], kind="portrait", actor="operator:1") == 1
    assert services.request_shred([gone], kind="portrait", actor="operator:1") == 0
    assert store.open(gone) == b"picture"
    assert tasks.complete_shreds() == 1
    with pytest.raises(KeyGone):
        store.open(gone)
    assert store.open(kept) == b"picture"
    entries = list(Entry.objects.filter(action="vault:key:destroy"))
    assert [(entry.object, entry.actor) for entry in entries] == [(f"portrait:{gone}", "operator:1")]
    assert list(store.keystore().erased_since()) == [f"portrait:{gone}"]
    assert tasks.complete_shreds() == 0


def test_a_request_that_is_rolled_back_destroys_nothing(instance: Instance) -> None:
    (image,) = sealed(1)
    with transaction.atomic():
        services.request_shred([image], kind="portrait", actor="operator:1")
        transaction.set_rollback(True)
    assert tasks.complete_shreds() == 0
    assert store.open(image) == b"picture"


@pytest.mark.parametrize("stop", ["before the key", "before the file", "before the entry"])
def test_shredding_stopped_anywhere_goes_on(instance: Instance, monkeypatch: pytest.MonkeyPatch, stop: str) -> None:
    images = sealed(3)
    services.request_shred(images, kind="portrait", actor="operator:1")
    where = {
        "before the key": (store, "shred"),
        "before the file": (files, "remove"),
        "before the entry": (services, "confirm_shreds"),
    }[stop]

    def power_cut(*_: object, **__: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(*where, power_cut)
        with pytest.raises(OSError, match="power cut"):
            tasks.complete_shreds()
    assert PendingShred.objects.count() == 3
    assert tasks.complete_shreds() == 3
    assert Entry.objects.filter(action="vault:key:destroy").count() == 3
    assert list(files.every(instance.vault)) == []
    assert not any(alive for *_, alive in store.keystore().images())


def test_things_without_a_picture_are_remembered_for_a_restore(instance: Instance) -> None:
    services.note_erasure(["person:12", "person:12"], actor="operator:1")
    services.note_erasure(["person:12", "person:13"], actor="operator:1")
    assert tasks.complete_shreds() == 2
    assert sorted(store.keystore().erased_since()) == ["person:12", "person:13"]
    assert not Entry.objects.filter(action="vault:key:destroy").exists()


def test_a_sweep_tells_damage_from_litter_and_clears_litter_alone(instance: Instance) -> None:
    good, no_row, no_file = sealed(3)
    no_key = str(uuid.uuid4())
    loose = uuid.uuid4()
    files.write(instance.vault, loose, b"left by a crash")
    files.place(instance.vault, uuid.UUID(no_file)).unlink()
    strange = instance.vault / "notes.txt"
    strange.write_text("mine")
    rows = [uuid.UUID(image) for image in (good, no_file, no_key)]

    assert sweep.look(rows).litter == 0, "what is younger than an hour belongs to an enrolment that runs"
    found = sweep.look(rows, settled_after=-1)
    assert found.rows_without_key == (uuid.UUID(no_key),)
    assert found.rows_without_file == (uuid.UUID(no_file),)
    assert found.keys_without_row == (uuid.UUID(no_row),)
    assert found.files_without_key == (files.place(instance.vault, loose),)
    assert found.strange_files == (strange,)

    sweep.clear(found, "system:test")
    after = sweep.look(rows, settled_after=-1)
    assert after.litter == 0
    assert after.rows_without_file == found.rows_without_file
    assert strange.exists()
    assert store.open(good) == b"picture"
    assert Entry.objects.filter(action="vault:store:sweep").count() == 1
