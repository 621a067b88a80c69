"""People with roles and accounts, and browsers in which they are signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import Client

from antigone.access import services
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role

ClientAs = Callable[..., Client]


PASSPHRASE = "a passphrase of the tests"


@cache
def _passphrase() -> str:
    """Hashed once, because that takes a while."""
    return make_password(PASSPHRASE)


@dataclass(frozen=True)
class Agencies:
    """`ours` is the agency that the instance was founded with."""

    ours: Agency
    theirs: Agency


def agencies_of() -> Agencies:
    """Our agency, and another one beside it."""
    return Agencies(Agency.objects.earliest("pk"), services.found_agency("Another agency", "system:tests"))


def somebody(agency: Agency, *roles: Role | str, name: str = "") -> Operator:
    """A person of this agency with these roles and an account that has a second factor."""
    name = name or f"{'-'.join(roles) or 'nobody'} of {agency.name}"
    known = Operator.objects.filter(name=name).first()
    if known is not None:
        return known
    who = services.add_operator(name, agency, "system:tests")
    for role in roles:
        services.grant_role(who, role, "system:tests")
    user = User.objects.create(username=f"account-{who.pk}", password=_passphrase())
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "none"})
    Operator.objects.filter(pk=who.pk).update(account=user)
    return Operator.objects.select_related("agency").get(pk=who.pk)


def client_of(who: Operator) -> Client:
    """A browser in which this person is signed in."""
    client = Client(HTTP_HOST="localhost")
    assert who.account is not None
    client.force_login(who.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
