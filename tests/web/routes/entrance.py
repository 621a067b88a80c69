"""Rows of the entrance: what can be reached before, while and after one signs in.

What matters asks once more who it is: whoever has just come in by another way is sent to say so (302).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from antigone.access.models import Agency, SignIn
from tests.web.people import somebody
from tests.web.table import Route


def _session(agency: Agency) -> Mapping[str, Any]:
    """A session of somebody else: nobody ends it but its owner, by this address."""
    who, now = somebody(agency, name=f"a colleague of {agency.name}"), timezone.now()
    return {"pk": SignIn.objects.create(operator=who, began_at=now, seen_at=now).pk}


def _no_key(agency: Agency) -> Mapping[str, Any]:
    return {"pk": 1}


ROUTES: list[Route] = [
    Route(name="account_login", signed_out=200, right=302),
    Route(name="account_login", method="post", signed_out=200, right=302),
    Route(name="sign_in_welcome", signed_out=200),
    Route(name="sign_in_welcome", method="post", data={"code": "0"}, signed_out=422, right=422),
    Route(name="account_inactive", signed_out=200),
    Route(name="account_logout"),
    Route(name="account_logout", method="post", right=302),
    Route(name="account_reauthenticate"),
    Route(name="account_change_password"),
    Route(name="sign_in_sessions"),
    Route(name="sign_in_end_session", method="post", kwargs=_session, right=404),
    Route(name="mfa_index"),
    Route(name="mfa_authenticate", right=302),
    Route(name="mfa_reauthenticate"),
    Route(name="mfa_activate_totp", right=302),
    Route(name="mfa_deactivate_totp", right=302),
    Route(name="mfa_view_recovery_codes", right=404),
    Route(name="mfa_generate_recovery_codes", right=302),
    Route(name="mfa_list_webauthn"),
    Route(name="mfa_add_webauthn", right=302),
    Route(name="mfa_reauthenticate_webauthn", right=302),
    Route(name="mfa_edit_webauthn", kwargs=_no_key, other=302, right=302),
    Route(name="mfa_remove_webauthn", kwargs=_no_key, other=302, right=302),
]
