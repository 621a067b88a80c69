"""Keeping, finding and dropping drafts: sealed, for the person who typed them alone.

A draft is no record and changes none, so it has no entry in the ledger.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils import timezone

from antigone.access.models import Once, Operator
from antigone.vault import instance_key
from antigone.web.guards import Visit
from antigone.web.models import Draft

if TYPE_CHECKING:
    from django.forms import BaseForm

    from antigone.web.forms.described import StatementsForm

KEPT = timedelta(days=7)
# A form is a few pages of text; a draft beyond this is no form.
MOST = 256 * 1024
# Nobody comes back to more forms than this; the oldest are forgotten.
MOST_AT_ONCE = 50
NONCE = 12
# Fields that belong to one sending, not to what was written.
_NOT_KEPT = ("csrfmiddlewaretoken", "once")

AnyForm = TypeVar("AnyForm", "BaseForm", "StatementsForm")


@dataclass(frozen=True)
class Kept:
    """A draft, opened."""

    form_key: str
    fields: QueryDict
    saved_at: datetime


def keep(who: Operator, form_key: str, posted: QueryDict) -> datetime | None:
    """Keep what was typed; None where the form was sent in the meantime, or is too large to be a form."""
    token = posted.get("once", "")
    if token and Once.objects.filter(actor=who.actor, key=token).exists():
        return None
    fields = {key: values for key, values in posted.lists() if key not in _NOT_KEPT}
    plain = json.dumps(fields, ensure_ascii=False).encode()
    if len(plain) > MOST:
        return None
    now = timezone.now()
    nonce = os.urandom(NONCE)
    sealed = nonce + _cipher().encrypt(nonce, plain, _bound_to(who, form_key))
    Draft.objects.update_or_create(operator=who, form_key=form_key, defaults={"sealed": sealed, "saved_at": now})
    oldest = Draft.objects.filter(operator=who).order_by("-saved_at").values_list("pk", flat=True)[MOST_AT_ONCE:]
    Draft.objects.filter(pk__in=list(oldest)).delete()
    return now


def found(who: Operator, form_key: str) -> Kept | None:
    """The draft of this form, or None; one that does not open (keys restored, bytes damaged) is none."""
    row = Draft.objects.filter(operator=who, form_key=form_key, saved_at__gte=timezone.now() - KEPT).first()
    if row is None:
        return None
    sealed = bytes(row.sealed)
    try:
        plain = _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], _bound_to(who, form_key))
    except InvalidTag:
        return None
    fields = QueryDict(mutable=True)
    for key, values in json.loads(plain).items():
        fields.setlist(key, values)
    return Kept(form_key, fields, row.saved_at)


def drop(who: Operator, form_key: str) -> None:
    """Forget a draft: its form was saved, or it was thrown away."""
    Draft.objects.filter(operator=who, form_key=form_key).delete()


def forget(begins: str) -> int:
    """Forget the drafts of everybody whose key begins so, in the caller's transaction; returns how many."""
    return Draft.objects.filter(form_key__startswith=begins).delete()[0]


def sweep() -> int:
    """Forget drafts older than a week; returns how many."""
    return Draft.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()[0]


def begun(request: Visit, form_key: str, make: Callable[[QueryDict | None], AnyForm]) -> tuple[AnyForm, Kept | None]:
    """A form for GET, and the draft to offer above it.

    With `?draft=open` in the address the form is filled from the draft and nothing is offered. `make` builds the
    form from data, or empty from None.
    """
    draft = found(request.operator, form_key)
    if draft is None or request.GET.get("draft") != "open":
        return make(None), draft
    form = make(draft.fields)
    # What is not finished is not checked yet: the faults come when it is sent.
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    return form, None


def _bound_to(who: Operator, form_key: str) -> bytes:
    return f"{who.pk}:{form_key}".encode()


def _cipher() -> AESGCM:
    return AESGCM(instance_key.derive(instance_key.load(settings.ANTIGONE), "web drafts 1"))
