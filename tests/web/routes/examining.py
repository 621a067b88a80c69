"""Rows of examinations and of what they came to."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.casework.models import Stage
from tests.web import examined
from tests.web.table import Route

P = Permission
DO = P.EXAMINATION_DO
BOARD = Role.BOARD_MEMBER
NEITHER = Role.FIELD_RECORDER
MARK = {"side": "b", "shape": "arrow", "points": "[[0.1, 0.1], [0.5, 0.5]]", "note": "the notch"}


def _at(stage: str) -> Callable[[Agency], Mapping[str, Any]]:
    return lambda agency: {"key": examined.examination(agency, stage).pk}


def _component(stage: str) -> Callable[[Agency], Mapping[str, Any]]:
    return lambda agency: {"key": examined.examination(agency, stage).pk, "component": 10}


def _photograph(agency: Agency) -> Mapping[str, Any]:
    made = examined.examination(agency)
    return {"key": made.pk, "picture": made.comparison.lineup.search.photographs.get().pk}


def _another(agency: Agency) -> Mapping[str, Any]:
    return {"key": examined.examination(agency).pk, "picture": uuid.uuid4()}


def _mark(agency: Agency) -> Mapping[str, Any]:
    made = examined.mark(agency)
    return {"key": made.examination_id, "mark": made.pk}


def _comparison(agency: Agency) -> Mapping[str, Any]:
    return {"comparison": examined.comparison(agency).pk}


def _settled(agency: Agency) -> Mapping[str, Any]:
    return {"search": examined.settled(agency).pk}


def _open(agency: Agency) -> Mapping[str, Any]:
    return {"search": examined.comparison(agency).lineup.search.pk}


def _read(agency: Agency) -> Mapping[str, Any]:
    return {"search": examined.settled(agency, read_by=BOARD).pk}


ROUTES = [
    Route(name="web:examining:list", needs=DO),
    Route(name="web:examining:ended", needs=DO),
    Route(name="web:examining:begin", needs=DO, method="post", kwargs=_comparison, right=302),
    *(Route(name="web:examining:desk", needs=DO, kwargs=_at(stage)) for stage in Stage.values),
    Route(name="web:examining:desk-lift", needs=DO, method="post", kwargs=_photograph, right=302),
    Route(name="web:examining:desk-lift", needs=DO, method="post", kwargs=_another, right=404),
    # Without a veil that was lifted there is no picture, for nobody.
    Route(name="web:examining:desk-photograph", needs=DO, kwargs=_photograph, right=404),
    Route(
        name="web:examining:desk-lift-portrait", needs=DO, method="post", kwargs=_at(Stage.COMPARISON), right=302
    ),
    Route(name="web:examining:desk-lift-portrait", needs=DO, method="post", kwargs=_at(Stage.ANALYSIS), right=422),
    Route(name="web:examining:desk-portrait", needs=DO, kwargs=_at(Stage.COMPARISON), right=404),
    Route(
        name="web:examining:desk-assess", needs=DO, method="post", kwargs=_at(Stage.ASSESSMENT),
        data={"suitable": "yes"}, right=302,
    ),
    Route(
        name="web:examining:desk-assess", needs=DO, method="post", kwargs=_at(Stage.ASSESSMENT),
        data={"suitable": "no"}, right=422,
    ),
    Route(
        name="web:examining:desk-component", needs=DO, method="post", kwargs=_component(Stage.ANALYSIS),
        data={"c10-seen": "yes"}, right=302,
    ),
    Route(
        name="web:examining:desk-component", needs=DO, method="post", kwargs=_component(Stage.COMPARISON), right=422
    ),
    Route(
        name="web:examining:desk-marks", needs=DO, method="post", kwargs=_at(Stage.COMPARISON), data=MARK, right=302
    ),
    Route(name="web:examining:desk-rub-out", needs=DO, method="post", kwargs=_mark, right=302),
    Route(name="web:examining:desk-close", needs=DO, kwargs=_at(Stage.ANALYSIS)),
    Route(name="web:examining:desk-close", needs=DO, method="post", kwargs=_at(Stage.ANALYSIS), right=302),
    Route(name="web:examining:desk-conclude", needs=DO, kwargs=_at(Stage.COMPARISON)),
    Route(
        name="web:examining:desk-conclude", needs=DO, method="post", kwargs=_at(Stage.COMPARISON),
        data={"level": "0", "reasons": "what is seen"}, right=302,
    ),
    Route(name="web:examining:desk-summary", needs=DO, kwargs=_at(Stage.EVALUATION)),
    Route(name="web:examining:desk-summary", needs=DO, kwargs=_at(Stage.COMPARISON), right=302),
    Route(
        name="web:examining:desk-summary", needs=DO, method="post", kwargs=_at(Stage.EVALUATION), right=422
    ),
    Route(
        name="web:examining:desk-give-up", needs=DO, kwargs=_at(Stage.ANALYSIS)
    ),
    Route(
        name="web:examining:desk-give-up", needs=DO, method="post", kwargs=_at(Stage.ANALYSIS),
        data={"reason": "ill"}, right=302,
    ),
    Route(name="web:examining:found"),
    Route(name="web:examining:findings-ask", kwargs=_settled, role=BOARD, without=NEITHER),
    Route(name="web:examining:findings-ask", kwargs=_open, role=BOARD, without=NEITHER, right=422),
    Route(name="web:examining:findings-ask", method="post", kwargs=_settled, role=BOARD, without=NEITHER, right=302),
    # Without having said that one examines no more, back to the question.
    Route(name="web:examining:findings", kwargs=_settled, role=BOARD, without=NEITHER, right=302),
    Route(name="web:examining:findings", kwargs=_read, role=BOARD, without=NEITHER),
]  # fmt: skip
