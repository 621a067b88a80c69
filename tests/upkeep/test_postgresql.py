"""The whole on a PostgreSQL server of the test's own: founding, the ledger, jobs, and two people at once."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from antigone.instance import Instance, InstanceError
from antigone.upkeep import UpkeepError, backup
from antigone.upkeep.founding import found
from antigone.upkeep.opening import open_instance, pending_migrations, point_django_at

pytestmark = pytest.mark.slow


def program(name: str) -> str | None:
    found_at = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(found_at[0]) if found_at else shutil.which(name)


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """The folder of the socket of a private server, without a port; skips, loudly, where there is no PostgreSQL."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("POSTGRESQL IS NOT HERE (initdb), so nothing was checked on it")
    pytest.importorskip("psycopg", reason="PSYCOPG IS NOT HERE, so nothing was checked on PostgreSQL")
    # A socket's path is at most 107 bytes, so the folder is not pytest's.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    who: dict[str, int] = {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid}

    def call(*command: str) -> None:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, **who)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stdout + done.stderr

    data = str(folder / "data")
    try:
        call(initdb, "-D", data, "-U", "antigone", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
        options = f"-k {folder} -h '' -c fsync=off"
        call(pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield folder
        finally:
            call(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def on_server(server: Path, template_instance: Instance, tmp_path: Path) -> Iterator[Instance]:
    """An instance whose records lie in a new database of the server."""
    import psycopg
    from django.db import connections

    with psycopg.connect(host=str(server), user="antigone", dbname="postgres", autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS records WITH (FORCE)")
        admin.execute("CREATE DATABASE records")
    section = f'[database]\nhost = "{server}"\nname = "records"\nuser = "antigone"\n'
    try:
        yield found(tmp_path / "on-server", agency_name="Agency", operator_name="tester", database=section)
    finally:
        connections.close_all()
        point_django_at(template_instance.root)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run these in threads that start together; what each returned or raised."""
    from django.db import connections

    barrier, said = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait()
            said[place] = call()  # type: ignore[call-overload]
        except Exception as failure:
            said[place] = failure  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(said)


def test_an_instance_is_founded_opened_and_its_ledger_verified(on_server: Instance) -> None:
    from django.db import connection

    from antigone.access.models import Operator
    from antigone.ledger.services import record, recorded, verify

    assert connection.vendor == "postgresql"
    assert not on_server.database.exists()
    assert on_server.on_server
    assert pending_migrations() == []
    assert list(on_server.faults()) == []
    who = Operator.objects.get()
    with recorded():
        record("access:operator:close", actor=who.actor, object="operator:0")
    assert verify().ok
    open_instance(on_server.root)
    with pytest.raises(UpkeepError, match="server's own tools"):
        backup(on_server, actor=who.actor)


def test_a_server_that_holds_records_is_not_founded_over(
    on_server: Instance, template_instance: Instance, tmp_path: Path
) -> None:
    section = on_server.settings_file.read_text().partition("[database]")
    with pytest.raises(InstanceError, match="not empty"):
        found(tmp_path / "second", database="".join(section[1:]))


def test_many_writers_make_one_tree(on_server: Instance) -> None:
    from antigone.ledger.models import Entry
    from antigone.ledger.services import record, recorded, sequence, verify

    def write() -> None:
        for _ in range(5):
            with recorded():
                record("access:operator:close", actor="operator:1", object="operator:0")

    assert at_once(*[write] * 4) == [None] * 4
    sequence()
    assert Entry.objects.filter(action="access:operator:close", index__isnull=False).count() == 20
    assert verify().ok


def test_a_job_starts_once_and_daily_work_is_asked_for_once(on_server: Instance) -> None:
    from datetime import date

    from antigone.jobs import daily, services, worker
    from antigone.jobs.models import DailyRun, Job, State

    job = services.ask("jobs:sweep", "operator:1")
    started = at_once(*[lambda: services.start(job.pk)] * 4)
    assert [each for each in started if each is not None] == [job]
    services.put_back(next(each for each in started if each is not None))  # type: ignore[arg-type]
    asked = at_once(*[lambda: daily.ask_due(date(2026, 3, 2))] * 4)
    assert not [each for each in asked if isinstance(each, Exception)]
    assert DailyRun.objects.count() == Job.objects.exclude(pk=job.pk).count()
    worker.work(once=True, with_daily=False)
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}


def test_two_who_put_one_calibration_in_force_get_a_sentence(on_server: Instance) -> None:
    from antigone.access.models import Operator
    from antigone.casework.calibrating import calibrations
    from antigone.casework.errors import CalibrationNotTaken
    from antigone.casework.models import CalibrationInForce
    from antigone.evidence.shipped import shipped
    from antigone.ledger.services import verify

    who = Operator.objects.get()
    text = json.dumps(shipped()[0].as_json()).encode()
    said = at_once(*[lambda: calibrations.put_in_force(text, who)] * 4)
    refused = [each for each in said if isinstance(each, Exception)]
    assert len(refused) == 3
    assert {type(each) for each in refused} == {CalibrationNotTaken}
    assert "in force already" in str(refused[0])
    assert CalibrationInForce.objects.count() == 1
    assert verify().ok


def test_two_who_open_one_case_get_one_case(on_server: Instance) -> None:
    from antigone.access.models import Operator
    from antigone.casework import services
    from antigone.casework.errors import CaseExists
    from antigone.casework.models import Case
    from antigone.remains.errors import BadCode
    from antigone.remains.models import Subject
    from antigone.remains.services import Particulars

    who = Operator.objects.select_related("agency").get()
    given = Particulars("quay", None, "A. R.")
    said = at_once(*[lambda: services.open_case("LIMEN-A-001", "deceased", given, who)] * 4)
    refused = [each for each in said if isinstance(each, Exception)]
    assert len(refused) == 3
    assert {type(each) for each in refused} <= {CaseExists, BadCode}
    assert (Case.objects.count(), Subject.objects.count()) == (1, 1)


def test_cases_are_told_and_listed(on_server: Instance) -> None:
    from antigone.casework import awaiting, queries
    from antigone.casework.narrowing import Filters
    from antigone.casework.story import Kind, story
    from antigone.missing import listing
    from tests import factories
    from tests.casework.test_queries import opened, photographed, searched

    who = factories.operator()
    case = opened("LIMEN-A-001")
    photographed(case)
    searched(case)
    factories.enrol({"M-1": factories.unit(1)})
    assert [event.kind for event in story(case, who).events] == [Kind.OPENED, Kind.PHOTOGRAPHED, Kind.SEARCHED]
    assert [line.code for line in queries.cases(who, Filters(searched=True, code="limen")).lines] == ["LIMEN-A-001"]
    assert queries.cases(who, Filters(recalled=True)).lines == ()
    for ask in (awaiting.recalled, awaiting.unsearched, awaiting.without_photograph, awaiting.failed):
        assert ask(who, 9) == []
    assert [line.ref for line in listing.persons(who).lines] == ["M-1"]


def test_a_days_work_is_done(on_server: Instance) -> None:
    from datetime import date

    from antigone.jobs import daily, worker
    from antigone.jobs.models import Job, State
    from antigone.upkeep import tasks  # noqa: F401  (its daily work)

    daily.ask_due(date(2026, 11, 24))
    worker.work(once=True, with_daily=False)
    assert {job.kind: job.sentence for job in Job.objects.exclude(state=State.DONE)} == {}
