"""Encoding portraits anew: nothing twice, nothing lost by a stop, nothing against an erasure, nothing dropped early."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from PIL import Image

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.demo import people
from antigone.enrolment import contracts, projection
from antigone.enrolment import tasks as enrolment_tasks
from antigone.enrolment.models import Contract, Template, Unencoded
from antigone.faces import EmbeddingContract, Face
from antigone.gallery import Where
from antigone.imaging import Limits
from antigone.instance import Instance
from antigone.ledger import services as ledger
from antigone.ledger.models import Entry
from antigone.missing import erasure, queries, reencoding, services, tasks
from antigone.missing.models import Person, Portrait
from antigone.missing.sources import PersonRecord, from_folder
from antigone.upkeep import purges
from antigone.vault import files, store
from tests import factories

NEW = EmbeddingContract("new", "1" * 64, factories.DIMENSION, "five points", "tests")
FACE = {
    "box": [10.0, 10.0, 20.0, 20.0],
    "landmarks": [[15.0, 15.0], [25.0, 15.0], [20.0, 20.0], [16.0, 25.0], [24.0, 25.0]],
    "turn": 0,
    "score": 0.9,
    "quality": {},
}


class Engine:
    """An engine whose templates are drawn from the colour of the picture; it counts what it looks at."""

    contract = NEW
    threads = 2
    limits = Limits()

    def __init__(self) -> None:
        self.looks = 0
        self.lock = threading.Lock()

    def crops(self, pixels: np.ndarray, face: Face, role: str) -> np.ndarray:
        assert role == "portrait"
        assert face.landmarks.tolist() == FACE["landmarks"]
        with self.lock:
            self.looks += 1
        return pixels[:1, :1]

    def templates(self, crops: Sequence[np.ndarray], role: str) -> np.ndarray:
        return np.array([vector_of(crop) for crop in crops], np.float32).reshape(len(crops), factories.DIMENSION)


def vector_of(crop: np.ndarray) -> np.ndarray:
    return factories.unit(int(crop[0, 0, 0]) * 256 + int(crop[0, 0, 1]))


def picture(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (48, 48), (number // 256, number % 256, 0)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def engine(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The recogniser that the instance was changed to."""
    made = Engine()
    monkeypatch.setattr(reencoding, "engine", lambda: made)
    yield made
    projection.close_all()


def enrol(numbers: range, until: date | None = None, **face: Any) -> None:
    """A portrait each under the former recogniser, of the persons M-number."""
    new = []
    for number in numbers:
        data = picture(number)
        record = PersonRecord(ref=f"M-{number}")
        recorded = {**FACE, **face}
        new.append(
            services.NewPortrait(
                record, hashlib.sha256(data).hexdigest(), data, factories.unit(7_000 + number), recorded
            )
        )
    giving = services.Giving(basis="family-consent", until=until)
    services.add_portraits(factories.holding(), factories.contract(), new, giving, factories.operator().actor)


def nothing(done: int) -> None:
    """Progress that nobody looks at."""


def reencode(*, retry: bool = False, progress: Callable[[int], None] = nothing) -> reencoding.Outcome:
    who = factories.operator()
    return reencoding.run(reencoding.plan(who, retry=retry), who, progress)


def new_contract() -> Contract:
    return Contract.objects.get(digest=NEW.digest)


def encoded() -> list[str]:
    """The references of those who have a template under the new contract, once for each."""
    persons = dict(Person.objects.values_list("pk", "ref"))
    found = Template.objects.filter(contract__digest=NEW.digest).order_by("person").values_list("person", flat=True)
    return [persons[pk] for pk in found]


def entries(action: str) -> list[dict[str, Any]]:
    return [entry.details or {} for entry in Entry.objects.filter(action=action).order_by("id")]


def today() -> date:
    return datetime.now(UTC).date()


def person(number: int) -> Person:
    return Person.objects.get(ref=f"M-{number}")


def portrait(number: int) -> Portrait:
    return Portrait.objects.get(person=person(number))


def test_every_portrait_is_encoded_once_and_found(engine: Engine) -> None:
    enrol(range(70))
    steps: list[int] = []
    outcome = reencode(progress=steps.append)
    assert (outcome.encoded, outcome.gone, outcome.failures) == (70, 0, [])
    assert steps == [64, 6]
    assert sorted(encoded()) == sorted(f"M-{n}" for n in range(70))
    hits = projection.of(new_contract()).search(factories.unit(33)[None], 1, Where(None, 0))
    assert hits.searched == 70
    assert hits.persons.tolist() == [person(33).pk]
    assert float(hits.scores[0]) > 0.999
    again = reencode()
    assert (again.encoded, engine.looks) == (0, 70)
    assert [each["encoded"] for each in entries("enrolment:template:renew")] == [64, 6]
    assert ledger.verify().ok


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_run_that_is_stopped_goes_on_where_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(reencoding, "TOGETHER", 4)
    enrol(range(10))
    steps: list[int] = []

    def stop(done: int) -> None:
        steps.append(done)
        if len(steps) == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reencode(progress=stop)
    assert len(encoded()) == sum(steps)
    assert not Entry.objects.filter(index=None).exists()
    assert reencode().encoded == 10 - sum(steps)
    assert sorted(encoded()) == sorted(f"M-{n}" for n in range(10))
    assert engine.looks == 10
    assert sum(each["encoded"] for each in entries("enrolment:template:renew")) == 10


def test_a_batch_that_fails_leaves_no_half(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(range(3))
    with monkeypatch.context() as patch:
        patch.setattr(reencoding.enrolment, "renew_templates", fail_after(reencoding.enrolment.renew_templates))
        with pytest.raises(OSError, match="full"):
            reencode()
    assert encoded() == []
    assert entries("enrolment:template:renew") == []
    assert reencode().encoded == 3


def fail_after(call: Callable[..., None]) -> Callable[..., None]:
    def failing(*given: Any) -> None:
        call(*given)
        raise OSError("the disk is full")

    return failing


def meanwhile(monkeypatch: pytest.MonkeyPatch, what: Callable[[], object]) -> None:
    """Have something happen once, when the first batch is read and not yet kept."""
    read, done = reencoding._encoded, []

    def reading(*given: Any) -> Any:
        found = read(*given)
        if not done:
            done.append(True)
            what()
        return found

    monkeypatch.setattr(reencoding, "_encoded", reading)


def test_an_erasure_during_the_run_wins(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(range(3))
    who = factories.operator()
    meanwhile(monkeypatch, lambda: erasure.erase_person(person(1), who, "withdrawn"))
    outcome = reencode()
    assert (outcome.encoded, outcome.gone, outcome.failures) == (2, 1, [])
    assert sorted(encoded()) == ["M-0", "M-2"]
    assert not Template.objects.exclude(portrait__in=Portrait.objects.values("pk")).exists()


def test_a_report_that_is_closed_or_withdrawn_during_the_run_stays_so(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(range(3))
    actor = factories.operator().actor

    def close() -> None:
        services.close_report(person(0), "found", actor)
        services.close_report(person(1), "withdrawn", actor)

    meanwhile(monkeypatch, close)
    assert reencode().encoded == 2
    assert sorted(encoded()) == ["M-0", "M-2"]
    searchable = Template.objects.filter(contract__digest=NEW.digest, searchable=True)
    assert list(searchable.values_list("person", flat=True)) == [person(2).pk]
    services.reopen_report(person(0), actor)
    assert searchable.count() == 2


def test_two_runs_at_once_encode_nothing_twice(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(range(5))
    other: list[reencoding.Outcome] = []
    meanwhile(monkeypatch, lambda: other.append(reencode()))
    assert (reencode().encoded, other[0].encoded) == (0, 5)
    assert len(encoded()) == 5


def test_an_ended_portrait_is_not_encoded_and_an_end_is_kept(engine: Engine) -> None:
    enrol(range(2), until=today() + timedelta(days=5))
    Portrait.objects.filter(pk=portrait(1).pk).update(until=today() - timedelta(days=1))
    assert reencode().encoded == 1
    old, new = (
        Template.objects.get(contract__digest=d, person=person(0).pk) for d in (factories.contract().digest, NEW.digest)
    )
    assert (new.until, new.searchable, new.holding) == (old.until, old.searchable, old.holding)


def spoil(number: int, how: str) -> None:
    """Make a portrait one that gives no template."""
    found = portrait(number)
    if how == "no-original":
        files.place(settings.ANTIGONE.vault, found.pk).unlink()
    elif how == "no-key":
        store.keystore().destroy([found.pk])
    elif how == "no-face":
        Portrait.objects.filter(pk=found.pk).update(face={"landmarks": [[1, 1]], "box": [1]})


@pytest.mark.parametrize("how", ["no-original", "no-key", "no-face", "unreadable"])
def test_what_gives_no_template_is_reported_and_not_tried_for_ever(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    enrol(range(3))
    spoil(1, how)
    if how == "unreadable":
        monkeypatch.setattr(engine, "limits", Limits(max_pixels=10), raising=False)
    broken = [0, 1, 2] if how == "unreadable" else [1]
    outcome = reencode()
    assert outcome.encoded == 3 - len(broken)
    assert [each.person_ref for each in outcome.failures] == [f"M-{n}" for n in broken]
    assert {each.sentence for each in outcome.failures} == {reencoding.REASONS[how]}
    tried: list[object] = []
    crops = reencoding._crops
    monkeypatch.setattr(reencoding, "_crops", lambda *given: tried.append(given) or crops(*given))
    again = reencode()
    assert (tried, again.failures) == ([], outcome.failures)
    assert [each.person_ref for each in reencode(retry=True).failures] == [f"M-{n}" for n in broken]
    assert len(tried) == len(broken)
    erasure.erase_person(person(1), factories.operator(), "withdrawn")
    assert Unencoded.objects.count() == len(broken) - 1


def test_what_was_mended_is_encoded_when_tried_again(engine: Engine, instance: Instance) -> None:
    enrol(range(1))
    file = files.place(instance.vault, portrait(0).pk)
    sealed = file.read_bytes()
    file.unlink()
    assert len(reencode().failures) == 1
    file.write_bytes(sealed)
    file.chmod(0o600)
    assert reencode().encoded == 0
    mended = reencode(retry=True)
    assert (mended.encoded, mended.failures) == (1, [])


def test_old_templates_are_not_dropped_while_a_portrait_has_no_new_one(engine: Engine) -> None:
    enrol(range(3))
    spoil(1, "no-face")
    reencode()
    who = factories.operator()
    kept = reencoding.drop_old(new_contract(), who)
    assert (kept.lacking, kept.removed) == (1, 0)
    assert factories.contract().templates.count() == 3
    assert entries("enrolment:template:drop") == []
    erasure.erase_person(person(1), who, "withdrawn")
    done = reencoding.drop_old(new_contract(), who)
    assert (done.lacking, done.removed, done.verified) == (0, 2, True)


def test_dropped_templates_leave_rows_galleries_and_snapshots(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reencoding, "REMOVED_TOGETHER", 4)
    enrol(range(9))
    old = factories.contract()
    held = projection.of(old)
    held.keep()
    key = store.snapshot_key()
    reencode()
    done = reencoding.drop_old(new_contract(), factories.operator())
    assert (done.removed, done.verified) == (9, True)
    assert not old.templates.exists()
    assert not held.snapshot.exists()
    assert store.snapshot_key() != key
    assert [each["removed"] for each in entries("enrolment:template:drop")] == [4, 4, 1]
    assert all(each["absent"] for each in entries("enrolment:template:verify"))
    assert purges.pending() == 0
    again = reencoding.drop_old(new_contract(), factories.operator())
    assert (again.removed, again.verified) == (0, True)
    hits = projection.of(new_contract()).search(factories.unit(3)[None], 1, Where(None, 0))
    assert hits.persons.tolist() == [person(3).pk]
    assert ledger.verify().ok


def test_a_drop_that_is_stopped_before_the_galleries_is_known_and_goes_on(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(range(3))
    projection.of(factories.contract()).keep()
    reencode()

    def stop(actor: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(enrolment_tasks, "purge", stop)
        with pytest.raises(KeyboardInterrupt):
            reencoding.drop_old(new_contract(), factories.operator())
    assert purges.pending() == 1
    assert reencoding.drop_old(new_contract(), factories.operator()).verified
    assert purges.pending() == 0


def test_it_is_an_administrators_task(engine: Engine) -> None:
    enrol(range(1))
    newcomer = access.add_operator("newcomer", factories.operator().agency, factories.operator().actor)
    for attempt in (
        lambda: reencoding.plan(newcomer),
        lambda: reencoding.run(reencoding.plan(factories.operator()), newcomer, nothing),
        lambda: reencoding.drop_old(factories.contract(), newcomer),
    ):
        with pytest.raises(Refused):
            attempt()
    assert encoded() == []


def test_a_search_can_say_whom_it_cannot_find(engine: Engine) -> None:
    enrol(range(4))
    agency, actor = factories.operator().agency, factories.operator().actor
    services.close_report(person(3), "found", actor)
    spoil(2, "no-face")
    contract = reencoding.plan(factories.operator()).contract
    assert queries.without_portrait({agency.pk}, contract, today()) == 3
    said = queries.encoding_note(NEW.digest, today(), agency)
    assert said is not None
    assert said.startswith("3 portraits have no template")
    assert "antigone reencode" in said
    reencode()
    assert queries.without_portrait({agency.pk}, contract, today()) == 1
    said = queries.encoding_note(NEW.digest, today(), agency)
    assert said is not None
    assert said.startswith("1 portrait has no template under the recogniser in use, having given none when tried")
    erasure.erase_person(person(2), factories.operator(), "withdrawn")
    assert queries.encoding_note(NEW.digest, today(), agency) is None
    assert queries.encoding_note(NEW.digest, today()) is None


def test_a_holding_that_waits_for_approval_is_for_the_doctor_alone(engine: Engine) -> None:
    enrol(range(1))
    holding = factories.holding()
    holding.approved_at = None
    holding.save()
    reencoding.plan(factories.operator())
    assert queries.encoding_note(NEW.digest, today(), factories.operator().agency) is None
    assert queries.encoding_note(NEW.digest, today()) is not None


def test_an_instance_moves_from_a_model_to_the_default_pipeline(
    instance: Instance, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (people.COHORT / "portraits").is_dir():
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    for ref in ("M-0001", "M-0002", "M-0003"):
        (tmp_path / "in" / ref).mkdir(parents=True)
        data = (people.COHORT / "portraits" / ref / "1.jpg").read_bytes()
        (tmp_path / "in" / ref / "1.jpg").write_bytes(data)
    who, giving = factories.operator(), services.Giving(basis="family-consent")

    def enrol_into(holding: str) -> None:
        tasks.enrol(from_folder(tmp_path / "in"), holding, giving, who, nothing)

    monkeypatch.setattr(settings, "ANTIGONE_SETTINGS", {"faces": {"recogniser": "sface-2021dec"}})
    enrol_into("before")
    monkeypatch.setattr(settings, "ANTIGONE_SETTINGS", {})
    digest = contracts.contract_in_use().digest
    assert queries.unfindable(digest, today()).count() == 3
    outcome = reencode()
    assert (outcome.recogniser, outcome.encoded) == (contracts.DEFAULT_RECOGNISER, 3)
    assert queries.encoding_note(digest, today()) is None
    # What was encoded from the record of the face is what an enrolment under the new recogniser makes.
    enrol_into("after")
    rows = list(Template.objects.filter(contract__digest=digest).order_by("holding", "person"))
    vectors = np.frombuffer(b"".join(store.open_rows([(r.portrait, bytes(r.sealed)) for r in rows])), "<f4").reshape(
        6, -1
    )
    refs = [Person.objects.get(pk=row.person).ref for row in rows]
    assert refs[:3] == refs[3:]
    assert (np.sum(vectors[:3] * vectors[3:], axis=1) > 0.999).all()
    projection.close_all()
