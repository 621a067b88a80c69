"""Rows of the administration: people, mandates, agreements, tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from antigone.access import agreements, services, tokens
from antigone.access.models import Agency, Agreement
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose, Role
from tests.web.people import somebody
from tests.web.table import Route

AHEAD = timedelta(days=90)


def _colleague(agency: Agency) -> Mapping[str, Any]:
    return {"pk": somebody(agency, name=f"a colleague of {agency.name}").pk}


def _mandate(agency: Agency) -> Mapping[str, Any]:
    until = timezone.now().date() + AHEAD
    made = services.issue_mandate(agency, Purpose.IDENTIFY_THE_DEAD, "A law", until, "system:tests")
    return {"pk": made.pk}


def _agreement(agency: Agency) -> Mapping[str, Any]:
    """With a third agency, which proposes it: the other one has no part in it."""
    third = Agency.objects.filter(name="A third agency").first() or services.found_agency(
        "A third agency", "system:tests"
    )
    proposer = somebody(third, Role.ADMINISTRATOR)
    known = Agreement.objects.filter(receives=agency, accepted_at=None, ended_at=None).first()
    until = timezone.now().date() + AHEAD
    return {"pk": (known or agreements.propose(proposer, agency, ["remains"], "A text", until)).pk}


def _token(agency: Agency) -> Mapping[str, Any]:
    holder = somebody(agency, Role.ADMINISTRATOR)
    token, _secret = tokens.issue(holder, "a program", [Permission.HOLDING_READ], timezone.now() + AHEAD)
    return {"pk": token.pk}


_P = Permission
_ANY = {"a": "b"}
_CHANGE = {"reason": "because"}

ROUTES = [
    Route(name="web:administration:people", needs=_P.OPERATOR_MANAGE),
    Route(name="web:administration:person-new", needs=_P.OPERATOR_MANAGE),
    Route(name="web:administration:person-new", method="post", needs=_P.OPERATOR_MANAGE, right=422, data=_ANY),
    Route(name="web:administration:person", needs=_P.OPERATOR_MANAGE, kwargs=_colleague),
    Route(name="web:administration:roles", needs=_P.OPERATOR_MANAGE, kwargs=_colleague),
    Route(name="web:administration:roles", method="post", needs=_P.OPERATOR_MANAGE, kwargs=_colleague, right=302,
          data={"roles": ["auditor"]}),
    Route(name="web:administration:invite", needs=_P.OPERATOR_MANAGE, kwargs=_colleague),
    Route(name="web:administration:invite", method="post", needs=_P.OPERATOR_MANAGE, kwargs=_colleague, data=_ANY),
    Route(name="web:administration:reset", needs=_P.OPERATOR_MANAGE, kwargs=_colleague),
    Route(name="web:administration:reset", method="post", needs=_P.OPERATOR_MANAGE, kwargs=_colleague, data=_ANY),
    Route(name="web:administration:end-sessions", needs=_P.OPERATOR_MANAGE, kwargs=_colleague),
    Route(name="web:administration:end-sessions", method="post", needs=_P.OPERATOR_MANAGE, kwargs=_colleague, right=302,
          data=_ANY),
    Route(name="web:administration:close", needs=_P.OPERATOR_MANAGE, kwargs=_colleague),
    Route(name="web:administration:close", method="post", needs=_P.OPERATOR_MANAGE, kwargs=_colleague, right=302,
          data=_ANY),
    Route(name="web:administration:agency-new", needs=_P.OPERATOR_MANAGE),
    Route(name="web:administration:agency-new", method="post", needs=_P.OPERATOR_MANAGE, right=422, data=_ANY),
    Route(name="web:administration:mandates", needs=_P.MANDATE_MANAGE),
    Route(name="web:administration:mandate-new", needs=_P.MANDATE_MANAGE),
    Route(name="web:administration:mandate-new", method="post", needs=_P.MANDATE_MANAGE, right=422, data=_ANY),
    Route(name="web:administration:mandate-revoke", needs=_P.MANDATE_MANAGE, kwargs=_mandate),
    Route(name="web:administration:mandate-revoke", method="post", needs=_P.MANDATE_MANAGE, kwargs=_mandate, right=302,
          data=_CHANGE),
    Route(name="web:administration:agreements", needs=_P.AGREEMENT_READ),
    Route(name="web:administration:agreement-new", needs=_P.AGREEMENT_MANAGE),
    Route(name="web:administration:agreement-new", method="post", needs=_P.AGREEMENT_MANAGE, right=422,
          data={"other": "x"}),
    Route(name="web:administration:agreement", needs=_P.AGREEMENT_READ, kwargs=_agreement),
    Route(name="web:administration:agreement-accept", needs=_P.AGREEMENT_MANAGE, kwargs=_agreement),
    Route(name="web:administration:agreement-accept", method="post", needs=_P.AGREEMENT_MANAGE, kwargs=_agreement,
          right=302, data=_ANY),
    Route(name="web:administration:agreement-end", needs=_P.AGREEMENT_MANAGE, kwargs=_agreement),
    Route(name="web:administration:agreement-end", method="post", needs=_P.AGREEMENT_MANAGE, kwargs=_agreement,
          right=302, data=_CHANGE),
    Route(name="web:administration:tokens", needs=_P.TOKEN_MANAGE),
    Route(name="web:administration:token-new", needs=_P.TOKEN_MANAGE),
    Route(name="web:administration:token-new", method="post", needs=_P.TOKEN_MANAGE, right=422, data={"name": "x"}),
    # Only the one who answers for a token collects its secret: for everybody else there is none.
    Route(name="web:administration:token-collect", kwargs=_token, role=Role.ADMINISTRATOR, without=Role.AUDITOR,
          missing=404),
    Route(name="web:administration:token-collect", method="post", kwargs=_token, role=Role.ADMINISTRATOR,
          without=Role.AUDITOR, missing=404, right=422, data=_ANY),
    Route(name="web:administration:token-revoke", kwargs=_token, role=Role.ADMINISTRATOR, without=Role.AUDITOR),
    Route(name="web:administration:token-revoke", method="post", kwargs=_token, role=Role.ADMINISTRATOR,
          without=Role.AUDITOR, right=302, data=_CHANGE),
]  # fmt: skip
