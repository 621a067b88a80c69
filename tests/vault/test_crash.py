"""Kill -9 in the middle of sealing: no acknowledged image is lost, and no row is without its key and file."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid

import pytest

from antigone.instance import Instance
from antigone.remains.models import Photograph
from antigone.vault import store, sweep

ENROL_FOR_EVER = """
import os, sys
from pathlib import Path
from antigone.upkeep.opening import open_instance
open_instance(Path(sys.argv[1]))
from antigone.ledger.services import recorded
from antigone.remains.models import Photograph, Subject
from antigone.vault import store
known = {"kind": "deceased", "agency_id": 1, "opened_at": "2026-01-01T00:00Z"}
subject, _ = Subject.objects.get_or_create(code="B-1", defaults=known)
while True:
    with recorded(sequence=False), store.batch():
        new = [
            Photograph.objects.create(
                subject=subject, sha256=os.urandom(32).hex(), added_at="2026-01-01T00:00Z", added_by="operator:1"
            )
            for _ in range(8)
        ]
        for photograph in new:
            store.seal(str(photograph.pk), "photograph", photograph.sha256.encode() * 300)
    print(*(photograph.pk for photograph in new), flush=True)
"""


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_no_row_is_without_its_file(instance: Instance) -> None:
    moments = random.Random(1)
    acknowledged: set[uuid.UUID] = set()
    for _ in range(6):
        worker = subprocess.Popen(
            [sys.executable, "-c", ENROL_FOR_EVER, str(instance.root)], stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        first = worker.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.4))
        os.kill(worker.pid, signal.SIGKILL)
        said = first + worker.stdout.read()
        worker.wait()
        # The last line may be cut: it was not said whole, so it was not acknowledged.
        lines = said.splitlines() if said.endswith("\n") else said.splitlines()[:-1]
        assert lines
        acknowledged |= {uuid.UUID(name) for line in lines for name in line.split()}
    rows = dict(Photograph.objects.values_list("pk", "sha256"))
    assert acknowledged <= rows.keys()
    for pk, digest in rows.items():
        assert store.open(str(pk)) == digest.encode() * 300
    found = sweep.look(rows, settled_after=-60)
    assert found.rows_without_key == found.rows_without_file == found.strange_files == ()
    sweep.clear(found, "system:test")
    assert sweep.look(rows, settled_after=-60).litter == 0
    assert all(store.exists(str(pk)) for pk in rows)
