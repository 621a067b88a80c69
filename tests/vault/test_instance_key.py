"""The instance key: locked and unlocked, escrowed, refused when it is unsafe."""

from __future__ import annotations

import os

import pytest

from antigone.instance import Instance, InstanceError
from antigone.vault import escrow, instance_key, store
from antigone.vault.errors import InstanceKeyError, KeyLocked

# The least cost that is accepted: the tests are about the form, not about a thief.
CHEAP = 2**14


@pytest.fixture
def locked(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Instance:
    monkeypatch.delenv(instance_key.PASSPHRASE_VARIABLE, raising=False)
    instance_key.lock(instance, "correct horse", cost=CHEAP)
    store.reset()
    return instance


def test_a_locked_key_leaves_no_open_copy_and_needs_the_passphrase(locked: Instance) -> None:
    assert not (locked.keys / "instance.key").exists()
    with pytest.raises(KeyLocked, match="none was given"):
        instance_key.load(locked)
    with pytest.raises(KeyLocked, match="wrong"):
        instance_key.load(locked, lambda: "incorrect horse")
    assert len(instance_key.load(locked, lambda: "correct horse")) == 32


def test_the_passphrase_may_come_from_the_environment(locked: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(instance_key.PASSPHRASE_VARIABLE, "correct horse")
    assert len(instance_key.load(locked)) == 32


def test_locking_and_unlocking_keeps_the_key(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(instance_key.PASSPHRASE_VARIABLE, raising=False)
    before = instance_key.load(instance)
    instance_key.lock(instance, "one", cost=CHEAP)
    instance_key.lock(instance, "two", cost=CHEAP)
    store.reset()
    with pytest.raises(KeyLocked):
        instance_key.load(instance, lambda: "one")
    instance_key.unlock(instance, lambda: "two")
    store.reset()
    assert not instance_key.is_locked(instance)
    assert instance_key.load(instance) == before


def test_an_empty_passphrase_locks_nothing(instance: Instance) -> None:
    with pytest.raises(KeyLocked, match="empty"):
        instance_key.lock(instance, "", cost=CHEAP)
    assert not instance_key.is_locked(instance)


@pytest.mark.parametrize("damage", ["", "{}", "no json", '{"form": "antigone passphrase 1", "scrypt_n": 9999999999}'])
def test_a_damaged_lock_is_a_sentence(locked: Instance, damage: str) -> None:
    (locked.keys / "instance.key.locked").write_text(damage)
    with pytest.raises(KeyLocked, match="damaged"):
        instance_key.load(locked, lambda: "correct horse")


def test_a_missing_a_short_and_an_open_key_are_refused(instance: Instance) -> None:
    key = instance.keys / "instance.key"
    store.reset()
    held = key.read_bytes()
    key.write_bytes(held[:31])
    with pytest.raises(InstanceKeyError, match="32 bytes"):
        instance_key.load(instance)
    key.write_bytes(held)
    key.chmod(0o644)
    with pytest.raises(InstanceError, match=r"chmod 600 keys/instance\.key"):
        instance_key.load(instance)
    key.unlink()
    with pytest.raises(InstanceKeyError, match="missing"):
        instance_key.load(instance)


def test_a_key_is_never_drawn_over_another(instance: Instance) -> None:
    before = (instance.keys / "instance.key").read_bytes()
    with pytest.raises(InstanceKeyError):
        instance_key.create(instance)
    with pytest.raises(InstanceKeyError):
        instance_key.restore(instance, os.urandom(32))
    assert (instance.keys / "instance.key").read_bytes() == before


def test_the_escrow_print_brings_the_key_back(instance: Instance) -> None:
    key = instance_key.load(instance)
    text = escrow.print_key(key, "long passphrase", cost=CHEAP)
    assert max(len(line) for line in text.splitlines()) <= 80
    typed = text.lower().replace("-", " ").replace("\n", "\r\n")
    assert escrow.read_key(typed, "long passphrase") == key
    with pytest.raises(KeyLocked):
        escrow.read_key(text, "another passphrase")


def test_a_typing_mistake_in_the_escrow_print_is_found_in_its_line(instance: Instance) -> None:
    lines = escrow.print_key(instance_key.load(instance), "long passphrase", cost=CHEAP).splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("02 "))
    wrong = "B" if lines[place][5] != "B" else "C"
    lines[place] = lines[place][:5] + wrong + lines[place][6:]
    with pytest.raises(KeyLocked, match="line 02"):
        escrow.read_key("\n".join(lines), "long passphrase")
    del lines[place]
    with pytest.raises(KeyLocked, match="line 02"):
        escrow.read_key("\n".join(lines), "long passphrase")


def test_keys_for_different_purposes_differ(instance: Instance) -> None:
    key = instance_key.load(instance)
    derived = {instance_key.derive(key, purpose) for purpose in ("wrap 1", "gallery snapshot 1", "django signing 1")}
    assert len(derived) == 3
    assert instance_key.fingerprint(key) not in key.hex()


def test_an_open_copy_that_an_interrupted_lock_left_goes_at_the_next_use(locked: Instance) -> None:
    key = instance_key.load(locked, lambda: "correct horse")
    instance_key.write_private(locked.keys / "instance.key", key)
    store.reset()
    with pytest.raises(KeyLocked):
        instance_key.load(locked, lambda: "incorrect horse")
    assert (locked.keys / "instance.key").exists()
    instance_key.load(locked, lambda: "correct horse")
    assert not (locked.keys / "instance.key").exists()
