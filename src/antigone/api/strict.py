"""Reading what programs send, strictly: no field unknown or twice, no number as a text, no text that cannot be read."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.parser import Parser
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from antigone.api.faults import CONTROL, NO_ZONE, NOT_TEXT, fault
from antigone.api.problems import Problem, invalid

# The largest number that a database keeps as a record's; a larger one in an address names nothing.
LARGEST = 2**63 - 1


class Given(Schema):
    """What a program may send: a field that is not named here is refused."""

    model_config = ConfigDict(extra="forbid")


class Shown(Schema):
    """What a program is answered."""

    model_config = ConfigDict(extra="forbid")


def _is_text(value: Any) -> Any:
    # Otherwise a number would be read as seconds since 1970.
    if not isinstance(value, str | date):
        raise fault(NOT_TEXT)
    return value


def _zoned(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise fault(NO_ZONE)
    return value


def _lines(value: str) -> str:
    if any(unicodedata.category(each) == "Cc" and each not in "\n\r\t" for each in value):
        raise fault(CONTROL)
    return value


def _line(value: str) -> str:
    if any(unicodedata.category(each) == "Cc" for each in value):
        raise fault(CONTROL)
    return value


Number = Annotated[int, Field(strict=True)]
YesNo = Annotated[bool, Field(strict=True)]
# As a query or a form has it.
YesNoText = Literal["yes", "no"]
RecordId = Annotated[int, Field(ge=1, le=LARGEST)]
Day = Annotated[date, BeforeValidator(_is_text)]
Moment = Annotated[datetime, BeforeValidator(_is_text), AfterValidator(_zoned)]
Line = Annotated[str, StringConstraints(max_length=400), AfterValidator(_line)]
Short = Annotated[str, StringConstraints(max_length=200), AfterValidator(_line)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(_line)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9._-]{0,63}$")]
Text = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_lines)]


def said(answer: str | None) -> bool | None:
    """Yes, no, or nothing said."""
    return None if answer is None else answer == "yes"


class StrictParser(Parser):
    """ninja's parser, made strict."""

    def parse_body(self, request: HttpRequest) -> Any:
        return read_json(request.body)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        for name in data:
            if name not in list_fields and len(data.getlist(name)) > 1:
                raise invalid(f"/{name}", _("It was sent more than once."))
            _check([name, *data.getlist(name)])
        return super().parse_querydict(data, list_fields, request)


def read_json(body: bytes) -> Any:
    """The value of a JSON text; raises Problem for what RFC 8259 leaves open, and for texts that no one can read."""
    try:
        value = json.loads(body.decode(), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Problem("malformed", _("The body is not JSON in UTF-8. Nothing was changed.")) from None
    _check([value])
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Problem("malformed", _("The body names a field twice. Nothing was changed."))
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _check(values: Iterable[Any]) -> None:
    """Refuse a NUL or half a character anywhere: databases and files cannot hold them."""
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if "\0" in value or any("\ud800" <= each <= "\udfff" for each in value):
                raise Problem("malformed", _("A text holds characters that cannot be kept. Nothing was changed."))
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value


def refuse_unknown(sent: QueryDict | MultiValueDict[str, Any], known: frozenset[str]) -> None:
    """Refuse a query parameter or form field that the operation does not have."""
    for name in sent:
        if name not in known:
            raise invalid("/" + str(name)[:100], _("This operation has no such field."))
