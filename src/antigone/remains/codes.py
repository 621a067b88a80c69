"""Unique codes PLACE-TEAM-COUNT, given out once and for good, and the codes of other agencies."""

from __future__ import annotations

import unicodedata
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import entries_about, record, recorded
from antigone.remains import finding, own, rules
from antigone.remains.errors import BadCode, RecordRefused
from antigone.remains.keeping import keep
from antigone.remains.models import AliasCode, CodeReservation, Subject
from antigone.remains.tags import PLACE, PLACE_LENGTH, TEAM, Parts, fold, parse

__all__ = ["Parts", "add_alias", "end_alias", "fold", "next_code", "parse", "use"]


def next_code(place: str, team: str, who: Operator) -> str:
    """Give out the next code of a place and team; it is never given out again, used or not.

    Raises Refused, or BadCode for a place or team that cannot stand on a tag.
    """
    access.require(who, Permission.SUBJECT_RECORD, object=f"agency:{who.agency_id}")
    place = "-".join(unicodedata.normalize("NFC", place).upper().split())
    team = unicodedata.normalize("NFC", team).upper().strip()
    if not PLACE.fullmatch(place) or len(place) > PLACE_LENGTH or not TEAM.fullmatch(team):
        raise BadCode(
            _(
                "A code is made of a place and a team: letters and digits, with hyphens inside a place, for example "
                "KHARKIV and A. Nothing was given out."
            )
        )
    with recorded():
        given = Parts(place, team, _last(fold(f"{place}-{team}")) + 1)
        while True:
            # A restored backup may not know of codes that are on tags already; the ledger does.
            if not _known(str(given)) and _reserved(str(given), who.agency, who.actor, used=False):
                return str(given)
            given = Parts(place, team, given.count + 1)


def _last(series: str) -> int:
    last = CodeReservation.objects.filter(series=series).aggregate(last=Max("count"))["last"]
    return int(last or 0)


def _known(code: str) -> bool:
    return CodeReservation.objects.filter(folded=fold(code)).exists() or bool(entries_about(f"code:{fold(code)}"))


def _reserved(code: str, agency: Agency, actor: str, *, used: bool) -> bool:
    """Whether the code is reserved now by this very call: of two that ask at once, one comes first."""
    parts = parse(code)
    try:
        with transaction.atomic():
            CodeReservation.objects.create(
                code=code,
                folded=fold(code),
                series=parts.series if parts else "",
                count=parts.count if parts else None,
                agency=agency,
                used=used,
                reserved_by=actor,
                reserved_at=timezone.now(),
            )
    except IntegrityError:
        return False
    record("remains:code:reserve", actor=actor, object=f"code:{fold(code)}")
    return True


def use(code: str, agency: Agency, actor: str) -> None:
    """Take a code for a new subject, inside the caller's block; raises BadCode for one that is not free.

    A code that was given out is for the agency that asked for it; a code of another form, or one that a tag bears
    already, is taken as it stands.
    """
    fault = rules.code_fault(code)
    if fault:
        raise BadCode(fault)
    held = CodeReservation.objects.select_for_update().filter(folded=fold(code)).first()
    if held is None and _reserved(code, agency, actor, used=True):
        return
    if held is None or held.used or held.agency_id != agency.pk:
        raise BadCode(
            _("The code “%(code)s” was given out before; a code is never used twice. Nothing was saved.")
            % {"code": code}
        )
    held.used = True
    held.save(update_fields=["used"])


def add_alias(subject: Subject, agency_name: str, code: str, since: date | None, who: Operator) -> AliasCode:
    """Record the code under which another agency knows this subject; raises NotHere, Refused, BadCode or BadRecord."""
    own.may(who, Permission.SUBJECT_RECORD, subject)
    code = code.strip()
    fault = rules.code_fault(code)
    if fault:
        raise BadCode(fault)
    with recorded():
        Subject.objects.select_for_update().get(pk=subject.pk)
        standing = subject.aliases.filter(agency_name=agency_name.strip(), code=code, ended_at=None).first()
        if standing is not None:
            return standing
        alias = AliasCode(
            subject=subject,
            agency_name=agency_name,
            code=code,
            since=since,
            recorded_by=who.actor,
            recorded_at=timezone.now(),
        )
        keep(alias)
        record("remains:alias:add", actor=who.actor, object=f"subject:{subject.pk}", alias=alias.pk)
        finding.index(subject)
    return alias


def end_alias(alias: AliasCode, reason: str, who: Operator) -> None:
    """Say that another agency's code is not this subject's; the row stays, with the reason."""
    own.may(who, Permission.SUBJECT_RECORD, alias.subject)
    if not reason.strip():
        raise RecordRefused(_("Say why the code is not this subject's. Nothing was changed."))
    with recorded():
        ended = AliasCode.objects.filter(pk=alias.pk, ended_at=None).update(
            ended_at=timezone.now(), ended_by=who.actor, end_reason=reason.strip()[:400]
        )
        if ended:
            record("remains:alias:end", actor=who.actor, object=f"subject:{alias.subject_id}", alias=alias.pk)
            finding.index(alias.subject)
