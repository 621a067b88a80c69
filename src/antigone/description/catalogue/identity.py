"""Who somebody is: names in every form they had, birth, sex, nationality, and what they lived by.

On a body nothing here is more than what a paper or a person says of it: the post-mortem side has a sex that was
determined, and its papers stand among the documents.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from antigone.description.fields import TOLD, Block, Choices, Field, Kind, Part

SEXES: Choices = (
    ("female", _("female")),
    ("male", _("male")),
    ("other", _("neither of these")),
)
NAME_KINDS: Choices = (
    ("birth", _("name at birth")),
    ("current", _("name borne last")),
    ("married", _("married name")),
    ("former", _("former name")),
    ("mother-maiden", _("mother's maiden name")),
    ("patronymic-form", _("another form of the patronymic")),
    ("call-sign", _("call-sign")),
    ("alias", _("other name they went by")),
)
SCRIPTS: Choices = (
    ("Cyrl", _("Cyrillic")),
    ("Latn", _("Latin")),
    ("Arab", _("Arabic")),
    ("Hebr", _("Hebrew")),
    ("Geor", _("Georgian")),
    ("Armn", _("Armenian")),
    ("Grek", _("Greek")),
    ("Hang", _("Korean")),
    ("Hans", _("Chinese")),
    ("Zzzz", _("another script")),
)

NAMES = Block(
    "names",
    _("Names"),
    (
        Field(
            key="name",
            label=_("name"),
            kind=Kind.GROUP,
            block="names",
            sides=TOLD,
            many=True,
            help=_("One entry for each name and each script in which it was written, as it stands on paper."),
            parts=(
                Part(key="kind", label=_("kind of name"), kind=Kind.CHOICE, choices=NAME_KINDS, required=True),
                Part(key="surname", label=_("surname"), kind=Kind.TEXT),
                Part(key="given", label=_("given names"), kind=Kind.TEXT),
                Part(key="patronymic", label=_("patronymic"), kind=Kind.TEXT),
                Part(key="full", label=_("whole name, where its parts are not known"), kind=Kind.TEXT),
                Part(key="script", label=_("script"), kind=Kind.CHOICE, choices=SCRIPTS),
                Part(key="from", label=_("borne from"), kind=Kind.DATE),
                Part(key="until", label=_("borne until"), kind=Kind.DATE),
                Part(
                    key="transliterations",
                    label=_("other spellings on papers"),
                    kind=Kind.TEXT,
                    length=400,
                    help=_("As in a passport; separate several with a semicolon."),
                ),
            ),
        ),
    ),
)

BIRTH = Block(
    "birth",
    _("Birth"),
    (
        Field(
            key="birth.date",
            label=_("date of birth"),
            kind=Kind.DATE,
            block="birth",
            sides=TOLD,
            help=_("As far as it is known: 1987, 1987-03, 1987-03-14, about 1987 as 1987~, or 1985/1987."),
        ),
        Field(key="birth.place", label=_("place of birth"), kind=Kind.TEXT, block="birth", sides=TOLD),
    ),
)
