"""What somebody says under a key: the value, how sure and how known, from whom, when, and on which ground in law."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """Not asked is no statement at all; asked and not known, and looked for and not there, are two statements."""

    KNOWN = "known", _("known")
    UNKNOWN = "unknown", _("asked, and not known")
    ABSENT = "absent", _("looked for, and not there")


class How(models.TextChoices):
    """How it came to be known."""

    OBSERVED = "observed", _("observed")
    MEASURED = "measured", _("measured")
    REPORTED = "reported", _("reported")
    ESTIMATED = "estimated", _("estimated")
    DOCUMENTED = "documented", _("from a document")


@dataclass(frozen=True)
class Given:
    """One statement before it is written. `said_on` is a date known in part, `source` who or what says it."""

    value: Any = None
    basis: str = field(kw_only=True)
    certainty: str = field(default=Certainty.KNOWN.value, kw_only=True)
    how: str = field(default=How.REPORTED.value, kw_only=True)
    source: str = field(default="", kw_only=True)
    said_on: str = field(default="", kw_only=True)
    citation: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Said:
    """One line of a form: what is stated under a key (of an item), and which statement the writer saw there.

    `expects` is as `statements.write` takes it: 0 for none, None for whatever stands.
    """

    key: str
    given: Given
    item: UUID | None = None
    expects: int | None = None
