"""A search as work, with real pictures and the worker that does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.casework import services, tasks
from antigone.casework.models import Search
from antigone.demo import people
from antigone.enrolment import projection
from antigone.instance import Instance
from antigone.jobs import worker
from antigone.jobs.models import State
from antigone.missing import tasks as missing
from antigone.missing.services import Giving
from antigone.missing.sources import from_folder
from antigone.remains import services as remains
from antigone.remains.services import NewPhotograph, Particulars
from tests import factories

pytestmark = pytest.mark.slow


def test_a_case_is_searched_by_a_worker(instance: Instance, models: Path, tmp_path: Path) -> None:
    if not (people.COHORT / "portraits").is_dir():
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    who, source = factories.operator(), tmp_path / "source"
    for person in sorted((people.COHORT / "portraits").iterdir())[:2]:
        (source / person.name).mkdir(parents=True)
        for file in person.iterdir():
            (source / person.name / file.name).write_bytes(file.read_bytes())
    missing.enrol(from_folder(source), "holding", Giving("family-consent"), who, lambda _done: None)
    picture = sorted(source.rglob("*.jpg"))[0]
    case = services.open_case("LIMEN-A-001", "deceased", Particulars(), who)
    photograph = NewPhotograph("a" * 64, picture.read_bytes())
    remains.add_photograph(case.subject, photograph, who.actor)
    job = tasks.ask_search(case, who)
    worker.work(once=True, with_daily=False)
    projection.close_all()
    job.refresh_from_db()
    assert job.state == State.DONE, job.sentence
    search = Search.objects.get(job=job.pk)
    assert job.result == {"search": search.pk, "case": case.pk, "none_of_these": search.none_of_these}
    assert search.answer["candidates"][0]["person_ref"] == picture.parent.name
