"""Invitations: a one-time code with which an operator chooses a passphrase, and nobody else ever knows it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import accounts, sign_ins
from antigone.access.errors import AccessError, CodeRefused
from antigone.access.models import Invitation, Operator
from antigone.ledger.services import record, recorded, refuse

VALID = timedelta(hours=72)
# Letters and digits that nobody takes for another when they are read aloud (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 5, 4
_HEARD_AS = str.maketrans("OIL", "011")


def issue(target: Operator, actor: str) -> str:
    """A new code for this operator, shown this once; one that was open before opens nothing any more."""
    now = timezone.now()
    code = "-".join("".join(secrets.choice(ALPHABET) for _each in range(GROUP)) for _group in range(GROUPS))
    with recorded():
        # Two who give a code at once take turns; the later code is the one that opens.
        now_at = Operator.objects.select_for_update().get(pk=target.pk)
        if not now_at.active or now_at.machine:
            raise AccessError(
                _("The account of the operator “%(name)s” is closed. Nothing was changed.") % {"name": target.name}
            )
        _open(target).update(withdrawn_at=now)
        row = Invitation.objects.create(
            operator=target, digest=_digest(code), issued_by=actor, issued_at=now, expires_at=now + VALID
        )
        record(
            "access:invitation:issue",
            actor=actor,
            object=target.actor,
            invitation=row.pk,
            until=row.expires_at.isoformat(),
        )
    return code


def _open(target: Operator) -> QuerySet[Invitation]:
    return Invitation.objects.filter(operator=target, redeemed_at=None, withdrawn_at=None)


def withdraw(target: Operator) -> int:
    """Let an open code of this operator open nothing any more; returns how many there were, one at most."""
    return int(_open(target).update(withdrawn_at=timezone.now()))


def _digest(code: str) -> str:
    """The digest of a code as it was meant, however it was typed; 100 random bits need no slow one."""
    meant = "".join(character for character in code.upper() if character.isalnum()).translate(_HEARD_AS)
    return hashlib.sha256(f"antigone invitation {meant}".encode()).hexdigest()


def invited(code: str) -> Operator:
    """Whom this code invites; raises CodeRefused, which the ledger has, when it opens nothing."""
    row = Invitation.objects.select_related("operator__agency").filter(digest=_digest(code)).first()
    if row is None:
        why = "no such code"
    elif row.redeemed_at is not None:
        why = "it was used before"
    elif row.withdrawn_at is not None:
        why = "another code took its place"
    elif timezone.now() >= row.expires_at:
        why = "it has expired"
    elif not row.operator.active:
        why = "the account is closed"
    else:
        return row.operator
    refuse(
        "access:invitation:refuse",
        actor="visitor:unknown",
        object=row.operator.actor if row else "instance:self",
        why=why,
    )
    raise CodeRefused(
        _(
            "This code opens nothing: it was used, it is older than %(hours)s hours, or it was not typed as it stands. "
            "Nothing was changed. Whoever looks after the operators of your agency can give you another."
        )
        % {"hours": int(VALID.total_seconds() // 3600)}
    )


def redeem(code: str, passphrase: str) -> Operator:
    """Use a code: the operator has an account with this passphrase, and every older session ends.

    A second factor that they have stays. Raises CodeRefused, and ValidationError for a passphrase that is too weak.
    """
    target = invited(code)
    accounts.check_passphrase(passphrase, target)
    with recorded():
        if not (
            _open(target).filter(digest=_digest(code), expires_at__gt=timezone.now()).update(redeemed_at=timezone.now())
        ):
            invited(code)  # another used it in this moment: refused, in its words
            raise CodeRefused(_("This code was used before. Nothing was changed."))
        accounts.open_account(target, passphrase)
        sign_ins.end_all(target, target.actor, "passphrase")
        record("access:invitation:redeem", actor=target.actor, object=target.actor)
    target.refresh_from_db()
    return target


def window_open(target: Operator) -> bool:
    """Whether a code was redeemed that has not expired yet: until then a second factor can still be set up."""
    return Invitation.objects.filter(operator=target, redeemed_at__isnull=False, expires_at__gt=timezone.now()).exists()
