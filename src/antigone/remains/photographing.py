"""Takes in photographs of subjects, and keeps what is known of how each was taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.imaging import decode
from antigone.ledger.services import record, recorded
from antigone.remains import coach, own, queries, services
from antigone.remains.errors import BadRecord, RecordRefused
from antigone.remains.keeping import check
from antigone.remains.models import Photograph, Subject
from antigone.remains.services import NewPhotograph


@dataclass(frozen=True)
class Taking:
    """How a photograph was taken: which of the list, when, by whom; the card in it, and whether after cleaning."""

    shot: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""
    card_visible: bool | None = None
    cleaned: bool | None = None
    note: str = ""


def add(subject: Subject, original: bytes, taking: Taking, who: Operator) -> Photograph:
    """Seal a photograph of the agency's subject; the same picture again is the same photograph.

    Raises NotHere, Refused, ImageRefused for what is no safe picture, BadRecord, or RecordRefused for a living person
    whom nobody may look for now.
    """
    own.may(who, Permission.PHOTOGRAPH_ADD, subject)
    fault = services.searchable_fault(subject)
    if fault:
        raise RecordRefused(fault)
    picture = decode(original)
    taken = _checked(subject, taking)
    before = Photograph.objects.filter(subject=subject, sha256=picture.sha256).first()
    if before is not None:
        return before
    return services.add_photograph(subject, NewPhotograph(picture.sha256, original, taken=taken), who.actor)


def describe(photograph: Photograph, taking: Taking, who: Operator) -> Photograph:
    """Correct what is known of how a photograph was taken; the picture itself is never changed."""
    own.may(who, Permission.PHOTOGRAPH_ADD, photograph.subject)
    taken = _checked(photograph.subject, taking)
    with recorded():
        row = Photograph.objects.select_for_update().get(pk=photograph.pk)
        changed = sorted(name for name, value in taken.items() if getattr(row, name) != value)
        if changed:
            for name in changed:
                setattr(row, name, taken[name])
            row.save(update_fields=changed)
            record(
                "remains:photograph:describe",
                actor=who.actor,
                object=f"photograph:{row.pk}",
                changed=changed,
                shot=row.shot,
            )
    return row


def erase(photograph: Photograph, reason: str, who: Operator) -> None:
    """Erase one photograph: its row goes, and its key with vault.tasks.complete_shreds. Raises NotHere or Refused."""
    agency = photograph.subject.agency_id
    # The data-protection reviewer erases by reference, of the living too, without seeing the record.
    own.may_in(who, Permission.PHOTOGRAPH_ERASE, agency, f"photograph:{photograph.pk}")
    if not reason.strip():
        raise RecordRefused(_("Say why it is erased. Nothing was changed."))
    services.erase_photographs(Photograph.objects.filter(pk=photograph.pk), who.actor, reason.strip())


def to_erase(pk: UUID, who: Operator) -> Photograph:
    """The photograph of this id for who erases by reference, without seeing it; raises NotHere or Refused."""
    found = Photograph.objects.select_related("subject").filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    own.may_in(who, Permission.PHOTOGRAPH_ERASE, found.subject.agency_id, f"photograph:{pk}")
    return found


def advice(subject: Subject, who: Operator) -> coach.Advice:
    """Which photographs of a subject are missing, in order; raises NotHere or Refused."""
    own.may_read(who, subject)
    rows = subject.photographs.values_list("shot", "card_visible", "cleaned")
    none_seen = queries.none_seen([subject.pk]).values_list("key", flat=True)
    return coach.advise(subject.kind, [coach.Taken(*row) for row in rows], {coach.SHOT_OF[key] for key in none_seen})


def _checked(subject: Subject, taking: Taking) -> dict[str, Any]:
    """What was said of the taking, as it is kept; raises BadRecord."""
    if taking.shot and coach.kind_of(taking.shot) is None:
        fault = _("There is no shot “%(code)s” in the list.") % {"code": taking.shot[:20]}
        raise BadRecord(_("Nothing was saved. %(told)s") % {"told": fault}, {"shot": fault})
    row = Photograph(subject=subject, **vars(taking))
    check(row, only=frozenset(vars(taking)))
    return {name: getattr(row, name) for name in vars(taking)}
