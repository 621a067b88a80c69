"""What was found at fault in a part of what was sent, in our own sentences, so that they come in the reader's language.

pydantic finds the faults; its own sentences speak of programming and are English alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import PydanticCustomError

NOT_TEXT, NO_ZONE, CONTROL = "antigone_not_text", "antigone_no_zone", "antigone_control"

A_WHOLE_NUMBER = gettext_lazy("It is a whole number.")
A_NUMBER = gettext_lazy("It is a number.")
A_TEXT = gettext_lazy("It is a text.")
A_DATE = gettext_lazy("It is a date, such as 2026-05-03.")
A_TIME = gettext_lazy("It is a time with its zone, such as 2026-05-03T10:00:00Z.")
AN_ID = gettext_lazy("It is an id, such as 3f2c6f0e-9d1b-4a57-8a3e-0c5d2b7e4f10.")
A_LIST = gettext_lazy("It is a list.")
FIELDS = gettext_lazy("It is an object with fields.")
ONE_OF = gettext_lazy("It is one of: %(expected)s.")

# By the type that pydantic gives a fault; what a sentence names is in the fault's own context.
SENTENCES: Mapping[str, Any] = {
    NOT_TEXT: gettext_lazy('It is a text, such as "2026-05-03".'),
    NO_ZONE: gettext_lazy("Say its time zone, as in 2026-05-03T10:00:00Z."),
    CONTROL: gettext_lazy("It holds control characters, which nobody can read."),
    "missing": gettext_lazy("It is missing."),
    "extra_forbidden": gettext_lazy("This operation has no such field."),
    "int_type": A_WHOLE_NUMBER,
    "int_parsing": A_WHOLE_NUMBER,
    "int_parsing_size": A_WHOLE_NUMBER,
    "int_from_float": A_WHOLE_NUMBER,
    "float_type": A_NUMBER,
    "float_parsing": A_NUMBER,
    "finite_number": A_NUMBER,
    "greater_than_equal": gettext_lazy("It is at least %(ge)s."),
    "less_than_equal": gettext_lazy("It is at most %(le)s."),
    "bool_type": gettext_lazy("It is true or false."),
    "bool_parsing": gettext_lazy("It is true or false."),
    "string_type": A_TEXT,
    "string_too_short": gettext_lazy("It has at least this many characters: %(min_length)s."),
    "string_too_long": gettext_lazy("It has at most this many characters: %(max_length)s."),
    "string_pattern_mismatch": gettext_lazy("It is written otherwise: small letters, digits, points and dashes."),
    "string_unicode": gettext_lazy("It holds characters that cannot be kept."),
    "enum": ONE_OF,
    "literal_error": ONE_OF,
    "date_type": A_DATE,
    "date_parsing": A_DATE,
    "date_from_datetime_parsing": A_DATE,
    "date_from_datetime_inexact": A_DATE,
    "datetime_type": A_TIME,
    "datetime_parsing": A_TIME,
    "datetime_object_invalid": A_TIME,
    "datetime_from_date_parsing": A_TIME,
    "uuid_type": AN_ID,
    "uuid_parsing": AN_ID,
    "list_type": A_LIST,
    "too_long": gettext_lazy("It has at most this many parts: %(max_length)s."),
    "too_short": gettext_lazy("It has at least this many parts: %(min_length)s."),
    "dict_type": FIELDS,
    "model_type": FIELDS,
    "model_attributes_type": FIELDS,
}


def fault(code: str) -> PydanticCustomError:
    """A fault that one of our own checks found, to be raised inside pydantic's."""
    return PydanticCustomError(code, "see antigone.api.faults")


def sentence(error: Mapping[str, Any]) -> str:
    """What is at fault; of a kind that is not in the table it is said only that it cannot be taken."""
    known = SENTENCES.get(error["type"])
    if known is None:
        return _("It cannot be taken as it is written.")
    context = {name: _list(value) if name == "expected" else value for name, value in error.get("ctx", {}).items()}
    return str(known) % context


def _list(expected: str) -> str:
    """What pydantic writes as “'a', 'b' or 'c'”, without its English."""
    return expected.replace("' or '", "', '").replace("'", "")
