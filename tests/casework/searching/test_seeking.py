"""Finding faces as work, with real pictures: one, two, none, lying, and what is no picture any more."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image

from antigone.casework import services, tasks
from antigone.casework.models import FacesSought
from antigone.casework.searching import choosing, preparing
from antigone.casework.searching.preparing import Readiness
from antigone.demo import people
from antigone.instance import Instance
from antigone.jobs import worker
from antigone.jobs.models import State
from antigone.ledger.models import Entry
from antigone.remains import services as remains
from antigone.remains.services import NewPhotograph, Particulars
from antigone.vault import tasks as vault
from tests import factories

pytestmark = pytest.mark.slow


def as_bytes(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def test_faces_are_found_once_and_kept(instance: Instance, models: Path) -> None:
    found = [photo for each in people.remains()[:2] for photo in each.photographs[:1]]
    if len(found) < 2:
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    one, other = (Image.open(photo).convert("RGB") for photo in found)
    both = Image.new("RGB", (2 * one.width, one.height))
    both.paste(one, (0, 0))
    both.paste(other.resize(one.size), (one.width, 0))
    noise = Image.fromarray(np.random.default_rng(1).integers(60, 140, (300, 400, 3), dtype=np.uint8))
    who = factories.operator()
    case = services.open_case("LIMEN-A-001", "deceased", Particulars(), who)
    pictures = {
        Readiness.ONE: as_bytes(one),
        Readiness.SEVERAL: as_bytes(both),
        Readiness.NONE: as_bytes(noise),
        Readiness.UNREADABLE: as_bytes(Image.new("RGB", (1, 1))),
    }
    kept = {
        expected: remains.add_photograph(case.subject, NewPhotograph(uuid4().hex * 2, original), who.actor)
        for expected, original in {**pictures, Readiness.BY_HAND: as_bytes(one.rotate(90, expand=True))}.items()
    }
    erased = remains.add_photograph(case.subject, NewPhotograph(uuid4().hex * 2, as_bytes(other)), who.actor)
    job = tasks.ask_faces(case, who)
    assert job is not None
    remains.erase_photographs(case.subject.photographs.filter(pk=erased.pk), who.actor, "taken by mistake")
    vault.complete_shreds()
    worker.work(once=True, with_daily=False)
    job.refresh_from_db()
    assert job.state == State.DONE, job.sentence
    stand = {each.photograph.pk: each for each in preparing.prepared_in(case, who)}
    for expected in pictures:
        assert stand[kept[expected].pk].readiness == expected
    assert len(stand[kept[Readiness.SEVERAL].pk].found) == 2
    assert "too small" in FacesSought.objects.get(photograph=kept[Readiness.UNREADABLE]).fault
    lying = stand[kept[Readiness.BY_HAND].pk].found[0]
    assert lying["turn"] == 90
    assert lying["quality"]["TemplateStrength"] is not None
    # The same points, placed by hand, make the same face.
    choosing.place_points(case.pk, kept[Readiness.BY_HAND].pk, lying["landmarks"], who)
    by_hand = preparing.prepared(case, kept[Readiness.BY_HAND].pk, who)
    assert by_hand.readiness == Readiness.BY_HAND
    assert by_hand.face is not None
    assert by_hand.face["turn"] == lying["turn"]
    assert tasks.ask_faces(case, who) is None, "they are sought once"
    assert Entry.objects.filter(action="casework:faces:seek").count() == FacesSought.objects.count() == 5
    assert preparing.seek(kept[Readiness.ONE], who) == FacesSought.objects.get(photograph=kept[Readiness.ONE])
