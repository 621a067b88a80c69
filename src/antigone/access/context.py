"""What every page is told: whether the instance is for practice."""

from __future__ import annotations

from django.http import HttpRequest

from antigone.access.practice import is_practice


def practice(request: HttpRequest) -> dict[str, bool]:
    """`practice`, for the banner that a page of a practice instance always bears."""
    return {"practice": is_practice()}
