"""The prior of a board: one entry a sitting, and a prior that is kept is kept with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.casework import board, priors
from antigone.casework.board import PriorGiven
from antigone.casework.errors import CaseRefused, NotHere
from antigone.casework.models import Case, Comparison, Examination, KeptPrior, Lineup, RankedView, Search, Stage
from antigone.instance import Instance
from antigone.ledger.models import Entry
from tests import factories
from tests.casework.test_board import calibrate, nothing_ships, searched

__all__ = ["nothing_ships"]


def readings() -> int:
    return Entry.objects.filter(action="casework:posterior:read").count()


def ready() -> tuple[Case, Operator]:
    calibrate()
    return searched(), factories.operator()


def test_a_sitting_is_one_entry_however_often_the_prior_is_moved(instance: Instance) -> None:
    case, who = ready()
    views = [board.sit(case, PriorGiven(missing, 0), who) for missing in (10, 1000, 100_000)]
    assert readings() == 1
    assert views[0].posterior.shares[0] > views[1].posterior.shares[0] > views[2].posterior.shares[0]
    board.read_posterior(case.code, PriorGiven(10), who)
    assert readings() == 2, "the terminal has an entry for each"


def test_a_new_search_and_a_new_day_begin_a_new_sitting(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    case, who = ready()
    board.sit(case, PriorGiven(10, 0), who)
    search = Search.objects.get()
    again = Search.objects.create(
        case=case, actor=who.actor, at=timezone.now(), contract=search.contract, generation=1, none_of_these=False,
        answer=search.answer, answer_sha256="d" * 64,
    )  # fmt: skip
    board.sit(case, PriorGiven(10, 0), who)
    assert readings() == 2
    assert RankedView.objects.filter(search=again).count() == 1
    monkeypatch.setattr(board, "SITTING", timedelta(0))
    board.sit(case, PriorGiven(10, 0), who)
    assert readings() == 3


def test_somebody_elses_reading_is_not_mine(instance: Instance) -> None:
    case, who = ready()
    board.sit(case, PriorGiven(10, 0), who)
    other = access.add_operator("second member", case.agency, "system:tests")
    access.grant_role(other, Role.BOARD_MEMBER, "system:tests")
    board.sit(case, PriorGiven(10, 0), other)
    assert readings() == 2


def test_what_is_begun_with_is_what_the_search_counted(instance: Instance) -> None:
    case, _who = ready()
    begun = priors.begin(Search.objects.get())
    assert begun.kept is None
    assert begun.given.missing == 3 + (begun.given.without_portrait or 0)
    assert case.priors.count() == 0


def test_a_prior_is_kept_with_its_reason_and_stands(instance: Instance) -> None:
    case, who = ready()
    search = Search.objects.get()
    first = priors.keep(
        case, PriorGiven(4000, 1000, "the missing of Limen", 0.1), "the register", who, search=search.pk
    )
    second = priors.keep(case, PriorGiven(5000, None, "the missing of Limen"), "a new count", who, search=search.pk)
    assert priors.begin(search).kept == second
    assert KeptPrior.objects.get(pk=first.pk).reason == "the register"
    entry = Entry.objects.filter(action="casework:prior:keep").latest("id")
    assert entry.details is not None
    assert entry.details["missing"] == 5000
    assert str(entry.sentence).endswith(f"kept a prior of the board in case:{case.pk}")


def test_no_prior_is_kept_without_a_reason_or_for_an_older_search(instance: Instance) -> None:
    case, who = ready()
    search = Search.objects.get()
    with pytest.raises(CaseRefused, match="comes from"):
        priors.keep(case, PriorGiven(4000), "  ", who, search=search.pk)
    with pytest.raises(CaseRefused, match="newer search"):
        priors.keep(case, PriorGiven(4000), "the register", who, search=search.pk + 1)
    with pytest.raises(ValueError, match="without a portrait"):
        priors.keep(case, PriorGiven(10, 11), "the register", who, search=search.pk)
    assert not KeptPrior.objects.exists()


def test_whoever_examines_in_the_case_is_refused_until_they_ended_it(instance: Instance) -> None:
    case, who = ready()
    now = timezone.now()
    lineup = Lineup.objects.create(search=Search.objects.get(), made_at=now, basis="passing", nonce="n")
    comparison = Comparison.objects.create(lineup=lineup)
    work = Examination.objects.create(comparison=comparison, actor=who.actor, agency=case.agency, begun_at=now)
    RankedView.objects.all().delete()
    for refused in (
        lambda: board.sit(case, PriorGiven(10, 0), who),
        lambda: board.read_posterior(case.code, PriorGiven(10, 0), who),
        lambda: board.case_before(case.pk, who),
    ):
        with pytest.raises(CaseRefused, match="blind work"):
            refused()
    assert readings() == 0
    assert not RankedView.objects.exists()
    Examination.objects.filter(pk=work.pk).update(stage=Stage.SEALED)
    assert board.case_before(case.pk, who) == case


def test_another_agencys_case_is_not_here(instance: Instance) -> None:
    case, _who = ready()
    theirs: Agency = access.found_agency("Another agency", "system:tests")
    other = access.add_operator("their member", theirs, "system:tests")
    access.grant_role(other, Role.BOARD_MEMBER, "system:tests")
    with pytest.raises(NotHere):
        board.case_before(case.pk, other)
