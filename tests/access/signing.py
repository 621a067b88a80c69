"""People who sign in through the pages: what the tests of the entrance share."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.test import Client

from antigone.access import invitations
from antigone.access.models import Operator

PASSPHRASE = "seven grey herons at dusk"
OTHER = "no herons were seen today"


def code_now(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows now, or a half minute later for each step ahead."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def welcome(client: Client, code: str, passphrase: str = PASSPHRASE, again: str | None = None) -> Any:
    return client.post(
        "/sign-in/welcome/", {"code": code, "passphrase": passphrase, "again": passphrase if again is None else again}
    )


def set_up_app(client: Client) -> str:
    """Set up an app for whoever is signed in; returns its secret."""
    assert client.get("/sign-in/second-factor/app/add/").status_code == 200
    secret = client.session[SECRET_SESSION_KEY]
    done = client.post("/sign-in/second-factor/app/add/", {"code": code_now(secret)})
    assert (done.status_code, done["Location"]) == (302, "/sign-in/second-factor/recovery/"), done.content
    return str(secret)


def settled(who: Operator) -> tuple[Client, str]:
    """A browser in which this operator has redeemed an invitation and set up an app; and the app's secret."""
    client = Client()
    assert welcome(client, invitations.issue(who, "system:test")).status_code == 302
    return client, set_up_app(client)


def sign_in(client: Client, name: str, passphrase: str = PASSPHRASE) -> Any:
    return client.post("/sign-in/", {"login": name, "password": passphrase})


def second_factor(client: Client, code: str) -> Any:
    return client.post("/sign-in/second-factor/ask/", {"code": code})


def is_in(client: Client) -> bool:
    """Whether the browser is let in to the first page."""
    return client.get("/").status_code == 200
