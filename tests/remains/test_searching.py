"""The list narrowed by words and by what is missing, and what is said before a release."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.remains import coach, photographing, queries, releasing, resting, retention, searching, waiting
from antigone.remains.custody import HandOver, hand_over
from antigone.remains.errors import NotHere
from antigone.remains.models import Subject
from antigone.remains.photographing import Taking
from antigone.remains.queries import Filters
from tests.remains.staff import body, living, picture, staff, stranger


def codes(page: searching.Page) -> list[str]:
    return [each.line.code for each in page.lines]


def test_words_and_filters_narrow_together(instance: Instance) -> None:
    who = staff("recorder", Role.FIELD_RECORDER)
    body("LIMEN-A-001")
    body("LIMEN-A-002", kind="body-part")
    body("OTHER-B-001")
    assert codes(searching.typed(who, "limen", Filters(kind="body-part"))) == ["LIMEN-A-002"]
    assert codes(searching.typed(who, "", Filters())) == ["OTHER-B-001", "LIMEN-A-002", "LIMEN-A-001"]
    assert codes(searching.typed(stranger(), "limen", Filters())) == []


def test_what_the_list_says_is_missing_is_what_the_coach_says(instance: Instance) -> None:
    who = staff("examiner", Role.MORTUARY_EXAMINER)
    whole, part, person, none = body("LIMEN-A-001"), body("LIMEN-A-002", "body-part"), living(), body("LIMEN-A-003")
    for shade, shot in enumerate(("B1", "F1", "D2")):
        photographing.add(whole, picture(shade), Taking(shot=shot), who)
    photographing.add(part, picture(9), Taking(shot="B1"), who)
    photographing.add(none, picture(10), Taking(shot="F2"), who)
    missing = {each.line.pk for each in searching.typed(who, "", Filters(photographs_missing=True)).lines}
    told = {each.pk for each in (whole, part, person, none) if not photographing.advice(each, who).complete}
    assert missing == told == {person.pk, none.pk}
    complete = {each.line.pk for each in searching.typed(who, "", Filters(photographs_missing=False)).lines}
    assert complete == {whole.pk, part.pk}
    shots = {line.pk: shots for line, shots in waiting.photographs_missing(who)}
    assert shots == {person.pk: ("F1",), none.pk: ("B1", "F1", "D")}


def test_reviews_that_are_due_are_found(instance: Instance) -> None:
    who = staff("recorder", Role.FIELD_RECORDER)
    due = body("LIMEN-A-001")
    body("LIMEN-A-002")
    Subject.objects.filter(pk=due.pk).update(review_on=timezone.now().date() + timedelta(days=5))
    assert codes(searching.typed(who, "", Filters(review_due=True))) == ["LIMEN-A-001"]


@pytest.mark.parametrize(
    ("name", "shot"),
    [("F1.jpg", "F1"), ("KHARKIV-A-001 d2.JPEG", "D2"), ("x_f1b.heic", "F1b"), ("IMG_0001.jpg", ""), ("F12.png", "")],
)
def test_a_file_may_be_named_after_its_shot(name: str, shot: str) -> None:
    assert coach.named_in(name) == shot


def test_a_gap_in_custody_is_told_to_who_records_custody(instance: Instance) -> None:
    who, subject = staff("recorder", Role.FIELD_RECORDER), body()
    now = timezone.now()

    def step(source: str, to: str, hours: int, **more: str) -> HandOver:
        at = now - timedelta(hours=hours)
        return HandOver(source, to, "gate", "transport", at, "A", "B", **more)

    hand_over(subject, step("team", "driver", 5, seal="S1"), who)
    hand_over(subject, step("driver", "mortuary", 4, seal_found="S1"), who)
    assert waiting.custody_gaps(who) == []
    broken = hand_over(subject, step("somebody", "laboratory", 3, gap="nobody signed"), who)
    assert waiting.custody_gaps(who) == [broken]
    assert waiting.custody_gaps(stranger()) == []


def test_what_is_missing_is_said_before_a_release_and_less_of_it_as_it_comes(instance: Instance) -> None:
    who, subject = staff("examiner", Role.MORTUARY_EXAMINER, Role.FIELD_RECORDER), body()
    before = releasing.lacking(subject, who)
    resting.state_disc(subject, resting.Disc("absent"), who)
    after = releasing.lacking(subject, who)
    assert len(before) == len(after) + 1
    with pytest.raises(NotHere):
        releasing.lacking(subject, stranger())


def test_who_reviews_and_erases_finds_the_living_by_reference_and_nobody_else_does(instance: Instance) -> None:
    reviewer, person = staff("reviewer", Role.DATA_PROTECTION_REVIEWER), living()
    assert retention.subject_to_review(person.pk, reviewer) == person
    with pytest.raises(Refused):
        retention.subject_to_review(person.pk, staff("recorder", Role.FIELD_RECORDER))
    with pytest.raises(NotHere):
        retention.subject_to_review(person.pk, stranger())


def test_sites_are_found_by_name_with_what_they_hold(instance: Instance) -> None:
    from antigone.remains import recovering

    who = staff("recorder", Role.FIELD_RECORDER)
    site = recovering.add_site(recovering.NewSite("North bank", "shore"), who)
    recovering.add_site(recovering.NewSite("Quarry", "surface"), who)
    event = recovering.add_recovery(site, recovering.NewRecovery(timezone.now().date(), "A", "B. Leader"), who)
    recovering.place_subject(body(), who, site=None, recovery=event)
    (line,) = queries.sites_named(who, "north")
    assert (line.site, line.subjects, line.recoveries) == (site, 1, 1)
    assert [each.site.name for each in queries.sites_named(who, "", after=site.pk)] == ["Quarry"]
    corrected = recovering.NewRecovery(timezone.now().date(), "A", "C. Leader")
    assert recovering.correct_recovery(event, corrected, who).leader == "C. Leader"
    with pytest.raises(NotHere):
        recovering.correct_recovery(event, corrected, stranger())
