"""What was withdrawn while a search ran is not in what it came to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from antigone.casework import services
from antigone.instance import Instance
from antigone.intake.filing import Agreed
from antigone.missing import consents, reports, speaking
from antigone.missing.models import Person, Portrait
from antigone.remains.errors import SubjectRefused
from antigone.remains.models import Photograph
from antigone.remains.services import Particulars, person_spoke
from tests import factories
from tests.casework.searching.test_search import answer, open_case, reading
from tests.web import missed


def withdrawn_by_its_giver(person: Person) -> None:
    who = factories.operator()
    relative = missed.relative(who.agency)
    consents.record_consent(relative, Agreed("1", timezone.now().date()), who)
    Portrait.objects.filter(person=person).update(giver=relative)
    consents.withdraw_consent(relative, who)


CHANGES: dict[str, Callable[[Person], object]] = {
    "the report is withdrawn": lambda person: reports.close_person(person, "withdrawn", factories.operator()),
    "the person is found": lambda person: reports.close_person(person, "found", factories.operator()),
    "the person speaks": lambda person: speaking.person_speaks(person, factories.operator()),
    "the giver withdraws": withdrawn_by_its_giver,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_while_a_search_ran_counts(instance: Instance, change: str) -> None:
    factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2)})
    case = open_case()
    found = answer(case, factories.unit(1))
    CHANGES[change](Person.objects.get(ref="M-1"))
    given, kept = services.keep_answer(case, [reading(factories.unit(1))], found, factories.operator())
    assert [each.person_ref for each in given.candidates] == ["M-2"]
    assert "M-1" not in str(kept.answer)


def test_who_speaks_while_they_are_searched_for_leaves_nothing(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the question whether the search may be kept and its last row the person speaks."""
    factories.enrol({"M-1": factories.unit(1)})
    attested = Particulars(attested_by="Dr A", attested_at=datetime.now(UTC) - timedelta(hours=1))
    who = factories.operator()
    case = services.open_case("WARD-9", "unable-to-state-identity", attested, who)
    found = answer(case, factories.unit(1))
    allowed = services._allowed

    def late(*args: object) -> object:
        mandate = allowed(*args)  # type: ignore[arg-type]
        person_spoke(case.subject, who.actor)
        return mandate

    monkeypatch.setattr(services, "_allowed", late)
    with pytest.raises(SubjectRefused):
        services.keep_answer(case, [reading(factories.unit(1))], found, who)
    assert not Photograph.objects.exists()
    assert not case.searches.exists()
