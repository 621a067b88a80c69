"""What a browser may keep of a page, and how the rooms' errors are told: around every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from antigone.web import errors

Answer = Callable[[HttpRequest], HttpResponse]

# Nothing in the pages uses any of it, so nothing that slips into them may.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "clipboard-read", "display-capture", "encrypted-media", "fullscreen",
        "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
        "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip


class PageHeaders:
    """Headers that Django does not set: nothing of a page is kept by a browser or a proxy, nothing is embedded."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        # Static files pass above this middleware; what comes by here was made for one person.
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


class SentenceErrors:
    """Turns an error that a view let pass into a calm page with its sentence; other faults stay with Django."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        status = errors.status_of(error)
        if status is None:
            return None
        # 404 says the same for a record of another agency and for none at all.
        context: dict[str, Any] = {"sentence": "" if status == 404 else errors.sentence_of(error)}
        return render(request, f"{status}.html", context, status=status)
