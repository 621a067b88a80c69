"""Choosing a face, placing points, judging a photograph not suitable: what is kept, for whom, what is refused."""

from __future__ import annotations

import io
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from antigone.access.errors import Refused
from antigone.access.models import RoleGrant
from antigone.casework import services, tasks
from antigone.casework.errors import CaseRefused, ChoiceChanged, ChoiceRefused, NotHere
from antigone.casework.models import Case, FacesSought, Hindrance, NotSuitable, RankedView
from antigone.casework.searching import choosing, search
from antigone.casework.searching.preparing import Prepared, Readiness, prepared
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import services as remains
from antigone.remains.services import NewPhotograph, Particulars
from tests import factories

POINTS = [[60.0, 50.0], [100.0, 50.0], [80.0, 75.0], [64.0, 100.0], [96.0, 100.0]]


def face(left: float, width: float = 60.0, score: float = 0.9) -> dict[str, object]:
    points = [
        [left + width * x, 40 + width * y] for x, y in ((0.3, 0.3), (0.7, 0.3), (0.5, 0.5), (0.35, 0.8), (0.65, 0.8))
    ]
    return {"box": [left, 40.0, width, width], "landmarks": points, "turn": 0, "score": score, "quality": {}}


def picture(width: int = 200, height: int = 160) -> bytes:
    made = io.BytesIO()
    pixels = np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(made, "PNG")
    return made.getvalue()


def case_with(faces: list[dict[str, object]] | None = None, original: bytes = b"") -> tuple[Case, UUID]:
    """A case with one photograph, in which these faces were found; with None they were not sought."""
    who = factories.operator()
    case = services.open_case(f"LIMEN-A-{Case.objects.count() + 1:03}", "deceased", Particulars(), who)
    kept = remains.add_photograph(case.subject, NewPhotograph(uuid4().hex * 2, original or picture()), who.actor)
    if faces is not None:
        FacesSought.objects.create(
            photograph=kept, faces=faces, width=200, height=160, sought_by=who.actor, sought_at=case.opened_at
        )
    return case, kept.pk


def stands(case: Case, photograph: UUID) -> Prepared:
    return prepared(case, photograph, factories.operator())


def test_how_a_photograph_stands(instance: Instance) -> None:
    who = factories.operator()
    for faces, expected, takes in (
        (None, Readiness.NOT_SOUGHT, None),
        ([], Readiness.NONE, None),
        ([face(10)], Readiness.ONE, 0),
        ([face(10), face(120)], Readiness.SEVERAL, None),
        ([face(60, 100), face(2, 12)], Readiness.ONE, 0),
    ):
        case, photograph = case_with(faces)
        of = stands(case, photograph)
        assert (of.readiness, of.taken) == (expected, takes)
    choosing.choose_face(case.pk, photograph, 2, who)
    assert (stands(case, photograph).readiness, stands(case, photograph).taken) == (Readiness.CHOSEN, 1)
    assert search.kept_choice(case, of.photograph.sha256) == (None, (2.0, 40.0, 12.0, 12.0))
    choosing.take_back(case.pk, photograph, who)
    assert stands(case, photograph).readiness == Readiness.ONE
    assert search.photographs_of(case)[0].place is None
    assert Entry.objects.filter(action="remains:photograph:unchoose").count() == 1
    assert not RankedView.objects.exists(), "preparing shows nothing ranked"


def test_points_are_kept_with_their_quality(instance: Instance) -> None:
    case, photograph = case_with([])
    choosing.place_points(case.pk, photograph, POINTS, factories.operator())
    of = stands(case, photograph)
    assert of.readiness == Readiness.BY_HAND
    assert of.photograph.faces[0]["landmarks"] == POINTS
    assert of.photograph.faces[0]["quality"]["InterEyeDistance"] is not None
    assert of.photograph.faces[0]["quality"]["HeadPoseYaw"] is None
    points, place = search.kept_choice(case, of.photograph.sha256) or (None, None)
    assert points is not None
    assert points.tolist() == POINTS
    assert place is None
    assert Entry.objects.get(action="remains:photograph:choose").actor == factories.operator().actor


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([[1.0, 1.0]] * 5, "too close together"),
        (POINTS[:4], "Five points are needed"),
        ([[float("nan"), 1.0], *POINTS[1:]], "Five points are needed"),
        ([[float("inf"), 1.0], *POINTS[1:]], "Five points are needed"),
        ([[1e300, 1.0], *POINTS[1:]], "Five points are needed"),
        ([[-1.0, 50.0], *POINTS[1:]], "outside the picture"),
        ([[60.0, 50.0], [200.0, 50.0], *POINTS[2:]], "outside the picture"),
        ([POINTS[1], POINTS[0], *POINTS[2:]], "Right and left are exchanged"),
        ([["x", "y"], *POINTS[1:]], "Five points are needed"),
    ],
)
def test_points_that_make_no_face_are_refused(instance: Instance, points: list[list[float]], sentence: str) -> None:
    case, photograph = case_with([])
    with pytest.raises(ChoiceRefused, match=sentence):
        choosing.place_points(case.pk, photograph, points, factories.operator())
    assert stands(case, photograph).photograph.faces == []


def test_points_lying_sideways_are_a_face_too(instance: Instance) -> None:
    case, photograph = case_with([])
    sideways = [[y + 20, 155 - x] for x, y in POINTS]
    choosing.place_points(case.pk, photograph, sideways, factories.operator())
    assert stands(case, photograph).photograph.faces[0]["turn"] == 90


def test_no_point_fits_into_one_pixel(instance: Instance) -> None:
    case, photograph = case_with([], picture(1, 1))
    with pytest.raises(ChoiceRefused, match=r"too small to hold a face"):
        choosing.place_points(case.pk, photograph, POINTS, factories.operator())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.floats() | st.integers() | st.text() | st.none(), min_size=0, max_size=3), max_size=6))
def test_any_points_are_five_numbers_or_a_sentence(given: list[list[float]]) -> None:
    try:
        placed = choosing._points(given)
    except ChoiceRefused:
        return
    assert placed.shape == (5, 2)
    assert np.isfinite(placed).all()


def test_a_choice_that_somebody_else_changed_is_not_overwritten(instance: Instance) -> None:
    case, photograph = case_with([face(10), face(120)])
    who, seen = factories.operator(), stands(case, photograph).version
    choosing.choose_face(case.pk, photograph, 1, who, expects=seen)
    for late in (
        lambda: choosing.choose_face(case.pk, photograph, 2, who, expects=seen),
        lambda: choosing.place_points(case.pk, photograph, POINTS, who, expects=seen),
        lambda: choosing.judge_not_suitable(case.pk, photograph, Hindrance.SMALL, "", who, expects=seen),
        lambda: choosing.take_back(case.pk, photograph, who, expects=seen),
    ):
        with pytest.raises(ChoiceChanged):
            late()
    assert stands(case, photograph).taken == 0
    assert not NotSuitable.objects.exists()


@pytest.mark.parametrize("number", [0, -1, 3, 10**9])
def test_a_face_that_is_not_there_is_not_chosen(instance: Instance, number: int) -> None:
    case, photograph = case_with([face(10), face(120)])
    with pytest.raises(ChoiceRefused, match="there is no face"):
        choosing.choose_face(case.pk, photograph, number, factories.operator())


def test_a_photograph_that_is_not_suitable_takes_no_part(instance: Instance) -> None:
    case, photograph = case_with([face(10)])
    who = factories.operator()
    for hindrance, note in (("none", ""), ("other", "  "), ("too-small", "x" * 401), ("too-small", "\x00")):
        with pytest.raises(ChoiceRefused):
            choosing.judge_not_suitable(case.pk, photograph, hindrance, note, who)
    choosing.judge_not_suitable(case.pk, photograph, Hindrance.CHANGED, "the skin has slipped", who)
    assert stands(case, photograph).readiness == Readiness.NOT_SUITABLE
    assert search.photographs_of(case) == []
    with pytest.raises(CaseRefused, match="not suitable for comparison"):
        tasks.ask_search(case, who)
    entry = Entry.objects.get(action="casework:photograph:unsuitable")
    assert entry.payload is not None
    assert "slipped" not in str(entry.payload), "free text stays out of the ledger"
    choosing.judge_suitable(case.pk, photograph, who)
    choosing.judge_suitable(case.pk, photograph, who)
    assert Entry.objects.filter(action="casework:photograph:suitable").count() == 1
    assert len(search.photographs_of(case)) == 1


def test_a_search_takes_what_was_decided_or_does_not_begin(instance: Instance) -> None:
    case, photograph = case_with([face(10), face(120)])
    who, seen = factories.operator(), stands(case, photograph).version
    with pytest.raises(ChoiceRefused, match="at least one"):
        tasks.ask_search(case, who, photographs={})
    for wrong in ({uuid4(): seen}, {photograph: "another"}):
        with pytest.raises(ChoiceChanged):
            tasks.ask_search(case, who, photographs=wrong)
    job = tasks.ask_search(case, who, photographs={photograph: seen})
    assert job.args["photographs"] == {str(photograph): seen}
    choosing.choose_face(case.pk, photograph, 2, who)
    with pytest.raises(ChoiceChanged):
        tasks._as_decided(case, who, job.args["photographs"])


def test_who_may_not_search_decides_nothing(instance: Instance) -> None:
    case, photograph = case_with([face(10), face(120)])
    who = factories.operator()
    services.close_case(case.code, who, "a pause")
    with pytest.raises(CaseRefused, match="closed"):
        choosing.choose_face(case.pk, photograph, 1, who)
    services.reopen_case(case.code, who, "it goes on")
    other, elsewhere = case_with([face(10)])
    for strange in (elsewhere, uuid4()):
        with pytest.raises(NotHere):
            choosing.choose_face(case.pk, strange, 1, who)
    assert other.pk != case.pk
    RoleGrant.objects.all().delete()
    with pytest.raises((Refused, NotHere)):
        choosing.choose_face(case.pk, photograph, 1, who)
