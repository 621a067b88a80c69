"""Pictures of the dead leave for a named professional alone, marked into their pixels, each look on record."""

from __future__ import annotations

from typing import Any

import pytest

from antigone.access.rules import Role
from antigone.instance import Instance


@pytest.fixture
def here(instance: Instance) -> dict[str, Any]:
    from antigone.casework.reporting import making
    from tests.casework.reporting import world
    from tests.web import found
    from tests.web.people import agencies_of

    both = agencies_of()
    one, other = found.body(both.ours), found.body(both.ours)
    photograph = found.photograph(one)
    who = world.board(both.ours)
    report = making.same_body(one.pk, other.pk, who)
    return {"who": who, "report": report, "photograph": photograph, "agencies": both, "body": one}


def asked(here: dict[str, Any], **changed: Any) -> Any:
    from antigone.casework.reporting.exhibits import NewExhibit

    said = {
        "role": "court", "recipient": "Суддя Олена Бондар", "organisation": "District court", "purpose": "Trial 12/34",
        "photographs": [here["photograph"].pk], "understood": True,
    }  # fmt: skip
    return NewExhibit(**(said | changed))


def test_an_exhibit_is_made_for_a_named_recipient_and_is_not_kept(here: dict[str, Any]) -> None:
    from antigone.casework.models import Exhibit
    from antigone.casework.reporting import exhibits
    from antigone.ledger.models import Entry

    pytest.importorskip("typst")
    made = exhibits.make(here["report"].pk, asked(here), here["who"])
    assert made.file.startswith(b"%PDF")
    assert made.exhibit.serial == f"{here['report'].serial}-X1"
    (picture,) = made.exhibit.pictures
    assert picture == {"photograph": str(here["photograph"].pk), "sha256": here["photograph"].sha256, "look": 1}
    looks = Entry.objects.filter(action="remains:photograph:look", object=f"photograph:{here['photograph'].pk}")
    assert [each.actor for each in looks] == [here["who"].actor]
    entry = Entry.objects.get(action="casework:exhibit:make")
    assert entry.details is not None
    assert entry.details["file_sha256"] == made.exhibit.file_sha256
    # Whom it went to stands in the record alone.
    assert "Бондар" not in (entry.payload or "")
    assert Exhibit.objects.count() == 1
    second = exhibits.make(here["report"].pk, asked(here), here["who"]).exhibit
    assert second.number == 2
    assert second.pictures[0]["look"] == 2


def test_the_mark_is_in_the_pixels(here: dict[str, Any]) -> None:
    import numpy as np
    from django.utils import timezone

    from antigone.casework.reporting import watermark
    from antigone.imaging.decoding import decode
    from antigone.imaging.derivatives import derive

    pytest.importorskip("typst")
    grey = np.full((300, 400, 3), 120, np.uint8)
    jpeg, _recipe = derive(grey, source="0" * 64)
    cover = watermark.Cover("X-1", "R-1", "A", "B", timezone.now(), "court", "Суддя", "Court", "Trial")
    picture = watermark.Picture("k", "CODE", "F1", "0" * 64, 3, jpeg, 400, 300)
    pixels = decode(watermark.marked_into(picture, cover)).pixels
    assert pixels.shape == (300, 400, 3)
    # Every part of the picture bears some of it.
    for row in range(3):
        for column in range(4):
            part = pixels[row * 100 : row * 100 + 100, column * 100 : column * 100 + 100].astype(int)
            assert np.abs(part - 120).max() > 40
    assert "look 3" in watermark.mark_of(cover, picture)


def test_families_media_and_the_public_are_in_no_role(here: dict[str, Any]) -> None:
    from antigone.casework.errors import ReportRefused
    from antigone.casework.models import RecipientRole
    from antigone.casework.reporting import exhibits
    from antigone.ledger.models import Entry

    assert set(RecipientRole.values) == {"court", "prosecutor", "laboratory", "pathologist", "examiner"}
    with pytest.raises(ReportRefused, match="never to families"):
        exhibits.make(here["report"].pk, asked(here, role="family"), here["who"])
    assert Entry.objects.filter(action="casework:exhibit:refuse").count() == 1
    with pytest.raises(ReportRefused, match="gives the pictures to nobody"):
        exhibits.make(here["report"].pk, asked(here, understood=False), here["who"])
    with pytest.raises(ReportRefused):
        exhibits.make(here["report"].pk, asked(here, recipient="  "), here["who"])
    # An examiner of another agency has pictures under an agreement that covers photographs, or none.
    with pytest.raises(ReportRefused, match="under an agreement"):
        exhibits.make(here["report"].pk, asked(here, role="examiner", partner=here["agencies"].theirs.pk), here["who"])


def test_a_picture_of_other_remains_and_one_without_the_permission_are_refused(here: dict[str, Any]) -> None:
    from antigone.access.errors import Refused
    from antigone.casework.errors import ReportRefused
    from antigone.casework.reporting import exhibits
    from tests.web import found
    from tests.web.people import somebody

    elsewhere = found.photograph(found.body(here["agencies"].ours), shade=400)
    with pytest.raises(ReportRefused):
        exhibits.make(here["report"].pk, asked(here, photographs=[elsewhere.pk]), here["who"])
    # Somebody who may read all that the report says, and may give out no picture.
    recorder = somebody(here["agencies"].ours, Role.FIELD_RECORDER)
    with pytest.raises(Refused):
        exhibits.make(here["report"].pk, asked(here), recorder)
