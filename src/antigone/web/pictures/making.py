"""From sealed bytes to what a browser may see: bounded, and made anew from pixels alone."""

from __future__ import annotations

from django.http import HttpResponse

from antigone.enrolment.limits import picture_limits
from antigone.imaging.decoding import decode
from antigone.imaging.derivatives import derive

# Enough to judge a face on a screen; the original leaves the vault by another door.
LONGEST = 1600
SMALL = 480


def answer(original: bytes, sha256: str, *, longest: int = LONGEST) -> HttpResponse:
    """A JPEG of an original without metadata, which nobody keeps on the way."""
    pixels = decode(original, picture_limits()).pixels
    made, _recipe = derive(pixels, source=sha256, longest=longest)
    return jpeg(made)


def jpeg(made: bytes) -> HttpResponse:
    """A JPEG that was made from pixels, for one person and for this moment: nobody keeps it on the way."""
    response = HttpResponse(made, content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = "inline"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
