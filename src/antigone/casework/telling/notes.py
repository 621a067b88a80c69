"""What an answer says beside its list: what was left out, what is not in force, and what a measured rate is of."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from antigone.casework.telling.known import Form, several

PLAIN = (
    gettext_noop("This case is a draft; its record still lacks: %(lacking)s."),
    gettext_noop("Approved for searching by the person who opened it, for want of a second one: %(holdings)s."),
    gettext_noop(
        "Portraits of other agencies were compared, under agreements in force and as far as their givers share them: "
        "%(agencies)s."
    ),
    gettext_noop(
        "No operating point was measured for this face model, so that nothing can be said to pass; the list is an "
        "order and no more."
    ),
    gettext_noop(
        "The calibration %(digest)s was altered after it was put in force, and is not applied. Withdraw it, and put "
        "the file in force again."
    ),
    gettext_noop(
        "A calibration that came with Antigone was altered; none that came with it is applied. Install Antigone again."
    ),
    gettext_noop(
        "Press photographs of living people, skewed to white men, and stand-ins: the same faces with alterations "
        "painted on. It says nothing about the dead, of whom there is no public set; among them more may be missed."
    ),
    gettext_noop("Which remains are of one person was decided anew after this search."),
    # What a search in bulk was answered with in one of its cases.
    gettext_noop("The case is closed."),
    gettext_noop("The case is closed. Nothing was searched, and the refusal is in the ledger."),
)

COUNTED = (
    several(
        "One photograph of the case was left out: no face to compare could be read there.",
        "%(number)s photographs of the case were left out: no face to compare could be read there.",
    ),
    several(
        "One photograph of the case took no part: %(aside)s.",
        "%(number)s photographs of the case took no part: %(aside)s.",
    ),
    several(
        "%(number)s portrait has no template under the recogniser in use, having given none when tried: no search "
        "finds them. antigone reencode lists them.",
        "%(number)s portraits have no template under the recogniser in use, having given none when tried: no search "
        "finds them. antigone reencode lists them.",
    ),
    several(
        "%(number)s portrait has no template under the recogniser in use: no search finds them until antigone reencode "
        "is run.",
        "%(number)s portraits have no template under the recogniser in use: no search finds them until antigone "
        "reencode is run.",
    ),
)

FORMS = (*(Form(each) for each in PLAIN), *COUNTED)
