"""Triages for the pages, as rows: nothing is searched for them; and people of a world who can sign in."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.casework.models import Comparison, Lineup, NamedCandidate, Search, Triage, TriageItem
from antigone.missing.models import Portrait
from tests.web import casefile, people

# What differs between two pages that say the same: tokens of forms and pictures, and random keys.
CHANCE = re.compile(
    r'(name="csrf-token" content|name="(?:csrfmiddlewaretoken|once|lifted)" value)="[^"]*"|token=[^"]*'
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


def said(response: Any) -> str:
    """What a browser is sent."""
    return str(response.content.decode())


def url(name: str, *args: object) -> str:
    """An address of triage."""
    return reverse(f"web:triage:{name}", args=args)


def search(agency: Agency) -> Search:
    """A search that lists one person, whose portrait is there to be shown."""
    made = casefile.search(casefile.case(agency, photographs=1))
    portrait = Portrait.objects.get(person=NamedCandidate.objects.get(search=made).person)
    portrait.person.holding.approved_at = timezone.now()
    portrait.person.holding.save()
    NamedCandidate.objects.filter(search=made).update(portrait=portrait.pk)
    return made


def item(agency: Agency, *, finished: bool = False, judged: bool = False) -> TriageItem:
    """The one pair of a triage that the mortuary examiner of the route table began."""
    who = people.somebody(agency, Role.MORTUARY_EXAMINER)
    of, now = search(agency), timezone.now()
    portrait = NamedCandidate.objects.get(search=of).portrait
    lineup = Lineup.objects.create(search=of, made_at=now, basis="no-operating-point", nonce="n")
    comparison = Comparison.objects.create(lineup=lineup, portrait=portrait)
    triage = Triage.objects.create(
        lineup=lineup, actor=who.actor, agency=agency, seed="s", begun_at=now, finished_at=now if finished else None
    )
    said: dict[str, Any] = {"judgement": "keep", "judged_at": now} if judged else {}
    return TriageItem.objects.create(triage=triage, comparison=comparison, place=0, shown_at=now, **said)


def signed_in(who: Operator) -> Client:
    """A browser in which somebody who was made without an account is signed in."""
    if who.account_id is None:
        user = User.objects.create(username=f"account-{who.pk}")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "none"})
        Operator.objects.filter(pk=who.pk).update(account=user)
    return people.client_of(Operator.objects.select_related("agency", "account").get(pk=who.pk))
