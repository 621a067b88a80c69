"""Keeps a row after looking whether it can be kept: lengths, choices, what must be there, what can be read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.remains.errors import BadRecord, RecordRefused
from antigone.remains.rules import CLOCK_SLACK

TEXT_LENGTH = 20_000

# Not printable by themselves, and part of how Persian, Arabic, Hebrew and Indic names are written.
JOINERS_AND_MARKS = "\u200c\u200d\u200e\u200f"


def keep(row: models.Model, *, ahead: frozenset[str] = frozenset()) -> None:
    """Insert a new row; raises BadRecord, with a sentence for each field at fault, and inserts nothing then.

    Days and times lie in the past, except in the fields named in `ahead`.
    """
    check(row, ahead=ahead)
    row.save(force_insert=True)


def insert(row: models.Model, taken: str) -> None:
    """Insert a checked row; raises RecordRefused with the sentence `taken` where another was there first.

    Two people who save the same at once pass the look before it together; the database lets one of them in.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise RecordRefused(taken) from None


def check(row: models.Model, *, ahead: frozenset[str] = frozenset(), only: frozenset[str] | None = None) -> None:
    """Trim the texts of a row that is not kept yet, and raise BadRecord for what cannot be kept.

    With `only`, the fields of these names are looked at and no others.
    """
    faults: dict[str, str] = {}
    absent = []
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if (only is not None and column.name not in only) or (value is None and column.null):
            absent.append(column.name)
        elif isinstance(value, str):
            trimmed = value.strip()
            setattr(row, column.attname, trimmed)
            fault = _text_fault(trimmed, several_lines=isinstance(column, models.TextField))
            if fault:
                faults[column.name] = fault
        elif column.name not in ahead and isinstance(value, date) and _ahead(value):
            faults[column.name] = _("It lies in the future.")
    try:
        row.clean_fields(exclude={*absent, *faults})
    except ValidationError as found:
        faults.update({name: " ".join(texts) for name, texts in found.message_dict.items()})
    if faults:
        raise BadRecord(_sentence(row, faults), faults)


def _text_fault(text: str, *, several_lines: bool) -> str | None:
    allowed = JOINERS_AND_MARKS + ("\n\r\t" if several_lines else "")
    if any(not letter.isprintable() and letter not in allowed for letter in text):
        return _("It holds characters that cannot be read.")
    if several_lines and len(text) > TEXT_LENGTH:
        return _("It has more than %(most)d characters.") % {"most": TEXT_LENGTH}
    return None


def _ahead(value: date) -> bool:
    now = timezone.now()
    if isinstance(value, datetime):
        return value > now + CLOCK_SLACK
    # East of Greenwich the day has begun already.
    return value > (now + timedelta(hours=14)).date()


def _sentence(row: models.Model, faults: dict[str, str]) -> str:
    told = "; ".join(f"{_name(row, field)}: {fault}" for field, fault in faults.items())
    return _("Nothing was saved. %(told)s") % {"told": told}


def _name(row: models.Model, field: str) -> str:
    column: Any = row._meta.get_field(field)
    return str(column.verbose_name)
