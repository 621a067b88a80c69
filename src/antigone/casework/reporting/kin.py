"""Kin among the missing, as a report tells of them: twins alike in DNA, brothers and sisters alike in much."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.reporting.document import Block, items, text
from antigone.missing.kinship import kin_of
from antigone.missing.models import KinshipKind, Person
from antigone.missing.sharing import persons_shown_to


def told(persons: Iterable[Person], who: Operator) -> list[Block]:
    """Who of the missing is kin of these, and what that means for faces and for DNA."""
    rows = [(person, kinship) for person in persons for kinship in kin_of(person)]
    others = {kinship.other_id if kinship.person_id == person.pk else kinship.person_id for person, kinship in rows}
    shown = set(persons_shown_to(who).filter(pk__in=others).values_list("pk", flat=True))
    sentences, twin = [], False
    for _person, kinship in rows:
        twin = twin or kinship.kind == KinshipKind.TWIN
        if {kinship.person_id, kinship.other_id} - {each.pk for each, _k in rows} - shown:
            sentences.append(_("Another of the missing, whose record is not open here, is on record as kin."))
            continue
        sentences.append(
            _("%(one)s: %(kind)s %(other)s.")
            % {"one": kinship.person.ref, "kind": KinshipKind(kinship.kind).label, "other": kinship.other.ref}
        )
    if not sentences:
        return [
            text(_("None of the missing is on record as kin. That says what is recorded, not that there are none."))
        ]
    blocks = [
        items(dict.fromkeys(sentences)),
        text(_("Kin look alike and share DNA. A face, a description and a short DNA profile can fit each of them: ask "
               "the laboratory to report against each by name."), "caution"),
    ]  # fmt: skip
    if twin:
        blocks.append(
            text(_("There is a twin. DNA alone cannot part identical twins: prints, teeth, implants and marks can."),
                 "caution")
        )  # fmt: skip
    return blocks
