"""The ledger as sentences: the list, one entry, what is entered about one object, and refusals."""

from __future__ import annotations

import json
from datetime import date, timedelta
from string import Formatter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antigone.access import queries
from antigone.access.permissions import Permission
from antigone.casework.judging.unread import veil_for
from antigone.ledger import actions, proofs, reading
from antigone.ledger import services as ledger
from antigone.ledger.errors import NoteFault
from antigone.ledger.models import Entry
from antigone.ledger.note import VerifierKey
from antigone.ledger.reading import Filters, Veil
from antigone.web.addresses import number
from antigone.web.audit import speaking, telling
from antigone.web.guards import Visit, needs
from antigone.web.paging import AFTER, BEFORE, Pager, cursor

PERIOD = timedelta(days=30)
MANY = 200


@require_safe
@needs(Permission.LEDGER_READ)
def entries(request: Visit) -> HttpResponse:
    """The ledger, the newest entry first, narrowed as the address says."""
    filters, faults = _asked(request)
    context = _page(request, filters, veil_for(request.operator)) | {
        "faults": faults,
        "rooms": [(room, room) for room in sorted({each.room for each in actions.every()})],
        "actions": [(each.name, each.name) for each in actions.every()],
        "people": [(each.actor, each.name) for each in queries.actors_of(request.operator)],
        "only": [("refuse", _("refusals")), ("look", _("looks at records"))],
        "narrowed": filters != Filters(),
    }
    return render(request, "web/audit/entries.html", context)


def _page(request: Visit, filters: Filters, veil: Veil | None) -> dict[str, Any]:
    place = {side: number(text) for side, text in cursor(request).items()}
    found = reading.entries(filters, after=place.get(AFTER), before=place.get(BEFORE), veil=veil)
    names = speaking.names_for(request.operator, found.rows)
    return {
        "lines": [speaking.spoken(each, names) for each in found.rows],
        "pager": Pager(next=found.next, previous=found.previous),
        "veiled": veil is not None,
    }


def _asked(request: Visit) -> tuple[Filters, list[str]]:
    """What the address asks for, and what of it is no day."""
    given = {key: _asked_for(request, key) for key in ("q", "room", "action", "who", "only")}
    faults: list[str] = []
    days: dict[str, date | None] = {}
    for key in ("since", "until"):
        text = _asked_for(request, key)[:20]
        try:
            days[key] = date.fromisoformat(text) if text else None
        except ValueError:
            days[key] = None
            faults.append(_("“%(text)s” is no day; write it as 2026-03-14. It narrows nothing.") % {"text": text})
    verb = given["only"] if given["only"] in ("refuse", "look") else ""
    filters = Filters(
        room=given["room"],
        action=given["action"],
        verb=verb,
        actor=given["who"],
        object=given["q"],
        since=days["since"],
        until=days["until"],
    )
    return filters, faults


def _asked_for(request: Visit, key: str) -> str:
    """What the address says, as one line that a database can be asked for."""
    return "".join(each for each in request.GET.get(key, "") if each.isprintable()).strip()[:MANY]


def _entry(request: Visit, place: int) -> Entry:
    found = reading.entry(place, veil_for(request.operator)) if place < 2**63 else None
    if found is None:
        raise Http404
    return found


@require_safe
@needs(Permission.LEDGER_READ)
def entry(request: Visit, place: int) -> HttpResponse:
    """One entry with its hashes, and what of its payload names nobody."""
    return render(request, "web/audit/entry.html", _of(request, _entry(request, place)))


def _of(request: Visit, found: Entry) -> dict[str, Any]:
    names = speaking.names_for(request.operator, [found])
    return {
        "entry": found,
        "line": speaking.spoken(found, names),
        "actor": speaking.named(found.actor, names),
        "object": speaking.named(found.object, names),
        "actor_url": speaking.about(found.actor),
        "object_url": speaking.about(found.object),
        "details": speaking.details(found, names),
        "payload_hash": bytes(found.payload_hash).hex(),
        "leaf_hash": bytes(found.leaf_hash).hex() if found.leaf_hash is not None else "",
        "foreign": speaking.foreign(names, found.actor),
    }


@require_safe
@needs(Permission.LEDGER_READ)
def proof(request: Visit, place: int) -> HttpResponse:
    """The proof that an entry is in the tree, checked here and given as text to check elsewhere.

    A payload that is kept back is not in it: its hash is what the leaf holds, and proves as much.
    """
    found = _entry(request, place)
    context = _of(request, found)
    try:
        given = ledger.inclusion(found)
        if any(each.kept for each in context["details"] or ()):
            given["entry"] = {key: value for key, value in given["entry"].items() if key not in ("payload", "salt")}
        head = proofs.check_inclusion(given, VerifierKey.parse(ledger.verifier_key()))
    except NoteFault as fault:
        context |= {"fault": telling.sentence(fault.sentence)}
    else:
        context |= {"proof": given, "size": head.size, "text": json.dumps(given, indent=2, ensure_ascii=False)}
    return render(request, "web/audit/proof.html", context)


@require_safe
@needs(Permission.LEDGER_READ)
def about(request: Visit) -> HttpResponse:
    """Everything that is entered about one object, and who looked at it."""
    asked = _asked_for(request, "object")
    context: dict[str, Any] = {"asked": asked}
    if asked:
        veil = veil_for(request.operator)
        looked = reading.lookers(asked, veil)
        names = queries.names_within(request.operator, [asked, *(each.actor for each in looked)])
        context |= _page(request, Filters(object=asked), veil) | {
            "object": speaking.named(asked, names),
            "lookers": [(speaking.named(each.actor, names), speaking.about(each.actor), each) for each in looked],
            "is_actor": asked.partition(":")[0] in ("operator", "token", "system"),
        }
    return render(request, "web/audit/about.html", context)


@require_safe
@needs(Permission.LEDGER_READ)
def refusals(request: Visit) -> HttpResponse:
    """What was refused within thirty days, by kind, and the newest one by one."""
    since, veil = timezone.now() - PERIOD, veil_for(request.operator)
    context = _page(request, Filters(verb="refuse"), veil) | {
        "kinds": [(name, _in_general(name), number) for name, number in reading.refusals(since, veil)],
        "days": PERIOD.days,
        "since": timezone.localdate(since).isoformat(),
    }
    return render(request, "web/audit/refusals.html", context)


def _in_general(action: str) -> str:
    """The sentence of an action with its gaps left open."""
    said = _(reading.sentence_of(action))
    return "".join(words + ("…" if field is not None else "") for words, field, _form, _as in Formatter().parse(said))
