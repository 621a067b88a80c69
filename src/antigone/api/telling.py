"""Which error of a room is which kind of problem; what is named nowhere is a fault of ours, told without its stack."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import errors as ninja_errors

from antigone.access import errors as access
from antigone.access.once import KeyUsed, StillRunning
from antigone.api import faults
from antigone.api.problems import Problem, not_here, parts_at_fault
from antigone.api.stating import stated
from antigone.casework import errors as casework
from antigone.description import errors as description
from antigone.imaging import ImageRefused
from antigone.intake import errors as intake
from antigone.jobs import errors as jobs
from antigone.ledger.errors import LedgerError
from antigone.missing import errors as missing
from antigone.missing.relatives import BadRelative
from antigone.remains import errors as remains
from antigone.vault.errors import VaultError

log = logging.getLogger("antigone.api")

Telling = Callable[[Any], Problem]


def _says(code: str) -> Telling:
    """The error's own sentence, under this kind."""
    return lambda error: Problem(code, getattr(error, "sentence", None) or str(error))


def _http(error: ninja_errors.HttpError) -> Problem:
    # The parser's own refusals arrive wrapped in ninja's "Cannot parse request body".
    if isinstance(error.__cause__, Problem):
        return error.__cause__
    return Problem("malformed", _("The body is not JSON. Nothing was changed."))


def _unauthenticated(_error: object) -> Problem:
    return Problem(
        "no-token",
        _("No token that is in force came with this request. Nothing was done."),
        headers={"WWW-Authenticate": 'Bearer realm="antigone"'},
    )


def _validation(error: ninja_errors.ValidationError) -> Problem:
    found = []
    for each in error.errors:
        source, *rest = (str(part) for part in each["loc"])
        # The body's own name in the operation's signature says nothing to whoever sent it.
        parts = rest[1:] if source == "body" and rest else rest
        pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
        found.append({"pointer": pointer, "in": source, "detail": faults.sentence(each)})
    return Problem("invalid", _("What was sent cannot be taken. Nothing was changed."), {"errors": found})


def _in_parts(error: Any) -> Problem:
    return parts_at_fault(error.sentence, error.parts)


def _not_here(_error: object) -> Problem:
    return not_here()


def _stale(error: description.Stale) -> Problem:
    current = None if error.current is None else stated(error.current).model_dump(mode="json")
    return Problem("stale", error.sentence, {"current": current})


def _too_large(_error: object) -> Problem:
    return Problem("too-large", _("The request is larger than what is accepted. Nothing was kept of it."))


def _unreadable(_error: object) -> Problem:
    return Problem("malformed", _("The request broke off or is not written as it should be. Nothing was changed."))


def _closed(error: Exception) -> Problem:
    log.error("the instance does not take work: %s", type(error).__name__)
    return Problem("closed", _("The instance does not take work at the moment. Nothing was changed."))


def _busy(error: OperationalError) -> Problem:
    log.warning("the database did not answer in time (%s)", type(error).__name__)
    sentence = _("The records are busy at the moment. Nothing was changed. Wait a little and try again.")
    return Problem("closed", sentence, headers={"Retry-After": "5"})


def _fault(error: Exception) -> Problem:
    log.error("unhandled fault", exc_info=error)
    return Problem("fault", _("Something went wrong on this side. Nothing was half-saved."))


# An error that is none of these is told as the nearest of the kinds that it is of.
TELLINGS: dict[type[Exception], Telling] = {
    Problem: lambda problem: problem,
    ninja_errors.AuthenticationError: _unauthenticated,
    ninja_errors.ValidationError: _validation,
    ninja_errors.HttpError: _http,
    Http404: _not_here,
    RequestDataTooBig: _too_large,
    MultiPartParserError: _unreadable,
    UnreadablePostError: _unreadable,
    SuspiciousOperation: _unreadable,
    access.Refused: _says("refused"),
    access.NoSuchRecord: _not_here,
    KeyUsed: _says("key-used"),
    StillRunning: _says("busy"),
    access.AccessError: _says("invalid"),
    casework.CaseRefused: _says("refused"),
    casework.ChoiceChanged: _says("stale"),
    casework.ChoiceRefused: _says("invalid"),
    casework.CaseExists: _says("conflict"),
    casework.PictureUnusable: _says("invalid"),
    description.BadStatement: _in_parts,
    description.Stale: _stale,
    description.DescriptionError: _says("invalid"),
    intake.BadEnquiry: _in_parts,
    intake.NoSuchEnquiry: _not_here,
    jobs.NoSuchJob: _not_here,
    missing.NoSuchRecord: _not_here,
    BadRelative: _in_parts,
    missing.PersonRefused: _says("conflict"),
    missing.MissingError: _says("invalid"),
    remains.NotHere: _not_here,
    remains.BadRecord: _in_parts,
    remains.RecordRefused: _says("conflict"),
    remains.SubjectRefused: _says("conflict"),
    remains.RemainsError: _says("invalid"),
    ImageRefused: _says("invalid"),
    OperationalError: _busy,
    LedgerError: _closed,
    VaultError: _closed,
    Exception: _fault,
}


def told(error: Exception) -> Problem:
    """The problem that an error is."""
    for cls in type(error).__mro__:
        if cls in TELLINGS:
            return TELLINGS[cls](error)
    return _fault(error)
