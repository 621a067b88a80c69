"""Workers as child processes of `antigone serve`: started again when they die, ended with it, and never without it.

A child's standard input is a pipe from its parent. The passphrase of a locked key goes over it, so that it stands in no
list of processes and in no environment; and its end tells the child that the parent is gone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

LONGEST_WAIT = 30.0
"""Seconds before a worker that dies at once, again and again, is started anew."""

LIVED = 60.0
"""A worker that lived so long died of something else than its start."""

TO_END = 20.0
"""Seconds in which a worker that was asked to end may end its step; then it is killed, and its job goes on later."""


class Workers:
    """Keeps so many workers of one instance alive until it is ended."""

    def __init__(self, root: Path, count: int, passphrase: str, say: Callable[[str], None]) -> None:
        self._root, self._count, self._passphrase, self._say = root, count, passphrase, say
        self._ending = threading.Event()
        self._guards: list[threading.Thread] = []

    def start(self) -> None:
        for number in range(self._count):
            guard = threading.Thread(target=self._guard, name=f"guard of worker {number + 1}")
            guard.start()
            self._guards.append(guard)

    def end(self) -> None:
        """Ask every worker to end, and wait until all have."""
        self._ending.set()
        for guard in self._guards:
            guard.join()

    def _guard(self) -> None:
        wait = 0.0
        while not self._ending.wait(wait):
            began = time.monotonic()
            child = self._launch()
            while child.poll() is None and not self._ending.wait(0.2):
                pass
            if self._ending.is_set():
                _end(child)
                return
            wait = 0.5 if time.monotonic() - began > LIVED or not wait else min(LONGEST_WAIT, 2 * wait)
            self._say(
                f"A worker ended without being asked to ({_how(child.returncode)}). It is started again; what it was "
                "at goes on."
            )

    def _launch(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C at the terminal reaches the parent, which ends its children in order.
        child = subprocess.Popen(  # noqa: S603 (this very command)
            [sys.executable, "-m", "antigone", "-i", str(self._root), "worker", "--under-serve"],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps({"passphrase": self._passphrase}).encode() + b"\n")
            child.stdin.flush()
        except BrokenPipeError:
            pass  # it died at its start; the guard sees that
        return child


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(TO_END)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _how(status: int) -> str:
    if status >= 0:
        return f"with exit status {status}"
    try:
        return f"by {signal.Signals(-status).name}"
    except ValueError:
        return f"by signal {-status}"


class Parent:
    """The worker's end of the pipe to its parent."""

    def __init__(self) -> None:
        # Read without a buffer: a thread that waits in one would hold up the end of the process.
        line = b""
        while not line.endswith(b"\n") and (more := os.read(0, 1)):
            line += more
        said = json.loads(line) if line.strip() else {}
        self.passphrase: str = str(said.get("passphrase", ""))

    def when_gone(self, then: Callable[[], None]) -> None:
        """Call `then` when the parent has ended, however it did."""

        def watch() -> None:
            while os.read(0, 1024):
                pass
            then()

        threading.Thread(target=watch, name="watch over the parent", daemon=True).start()
