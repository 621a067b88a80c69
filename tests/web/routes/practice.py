"""Rows of the practice room. An exercise is one's own: the table's person has none, so each record answers 404."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from tests.web.table import Route

DO = Permission.PRACTICE_DO


def _key(_agency: Agency) -> Mapping[str, Any]:
    return {"key": uuid4()}


def _pair(_agency: Agency) -> Mapping[str, Any]:
    return {"pair": uuid4()}


def _picture(_agency: Agency) -> Mapping[str, Any]:
    return {"pair": uuid4(), "picture": uuid4()}


def _desk_picture(_agency: Agency) -> Mapping[str, Any]:
    return {"key": uuid4(), "picture": uuid4()}


def _component(_agency: Agency) -> Mapping[str, Any]:
    return {"key": uuid4(), "component": 1}


def _mark(_agency: Agency) -> Mapping[str, Any]:
    return {"key": uuid4(), "mark": 1}


def _rows(kwargs: Any, *names: tuple[str, str]) -> list[Route]:
    return [
        Route(name=f"web:practice:{name}", needs=DO, method=method, kwargs=kwargs, right=404) for name, method in names
    ]


ROUTES = [
    Route(name="web:practice:room", needs=DO),
    Route(name="web:practice:record", needs=DO),
    Route(name="web:practice:begin", needs=DO, method="post", data={"kind": "sorting"}, right=302),
    *_rows(
        _key,
        ("exercise", "get"), ("leave", "get"), ("leave", "post"), ("sort", "get"), ("sort-show", "post"),
        ("sort-finish", "get"), ("sort-finish", "post"), ("desk", "get"), ("desk-lift-portrait", "post"),
        ("desk-portrait", "get"), ("desk-assess", "post"), ("desk-marks", "post"), ("desk-close", "get"),
        ("desk-close", "post"), ("desk-conclude", "get"), ("desk-conclude", "post"), ("desk-summary", "get"),
        ("desk-summary", "post"), ("desk-give-up", "get"), ("desk-give-up", "post"),
    ),
    *_rows(_pair, ("judge", "post"), ("sort-portrait", "get"), ("examine", "post"), ("told-show", "post")),
    *_rows(_picture, ("sort-photograph", "get"), ("told-picture", "get")),
    *_rows(_desk_picture, ("desk-lift", "post"), ("desk-photograph", "get")),
    *_rows(_component, ("desk-component", "post")),
    *_rows(_mark, ("desk-rub-out", "post")),
]  # fmt: skip
