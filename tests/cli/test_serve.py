"""`antigone serve` and its worker, as real processes."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from antigone.cli.main import main
from antigone.instance import Instance
from antigone.jobs import registry, services
from antigone.jobs.models import Job, State

pytestmark = pytest.mark.slow

# A kind of work for the workers that the tests start: it says that it runs, and goes on when it may.
KIND = """
import json, os, time
from pathlib import Path
from antigone.jobs import registry
@registry.handles("tests:slow")
def slow(work):
    folder = Path(os.environ["TESTS_FOLDER"])
    work.progress(1, 2, "one", keep={"at": work.kept.get("at", 0) + 1})
    (folder / f"runs-{work.kept['at']}").write_text(str(os.getpid()))
    while not (folder / "go").exists():
        work.progress(1, 2, "one")
        time.sleep(0.05)
    return {"runs": work.kept["at"]}
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "custom"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(KIND)
    return {**os.environ, "PYTHONPATH": str(folder), "TESTS_FOLDER": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"}


@pytest.fixture
def slow_kind() -> Iterator[None]:
    before = dict(registry._kinds)
    registry.handles("tests:slow")(lambda work: None)
    yield
    registry._kinds.clear()
    registry._kinds.update(before)


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


class Served:
    """A running `antigone serve`."""

    def __init__(self, root: Path, environment: dict[str, str], *options: str, typed: str = "") -> None:
        self.said = root.parent / "said"
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "antigone", "-i", str(root), "serve", "--port", "0", *options],
                stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.PIPE, env=environment, text=True,
            )  # fmt: skip
        assert self.process.stdin is not None
        self.process.stdin.write(typed)
        self.process.stdin.close()

    def text(self) -> str:
        return self.said.read_text()

    def address(self) -> str:
        until(lambda: "are at http" in self.text() or self.process.poll() is not None)
        found = re.search(r"http://\S+", self.text())
        assert found, self.text()
        return found[0]

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def status_of(address: str, **headers: str) -> int:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object) -> None:
            return None

    try:
        request = urllib.request.Request(address, headers=headers)
        return int(urllib.request.build_opener(Stay).open(request, timeout=60).status)
    except urllib.error.HTTPError as answer:
        return answer.code


def test_pages_and_worker_run_a_killed_worker_comes_back_and_both_end(
    instance: Instance, environment: dict[str, str], slow_kind: None, tmp_path: Path
) -> None:
    job = services.ask("tests:slow", "operator:1", 1)
    served = Served(instance.root, environment)
    try:
        assert status_of(served.address()) in {200, 302}
        first = tmp_path / "runs-1"
        until(lambda: first.exists() and first.read_text() != "")
        os.kill(int(first.read_text()), signal.SIGKILL)
        second = tmp_path / "runs-2"
        until(lambda: second.exists() and second.read_text() != "")
        (tmp_path / "go").touch()
        until(lambda: Job.objects.get(pk=job.pk).state == State.DONE)
        job.refresh_from_db()
        assert (job.result, job.attempts) == ({"runs": 2}, 2)
        assert "A worker ended without being asked to (by SIGKILL)" in served.text()
        assert served.end() == 0
        assert not alive(int(second.read_text()))
        assert "Ended." in served.text()
    finally:
        served.process.kill()


def test_a_job_that_runs_at_the_end_goes_on_at_the_next_start(
    instance: Instance, environment: dict[str, str], slow_kind: None, tmp_path: Path
) -> None:
    job = services.ask("tests:slow", "operator:1", 1)
    served = Served(instance.root, environment)
    try:
        until(lambda: (tmp_path / "runs-1").exists())
        assert served.end() == 0
    finally:
        served.process.kill()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.WAITING, 0)


def test_workers_end_with_a_server_that_was_killed(
    instance: Instance, environment: dict[str, str], slow_kind: None, tmp_path: Path
) -> None:
    services.ask("tests:slow", "operator:1", 1)
    served = Served(instance.root, environment)
    try:
        runs = tmp_path / "runs-1"
        until(lambda: runs.exists() and runs.read_text() != "")
        served.process.kill()
        until(lambda: not alive(int(runs.read_text())))
    finally:
        served.process.kill()


def test_a_locked_key_is_asked_for_once_and_reaches_no_list_of_processes(
    instance: Instance, environment: dict[str, str], slow_kind: None, tmp_path: Path
) -> None:
    from antigone.vault import instance_key

    instance_key.lock(instance, "open sesame", cost=2**14)
    services.ask("tests:slow", "operator:1", 1)
    served = Served(instance.root, environment, typed="open sesame\n")
    try:
        assert status_of(served.address()) in {200, 302}
        runs = tmp_path / "runs-1"
        until(lambda: runs.exists() and runs.read_text() != "")
        for pid in (served.process.pid, int(runs.read_text())):
            for where in ("cmdline", "environ"):
                assert b"sesame" not in Path(f"/proc/{pid}/{where}").read_bytes()
        assert served.text().count("Passphrase") == 1
        assert served.end() == 0
    finally:
        served.process.kill()


def test_a_name_that_nobody_configured_is_not_answered(instance: Instance, environment: dict[str, str]) -> None:
    served = Served(instance.root, environment, "--workers", "0")
    try:
        assert status_of(served.address(), Host="elsewhere.example") == 400
    finally:
        served.end()


def run(instance: Instance, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "antigone", "-i", str(instance.root), *arguments],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_a_port_that_is_taken_is_said(instance: Instance) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        status, said = run(instance, "serve", "--port", port)
    assert status == 1
    assert f"Port {port} of 127.0.0.1 is taken" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1"])
def test_other_machines_are_not_served_in_clear(instance: Instance, host: str) -> None:
    status, said = run(instance, "serve", "--host", host)
    assert status == 2
    assert "in clear" in said
    assert "Nothing was started" in said


def test_an_address_that_is_not_of_this_machine_is_said(instance: Instance) -> None:
    status, said = run(instance, "serve", "--host", "192.0.2.1", "--https")
    assert status == 1
    assert "no address 192.0.2.1" in said


def test_an_unsafe_instance_is_not_served(instance: Instance) -> None:
    (instance.keys / "instance.key").chmod(0o644)
    status, said = run(instance, "serve", "--port", "0")
    assert status == 2
    assert "can be read by other accounts" in said


def test_jobs_are_listed_and_stopped(instance: Instance, slow_kind: None) -> None:
    job = services.ask("tests:slow", "operator:1", 1)
    call = CliRunner()
    root = ["-i", str(instance.root)]
    assert f"{job.pk}  waiting" in call.invoke(main, [*root, "jobs", "list"]).output
    stopped = call.invoke(main, [*root, "jobs", "stop", str(job.pk)])
    assert stopped.exit_code == 0, stopped.output
    job.refresh_from_db()
    assert job.state == State.STOPPED
    again = call.invoke(main, [*root, "jobs", "stop", str(job.pk)])
    assert again.exit_code == 2
    assert "Nothing was changed" in again.output
    assert "Nothing waits" in call.invoke(main, [*root, "jobs", "list"]).output
    assert "stopped" in call.invoke(main, [*root, "jobs", "list", "--all"]).output


def test_a_worker_alone_ends_when_nothing_waits(
    instance: Instance, environment: dict[str, str], slow_kind: None, tmp_path: Path
) -> None:
    job = services.ask("tests:slow", "operator:1", 1)
    (tmp_path / "go").touch()
    done = subprocess.run(
        [sys.executable, "-m", "antigone", "-i", str(instance.root), "worker", "--once"],
        env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "nothing waits" in done.stdout
    job.refresh_from_db()
    assert job.state == State.DONE
    assert json.dumps(job.result) == '{"runs": 1}'
