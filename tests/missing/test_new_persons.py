"""A person recorded by hand, records that may be the same, and what the pages of a record ask."""

from __future__ import annotations

from datetime import date

import pytest

from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.description.errors import BadStatement
from antigone.description.given import Given
from antigone.instance import Instance
from antigone.intake.tellers import Teller

BASIS = "family-choice"


def _who(*roles: Role, agency: str = "") -> Operator:
    from antigone.access import services
    from antigone.access.models import Agency

    here = Agency.objects.filter(name=agency).first() if agency else Agency.objects.earliest("pk")
    here = here or services.found_agency(agency, "system:tests")
    who = services.add_operator(f"{'-'.join(roles)} {Operator.objects.count()}", here, "system:tests")
    for role in roles:
        services.grant_role(who, role, "system:tests")
    return who


def _name(surname: str, given: str = "Ivan") -> tuple[str, Given]:
    return ("name", Given({"kind": "current", "surname": surname, "given": given}, basis=BASIS))


def test_a_person_is_recorded_with_reporter_statements_and_a_reference_of_this_instance(instance: Instance) -> None:
    from antigone.missing import recording, services
    from antigone.missing.recording import NewPerson

    who = _who(Role.TRACING_OFFICER)
    holding = services.open_holding("Families", who)
    new = NewPerson([_name("Koval"), ("birth.date", Given("1990-03", basis=BASIS))], reporter=Teller(names=("Olha",)))
    person = recording.record_person(holding, new, who)
    assert person.ref.startswith("M-")
    assert person.report.state == "open"
    assert person.report.given_by == "Olha"
    assert person.review_on is not None
    assert (person.born_from, person.born_to) == (date(1990, 3, 1), date(1990, 3, 31))
    assert person.relatives.get().reporter
    assert recording.record_person(holding, new, who).ref != person.ref


def test_a_fault_anywhere_records_nobody(instance: Instance) -> None:
    from antigone.missing import recording, services
    from antigone.missing.errors import NotHere, PersonRefused
    from antigone.missing.models import Person
    from antigone.missing.recording import NewPerson
    from antigone.missing.relatives import BadRelative

    who = _who(Role.TRACING_OFFICER)
    holding = services.open_holding("Families", who)
    with pytest.raises(BadStatement):
        recording.record_person(holding, NewPerson([_name("A"), ("birth.date", Given("31 June", basis=BASIS))]), who)
    with pytest.raises(BadRelative):
        recording.record_person(holding, NewPerson([_name("A")], reporter=Teller()), who)
    with pytest.raises(PersonRefused):
        recording.record_person(holding, NewPerson([_name("A")], ref="x" * 300), who)
    with pytest.raises(Refused):
        recording.record_person(holding, NewPerson([_name("A")]), _who(Role.LIAISON_OFFICER))
    with pytest.raises(NotHere):
        recording.record_person(holding, NewPerson([_name("A")]), _who(Role.TRACING_OFFICER, agency="Other"))
    assert not Person.objects.exists()


def test_a_reference_that_was_erased_does_not_come_back_by_mistake(instance: Instance) -> None:
    from antigone.missing import erasure, recording, services
    from antigone.missing.errors import PersonRefused
    from antigone.missing.recording import NewPerson

    who = _who(Role.TRACING_OFFICER)
    holding = services.open_holding("Families", who)
    person = recording.record_person(holding, NewPerson([_name("Koval")], ref="M-1"), who)
    with pytest.raises(PersonRefused, match="already"):
        recording.record_person(holding, NewPerson([_name("Bondar")], ref=" M-1 "), who)
    erasure.erase_person(person, _who(Role.DATA_PROTECTION_REVIEWER), "the family asked")
    with pytest.raises(PersonRefused, match="withdrawn"):
        recording.record_person(holding, NewPerson([_name("Koval")], ref="M-1"), who)


def test_records_like_one_that_is_about_to_be_made_are_told(instance: Instance) -> None:
    from antigone.missing import finding, recording, services
    from antigone.missing.recording import NewPerson

    who = _who(Role.TRACING_OFFICER)
    holding = services.open_holding("Families", who)
    sex = ("sex", Given("male", basis=BASIS))
    born = ("birth.date", Given("1990", basis=BASIS))
    known = recording.record_person(holding, NewPerson([_name("Коваленко", "Іван"), sex, born]), who)
    assert [hit.pk for hit in finding.alike(who, ["Kovalenko Ivan"], "male", "1991")] == [known.pk]
    assert finding.alike(who, ["Kovalenko Ivan"], "female", "") == []
    assert finding.alike(who, ["Kovalenko Ivan"], "unknown", "1960") == []
    assert finding.alike(who, ["Shevchuk Oleh"], "male", "1990") == []
    assert finding.alike(_who(Role.TRACING_OFFICER, agency="Other"), ["Kovalenko Ivan"], "male", "1990") == []


def test_a_list_is_narrowed_by_words_and_filters_together_and_paged(instance: Instance) -> None:
    from antigone.missing import recording, searching, services
    from antigone.missing.listing import Filters
    from antigone.missing.recording import NewPerson

    who = _who(Role.TRACING_OFFICER)
    holding = services.open_holding("Families", who)
    for number in range(7):
        sex = ("sex", Given("male" if number % 2 else "female", basis=BASIS))
        recording.record_person(holding, NewPerson([_name("Kovalenko", f"Ivan{chr(97 + number)}"), sex]), who)
    seen: list[int] = []
    after = None
    while True:
        page = searching.typed(who, "koval", Filters(sex="female"), after, 2)
        seen += [line.pk for line in page.lines]
        assert all(line.sex == "female" for line in page.lines)
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 4
    assert len(searching.typed(who, " ", Filters(), None, 3).lines) == 3
    everybody = searching.typed(who, "", Filters()).lines
    girls = [line for line in everybody if line.sex == "female"]
    assert searching.alike_among(girls)
    assert searching.alike_among([girls[0], *(line for line in everybody if line.sex == "male")]) <= {
        line.pk for line in everybody if line.sex == "male"
    }


def test_what_is_sensitive_is_shown_to_who_works_with_it_in_their_own_agency(instance: Instance) -> None:
    from antigone.missing import disclosing, recording, services
    from antigone.missing.recording import NewPerson

    who = _who(Role.TRACING_OFFICER)
    person = recording.record_person(services.open_holding("Families", who), NewPerson([_name("A")]), who)
    shown = {role: disclosing.sensitive_shown(person, _who(role)) for role in Role}
    assert {role for role, yes in shown.items() if yes} == {
        Role.TRACING_OFFICER,
        Role.BUREAU_CLERK,
        Role.BOARD_MEMBER,
    }
    assert not disclosing.sensitive_shown(person, _who(Role.TRACING_OFFICER, agency="Other"))


def test_a_record_tells_what_happened_to_it(instance: Instance) -> None:
    from antigone.missing import merging, queries, recording, services, story
    from antigone.missing.errors import NotHere
    from antigone.missing.recording import NewPerson
    from antigone.missing.story import Event

    who = _who(Role.TRACING_OFFICER)
    holding = services.open_holding("Families", who)
    kept = recording.record_person(holding, NewPerson([_name("A")], ref="M-1"), who)
    other = recording.record_person(holding, NewPerson([_name("A")], ref="M-2"), who)
    shown = merging.preview(kept, other, who)
    assert (shown.fault, shown.portraits, shown.relatives) == ("", 0, 0)
    done = merging.merge(kept, other, who, reason="one passport")
    events = {each.event: each for each in story.story(queries.person(who, kept.pk), who)}
    assert events[Event.MERGED].merge == done.pk
    assert events[Event.MERGED].what == "M-2"
    assert queries.merge(who, done.pk) == done
    with pytest.raises(NotHere):
        queries.merge(_who(Role.TRACING_OFFICER, agency="Other"), done.pk)
    merging.undo_merge(done, who, reason="two brothers")
    told = [each.event for each in story.story(queries.person(who, kept.pk), who)]
    assert Event.TAKEN_APART in told
    assert all(each.merge is None for each in story.story(queries.person(who, other.pk), who))


def test_a_portrait_says_whether_a_search_finds_it_and_why_not(instance: Instance) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from antigone.enrolment.models import Template
    from antigone.missing import services
    from antigone.missing.models import Holding, Person, Portrait
    from antigone.missing.searched import Searched, searched
    from tests import factories

    holding = factories.enrol({"M-1": factories.unit(1)})
    portrait, now = Portrait.objects.get(), timezone.now()

    def said(**changed: object) -> Searched:
        Portrait.objects.filter(pk=portrait.pk).update(**changed)
        person = Person.objects.select_related("holding", "report").get()
        return searched(person, list(person.portraits.all()), now.date())[portrait.pk]

    assert said() == Searched.YES
    Template.objects.all().delete()
    assert said() == Searched.NO_TEMPLATE
    Holding.objects.filter(pk=holding.pk).update(approved_by="", approved_at=None)
    assert said() == Searched.NOT_APPROVED
    services.close_report(Person.objects.get(), "found", "operator:1")
    assert said() == Searched.REPORT_CLOSED
    assert said(until=now.date() - timedelta(days=1)) == Searched.ENDED
    assert said(withheld_at=now) == Searched.WITHHELD


def test_holdings_that_a_second_person_can_approve(instance: Instance) -> None:
    from antigone.missing import queries, services

    one, two = _who(Role.TRACING_OFFICER), _who(Role.BUREAU_CLERK)
    holding = services.open_holding("Families", one)
    assert [each.pk for each in queries.approvals_awaited(two)] == [holding.pk]
    assert queries.approvals_awaited(one) == []
    assert queries.approvals_awaited(_who(Role.AUDITOR)) == []
    assert queries.approvals_awaited(_who(Role.BUREAU_CLERK, agency="Other")) == []
    services.approve_holding(holding, two)
    assert queries.approvals_awaited(two) == []
    assert [each.name for each in queries.holdings_to_choose(two)] == ["Families"]
