"""What somebody might send instead of a picture is refused with a sentence, and nothing of it is kept."""

from __future__ import annotations

import pytest
from django.conf import settings

from antigone.imaging import Limits, decode
from antigone.remains.models import Photograph
from tests.api.calling import picture, problem
from tests.api.pictures import HOSTILE, jpeg
from tests.api.world import World


def sealed() -> int:
    """How many files lie in the vault."""
    return sum(1 for each in settings.ANTIGONE.root.rglob("*") if each.is_file() and "vault" in str(each))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_sentence(ours: World, name: str) -> None:
    path, photographs, files = f"subjects/{ours.ids['subject']}/photographs", Photograph.objects.count(), sealed()
    told = problem(ours.program.post(path, form={"picture": picture(HOSTILE[name])}), 422, "invalid")
    assert told["detail"].endswith(".")
    assert str(settings.ANTIGONE.root) not in str(told)
    assert (Photograph.objects.count(), sealed()) == (photographs, files)


def test_more_than_is_accepted_is_refused(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("antigone.api.uploads.picture_limits", lambda: Limits(max_bytes=1000))
    path = f"subjects/{ours.ids['subject']}/photographs"
    problem(ours.program.post(path, form={"picture": picture(jpeg(3))}), 413, "too-large")
    problem(ours.program.post(path, form={"picture": picture(b"x" * (3 << 20))}), 413, "too-large")


def test_a_form_has_its_own_fields_and_no_other(ours: World) -> None:
    path = f"subjects/{ours.ids['subject']}/photographs"
    problem(ours.program.post(path, form={"picture": picture(jpeg(4)), "faces": "[]"}), 422, "invalid")
    problem(ours.program.post(path, form={"picture": picture(jpeg(4)), "more": picture(jpeg(5))}), 422, "invalid")
    problem(ours.program.post(path, form={"shot": "F1"}), 422, "invalid")
    problem(ours.program.post(path, form={"picture": picture(jpeg(4)), "shot": "Z9"}), 422, "invalid")
    problem(ours.program.post(path, {"shot": "F1"}), 415, "media-type")


def test_a_look_shows_the_pixels_and_nothing_else_that_the_file_says(ours: World) -> None:
    given = jpeg(6, says="Olena K., 49.84 N 24.03 E")
    assert b"Olena K." in given
    path = f"subjects/{ours.ids['subject']}/photographs"
    made = ours.program.post(path, form={"picture": picture(given)})
    assert made.status_code == 201
    answer = ours.program.post(f"photographs/{made.json()['id']}/look")
    assert answer.status_code == 200
    assert b"Olena K." not in answer.content
    shown, taken = decode(answer.content).pixels.astype(int), decode(given).pixels.astype(int)
    assert abs(shown - taken).mean() < 10


def test_a_look_is_logged_and_its_answer_kept_nowhere(ours: World) -> None:
    from antigone.ledger.models import Entry

    before = Entry.objects.filter(action="remains:photograph:look").count()
    answer = ours.program.post(f"photographs/{ours.ids['photograph']}/look")
    assert decode(answer.content).pixels.shape == decode(jpeg(1)).pixels.shape
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == "attachment"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    looks = Entry.objects.filter(action="remains:photograph:look")
    assert looks.count() == before + 1
    assert looks.latest("id").actor == f"token:{ours.token.pk}"
    shown = ours.program.get(f"photographs/{ours.ids['photograph']}")
    assert jpeg(1)[:64] not in shown.content
