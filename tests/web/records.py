"""Records that pages show, made as the services make them: with their pictures sealed in the vault."""

from __future__ import annotations

import hashlib
import io
import uuid

import numpy as np
from django.utils import timezone
from PIL import Image

from antigone.access.models import Agency
from antigone.missing.models import Holding, Person, Portrait, Report
from antigone.remains.models import Photograph, Subject
from antigone.vault import store

MAKER = b"Exif\x00\x00II*\x00"


def jpeg(side: int = 64) -> bytes:
    """A picture of nothing with metadata in it, which no page may pass on."""
    pixels = np.random.default_rng(1).integers(0, 255, (side, side, 3), np.uint8)
    exif = Image.Exif()
    exif[0x010F] = "a maker"
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def photograph(agency: Agency) -> Photograph:
    """A photograph of a body that this agency answers for."""
    now, original = timezone.now(), jpeg()
    code = f"TESTS-A-{Subject.objects.count() + 1:03}"
    subject = Subject.objects.create(code=code, kind="deceased", agency=agency, opened_at=now)
    made = Photograph.objects.create(
        subject=subject, sha256=hashlib.sha256(original).hexdigest(), added_at=now, added_by="system:tests", shot="F1"
    )
    store.seal(str(made.pk), "photograph", original)
    return made


def portrait(agency: Agency) -> Portrait:
    """A portrait of somebody missing, in a holding of this agency."""
    now, original = timezone.now(), jpeg()
    holding = Holding.objects.create(
        agency=agency, name=f"holding {uuid.uuid4()}", opened_by="system:tests", opened_at=now
    )
    person = Person.objects.create(ref=f"P-{uuid.uuid4()}", holding=holding)
    Report.objects.create(person=person, reported_at=now)
    made = Portrait.objects.create(
        person=person, sha256=hashlib.sha256(original).hexdigest(), basis="own-service", added_at=now
    )
    store.seal(str(made.pk), "portrait", original)
    return made
