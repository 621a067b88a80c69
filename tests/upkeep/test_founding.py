"""Founding an instance: what is there afterwards, what is refused, and what an interruption leaves."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tomllib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from antigone.enrolment.contracts import DEFAULT_RECOGNISER
from antigone.imaging import Limits
from antigone.instance import Instance, InstanceError
from antigone.ledger.models import Entry
from antigone.upkeep import founding, serving
from antigone.upkeep.founding import found
from antigone.upkeep.opening import open_instance, pending_migrations, point_django_at


@pytest.fixture
def back_home(template_instance: Instance) -> object:
    """Turn Django back to the template after a test that founds instances of its own."""
    yield
    point_django_at(template_instance.root)


def everything_below(root: Path) -> list[Path]:
    return [root, *root.rglob("*")]


def test_a_new_instance_is_whole_and_its_owners_alone(instance: Instance) -> None:
    instance.check()
    for path in everything_below(instance.root):
        assert path.stat().st_mode & 0o077 == 0, path
    assert pending_migrations() == []
    said = [entry.action for entry in Entry.objects.all()]
    assert said[0] == "instance:self:found"
    assert {"access:agency:found", "access:operator:add", "access:role:grant", "access:mandate:issue"} < set(said)
    assert not Entry.objects.filter(index=None).exists()


@pytest.mark.slow
def test_only_its_founding_makes_an_instance_one_for_practice(
    instance: Instance, tmp_path: Path, back_home: object
) -> None:
    from antigone.access.practice import is_practice

    assert not is_practice()
    found(tmp_path / "trial", practice=True)
    assert is_practice()
    details = Entry.objects.get(action="instance:self:found").details
    assert details is not None
    assert details["practice"] is True


def test_the_database_is_kept_as_designed(instance: Instance) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for pragma, value in (("journal_mode", "wal"), ("secure_delete", 1), ("foreign_keys", 1), ("synchronous", 2)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == value, pragma


def test_each_setting_has_a_comment_and_the_file_reads(instance: Instance) -> None:
    assert instance.settings() == {"faces": {}, "imaging": {}, "serve": {}, "sessions": {}}
    text = instance.settings_file.read_text()
    for table in text.split("\n[")[1:]:
        assert "# " in table.partition("\n")[2].partition("=")[0].partition("\n")[0], "a comment says what it is"


def test_the_defaults_that_the_settings_show_are_the_real_ones(instance: Instance) -> None:
    shown = tomllib.loads(re.sub(r"^# (?=\w+ = )", "", instance.settings_file.read_text(), flags=re.MULTILINE))
    real = Limits()
    assert shown["imaging"] == {name: getattr(real, name) for name in shown["imaging"]}
    assert {"max_bytes", "max_pixels", "max_frames"} <= set(shown["imaging"])
    assert shown["faces"] == {"recogniser": DEFAULT_RECOGNISER}
    assert shown["serve"]
    assert serving.of(shown) == serving.Serving()


def test_an_instance_is_not_founded_twice_nor_over_something(
    instance: Instance, tmp_path: Path, back_home: object
) -> None:
    with pytest.raises(InstanceError, match="instance in this folder already"):
        found(instance.root)
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    with pytest.raises(InstanceError, match="not empty"):
        found(full)
    with pytest.raises(InstanceError, match="file of this name"):
        found(full / "letter.txt")
    assert [path.name for path in full.iterdir()] == ["letter.txt"]


@pytest.mark.slow
@pytest.mark.parametrize("step", ["_make_database", "_first_people", "founded"])
def test_an_interrupted_founding_is_no_instance_and_can_be_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, back_home: object
) -> None:
    root = tmp_path / "new"

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(founding, step, power_cut)
        with pytest.raises(KeyboardInterrupt):
            found(root)
    assert not Instance(root).exists()
    with pytest.raises(InstanceError, match="not an Antigone instance"):
        open_instance(root)
    assert found(root).exists()
    open_instance(root)
    assert not list(root.glob(".antigone*"))


@pytest.mark.slow
def test_the_files_come_out_closed_whatever_the_umask(tmp_path: Path, back_home: object) -> None:
    before = os.umask(0)
    try:
        root = found(tmp_path / "new").root
    finally:
        os.umask(before)
    for path in everything_below(root):
        assert path.stat().st_mode & 0o077 == 0, path


def name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize(
    ("path", "mode"),
    [(".", 0o750), ("keys", 0o701), ("data", 0o755), ("keys/instance.key", 0o604), ("keys/store.sqlite3", 0o640),
     ("data/antigone.sqlite3", 0o644), ("antigone.toml", 0o644)],
)  # fmt: skip
def test_what_others_can_read_is_refused_with_its_cure(instance: Instance, path: str, mode: int) -> None:
    (instance.root / path).chmod(mode)
    with pytest.raises(InstanceError, match=r"can be read by other accounts.*chmod [67]00"):
        open_instance(instance.root)
    (instance.root / path).chmod(0o700 if (instance.root / path).is_dir() else 0o600)
    open_instance(instance.root)


@pytest.mark.parametrize("gone", ["keys/instance.key", "keys/store.sqlite3", "keys/ledger.key"])
def test_a_missing_key_is_refused(instance: Instance, gone: str) -> None:
    (instance.root / gone).unlink()
    with pytest.raises(InstanceError, match=f"key file {gone} is missing"):
        open_instance(instance.root)


@pytest.mark.parametrize("folder", ["keys", "data", "vault", "ledger"])
def test_a_folder_that_leads_outside_is_refused(instance: Instance, tmp_path: Path, folder: str) -> None:
    (instance.root / folder).rename(tmp_path / "elsewhere")
    (instance.root / folder).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InstanceError, match="leads outside"):
        open_instance(instance.root)


def test_a_key_that_is_a_link_is_refused(instance: Instance, tmp_path: Path) -> None:
    key = instance.keys / "instance.key"
    key.rename(tmp_path / "key")
    key.symlink_to(tmp_path / "key")
    with pytest.raises(InstanceError, match="not a plain file"):
        open_instance(instance.root)


def test_another_accounts_instance_is_refused(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)
    with pytest.raises(InstanceError, match="belongs to another account"):
        open_instance(instance.root)


@pytest.mark.parametrize("text", ["a = ", "\udcff".encode("utf-8", "surrogateescape").decode("latin-1") + " = = 1"])
def test_a_broken_settings_file_is_a_sentence(instance: Instance, text: str) -> None:
    instance.settings_file.write_text(text, encoding="latin-1")
    with pytest.raises(InstanceError, match="cannot be read"):
        open_instance(instance.root)


def test_an_older_and_a_newer_schema_are_told_apart(instance: Instance) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('vault', '9999_later', '2030-01-01')"
        )
    with pytest.raises(InstanceError, match="later version"):
        open_instance(instance.root)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'vault'")
    with pytest.raises(InstanceError, match="antigone upgrade"):
        open_instance(instance.root)


# Zones as POSIX writes them, so that no table of zones is needed: nine hours east of UTC, and eight west.
@pytest.mark.slow
@pytest.mark.parametrize("zone", ["JST-9", "PST8"])
def test_a_time_that_is_typed_is_the_persons_own(instance: Instance, zone: str) -> None:
    """The 72 hours of an attestation count from the clock on the wall, east and west of UTC."""
    there = timezone(timedelta(hours=9 if zone == "JST-9" else -8))
    for hours, code, status in ((73, "LATE", 5), (71, "IN-TIME", 0), (0, "NOW", 0), (-2, "TO-COME", 5)):
        at = datetime.now(there) - timedelta(hours=hours)
        words = ["-i", str(instance.root), "case", "open", code, "--subject", "unable-to-state-identity"]
        words += ["--attested-by", "Dr Y", "--attested-at", f"{at:%Y-%m-%dT%H:%M}"]
        done = subprocess.run(
            [sys.executable, "-m", "antigone", *words], capture_output=True, text=True, env=os.environ | {"TZ": zone}
        )
        assert done.returncode == status, (hours, done.stderr)
        assert ("holds for 72 hours" in done.stdout) == (status == 0)
        if status == 0:
            assert f"{at:%Y-%m-%d %H:%M}" in done.stdout


def test_django_leaves_the_zone_of_the_process_alone(instance: Instance) -> None:
    shown = "import os, time; from pathlib import Path; from antigone.upkeep.opening import point_django_at; "
    shown += "point_django_at(Path(os.environ['ROOT'])); print(os.environ.get('TZ'), time.timezone)"
    for zone, said in (({"TZ": "PST8"}, "PST8 28800"), ({"TZ": "JST-9"}, "JST-9 -32400")):
        done = subprocess.run(
            [sys.executable, "-c", shown],
            capture_output=True,
            text=True,
            env=os.environ | {"ROOT": str(instance.root)} | zone,
        )
        assert done.stdout.strip() == said, done.stderr


@pytest.mark.slow
def test_the_command_founds_without_a_question(tmp_path: Path) -> None:
    root = tmp_path / "here"
    done = subprocess.run(
        [sys.executable, "-m", "antigone", "init", str(root)], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    assert "in force until" in done.stdout
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    again = subprocess.run(
        [sys.executable, "-m", "antigone", "init", str(root)], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert again.returncode == 2
    assert "instance in this folder already" in again.stderr
    assert "Traceback" not in again.stderr
