"""The coach: what is missing is told in the order in which it is to be taken, and S0 and F1 come before cleaning."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.instance import Instance
from antigone.remains import coach, photographing
from antigone.remains.coach import Need, Taken, advise, kind_of
from antigone.remains.errors import BadRecord, RecordRefused
from antigone.remains.models import Photograph, SubjectKind
from antigone.remains.photographing import Taking
from antigone.vault import store
from tests.factories import operator
from tests.remains.staff import body, living, picture

KINDS = [kind.value for kind in SubjectKind]


@pytest.mark.parametrize(
    ("code", "shot"),
    [("F1", "F1"), ("F1b", "F1b"), ("D1", "D"), ("C12", "C"), ("E", "E"), ("B3", "B3"), ("S0", "S0")],
)
def test_codes_of_the_list(code: str, shot: str) -> None:
    assert kind_of(code) == shot


@pytest.mark.parametrize("code", ["", "F9", "F12", "S1", "D0", "B4", "F1B", "f1", "F1\n", "X", "D1000"])
def test_codes_that_are_not_of_the_list(code: str) -> None:
    assert kind_of(code) is None


@settings(deadline=None)
@given(st.sampled_from(KINDS), st.lists(st.sampled_from([*coach.SHOTS, "D7", "", "nonsense"]), max_size=20))
def test_taking_what_is_wanted_ends_the_wanting(kind: str, had: list[str]) -> None:
    taken = [Taken(code) for code in had]
    for _ in range(len(coach.SHOTS) + 1):
        advice = advise(kind, taken)
        if not advice.wanted:
            break
        taken.append(Taken(advice.wanted[0].shot.code))
    assert advice.complete
    assert advice.wanted == ()


@settings(deadline=None)
@given(st.sampled_from(KINDS), st.sets(st.sampled_from(list(coach.SHOTS))))
def test_what_was_taken_is_not_wanted_again(kind: str, had: set[str]) -> None:
    assert not had & {each.shot.code for each in advise(kind, [Taken(code) for code in had]).wanted}


def test_nothing_is_cleaned_before_it_was_taken_as_found() -> None:
    order = [each.shot.code for each in advise("deceased", []).wanted]
    assert order[:3] == ["S0", "B1", "F1"]
    assert "F1b" not in order
    order = [each.shot.code for each in advise("deceased", [Taken("F1"), Taken("B1")]).wanted]
    assert order[0] == "S0"
    assert order[-1] == "F1b"
    told = [str(each) for each in advise("deceased", [Taken("F1b", cleaned=True)]).remarks]
    assert any(each.startswith("S0") for each in told)
    assert any(each.startswith("F1 ") for each in told)


def test_the_minimum_is_what_the_field_manual_asks() -> None:
    def minimum(kind: str) -> set[str]:
        return {each.shot.code for each in advise(kind, []).wanted if each.need is Need.MINIMUM}

    assert minimum("deceased") == {"B1", "F1", "D"}
    assert minimum("body-part") == {"B1"}
    assert minimum("unable-to-state-identity") == {"F1"}
    # Nobody is uncovered, or photographed as found, while they live.
    asked = {each.shot.code for each in advise("unable-to-state-identity", []).wanted}
    assert not asked & {"S0", "B1", "B2", "B3", "C", "E", "F6", "F1b"}


def test_where_there_is_no_mark_none_is_asked_for() -> None:
    assert "D" not in {each.shot.code for each in advise("deceased", [], absent=frozenset({"D"})).wanted}


def test_a_photograph_is_kept_with_how_it_was_taken(instance: Instance) -> None:
    subject, who = body(), operator()
    kept = photographing.add(subject, picture(), Taking("F1", card_visible=True, taken_by=" A. Recorder "), who)
    assert store.open(str(kept.pk)) == picture()
    assert (kept.shot, kept.taken_by) == ("F1", "A. Recorder")
    assert photographing.add(subject, picture(), Taking("F2"), who) == kept
    photographing.describe(kept, Taking("F2", card_visible=True, note="from the right"), who)
    kept.refresh_from_db()
    assert (kept.shot, kept.taken_by, kept.note) == ("F2", "", "from the right")
    advice = photographing.advice(subject, who)
    assert "F2" not in {each.shot.code for each in advice.wanted}
    with pytest.raises(BadRecord):
        photographing.describe(kept, Taking("F9"), who)


def test_nobody_photographs_a_living_person_whose_attestation_ran_out(instance: Instance) -> None:
    subject = living()
    photographing.add(subject, picture(), Taking("F1"), operator())
    subject.attestations.update(attested_at="2026-01-01T00:00Z")
    with pytest.raises(RecordRefused, match="72 hours"):
        photographing.add(subject, picture(7), Taking("F1"), operator())
    assert Photograph.objects.count() == 1
