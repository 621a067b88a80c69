"""One thing found in public for one subject: proposed, approved by another person, compared here only, gone in 30 days.

The software fetches nothing: a person saves the copy by hand and says why it is necessary. The copy is sealed as a
kind of its own, of which no template can be made, and is compared with the remains of its own case and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.hands import person_behind
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.description.bases import LegalBasis
from antigone.imaging import decode
from antigone.ledger.services import record, recorded, redact_payloads, refuse
from antigone.remains import own
from antigone.remains.errors import RecordRefused
from antigone.remains.keeping import check, keep
from antigone.remains.models import OpenSourceItem, OpenSourceState, Subject
from antigone.vault import store
from antigone.vault.services import request_shred

SEALED_AS = "open-source"
HOLDS = timedelta(days=30)

_LIVE = (OpenSourceState.PROPOSED, OpenSourceState.APPROVED, OpenSourceState.OFFERED)


@dataclass(frozen=True)
class NewItem:
    """An item as somebody proposes it; `bystanders_cropped` attests that nobody else is to be seen on the copy."""

    address: str
    seen_at: datetime
    how_found: str
    necessity: str
    bystanders_cropped: bool


def propose(subject: Subject, new: NewItem, copy: bytes, who: Operator) -> OpenSourceItem:
    """Propose one item for one subject; the copy is sealed, and used for nothing before another person approves.

    Raises NotHere, Refused, BadRecord, ImageRefused, or RecordRefused where necessity or cropping is not attested.
    """
    own.may(who, Permission.OPEN_SOURCE_PROPOSE, subject)
    if not new.bystanders_cropped:
        raise RecordRefused(
            _("Crop everybody else from the copy first, and attest that it was done. Nothing was saved.")
        )
    if any(not text.strip() for text in (new.address, new.how_found, new.necessity)):
        raise RecordRefused(_("Say where it was seen, how it was found, and why it is necessary. Nothing was saved."))
    if len(new.address.split()) != 1:
        raise RecordRefused(_("An address is one text without spaces; one item has one address. Nothing was saved."))
    picture = decode(copy)
    now = timezone.now()
    with recorded(), store.batch():
        own.held(subject)
        if OpenSourceItem.objects.filter(subject=subject, sha256=picture.sha256, state__in=_LIVE).exists():
            raise RecordRefused(_("This picture is on record for this subject already. Nothing was saved."))
        item = OpenSourceItem(
            subject=subject,
            sha256=picture.sha256,
            # Who proposes it with a program of theirs is not the second person who decides.
            proposed_by=person_behind(who).actor,
            proposed_at=now,
            ends_on=now.date() + HOLDS,
            **vars(new),
        )
        keep(item, ahead=frozenset({"ends_on"}))
        store.seal(str(item.pk), SEALED_AS, copy)
        record(
            "remains:open-source:propose",
            actor=who.actor,
            object=f"{SEALED_AS}:{item.pk}",
            subject=subject.pk,
            sha256=item.sha256,
            ends_on=item.ends_on,
        )
    return item


def approve(item: OpenSourceItem, reason: str, who: Operator) -> OpenSourceItem:
    """Approve an item as the second person; whoever proposed it is refused, whatever they may do otherwise."""
    _decide(item, OpenSourceState.APPROVED, reason, who)
    return item


def reject(item: OpenSourceItem, reason: str, who: Operator) -> OpenSourceItem:
    """Refuse an item: its copy is erased at once, and why it was refused stays."""
    with recorded():
        _decide(item, OpenSourceState.REFUSED, reason, who)
        _erase(item, who.actor, "refused")
    item.refresh_from_db()
    return item


def end(item: OpenSourceItem, reason: str, who: Operator) -> OpenSourceItem:
    """End an item before its thirty days: it is erased at once."""
    own.may(who, Permission.OPEN_SOURCE_PROPOSE, item.subject)
    if not reason.strip():
        raise RecordRefused(_("Say why it ends. Nothing was changed."))
    erase(item, who.actor, reason.strip())
    return item


def offer(item: OpenSourceItem, given_by: str, relation: str, basis: str, who: Operator) -> OpenSourceItem:
    """Record that the family or a lawful holder gives this picture as a portrait, by name and on which basis.

    That it is offered makes it no portrait: one is added with the giver's consent, from a copy of theirs, as any other.
    Raises RecordRefused without giver or basis, or for an item that no second person approved.
    """
    own.may(who, Permission.OPEN_SOURCE_PROPOSE, item.subject)
    if not given_by.strip() or basis not in LegalBasis.values:
        raise RecordRefused(_("Name who gives it and on which basis. Nothing was changed."))
    with recorded():
        row = OpenSourceItem.objects.select_for_update().select_related("subject").get(pk=item.pk)
        if row.state != OpenSourceState.APPROVED or row.ends_on < timezone.now().date():
            raise RecordRefused(_("Only an approved item that has not ended can be offered. Nothing was changed."))
        row.state, row.offered_at = OpenSourceState.OFFERED, timezone.now()
        row.offered_by, row.offered_relation, row.offered_basis = given_by, relation, basis
        fields = ("state", "offered_at", "offered_by", "offered_relation", "offered_basis")
        check(row, only=frozenset(fields))
        row.save(update_fields=fields)
        record(
            "remains:open-source:offer",
            actor=who.actor,
            object=f"{SEALED_AS}:{row.pk}",
            given_by=row.offered_by,
            basis=basis,
        )
    item.refresh_from_db()
    return item


def copy_of(item: OpenSourceItem, who: Operator) -> bytes:
    """The copy of an item, for who proposes or approves it; the look is in the ledger."""
    own.may(who, permission_of(who), item.subject)
    if item.erased_at is not None:
        raise own.not_here()
    with recorded():
        record("remains:open-source:look", actor=who.actor, object=f"{SEALED_AS}:{item.pk}")
    return store.open(str(item.pk))


def permission_of(who: Operator) -> Permission:
    """By which permission this person sees public items: approving them, or else proposing them."""
    approves = access.allows(who, Permission.OPEN_SOURCE_APPROVE)
    return Permission.OPEN_SOURCE_APPROVE if approves else Permission.OPEN_SOURCE_PROPOSE


def erase(item: OpenSourceItem, actor: str, reason: str) -> None:
    """Erase an item: its words go, its key is destroyed (vault.tasks.complete_shreds), and that it was stays."""
    with recorded():
        _erase(item, actor, reason)
    item.refresh_from_db()


def erase_destroyed(destroyed: Collection[UUID], actor: str, reason: str) -> int:
    """Erase again the items whose keys are destroyed, as after a restore; returns how many."""
    rows = OpenSourceItem.objects.filter(erased_at=None)
    gone = sorted(set(destroyed).intersection(rows.values_list("pk", flat=True)))
    with recorded():
        for item in rows.filter(pk__in=gone):
            _erase(item, actor, reason)
    return len(gone)


def erase_all(subject: Subject, actor: str, reason: str) -> None:
    """Erase every item of a subject, inside the caller's block."""
    for item in OpenSourceItem.objects.filter(subject=subject, erased_at=None):
        _erase(item, actor, reason)


def _decide(item: OpenSourceItem, state: OpenSourceState, reason: str, who: Operator) -> None:
    own.may(who, Permission.OPEN_SOURCE_APPROVE, item.subject)
    if item.proposed_by == who.actor:
        refuse("remains:open-source:refuse", actor=who.actor, object=f"{SEALED_AS}:{item.pk}")
        raise Refused(
            _(
                "“%(name)s” proposed this item; another person decides. Nothing was changed, and the refusal is in "
                "the ledger."
            )
            % {"name": who.name}
        )
    if not reason.strip():
        raise RecordRefused(_("Give the reason of the decision. Nothing was changed."))
    with recorded():
        decided = OpenSourceItem.objects.filter(
            pk=item.pk, state=OpenSourceState.PROPOSED, erased_at=None, ends_on__gte=timezone.now().date()
        ).exclude(proposed_by=who.actor)
        if not decided.update(
            state=state, decided_by=who.actor, decided_at=timezone.now(), decision_reason=reason.strip()[:400]
        ):
            raise RecordRefused(_("This item does not wait for a decision. Nothing was changed."))
        record("remains:open-source:decide", actor=who.actor, object=f"{SEALED_AS}:{item.pk}", state=state.value)
    item.refresh_from_db()


def _erase(item: OpenSourceItem, actor: str, reason: str) -> None:
    row = OpenSourceItem.objects.select_for_update().get(pk=item.pk)
    if row.erased_at is not None:
        return
    thing = f"{SEALED_AS}:{row.pk}"
    if row.state != OpenSourceState.REFUSED:
        row.state = OpenSourceState.ENDED
    row.erased_at = timezone.now()
    row.address = row.how_found = row.necessity = row.sha256 = ""
    row.offered_by = row.offered_relation = ""
    row.seen_at = None
    row.save()
    request_shred([row.pk], kind=SEALED_AS, actor=actor)
    redact_payloads(thing, actor=actor)
    record("remains:open-source:end", actor=actor, object=thing, reason=reason)
