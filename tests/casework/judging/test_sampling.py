"""Orders of sampling: who may order when, that nobody is named, and that an order tells nothing of pictures."""

from __future__ import annotations

from uuid import UUID

import pytest

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.judging import desk, incidents, sampling, triage
from antigone.casework.judging.incidents import IncidentRefused
from antigone.casework.judging.sampling import OrderRefused
from antigone.casework.models import Comparison, Filler, Incident, Lineup, SamplingOrder, TriageItem
from antigone.ledger.models import Entry
from antigone.missing import finding
from antigone.missing.models import Person, PersonName
from antigone.remains import sampling as samples
from antigone.remains.errors import NotHere
from antigone.remains.models import Subject, SubjectKind
from antigone.remains.sampling import NewSample
from tests import factories
from tests.casework.blind_world import World, examine, examiner, sort, world

WHY = "Bone is all that is left."


@pytest.fixture
def here(instance: object, monkeypatch: pytest.MonkeyPatch) -> World:
    found = world(monkeypatch)
    names = ("Oleksandr Shevchuk", "Ганна Коваленко", "Abd al-Rahman Haddad")
    for person, name in zip(Person.objects.order_by("pk"), names, strict=False):
        PersonName.objects.create(person=person, text=name, script="Latn")
    # Somebody on record, and on no list.
    last = Person.objects.order_by("-pk")[0]
    PersonName.objects.create(person=last, text="Zenobia Quiller", script="Latn")
    finding.index_many(Person.objects.all())
    return found


@pytest.fixture
def body(here: World) -> Subject:
    return here.case.subject


def somebody(role: Role, name: str = "somebody") -> Operator:
    who = access.add_operator(name, factories.operator().agency, "system:tests")
    access.grant_role(who, role, "system:tests")
    return who


def declared() -> Incident:
    return incidents.declare("A ship sank.", somebody(Role.BOARD_MEMBER, "the board"))


def test_a_sample_is_ordered_of_any_body_without_a_triage(body: Subject) -> None:
    for number, role in enumerate((Role.FIELD_RECORDER, Role.BOARD_MEMBER, Role.MORTUARY_EXAMINER)):
        who = somebody(role, f"one {number}")
        made = sampling.order(body, [sampling.ORDERED[number].value], WHY, who)
        assert [each.identifier for each in made] == [sampling.ORDERED[number]]
    entries = Entry.objects.filter(action="casework:sampling:order")
    assert entries.count() == 3
    # For what, and never why; and of which body, and never in which case.
    assert {tuple(each.details or {}) for each in entries} == {("identifiers",)}
    assert {each.object for each in entries} == {f"subject:{body.pk}"}


def test_who_may_not_order(here: World, body: Subject) -> None:
    with pytest.raises(Refused):
        sampling.order(body, ["dna"], WHY, somebody(Role.TRACING_OFFICER))
    outside = examiner("Dina", access.found_agency("Elsewhere", "system:tests"))
    with pytest.raises(NotHere):
        sampling.order(body, ["dna"], WHY, outside)
    assert sampling.of_subject(body, outside) == []
    assert not SamplingOrder.objects.exists()


def test_what_is_ordered(body: Subject) -> None:
    who = somebody(Role.FIELD_RECORDER)
    for wrong in ([], ["implant"], ["dna", "face"]):
        with pytest.raises(OrderRefused, match="Choose"):
            sampling.order(body, wrong, WHY, who)
    for why in ("", "  ", "x" * 401, "a\x00b"):
        with pytest.raises(OrderRefused, match="Say why"):
            sampling.order(body, ["dna"], why, who)
    sampling.order(body, ["dna"], WHY, who)
    # What is ordered already stays as it is; what is not is added.
    assert [each.identifier for each in sampling.order(body, ["dna", "dental"], WHY, who)] == ["dental"]
    with pytest.raises(OrderRefused, match="already"):
        sampling.order(body, ["dna", "dental"], WHY, who)


def test_no_sample_of_a_living_person_is_ordered(here: World, body: Subject) -> None:
    Subject.objects.filter(pk=body.pk).update(kind=SubjectKind.UNABLE)
    body.refresh_from_db()
    with pytest.raises(OrderRefused, match="living person"):
        sampling.order(body, ["dna"], WHY, here.people[0])


@pytest.mark.parametrize(
    "why",
    [
        "It is ref-003.",
        "(REF-003)",
        "ref 003 most likely",
        "Looks like Shevchuk to me.",
        "shevchuk",
        "ШЕВЧУК, мабуть",
        "This is Hanna Kovalenko",
        "коваленко",
        "Before it goes to Mr Haddad’s family",
        # On record and on no list: what is refused does not tell who is on one.
        "Zenobia Quiller",
        "quiller",
        "ref-011",
    ],
)
def test_an_order_mentions_nobody_on_record(body: Subject, why: str) -> None:
    who = somebody(Role.FIELD_RECORDER)
    with pytest.raises(OrderRefused, match="name or a reference of somebody on record"):
        sampling.order(body, ["dna"], why, who)
    assert not SamplingOrder.objects.exists()
    refusal = Entry.objects.get(action="casework:sampling:refuse")
    assert refusal.details == {"why": "mentions somebody"}


@pytest.mark.parametrize(
    "why",
    [
        WHY,
        "Before it is buried on 3 May 2026.",
        "Кістка, поки не поховали.",
        "Left femur, mid-shaft; 2 teeth",
        "DNA at once",
    ],
)
def test_words_about_a_body_are_taken(body: Subject, why: str) -> None:
    (made,) = sampling.order(body, ["dna"], why, somebody(Role.FIELD_RECORDER))
    assert made.why == why


def test_in_the_middle_of_a_triage_nothing_is_ordered_and_after_it_only_in_an_incident(
    here: World, body: Subject
) -> None:
    who = here.people[0]
    triage.begin(here.search.pk, who)
    with pytest.raises(OrderRefused, match="Finish your triage"):
        sampling.order(body, ["dna"], WHY, who)
    sort(here, who, keep=True)
    with pytest.raises(OrderRefused, match="seal an examination first"):
        sampling.order(body, ["dna"], WHY, who)
    declared()
    assert sampling.order(body, ["dna"], WHY, who)


def test_in_an_incident_one_finished_triage_orders_samples_whatever_was_judged_and_nothing_else_changes(
    here: World, body: Subject
) -> None:
    declared()
    one, other, third = here.people
    triage.begin(here.search.pk, third)
    sort(here, one, keep=False)
    assert sampling.order(body, ["dna"], WHY, one)
    assert Lineup.objects.get().ready_at is None
    assert desk.to_examine(one) == desk.to_examine(third) == []
    with pytest.raises(OrderRefused, match="Finish your triage"):
        sampling.order(body, ["prints"], WHY, third)
    sort(here, other, keep=True)
    assert sampling.order(body, ["dental"], WHY, other)
    # What the other's order looks like is what one's own looks like.
    said = {tuple(sorted(each.details or {})) for each in Entry.objects.filter(action="casework:sampling:order")}
    assert said == {("identifiers",)}


def test_waiting_for_the_second_examiner_one_may_order(here: World, body: Subject) -> None:
    one, other, third = here.people
    kept = _sorted_by_two(here)
    with pytest.raises(OrderRefused, match="seal an examination"):
        sampling.order(body, ["dna"], WHY, one)
    examine(kept, one, "+1a")
    assert sampling.order(body, ["dna"], WHY, one)
    # Whoever has neither sorted nor examined orders as always.
    assert sampling.order(body, ["prints"], WHY, third)
    with pytest.raises(OrderRefused):
        sampling.order(body, ["dental"], WHY, other)


def test_whoever_reads_ranked_output_is_not_at_blind_work(here: World, body: Subject) -> None:
    who = here.people[0]
    sort(here, who)
    services.look_at_answer(here.search.pk, who)
    assert sampling.order(body, ["dna"], WHY, who)


def test_who_may_still_judge_blind_reads_that_a_sample_is_to_be_taken_and_no_more(here: World, body: Subject) -> None:
    declared()
    one, other, _third = here.people
    sort(here, one, keep=True)
    sampling.order(body, ["dna"], WHY, one)
    (theirs,) = sampling.of_subject(body, other)
    assert (theirs.identifier, theirs.open) == ("dna", True)
    assert (theirs.why, theirs.by, theirs.on, theirs.may_cancel) == ("", "", None, False)
    recorder = somebody(Role.FIELD_RECORDER)
    sampling.order(body, ["prints"], WHY, recorder)
    # One of somebody who never judged cannot be told from one of somebody who did.
    hidden = [(each.why, each.by, each.on, each.may_cancel) for each in sampling.of_subject(body, other)]
    assert hidden == [("", "", None, False)] * 2
    for who in (one, recorder):
        known = {each.identifier: each for each in sampling.of_subject(body, who)}
        assert known["dna"].why == WHY
        assert known["dna"].on is not None
    with pytest.raises(NotHere):
        sampling.cancel(SamplingOrder.objects.get(identifier="dna").pk, "not needed", other)
    assert [(each.code, len(each.identifiers)) for each in sampling.to_take(other)] == [(body.code, 2)]


def test_a_sample_that_is_taken_fulfils_its_order(here: World, body: Subject) -> None:
    who = somebody(Role.FIELD_RECORDER)
    sampling.order(body, ["dna", "dental"], WHY, who)
    samples.add(body, NewSample("D-1", "bone", "dna", "A. R.", "freezer 2"), who)
    done = SamplingOrder.objects.get(identifier="dna")
    assert done.sample is not None
    assert (done.sample.reference, done.done_by) == ("D-1", who.actor)
    assert SamplingOrder.objects.get(identifier="dental").done_at is None
    assert Entry.objects.filter(action="casework:sampling:done").count() == 1
    # A further sample is nobody's order, and a new order may follow.
    samples.add(body, NewSample("D-2", "bone", "dna", "A. R.", "freezer 2"), who)
    assert Entry.objects.filter(action="casework:sampling:done").count() == 1
    assert sampling.order(body, ["dna"], WHY, who)
    assert sampling.taken(body) == {"dna": ["D-1", "D-2"]}


def test_an_order_is_cancelled_with_a_reason_that_names_nobody(here: World, body: Subject) -> None:
    who = somebody(Role.FIELD_RECORDER)
    (made,) = sampling.order(body, ["dna"], WHY, who)
    with pytest.raises(OrderRefused, match="somebody on record"):
        sampling.cancel(made.pk, "It is Shevchuk", who)
    assert sampling.cancel(made.pk, "Ordered twice.", who).cancelled_by == who.actor
    with pytest.raises(OrderRefused, match="not open any more"):
        sampling.cancel(made.pk, "Ordered twice.", who)
    with pytest.raises(NotHere):
        sampling.cancel(made.pk + 1, "Ordered twice.", who)
    assert sampling.to_take(who) == []


def test_an_incident_is_the_boards_to_declare_and_to_end(here: World) -> None:
    with pytest.raises(Refused):
        incidents.declare("A ship sank.", here.people[0])
    found = declared()
    board = Operator.objects.get(name="the board")
    with pytest.raises(IncidentRefused, match="already"):
        incidents.declare("Another.", board)
    assert incidents.under_way(found.agency_id) == found
    incidents.end("All are ashore.", board)
    assert incidents.under_way(found.agency_id) is None
    with pytest.raises(IncidentRefused, match="No incident"):
        incidents.end("Again.", board)
    with pytest.raises(IncidentRefused, match="Say why"):
        incidents.declare(" ", board)
    other = access.found_agency("Elsewhere", "system:tests")
    incidents.declare("Again.", board)
    assert incidents.under_way(other.pk) is None


def _sorted_by_two(here: World) -> UUID:
    """Both keep one comparison that is no stranger; its key."""
    one, other, _third = here.people
    triage.begin(here.search.pk, one)
    filler = Filler.objects.get().comparison_id
    real = Comparison.objects.exclude(pk=filler).order_by("pk")[0].pk
    assert TriageItem.objects.filter(comparison=real).exists()
    sort(here, one, keep={real})
    sort(here, other, keep={real})
    return real
