"""What pages cost with few records and with very many: queries and time of each page, for each role that opens it."""

from __future__ import annotations

import os
import platform
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antigone import __version__
from antigone.upkeep import founding

if TYPE_CHECKING:  # what imports models waits until Django is started
    from django.test import Client

    from antigone.access.models import Agency
    from antigone.upkeep.bench_routes import Page

SMALL = (1_000, 100)
TIMED = 5
COUNTED = 2
"""The fewest of so many: now and then a request writes down that a session is in use."""
_NEXT = re.compile(rb'rel="next" href="([^"]+)"')


@dataclass(frozen=True)
class Cost:
    """What one page costs one role at one size."""

    queries: int
    ms: float


@dataclass(frozen=True)
class Measured:
    """A page at both sizes, as the role to which it costs most queries sees it."""

    page: str
    address: str
    role: str
    roles: int
    small: Cost
    full: Cost

    @property
    def grows(self) -> bool:
        return self.full.queries > self.small.queries

    @property
    def ratio(self) -> float:
        return self.full.ms / self.small.ms if self.small.ms else 1.0


@dataclass(frozen=True)
class Result:
    """The whole run; `unasked` are routes that no record of the instance opens, or that take no GET."""

    persons: tuple[int, int]
    cases: tuple[int, int]
    pages: tuple[Measured, ...]
    unasked: tuple[str, ...]
    failed: tuple[str, ...]
    machine: str
    seconds: float

    @property
    def growing(self) -> tuple[Measured, ...]:
        return tuple(each for each in self.pages if each.grows)

    @property
    def sound(self) -> bool:
        return bool(self.pages) and not self.growing and not self.failed

    def as_json(self) -> dict[str, Any]:
        pages = [{**asdict(each), "grows": each.grows, "ratio": round(each.ratio, 2)} for each in self.pages]
        return {**asdict(self), "pages": pages, "sound": self.sound}


def run(persons: int, cases: int, progress: Callable[[str], None]) -> Result:
    """Found an instance for the measurement alone, fill it, ask for every page, fill it on, and ask again."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="antigone-bench-") as folder, _quiet():
        founding.found(Path(folder) / "instance", agency_name="Agency of the bench", operator_name="founder")
        try:
            return _measured(persons, cases, progress, began)
        finally:
            from django.db import connections

            connections.close_all()


def _measured(persons: int, cases: int, progress: Callable[[str], None], began: float) -> Result:
    from antigone.access.models import Agency
    from antigone.upkeep.bench_records import Filler, Size

    small = Size(min(persons, SMALL[0]), min(cases, SMALL[1]))
    agency = Agency.objects.earliest("pk")
    clients, actors = _staff(agency)
    filler = Filler(agency, actors, said=progress)
    filler.fill(small)
    pages, unasked, failed = _pages(clients)
    progress(f"{len(pages)} pages")
    first = _costs(clients, pages, progress, failed)
    filler.fill(Size(persons, cases))
    second = _costs(clients, pages, progress, failed)
    return Result(
        persons=(small.persons, persons),
        cases=(small.cases, cases),
        pages=tuple(_compared(pages, first, second)),
        unasked=tuple(unasked),
        failed=tuple(sorted(set(failed))),
        machine=_machine(),
        seconds=time.perf_counter() - began,
    )


def _staff(agency: Agency) -> tuple[dict[str, Client], list[str]]:
    """A browser for each role, and one for somebody who holds them all, by which records are looked for; and who."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import User
    from django.test import Client

    from antigone.access import services as access
    from antigone.access.models import Operator
    from antigone.access.rules import Role

    clients, actors = {}, []
    for name, roles in {**{str(role): (role,) for role in Role}, EVERY: tuple(Role)}.items():
        who = access.add_operator(f"{name} of the bench", agency, "system:bench")
        for role in roles:
            access.grant_role(who, role, "system:bench")
        user = User.objects.create(username=f"bench-{who.pk}")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "none"})
        Operator.objects.filter(pk=who.pk).update(account=user)
        client = Client(HTTP_HOST="localhost", raise_request_exception=False)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        clients[name] = client
        actors.append(who.actor)
    return clients, actors


EVERY = "every role"


def _pages(clients: dict[str, Client]) -> tuple[list[Page], list[str], list[str]]:
    """The pages, the routes that are none here, and those that fail. A list with a next page is two."""
    from antigone.upkeep.bench_routes import Page, page_of, routes

    pages: list[Page] = []
    unasked: list[str] = []
    failed: list[str] = []
    for route in routes():
        statuses: set[int] = set()

        def answers(address: str, statuses: set[int] = statuses) -> int:
            status = int(clients[EVERY].get(address).status_code)
            statuses.add(status)
            return status

        page = page_of(route, answers)
        if page is None:
            (failed if statuses & {500} else unasked).append(route.name)
            continue
        pages.append(page)
        following = _NEXT.search(clients[EVERY].get(page.address).content)
        if following:
            address = page.address.partition("?")[0] + unescape(following[1].decode())
            pages.append(Page(f"{page.name}, next page", address))
        pages += [Page(f"{page.name} {query}", page.address + query) for query in NARROWED.get(page.name, ())]
    return pages, unasked, failed


NARROWED: dict[str, tuple[str, ...]] = {
    "web:missing:list": ("?q=bado", "?state=open&only=review", "?only=no-portrait"),
    "web:remains:list": ("?q=00001",),
    "web:cases:list": (
        "?q=BENCH-A", "?waits=search", "?waits=search-again", "?waits=new-photographs", "?waits=examination",
        "?only=recalled", "?state=closed",
    ),
}  # fmt: skip
"""Questions to lists that are asked every day, beside the lists as they open."""


def _costs(
    clients: dict[str, Client], pages: Sequence[Page], progress: Callable[[str], None], failed: list[str]
) -> dict[tuple[str, str], Cost]:
    """What each page costs each role that opens it."""
    costs = {}
    for number, page in enumerate(pages, start=1):
        for role, client in clients.items():
            if role == EVERY:
                continue
            # The first time fills caches, and says whether this role opens it.
            status = client.get(page.address).status_code
            if status >= 500:
                failed.append(f"{page.name} for {role}")
            if status == 200:
                costs[page.name, role] = _cost(client, page.address)
        if number % 20 == 0:
            progress(f"asked for {number} of {len(pages)} pages")
    return costs


def _cost(client: Client, address: str) -> Cost:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _time in range(COUNTED):
        with CaptureQueriesContext(connection) as taken:
            client.get(address)
            # Counted here: the next request empties the list.
            counts.append(len(taken))
    times = []
    for _time in range(TIMED):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return Cost(min(counts), round(statistics.median(times), 2))


def _compared(
    pages: Sequence[Page], first: dict[tuple[str, str], Cost], second: dict[tuple[str, str], Cost]
) -> Iterator[Measured]:
    """A line for each page: for the role whose queries grow most, and of those the one to whom it costs most."""
    for page in pages:
        roles = [role for name, role in first if name == page.name and (name, role) in second]
        if roles:
            worst = max(
                roles,
                key=lambda role: (
                    second[page.name, role].queries - first[page.name, role].queries,
                    second[page.name, role].queries,
                ),
            )
            yield Measured(
                page.name, page.address, worst, len(roles), first[page.name, worst], second[page.name, worst]
            )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the client logs of refusals (403, 404) out of the figures' way."""
    import logging

    logger = logging.getLogger("django.request")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def render_text(result: Result) -> str:
    """A table for people, and under it what grows."""
    lines = [
        f"Antigone {__version__}, {result.machine}: pages with {result.persons[0]:,} persons and {result.cases[0]:,} "
        f"cases, and with {result.persons[1]:,} and {result.cases[1]:,}.",
        "Generated records of people who never lived: rows alone, no picture. Times are the test client's, one at a "
        "time, without a network.",
        "",
        f"{'page':<52} {'queries':>11} {'ms':>15} {'ratio':>6}  roles, worst",
    ]
    for each in result.pages:
        queries = f"{each.small.queries} > {each.full.queries}"
        ms = f"{each.small.ms:.0f} > {each.full.ms:.0f}"
        mark = "  GROWS" if each.grows else ""
        lines.append(f"{each.page:<52} {queries:>11} {ms:>15} {each.ratio:>6.1f}  {each.roles}, {each.role}{mark}")
    lines.append("")
    if result.unasked:
        lines.append(f"Not asked for (no GET, or no record here that opens it): {', '.join(result.unasked)}.")
    if result.failed:
        lines.append(f"FAILED: {', '.join(result.failed)}.")
    grown = len(result.growing)
    verdict = "No page's queries grow." if not grown else f"The queries of {grown} pages grow."
    lines.append(f"{len(result.pages)} pages. {verdict} {result.seconds:.0f} seconds.")
    return "\n".join(lines)
