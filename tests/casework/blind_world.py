"""A search with candidates and known strangers, and people who work blind on it: what tests of step 9 begin with."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
import pytest
from PIL import Image

from antigone import evidence
from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.judging import examination, triage
from antigone.casework.judging.examination import Observed
from antigone.casework.models import Case, Comparison, Lineup, Search
from antigone.casework.searching import search
from antigone.casework.searching.answer import digest_of
from antigone.casework.searching.reading import Clock, Reading
from antigone.missing import services as missing
from antigone.missing.sources import PersonRecord
from antigone.remains.services import Particulars
from tests import factories

NAME = b"Oleksandr-Shevchuk-Secret"


def jpeg(seed: int) -> bytes:
    """A small picture whose file carries a name in its metadata."""
    drawn = np.random.default_rng(seed).integers(0, 255, (24, 24, 3), np.uint8)
    exif = Image.Exif()
    exif[0x010E] = NAME.decode()
    made = io.BytesIO()
    Image.fromarray(drawn).save(made, "JPEG", exif=exif)
    return made.getvalue()


@dataclass(frozen=True)
class World:
    """A case of somebody recovered in March, the search made in it, and three people who did not see its answer."""

    case: Case
    search: Search
    people: tuple[Operator, ...]

    @property
    def lineup(self) -> Lineup:
        return Lineup.objects.get(search=self.search)

    def comparison(self, key: UUID) -> Comparison:
        return Comparison.objects.get(pk=key)


def examiner(name: str, agency: Agency | None = None) -> Operator:
    """Somebody of our agency, or another, who examines and does nothing else."""
    who = access.add_operator(name, agency or factories.operator().agency, "system:tests")
    access.grant_role(who, Role.MORTUARY_EXAMINER, "system:tests")
    return who


def enrolled(count: int, later: int) -> None:
    """So many missing since January, and so many who were seen alive after the recovery; each with a picture."""
    under, into = factories.contract(), factories.holding()
    new = []
    for number in range(count + later):
        seen = "2026-01-05" if number < count else "2026-05-01"
        original = jpeg(number)
        new.append(
            missing.NewPortrait(
                PersonRecord(ref=f"ref-{number:03}", sex="male", last_seen_on=seen),
                hashlib.sha256(original).hexdigest(), original, factories.unit(number), {"quality": {}},
            )
        )  # fmt: skip
    giving = missing.Giving(basis="family-consent")
    missing.add_portraits(into, under, new, giving, factories.operator().actor)


def world(monkeypatch: pytest.MonkeyPatch, count: int = 7, later: int = 5, threshold: float = -2.0) -> World:
    """A world in which `count` candidates lie above the threshold, and strangers are left to slip in."""
    point = evidence.OperatingPoint(threshold, 0.01, "set by the test")
    monkeypatch.setattr(search.evidence, "threshold", lambda *_, **__: point)
    enrolled(count, later)
    founder = factories.operator()
    case = services.open_case("LIMEN-A-001", "deceased", Particulars("quay", date(2026, 3, 20), "A. R."), founder)
    original, vector = jpeg(999), factories.unit(0)
    face = {"box": [0.0, 0.0, 1.0, 1.0], "landmarks": []}
    photo = Reading("photo.jpg", original, hashlib.sha256(original).hexdigest(), [face], 0, False, vector)
    found = search.answer_for(case, [photo], factories.contract(), 50, Clock())
    # As if the later ones were below the end of the list: a filler is on no rank of the answer.
    first = [each for each in found.candidates if int(each.person_ref[4:]) < count]
    kept = services.keep_answer(case, [photo], found.with_candidates(first), founder)[1]
    assert digest_of(kept.answer) == kept.answer_sha256
    return World(case, kept, tuple(examiner(name) for name in ("Ada", "Bohdan", "Chiara")))


def sort(here: World, who: Operator, keep: object = True) -> UUID:
    """The whole triage of one person: keep all, none, or those whose comparison is among `keep`."""
    from antigone.casework.models import TriageItem

    key = triage.begin(here.search.pk, who)
    while True:
        block = triage.block(key, who)
        if not block.items:
            break
        for item in block.items:
            triage.portrait(item.key, who)
            comparison = TriageItem.objects.get(pk=item.key).comparison_id
            wanted = keep if isinstance(keep, bool) else comparison in keep  # type: ignore[operator]
            triage.judge(item.key, "keep" if wanted else "set-aside", who)
    triage.finish(key, who)
    return key


def examine(comparison: UUID, who: Operator, level: str) -> UUID:
    """A whole examination, from assessment to the seal."""
    key = examination.begin(comparison, who)
    if level == "not-suitable":
        examination.assess(key, False, "blurred", who)
    else:
        examination.assess(key, True, "", who)
        examination.note_subject(key, 10, True, "a long lobe", who)
        examination.close_analysis(key, who)
        examination.portrait(key, who)
        different = Observed(True, True, "different", "unexplained", True, "great", "another lobe")
        alike = Observed(True, True, "alike", weight="some")
        examination.note_pair(key, 10, different if level == "exclusion" else alike, who)
        examination.conclude(key, level, "what is seen of the ears", who)
    examination.seal(key, who)
    return key
