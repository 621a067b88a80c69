"""A worker that is killed loses nothing: its job goes on, from where it stood, in the next worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from antigone.instance import Instance
from antigone.jobs import registry, services, worker
from antigone.jobs.models import Job, State
from antigone.jobs.work import Work

WORKER = """
import sys, time
from pathlib import Path
from antigone.upkeep.opening import open_instance
open_instance(Path(sys.argv[1]))
from antigone.jobs import registry, worker
@registry.handles("tests:killed")
def killed(work):
    work.progress(1, 3, "one", keep={"at": 1})
    Path(sys.argv[2]).touch()
    time.sleep(600)
worker.work(once=True, with_daily=False)
"""


def test_a_killed_workers_job_goes_on(instance: Instance, tmp_path: Path) -> None:
    before = dict(registry._kinds)

    @registry.handles("tests:killed")
    def killed(work: Work) -> dict[str, int]:
        return {"went on from": work.kept["at"]}

    job = services.ask("tests:killed", "operator:1")
    mark = tmp_path / "it runs"
    process = subprocess.Popen([sys.executable, "-c", WORKER, str(instance.root), str(mark)], env={**os.environ})
    try:
        end = time.monotonic() + 60
        while not mark.exists() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        assert mark.exists()
        assert worker.work(once=True, with_daily=False) == 0, "its worker lives"
        process.send_signal(signal.SIGKILL)
        process.wait()
        worker.work(once=True, with_daily=False)
    finally:
        process.kill()
        registry._kinds.clear()
        registry._kinds.update(before)
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.result, job.attempts) == (State.DONE, {"went on from": 1}, 2)
    assert list((instance.data / "workers").iterdir()) == []
