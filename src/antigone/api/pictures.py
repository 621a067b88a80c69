"""Pictures in requests and answers: received whole and in memory, judged by their bytes, sent one at a time."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpResponse
from ninja import UploadedFile
from pydantic import BaseModel

from antigone.enrolment.limits import picture_limits
from antigone.imaging.decoding import decode
from antigone.imaging.derivatives import derive

KINDS = ("image/jpeg",)
# A program may go on to measure what it is shown.
QUALITY = 95


def read(picture: UploadedFile) -> bytes:
    """The bytes of a picture that was sent; its name and the type that the sender gave it count for nothing."""
    data: bytes = picture.read()
    return data


def given_as(form: BaseModel, original: bytes) -> Any:
    """What was posted, for comparing with another post of the same key."""
    return {**form.model_dump(mode="json"), "picture": hashlib.sha256(original).hexdigest()}


def shown(original: bytes) -> HttpResponse:
    """A picture as an answer, whole and made anew from its pixels; no page renders it, and no cache keeps it.

    A file may carry a place, a name or a maker's note, which whoever asked for a face was not given leave to read.
    """
    found = decode(original, picture_limits())
    made, _recipe = derive(found.pixels, source=found.sha256, quality=QUALITY)
    answer = HttpResponse(made, content_type="image/jpeg")
    answer["Content-Disposition"] = "attachment"
    return answer
