"""Sealing, opening and shredding images and rows, and what a thief or a crash finds."""

from __future__ import annotations

import os
import sqlite3
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antigone.instance import Instance
from antigone.vault import files, store
from antigone.vault.errors import KeyGone, SealedFileFault, VaultError


def new_id() -> str:
    return str(uuid.uuid4())


def raw_key_files(instance: Instance) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(instance.keys.glob("store.sqlite3*")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(data=st.binary(max_size=5000), row=st.binary(max_size=600))
def test_what_is_sealed_opens_again_and_is_not_readable_on_disk(instance: Instance, data: bytes, row: bytes) -> None:
    image = new_id()
    store.seal(image, "portrait", data)
    sealed_row = store.seal_row(image, row)
    assert store.open(image) == data
    assert store.open_rows([(image, sealed_row)]) == [row]
    on_disk = files.place(instance.vault, uuid.UUID(image)).read_bytes()[len(store.MAGIC) :]
    if len(data) > 8:
        assert data not in on_disk
    if len(row) > 8:
        assert row not in sealed_row


def test_sealing_the_same_bytes_twice_shows_nothing_in_common(instance: Instance) -> None:
    first, second = new_id(), new_id()
    for image in (first, second):
        store.seal(image, "portrait", b"x" * 1000)
    one, two = (files.place(instance.vault, uuid.UUID(image)).read_bytes() for image in (first, second))
    assert one[len(store.MAGIC) :] != two[len(store.MAGIC) :]


def test_sealed_files_and_the_key_store_are_their_owners_alone(instance: Instance) -> None:
    image = new_id()
    store.seal(image, "portrait", b"picture")
    path = files.place(instance.vault, uuid.UUID(image))
    for held in (path, *instance.keys.iterdir()):
        assert held.stat().st_mode & 0o777 == 0o600, held.name
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_an_id_is_sealed_once_and_never_replaced(instance: Instance) -> None:
    image = new_id()
    store.seal(image, "portrait", b"first")
    with pytest.raises(VaultError):
        store.seal(image, "portrait", b"second")
    assert store.open(image) == b"first"
    store.shred([image])
    with pytest.raises(VaultError):
        store.seal(image, "portrait", b"third")
    with pytest.raises(KeyGone):
        store.open(image)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "portrait", "a" * 36])
def test_an_id_that_is_no_uuid_names_no_file(instance: Instance, name: str) -> None:
    with pytest.raises(ValueError, match="UUID"):
        store.seal(name, "portrait", b"x")
    assert list(files.every(instance.vault)) == []


@pytest.mark.parametrize("where", [0, 10, 25, -1])
def test_a_changed_byte_is_noticed(instance: Instance, where: int) -> None:
    image = new_id()
    store.seal(image, "portrait", b"picture" * 10)
    path = files.place(instance.vault, uuid.UUID(image))
    altered = bytearray(path.read_bytes())
    altered[where] ^= 1
    path.write_bytes(altered)
    with pytest.raises(SealedFileFault):
        store.open(image)


@pytest.mark.parametrize("length", [0, 5, 20, 40])
def test_a_file_cut_short_is_noticed(instance: Instance, length: int) -> None:
    image = new_id()
    store.seal(image, "portrait", b"picture" * 10)
    path = files.place(instance.vault, uuid.UUID(image))
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(SealedFileFault):
        store.open(image)


def test_files_and_rows_cannot_be_put_under_another_id(instance: Instance) -> None:
    one, two = new_id(), new_id()
    store.seal(one, "portrait", b"one")
    store.seal(two, "portrait", b"two")
    paths = [files.place(instance.vault, uuid.UUID(image)) for image in (one, two)]
    paths[1].write_bytes(paths[0].read_bytes())
    with pytest.raises(SealedFileFault):
        store.open(two)
    with pytest.raises(SealedFileFault):
        store.open_rows([(two, store.seal_row(one, b"row"))])


def test_a_row_is_not_taken_for_a_file_of_the_same_image(instance: Instance) -> None:
    image = new_id()
    store.seal(image, "portrait", b"picture")
    row = store.seal_row(image, b"row")
    files.place(instance.vault, uuid.UUID(image)).write_bytes(store.MAGIC + row)
    with pytest.raises(SealedFileFault):
        store.open(image)


def test_wrapped_keys_cannot_be_exchanged_between_images_or_kinds(instance: Instance) -> None:
    one, two = new_id(), new_id()
    store.seal(one, "portrait", b"one")
    store.seal(two, "portrait", b"two")
    with sqlite3.connect(store.key_store_path(instance)) as db:
        keys = {bytes(row[0]): row[1] for row in db.execute("SELECT image, key FROM wrapped")}
        first, second = uuid.UUID(one).bytes, uuid.UUID(two).bytes
        db.execute("UPDATE wrapped SET key=? WHERE image=?", (keys[first], second))
        db.execute("UPDATE wrapped SET kind='photograph' WHERE image=?", (first,))
    for image in (one, two):
        with pytest.raises(VaultError, match="altered"):
            store.open(image)


def test_shredding_destroys_key_file_and_rows(instance: Instance) -> None:
    kept, gone = new_id(), new_id()
    for image in (kept, gone):
        store.seal(image, "portrait", b"picture of " + image.encode())
    row = store.seal_row(gone, b"template")
    copy_of_file = files.place(instance.vault, uuid.UUID(gone)).read_bytes()
    assert store.shred([gone]) == 1
    assert store.shred([gone]) == 0
    assert not store.exists(gone)
    assert store.exists(kept)
    with pytest.raises(KeyGone):
        store.open_rows([(gone, row)])
    # A copy in a backup is dead too: the file back in its place opens nothing.
    files.place(instance.vault, uuid.UUID(gone)).write_bytes(copy_of_file)
    with pytest.raises(KeyGone, match="erased"):
        store.open(gone)
    assert store.open(kept).startswith(b"picture of")


def test_a_destroyed_key_is_nowhere_in_the_key_store_any_more(instance: Instance) -> None:
    images = [new_id() for _ in range(600)]
    for start in range(0, len(images), 100):
        with store.batch():
            for image in images[start : start + 100]:
                store.seal(image, "portrait", b"")
    with sqlite3.connect(store.key_store_path(instance)) as db:
        wrapped = {bytes(row[0]): bytes(row[1]) for row in db.execute("SELECT image, key FROM wrapped")}
    assert len(set(wrapped.values())) == len(images)
    for start in range(0, 300, 50):
        store.shred(images[start : start + 50])
    raw = raw_key_files(instance)
    for place, image in enumerate(images):
        # Twelve bytes of it would be its nonce; eight that match would be no accident either.
        assert (wrapped[uuid.UUID(image).bytes][20:28] in raw) == (place >= 300), place


def test_a_batch_that_fails_leaves_neither_keys_nor_files(instance: Instance) -> None:
    image = new_id()

    def stopped_halfway() -> None:
        with store.batch():
            store.seal(image, "portrait", b"picture")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped_halfway()
    assert list(files.every(instance.vault)) == []
    assert list(store.keystore().images()) == []
    store.seal(image, "portrait", b"picture")
    assert store.open(image) == b"picture"


def test_rows_can_be_sealed_inside_the_batch_of_their_image(instance: Instance) -> None:
    images = [new_id() for _ in range(10)]
    with store.batch():
        rows = []
        for image in images:
            store.seal(image, "portrait", b"picture")
            rows.append((image, store.seal_row(image, image.encode())))
        assert list(store.keystore().images()) == []
    assert store.open_rows(rows) == [image.encode() for image in images]
    assert [store.open(image) for image in images] == [b"picture"] * 10


def test_rows_open_in_their_order_however_many_there_are(instance: Instance) -> None:
    images = [new_id() for _ in range(2500)]
    with store.batch():
        rows = []
        for image in images:
            store.seal(image, "portrait", b"")
            rows.append((uuid.UUID(image), store.seal_row(image, image.encode())))
    # The first asks for most of the keys and walks the table, the second looks some up, repeated ones too.
    assert store.open_rows(rows[::-1]) == [image.encode() for image in images[::-1]]
    some = rows[5:400:7] + rows[5:400:7]
    assert store.open_rows(some) == [str(image).encode() for image, _ in some]


def test_the_snapshot_key_is_stable_until_it_is_changed(instance: Instance) -> None:
    before = store.snapshot_key()
    store.reset()
    assert store.snapshot_key() == before
    assert len(before) == 32
    old_secret = store.keystore().snapshot_secret()
    store.rotate_snapshot_key()
    assert store.snapshot_key() != before
    assert old_secret not in raw_key_files(instance)


def test_a_forked_process_opens_the_store_for_itself(instance: Instance) -> None:
    image = new_id()
    store.seal(image, "portrait", b"picture")
    child = os.fork()
    if child == 0:
        os._exit(0 if store.open(image) == b"picture" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.open(image) == b"picture"


def test_another_instance_key_opens_nothing_and_says_so(instance: Instance) -> None:
    store.seal(new_id(), "portrait", b"picture")
    (instance.keys / "instance.key").write_bytes(os.urandom(32))
    store.reset()
    with pytest.raises(VaultError, match="not the one"):
        store.keystore().erased_since()


def test_a_key_store_that_others_can_read_is_refused(instance: Instance, tmp_path: Path) -> None:
    store.reset()
    store.key_store_path(instance).chmod(0o640)
    with pytest.raises(Exception, match=r"chmod 600 keys/store\.sqlite3"):
        store.keystore().erased_since()
