"""Rows of the entrance: what can be reached before, while and after one signs in."""

from __future__ import annotations

from tests.web.table import Route

ROUTES: list[Route] = []
