"""The example client, as a program of its own, against a server: from a photograph to the leads."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.casework.models import RankedView
from antigone.demo import people
from antigone.enrolment import projection
from antigone.jobs import worker
from antigone.missing import services as missing
from antigone.missing.models import Portrait
from tests.api.calling import Program, issue, picture
from tests.factories import operator

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "examples" / "client.py"
PERSONS = 3


class Threaded(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread of its own, as a real server does."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        pass


@pytest.fixture
def address(instance: object) -> Iterator[str]:
    application = get_wsgi_application()

    def answering(environ: dict[str, object], start: object) -> object:
        try:
            return application(environ, start)  # type: ignore[arg-type]
        finally:
            connections.close_all()

    with make_server("127.0.0.1", 0, answering, Threaded, Quiet) as server:  # type: ignore[arg-type]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    projection.close_all()


def test_the_example_client_is_short() -> None:
    assert len(CLIENT.read_text(encoding="utf-8").splitlines()) <= 30


@pytest.mark.slow
def test_the_example_client_finds_the_portrait_that_was_given(address: str, models: Path, tmp_path: Path) -> None:
    folders = sorted((people.COHORT / "portraits").iterdir())[:PERSONS] if people.COHORT.is_dir() else []
    if len(folders) < PERSONS:
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    who = operator()
    access.grant_role(who, Role.BUREAU_CLERK, who.actor)
    program = Program(issue(who)[1])
    holding = missing.open_holding("Register", who)
    for folder in folders:
        record = {"ref": folder.name, "statements": [{"key": "sex", "value": "other", "basis": "family-choice"}]}
        person = program.post(f"holdings/{holding.pk}/persons", record).json()["id"]
        form = {
            "basis": "family-consent",
            "given_by": "the mother",
            "picture": picture((folder / "1.jpg").read_bytes()),
        }
        answer = program.post(f"persons/{person}/portraits", form=form)
        assert answer.status_code == 201, answer.content
        assert answer.json()["new"]
    assert Portrait.objects.count() == PERSONS

    # With a remark inside that looks like the edge of a form.
    data, remark = (folders[1] / "2.jpg").read_bytes(), b"\r\n--x\r\n--x--\r\n"
    photograph = tmp_path / "photograph.jpg"
    photograph.write_bytes(data[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark + data[2:])
    # No more than what the manual has a token carry for it.
    manual = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    token, secret = issue(who, [Permission(each) for each in re.findall(r"--permission (\S+)", manual)])
    client = subprocess.Popen(
        [sys.executable, str(CLIENT), address, "LIMEN-A-001", str(photograph)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert client.stdin is not None
    client.stdin.write(secret + "\n")
    client.stdin.close()
    client.stdin = None
    while client.poll() is None:
        worker.work(once=True, with_daily=False)
        time.sleep(0.2)
    told, fault = client.communicate()
    assert client.returncode == 0, fault
    assert "cannot examine the case" in told
    assert told.splitlines()[1].split()[0] == "1"
    assert told.splitlines()[1].split()[2] == folders[1].name
    assert "None of these: False" in told
    # Everybody has a portrait; and the answer never closes a case.
    assert f"0 of the {PERSONS} missing persons" in told
    assert told.splitlines()[-1] == "“None of these” never closes a case."
    assert RankedView.objects.filter(actor=token.operator.actor).exists()
