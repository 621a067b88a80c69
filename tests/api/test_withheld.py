"""What is sensitive reaches the programs that work with it; for the others its key stands, and nothing else."""

from __future__ import annotations

import pytest

from antigone.access.permissions import Permission
from antigone.description.given import Given
from antigone.missing import describing as missing
from antigone.missing.models import Person
from antigone.remains import describing as remains
from antigone.remains.models import Subject
from tests.api.calling import Program, issue
from tests.api.world import World

WORD = "asthma since childhood"
READ = {"persons": Permission.PERSON_READ, "subjects": Permission.SUBJECT_READ}
RECORD = {"persons": Permission.PERSON_RECORD, "subjects": Permission.SUBJECT_RECORD}


@pytest.fixture
def record(ours: World, request: pytest.FixtureRequest) -> str:
    """The address of a record with two sensitive statements under one key, and others that are not."""
    given = Given(WORD, basis="statute", how="observed", source="a card in the pocket", citation="law 7")
    if request.param == "persons":
        person = Person.objects.get(pk=ours.ids["person"])
        missing.state(person, "med.words", Given("hay fever", basis="statute", how="reported"), ours.who)
        missing.state(person, "med.words", given, ours.who)
        return f"persons/{person.pk}"
    subject = Subject.objects.get(pk=ours.ids["subject"])
    remains.state(subject, "med.words", Given("hay fever", basis="statute", how="observed"), ours.who)
    remains.state(subject, "med.words", given, ours.who)
    return f"subjects/{subject.pk}"


@pytest.mark.parametrize("record", ["persons", "subjects"], indirect=True)
def test_a_program_that_only_reads_is_told_that_it_is_withheld(ours: World, record: str) -> None:
    reading = Program(issue(ours.who, {READ[record.split("/")[0]]})[1])
    for path in (f"{record}/statements", f"{record}/statements/med.words"):
        answer = reading.get(path)
        assert answer.status_code == 200, answer.content
        assert WORD not in answer.content.decode()
        assert "hay fever" not in answer.content.decode()
        held = [each for each in answer.json()["items"] if each["key"] == "med.words"]
        assert held == [{"key": "med.words", "withheld": True}]
    others = [each for each in reading.get(f"{record}/statements").json()["items"] if "value" in each]
    assert others
    assert all("withheld" not in each for each in others)


@pytest.mark.parametrize("permission", [None, Permission.POSTERIOR_READ])
@pytest.mark.parametrize("record", ["persons", "subjects"], indirect=True)
def test_a_program_that_works_with_it_is_shown_it(ours: World, record: str, permission: Permission | None) -> None:
    kind = record.split("/")[0]
    working = Program(issue(ours.who, {READ[kind], permission or RECORD[kind]})[1])
    (now,) = [each for each in working.get(f"{record}/statements").json()["items"] if each["key"] == "med.words"]
    assert now["value"] == WORD
    assert [each["value"] for each in working.get(f"{record}/statements/med.words").json()["items"]] == [
        WORD,
        "hay fever",
    ]
