"""What each kind of problem means, at the address that a problem's `type` names; open to everybody."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from antigone.api.problems import KINDS, not_here
from antigone.api.strict import Shown

router = Router()


class KindShown(Shown):
    code: str
    status: int
    title: str
    advice: str


@router.get(
    "/problems/{code}",
    auth=None,
    response=KindShown,
    operation_id="problem_kind",
    summary="What a kind of problem means; no token is asked.",
)
def problem_kind(request: HttpRequest, code: str) -> KindShown:
    kind = KINDS.get(code)
    if kind is None:
        raise not_here()
    return KindShown(code=kind.code, status=kind.status, title=str(kind.title), advice=str(kind.advice))
