"""Several processes on one gallery: searches while another enrols, and a process that is killed at any moment."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from antigone.enrolment import projection
from antigone.enrolment.models import Template
from antigone.gallery import Where
from antigone.instance import Instance
from antigone.ledger import services as ledger
from antigone.missing.models import Portrait
from antigone.vault import store, sweep
from tests import factories

ROOT = Path(__file__).parents[2]


def start(what: str, instance: Instance, acked: Path, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.enrolment.worker", what, str(instance.root), str(acked), str(number)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def acked(instance: Instance, tmp_path: Path) -> Path:
    factories.holding()
    factories.contract()
    file = tmp_path / "acked"
    file.write_text("0")
    return file


def test_two_search_while_a_third_enrols(instance: Instance, acked: Path) -> None:
    readers = [start("search", instance, acked, 150) for _ in range(2)]
    writer = start("enrol", instance, acked, 15)
    for process in (writer, *readers):
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        if process is not writer:
            assert int(output) >= 1


@pytest.mark.parametrize("after", [10, 40, 70])
def test_a_killed_enrolment_loses_nothing_that_was_acknowledged(instance: Instance, acked: Path, after: int) -> None:
    writer = start("enrol", instance, acked, 500)
    deadline = time.monotonic() + 60
    while int(acked.read_text()) < after:
        assert writer.poll() is None, writer.communicate()[1]
        assert time.monotonic() < deadline
        time.sleep(0.003 * after / 10)
    writer.kill()
    writer.wait()
    kept = int(acked.read_text())
    refs = set(Portrait.objects.values_list("person__ref", flat=True))
    assert {f"M-{seed}" for seed in range(kept)} <= refs
    assert Template.objects.count() == Portrait.objects.count() == len(refs)
    for portrait in Portrait.objects.values_list("pk", flat=True):
        assert store.open(str(portrait)).startswith(b"portrait of")

    held = projection.of(factories.contract())
    hits = held.search(factories.unit(kept - 1)[None], 1, Where(None, 0))
    assert hits.searched == len(refs)
    assert hits.scores[0] > 1 - 1e-6
    ledger.sequence()
    assert ledger.verify().ok
    projection.close_all()


def test_what_a_killed_enrolment_left_is_swept(instance: Instance, acked: Path) -> None:
    writer = start("enrol", instance, acked, 500)
    while int(acked.read_text()) < 20:
        time.sleep(0.002)
    writer.kill()
    writer.wait()
    known = set(Portrait.objects.values_list("pk", flat=True))
    # At once: `doctor` leaves what is younger than a job could be under way.
    sweep.clear(sweep.look(known, settled_after=-1), "operator:1")
    assert {path.name for path in instance.vault.rglob("*") if path.is_file()} == {str(pk) for pk in known}
