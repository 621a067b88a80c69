"""One sequencer at a time, in batches, complete after any crash, whoever writes beside it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from antigone.instance import Instance
from antigone.ledger import outside, sequencer
from antigone.ledger.models import Checkpoint, Entry
from antigone.ledger.services import record, recorded, sequence, verify

PROGRAM = """
    import os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "antigone.site.settings"
    import django
    django.setup()
    from antigone.ledger import actions, services
    actions.register("test:thing:do", "{actor} did {what} to {object}", redact=())
    actions.register("test:thing:refuse", "{actor} was refused {object}", redact=())
    name = sys.argv[1]
    print("ready", flush=True)
    sys.stdin.readline()
"""
WRITER = (
    PROGRAM
    + """
    for number in range(15):
        with services.recorded():
            services.record("test:thing:do", actor="operator:1", object=f"{name}:{number}", what=number)
        services.refuse("test:thing:refuse", actor="operator:1", object=f"{name}:{number}")
"""
)
ENDLESS = (
    PROGRAM
    + """
    number = 0
    while True:
        with services.recorded():
            services.record("test:thing:do", actor="operator:1", object=f"{name}:{number}", what=number)
            services.refuse("test:thing:refuse", actor="operator:1", object=f"{name}:{number}")
        print(number, flush=True)
        number += 1
"""
)


def start(instance: Instance, program: str, name: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), name],
        env={**os.environ, "ANTIGONE_INSTANCE": str(instance.root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def do(number: int) -> None:
    record("test:thing:do", actor="operator:1", object=f"thing:{number}", what=number)


def test_a_bulk_job_is_sequenced_in_batches_in_the_order_written(
    ledger: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 7)
    before = list(Checkpoint.objects.values_list("size", flat=True))
    start_at = before[-1]
    for batch in range(4):
        with recorded(sequence=False):
            for number in range(5):
                do(batch * 5 + number)
    assert list(Checkpoint.objects.values_list("size", flat=True)) == before
    checkpoint = sequence()
    assert checkpoint is not None
    assert checkpoint.size == start_at + 20
    sizes = list(Checkpoint.objects.filter(size__gt=start_at).values_list("size", flat=True))
    assert sizes == [start_at + 7, start_at + 14, start_at + 20]
    placed = Entry.objects.filter(object__startswith="thing:").order_by("index").values_list("object", flat=True)
    assert list(placed) == [f"thing:{number}" for number in range(20)]
    assert set(sizes) <= set(outside.history(ledger))
    assert verify().ok


def test_sequencing_nothing_changes_nothing(ledger: Instance) -> None:
    first = sequence()
    assert sequence() == first
    assert verify().ok


def test_a_crash_between_the_entry_and_its_place_is_completed(ledger: Instance) -> None:
    with recorded(sequence=False):
        do(1)
    assert verify().pending == 1
    with recorded():
        do(2)
    found = verify()
    assert (found.ok, found.pending) == (True, 0)
    placed = Entry.objects.filter(object__startswith="thing:").order_by("index").values_list("object", flat=True)
    assert list(placed) == ["thing:1", "thing:2"]


def test_an_entry_waits_where_another_writer_holds_the_database(
    ledger: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit went through; that the sequencer then found the database busy is no failure of the change."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    connection.close()
    with closing(sqlite3.connect(ledger.database)) as other:
        with recorded():
            do(1)
            transaction.on_commit(lambda: other.execute("BEGIN IMMEDIATE") and None)
        assert verify().pending == 1
        with pytest.raises(OperationalError, match="locked"):
            sequence()
    sequence()
    assert verify().pending == 0


def test_two_processes_write_at_once_while_a_third_verifies(ledger: Instance) -> None:
    writers = [start(ledger, WRITER, name) for name in ("left", "right")]
    for writer in writers:
        go(writer)
    with recorded():
        do(1)
    while any(writer.poll() is None for writer in writers):
        found = verify()
        assert found.ok, found.sentence
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    found = verify()
    assert found.ok, found.sentence
    assert (found.pending, found.notes) == (0, ())
    for name in ("left", "right"):
        placed = Entry.objects.filter(object__startswith=f"{name}:").order_by("index")
        assert [entry.object for entry in placed] == [f"{name}:{number}" for number in range(15) for _ in "12"]


@pytest.mark.parametrize("delay", [0.02, 0.11, pytest.param(0.3, marks=pytest.mark.slow)])
def test_a_process_killed_at_any_moment_leaves_what_the_next_completes(ledger: Instance, delay: float) -> None:
    killed = start(ledger, ENDLESS, "killed")
    go(killed)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "0\n"
    time.sleep(delay)
    killed.send_signal(signal.SIGKILL)
    rest, _ = killed.communicate(timeout=60)
    said = max([0, *(int(line) for line in rest.splitlines() if line.isdecimal())])
    assert verify().ok
    with recorded():
        do(1)
    found = verify()
    assert found.ok, found.sentence
    assert (found.pending, found.notes) == (0, ())
    objects = list(
        Entry.objects.filter(action="test:thing:do", object__startswith="killed:")
        .order_by("index")
        .values_list("object", flat=True)
    )
    assert objects[: said + 1] == [f"killed:{number}" for number in range(said + 1)], "nothing acknowledged is lost"
    refused = Entry.objects.filter(action="test:thing:refuse", object__startswith="killed:")
    assert refused.count() == len(set(refused.values_list("object", flat=True))), "and nothing is entered twice"
    assert refused.count() >= said + 1
    assert not list(Path(ledger.ledger / "refusals").glob("[!.]*"))


@pytest.mark.slow
def test_a_hundred_thousand_entries_are_a_normal_job(ledger: Instance) -> None:
    for batch in range(200):
        with recorded(sequence=False):
            for number in range(500):
                do(batch * 500 + number)
    sequence()
    found = verify()
    assert found.ok
    assert found.size == Entry.objects.count()
    assert Checkpoint.objects.count() < 20
