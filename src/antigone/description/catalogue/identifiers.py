"""Which primary-identifier material exists, where it is and under what reference; never the material itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.fields import TOLD, Choices, Field, Kind, Part, block

MATERIALS: Choices = (
    ("prints", pgettext_lazy("identifier", "finger, palm or foot prints")),
    ("dental-records", pgettext_lazy("identifier", "dental records")),
    ("dna-own", pgettext_lazy("identifier", "DNA of their own")),
    ("dna-relatives", pgettext_lazy("identifier", "DNA of relatives")),
    ("radiographs", pgettext_lazy("identifier", "radiographs")),
    ("scans", pgettext_lazy("identifier", "CT or MRI")),
    ("implant-records", pgettext_lazy("identifier", "records of an implant")),
    ("other", pgettext_lazy("identifier", "another")),
)
RELATIONS: Choices = (
    ("mother", pgettext_lazy("relative", "mother")),
    ("father", pgettext_lazy("relative", "father")),
    ("child", pgettext_lazy("relative", "child")),
    ("sibling", pgettext_lazy("relative", "brother or sister")),
    ("spouse", pgettext_lazy("relative", "spouse, with a child in common")),
    ("other", pgettext_lazy("relative", "another relative")),
)

IDENTIFIERS = block(
    "identifiers",
    _("Primary identifiers"),
    Field(
        key="identifier",
        label=_("material that exists"),
        kind=Kind.GROUP,
        many=True,
        absence=True,
        sensitive=True,
        help=_("Only where it is and its reference. Nothing of the material is kept here."),
        parts=(
            Part(key="what", label=_("kind"), kind=Kind.CHOICE, choices=MATERIALS, required=True),
            Part(key="where", label=_("who holds it"), kind=Kind.TEXT, bare=True, required=True),
            Part(key="reference", label=_("reference"), kind=Kind.TEXT),
            Part(key="taken", label=_("taken on"), kind=Kind.DATE),
            Part(key="relation", label=_("relative who gave it"), kind=Kind.CHOICE, choices=RELATIONS),
            Part(key="words", label=_("what else"), kind=Kind.TEXT, bare=True, length=400),
        ),
    ),
)

ACCOUNTS = block(
    "accounts",
    _("Accounts that the family named"),
    Field(
        key="account",
        label=_("account or profile"),
        kind=Kind.GROUP,
        sides=TOLD,
        many=True,
        absence=True,
        sensitive=True,
        help=_(
            "As the family wrote it down: a claim to be checked. The software opens none of it, fetches nothing from "
            "it and makes no link of it."
        ),
        parts=(
            Part(key="service", label=_("service"), kind=Kind.TEXT, bare=True, required=True),
            Part(key="name", label=_("name or number of the account"), kind=Kind.TEXT, bare=True, required=True),
            Part(key="told_by", label=_("who named it"), kind=Kind.TEXT),
            Part(key="used_until", label=_("last used"), kind=Kind.DATE),
            Part(key="words", label=_("what else"), kind=Kind.TEXT, bare=True, length=400),
        ),
    ),
)
