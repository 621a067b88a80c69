"""Pictures in requests and answers: received whole and in memory, judged by their bytes, sent one at a time."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpResponse
from ninja import UploadedFile
from pydantic import BaseModel

from antigone.imaging.headers import sniff

# By the kind that imaging finds in the first bytes; nothing else was ever taken in.
MEDIA = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "TIFF": "image/tiff", "HEIF": "image/heif"}
KINDS = tuple(MEDIA.values())


def read(picture: UploadedFile) -> bytes:
    """The bytes of a picture that was sent; its name and the type that the sender gave it count for nothing."""
    data: bytes = picture.read()
    return data


def given_as(form: BaseModel, original: bytes) -> Any:
    """What was posted, for comparing with another post of the same key."""
    return {**form.model_dump(mode="json"), "picture": hashlib.sha256(original).hexdigest()}


def shown(original: bytes) -> HttpResponse:
    """A picture as an answer: never rendered by a browser inside a page of this house, and kept by no cache."""
    answer = HttpResponse(original, content_type=MEDIA.get(sniff(original) or "", "application/octet-stream"))
    answer["Content-Disposition"] = "attachment"
    return answer
