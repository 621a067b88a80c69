"""Who calls: a token of an agency, and nothing else; a session is never looked at.

A cookie goes along with whatever a page makes a browser send; a bearer token does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from antigone.access import services as access
from antigone.access import tokens
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.api.problems import Problem
from antigone.api.rates import Rates
from antigone.api.strict import refuse_unknown

if TYPE_CHECKING:
    from ninja.operation import Operation

RATES = Rates()

JSON = "application/json"
FORM = "multipart/form-data"


class Call(HttpRequest):
    """A request as an operation sees it: `auth` is the operator of the token that came with it."""

    auth: Operator
    request_id: str
    operation_id: str


class Bearer(HttpBearer):
    """The way into one operation: token, rate, permission and kind of body, in this order, before anything is read."""

    def __init__(self, needs: Permission | None) -> None:
        super().__init__()
        self.needs = needs
        # Set once the operation is made.
        self.operation: Operation | None = None
        self.takes: str | None = None
        self.known: frozenset[str] = frozenset()

    def authenticate(self, request: HttpRequest, token: str) -> Operator | None:
        found = tokens.bearer(token)
        if found is None:
            return None
        who = found.operator
        wait = RATES.wait(who.pk)
        if wait:
            raise Problem(
                "too-many",
                _("This token asked too often. Nothing was done. Wait %(seconds)s s.") % {"seconds": wait},
                headers={"Retry-After": str(wait)},
            )
        request.operation_id = self.operation.operation_id if self.operation else ""  # type: ignore[attr-defined]
        request.token_id = who.pk  # type: ignore[attr-defined]
        if self.needs is not None:
            access.require(who, self.needs, object=f"agency:{who.agency_id}")
        if self.takes is not None and request.content_type != self.takes:
            raise Problem("media-type", _("Send the body as %(type)s. Nothing was changed.") % {"type": self.takes})
        refuse_unknown(request.GET, self.known)
        return who
