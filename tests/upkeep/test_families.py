"""What families file and withdraw, over backups and restores: nothing withdrawn comes back, nothing kept is swept."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from antigone import upkeep
from antigone.description.given import Given
from antigone.enrolment.models import Template
from antigone.instance import Instance
from antigone.intake import services as intake
from antigone.intake.filing import Agreed, Filing, Likeness
from antigone.intake.models import Enquiry, EnquiryPortrait
from antigone.intake.tellers import Teller
from antigone.missing import consents, relatives
from antigone.missing.models import Person, Portrait
from antigone.upkeep.records import known_images
from antigone.vault import store, sweep, tasks
from antigone.vault.errors import KeyGone
from tests import factories

AGREED = Agreed("2026-1", date(2026, 1, 5))


def filed() -> intake.Filed:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (120, 90, 60)).save(out, "JPEG")
    told = [("name", Given({"kind": "current", "full": "Ivan Sych"}, basis="family-choice"))]
    filing = Filing(Teller(names=("Halyna Sych",)), told, AGREED, portraits=[Likeness(out.getvalue())])
    return intake.file(filing, factories.operator())


def test_a_picture_that_waits_with_its_enquiry_is_no_litter(instance: Instance) -> None:
    filed()
    found = sweep.look(known_images(), settled_after=-1)
    assert found.litter == 0
    assert found.rows_without_key == ()


def test_an_enquiry_withdrawn_or_erased_since_the_backup_stays_so(instance: Instance, tmp_path: Path) -> None:
    actor = factories.operator().actor
    withdrawn, erased = filed(), filed()
    picture = EnquiryPortrait.objects.get(enquiry=erased.enquiry).pk
    made = upkeep.backup(instance, tmp_path, actor=actor)
    intake.withdraw_on_pages(withdrawn.enquiry.reference, withdrawn.secret)
    intake.erase(erased.enquiry, actor)
    tasks.complete_shreds()
    upkeep.restore(made.file, instance.root, actor=actor)
    (left,) = Enquiry.objects.all()
    assert (left.pk, left.stage, left.withdrawn_at is None) == (withdrawn.enquiry.pk, "closed", False)
    assert not EnquiryPortrait.objects.filter(pk=picture).exists()
    with pytest.raises(KeyGone):
        store.open(str(picture))


def test_a_consent_withdrawn_since_the_backup_stays_withdrawn(instance: Instance, tmp_path: Path) -> None:
    who = factories.operator()
    factories.enrol({"M-1": factories.unit(1)})
    mother = relatives.record_relative(Person.objects.get(), Teller(names=("Olena",), relation="mother"), who)
    consents.record_consent(mother, AGREED, who)
    Portrait.objects.update(giver=mother)
    made = upkeep.backup(instance, tmp_path, actor=who.actor)
    consents.withdraw_consent(mother, who, "asked")
    upkeep.restore(made.file, instance.root, actor=who.actor)
    assert not consents.consents_now(mother)
    assert Portrait.objects.get().withheld_at is not None
    assert not Template.objects.get().searchable
