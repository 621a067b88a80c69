"""Who somebody is: names in every form they had, birth, sex, nationality, and how they lived.

A body has no name: the post-mortem side has a sex that was determined and how. What its papers say stands among the
documents, since "carried by" is not "is".

Ancestry is left out on both sides. What is estimated from a skull is a population of a reference collection, families
do not report in those terms, and a label of origin on the list of an enemy's dead has harmed the living. Nationality
is what a paper or a relative says, and is asked of nobody's face.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.fields import FOUND, TOLD, Choices, Field, Kind, Part, block

SEXES: Choices = (
    ("female", _("female")),
    ("male", _("male")),
    ("other", _("neither of these")),
)
SEX_METHODS: Choices = (
    ("external", _("external examination")),
    ("internal", _("internal examination")),
    ("skeleton", _("skeleton")),
    ("dna", _("DNA")),
    ("clothing", _("clothing or papers only")),
)
NAME_KINDS: Choices = (
    ("birth", _("name at birth")),
    ("current", _("name borne last")),
    ("married", _("married name")),
    ("former", _("former name")),
    ("mother-maiden", _("mother's maiden name")),
    ("father", _("father's name")),
    ("patronymic-form", _("another form of the patronymic")),
    ("call-sign", _("call-sign")),
    ("alias", _("other name they went by")),
)
# ISO 15924.
SCRIPTS: Choices = (
    ("Cyrl", pgettext_lazy("script", "Cyrillic")),
    ("Latn", pgettext_lazy("script", "Latin")),
    ("Arab", pgettext_lazy("script", "Arabic")),
    ("Hebr", pgettext_lazy("script", "Hebrew")),
    ("Geor", pgettext_lazy("script", "Georgian")),
    ("Armn", pgettext_lazy("script", "Armenian")),
    ("Grek", pgettext_lazy("script", "Greek")),
    ("Hang", pgettext_lazy("script", "Korean")),
    ("Hani", pgettext_lazy("script", "Chinese")),
    ("Zyyy", pgettext_lazy("script", "another script")),
)
MARITAL: Choices = (
    ("single", _("single")),
    ("married", _("married")),
    ("partnership", _("in a partnership")),
    ("divorced", _("divorced")),
    ("widowed", _("widowed")),
)

NAMES = block(
    "names",
    _("Names"),
    Field(
        key="name",
        label=_("name"),
        kind=Kind.GROUP,
        sides=TOLD,
        many=True,
        one_of=("surname", "given", "patronymic", "full"),
        help=_("One entry for each name, and for each script in which it was written, as it stands on paper."),
        parts=(
            Part(key="kind", label=_("kind of name"), kind=Kind.CHOICE, choices=NAME_KINDS, required=True),
            Part(key="surname", label=_("surname"), kind=Kind.TEXT, bare=True),
            Part(key="given", label=_("given names"), kind=Kind.TEXT, bare=True),
            Part(key="patronymic", label=_("patronymic"), kind=Kind.TEXT, bare=True),
            Part(
                key="full", label=_("whole name"), kind=Kind.TEXT, bare=True, help=_("Where its parts are not known.")
            ),
            Part(key="script", label=_("script"), kind=Kind.CHOICE, choices=SCRIPTS),
            Part(key="from", label=_("borne from"), kind=Kind.DATE),
            Part(key="until", label=_("borne until"), kind=Kind.DATE),
            Part(
                key="transliterations",
                label=_("other spellings on papers"),
                kind=Kind.TEXT,
                length=400,
                help=_("As in a passport; put a semicolon between several."),
            ),
        ),
    ),
)

BIRTH = block(
    "birth",
    _("Birth"),
    Field(
        key="birth.date",
        label=_("date of birth"),
        kind=Kind.DATE,
        sides=TOLD,
        help=_("As far as it is known: 1987, 1987-03, 1987-03-14, about 1987 as 1987~, or 1985/1987."),
    ),
    Field(key="birth.place", label=_("place of birth"), kind=Kind.TEXT, sides=TOLD),
    Field(
        key="birth.words",
        label=_("what is said of the birth"),
        kind=Kind.TEXT,
        sides=TOLD,
        help=_("Where it is no date, such as “the year of the flood”."),
    ),
)

PERSON = block(
    "person",
    _("Person"),
    Field(key="sex", label=_("sex"), kind=Kind.CHOICE, choices=SEXES),
    Field(
        key="sex.method",
        label=_("how the sex was determined"),
        kind=Kind.CHOICE,
        choices=SEX_METHODS,
        sides=FOUND,
    ),
    Field(
        key="nationality",
        label=_("nationality"),
        kind=Kind.TEXT,
        sides=TOLD,
        many=True,
        absence=True,
        help=_("As papers have it. “Looked for, and not there” means stateless."),
    ),
    Field(key="marital", label=_("marital status"), kind=Kind.CHOICE, choices=MARITAL, sides=TOLD),
    Field(
        key="residence",
        label=_("residence"),
        kind=Kind.GROUP,
        sides=TOLD,
        many=True,
        parts=(
            Part(key="address", label=_("address"), kind=Kind.TEXT, bare=True, length=400, required=True),
            Part(key="from", label=_("lived there from"), kind=Kind.DATE),
            Part(key="until", label=_("lived there until"), kind=Kind.DATE),
        ),
    ),
    Field(key="occupation", label=_("occupation"), kind=Kind.TEXT, sides=TOLD),
    Field(key="languages", label=_("languages spoken"), kind=Kind.TEXT, sides=TOLD),
    Field(
        key="personal_number",
        label=_("number in a state register"),
        kind=Kind.GROUP,
        sides=TOLD,
        many=True,
        sensitive=True,
        parts=(
            Part(key="register", label=_("register"), kind=Kind.TEXT, bare=True, required=True),
            Part(key="number", label=_("number"), kind=Kind.TEXT, bare=True, required=True),
        ),
    ),
    Field(
        key="religion",
        label=_("religion, for the rites"),
        kind=Kind.TEXT,
        sides=TOLD,
        sensitive=True,
        absence=True,
        help=_("Only what the family wants to be known for burial and mourning."),
    ),
)
