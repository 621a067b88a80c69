"""A case in flight, the people who may still judge it blind, and every door that each of them can ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from antigone.access import agreements
from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.access.scope import Scope
from antigone.casework.models import Comparison, Examination, Triage
from antigone.missing.models import Portrait
from antigone.remains.models import Photograph
from tests import factories
from tests.casework.blind_world import World, examiner, sort, world
from tests.web.examining import looking

EXAMINER = Role.MORTUARY_EXAMINER
BESIDE: dict[str, tuple[Role, ...]] = {
    "examiner": (),
    "examiner and tracing officer": (Role.TRACING_OFFICER,),
    "examiner and board member": (Role.BOARD_MEMBER,),
    "examiner and auditor": (Role.AUDITOR,),
    "examiner and reviewer": (Role.DATA_PROTECTION_REVIEWER,),
    "examiner and administrator": (Role.ADMINISTRATOR,),
    "examiner and liaison officer": (Role.LIAISON_OFFICER,),
    "examiner and clerk": (Role.BUREAU_CLERK,),
    "founder": tuple(Role),
}

# What a browser is not asked to follow: it ends one's own session, changes one's own language, or is another door.
NOT_ASKED = ("sign-in/", "api/", "language/", "about/", "appearance/", "practice/")

CHANCE = re.compile(
    r'[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|csrf[^>]*value="[^"]+"|content="[A-Za-z0-9]{64}"'
    r"|\d{1,2} \w+ \d{4}, \d{2}:\d{2}(?::\d{2})?|token=[^\"&]+|nonce-[^']+|nonce=\"[^\"]+\""
    r"|name=\"(?:once|lifted)\" value=\"[^\"]*\"|datetime=\"[^\"]+\""
)
"""What differs between two answers that say the same: tokens, and the random keys of rows."""


@dataclass(frozen=True)
class Said:
    """One answer, without what is chance in it, and how much work it was."""

    status: int
    headers: str
    body: str
    size: int
    queries: int


def in_flight(monkeypatch: pytest.MonkeyPatch) -> World:
    """Two candidates, sorted and kept by Ada and Bohdan; nothing is examined."""
    made = world(monkeypatch, count=2, later=0)
    for who in made.people[:2]:
        sort(made, who)
    looking.with_eyes()
    return made


def person(name: str) -> Operator:
    """Somebody of our agency who examines, and holds what stands beside it."""
    who = examiner(name)
    for role in BESIDE[name]:
        if role is not EXAMINER:
            access.grant_role(who, role, "system:tests")
    return who


def elsewhere() -> Operator:
    """An examiner of another agency, which an agreement lets judge our cases."""
    agency = access.found_agency("Elsewhere", "system:tests")
    who = examiner("Dina", agency)
    head = access.add_operator("head of Elsewhere", agency, "system:tests")
    access.grant_role(head, Role.ADMINISTRATOR, "system:tests")
    until = access.year_after(agreements.timezone.now().date())
    agreements.accept(head, agreements.propose(factories.operator(), agency, list(Scope), "a treaty", until))
    Portrait.objects.update(basis="partner-agreement")
    return who


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every address of the map, as a template with the kind of each part."""
    for each in resolver.url_patterns:
        text = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, text)
        elif isinstance(each, URLPattern):
            yield text, {name: kind for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", text)}


def addresses(here: World) -> list[str]:
    """Every address of the pages, filled with the numbers and the keys of this case and of what was done in it."""
    known: dict[str, list[Any]] = {
        "int": [here.case.pk],
        "uuid": [str(each) for each in keys_of(here)],
        "slug": ["search", "examination", "answered"],
        "str": ["sex"],
    }
    found = []
    for text, kinds in patterns(get_resolver()):
        if text.startswith(NOT_ASKED) or not all(kind in known for kind in kinds.values()):
            continue
        for choice in product(*([(name, value) for value in known[kind]] for name, kind in kinds.items())):
            address = text
            for name, value in choice:
                address = re.sub(rf"<\w+:{name}>", str(value), address)
            found.append(f"/{address}")
    return found


def keys_of(here: World) -> list[UUID]:
    """Random keys that the case has, one of each kind: a photograph, a portrait, a pair, others' work on it."""
    rows = (Photograph, Portrait, Comparison, Triage, Examination)
    return [each for each in (row.objects.order_by("pk").values_list("pk", flat=True).first() for row in rows) if each]


def ask(client: Client, address: str) -> Said:
    """Ask for an address as somebody who typed it."""
    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = sorted((name, value) for name, value in answer.items() if name not in ("Content-Length", "Set-Cookie"))
    text = body.decode("utf-8", "replace") if "text" in answer.get("Content-Type", "text") else f"{len(body)} bytes"
    bare = CHANCE.sub("*", text)
    return Said(answer.status_code, CHANCE.sub("*", str(headers)), bare, len(bare), len(asked))
