"""Which answer an error of the rooms becomes, and its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from antigone.access.errors import AccessError, Refused
from antigone.access.once import KeyUsed, StillRunning
from antigone.casework.errors import CaseExists, CaseRefused, StaleBasis
from antigone.description.errors import BadStatement, Stale
from antigone.imaging.errors import ImageRefused
from antigone.jobs.errors import NoSuchJob
from antigone.ledger.errors import LedgerError, NoteFault
from antigone.missing import errors as missing
from antigone.remains import errors as remains
from antigone.vault.errors import KeyGone, VaultError

if TYPE_CHECKING:
    from django.forms import BaseForm

# The first class that an error is an instance of decides. What stands in no row is a fault of ours: 500, no sentence.
STATUS: tuple[tuple[type[Exception], int], ...] = (
    (Refused, 403),
    (NoSuchJob, 404),
    (missing.NoSuchRecord, 404),
    (missing.NotHere, 404),
    (remains.NotHere, 404),
    (KeyGone, 404),
    (KeyUsed, 409),
    (StillRunning, 409),
    (Stale, 409),
    (StaleBasis, 409),
    (NoteFault, 422),
    (LedgerError, 503),
    (VaultError, 503),
    (AccessError, 422),
    (CaseRefused, 422),
    (CaseExists, 422),
    (BadStatement, 422),
    (ImageRefused, 422),
    (missing.ManifestError, 422),
    (missing.SourceError, 422),
)


def status_of(error: BaseException) -> int | None:
    """The HTTP status that an error of the rooms becomes; None for one that is no sentence for people."""
    for kind, status in STATUS:
        if isinstance(error, kind):
            return status
    # Every room names what is not there, or not there for this person, NoSuch...
    if type(error).__name__.startswith("NoSuch"):
        return 404
    return 422 if isinstance(getattr(error, "sentence", None), str) else None


def sentence_of(error: BaseException) -> str:
    """What the error says to people."""
    said = getattr(error, "sentence", None)
    return said if isinstance(said, str) else str(error)


@contextmanager
def said_on(form: BaseForm) -> Iterator[None]:
    """Put what a service refuses (bad input, not a missing permission) on the form, above its fields.

    What was typed stays in the form: with said_on(form): service(...); if form.errors, render it again.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, Stale) or status_of(error) != 422:
            raise
        parts = getattr(error, "parts", None)
        fields = getattr(form, "fields", None)
        # What is at fault in fields of this form is said there; anything else above it.
        if parts and isinstance(fields, dict) and set(parts) <= set(fields):
            for name, sentence in parts.items():
                form.add_error(name, sentence)
        else:
            form.add_error(None, sentence_of(error))
