"""Forms of custody, rest, discs, kin's choice and release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from antigone.remains.custody import HandOver
from antigone.remains.models import BurialKind, DiscState, LaterFragments, Site
from antigone.remains.releasing import NewRelease
from antigone.remains.resting import Disc, NewBurial, NewExhumation
from antigone.web.remains.forms.asking import day, line, moment, one_of, pick, words

_L = gettext_lazy


class HandOverForm(forms.Form):
    """One hand-over: from whom to whom, where, why, when, under which seal."""

    from_holder = line(pgettext_lazy("holder", "From"), _L("Who held it until now: a person, room or institution."))
    to_holder = line(pgettext_lazy("holder", "To"), _L("Who holds it from now on."))
    at = moment(_L("When"))
    place = line(_L("Where"))
    reason = line(_L("Why"), _L("For example: brought to the mortuary; for DNA."), length=400)
    handed_by = line(_L("Handed over by"), _L("By name, who signed."))
    received_by = line(_L("Received by"), _L("By name, who signed."))
    seal_found = line(
        _L("Seal that was on it"), _L("As read when it came; empty if there was none."), required=False, length=80
    )
    seal = line(_L("Seal put on"), _L("Empty if none."), required=False, length=80)
    gap = line(
        _L("If there is a gap before this"),
        _L(
            "Only where it was found with somebody else than who held it last: say what is known of how. It is "
            "shown, not hidden."
        ),
        required=False,
        length=400,
    )

    def given(self) -> HandOver:
        return HandOver(**self.cleaned_data)


class StorageForm(forms.Form):
    """Where it lies from now on."""

    place = line(_L("Place"), _L("Mortuary, cold room, container."))
    position = line(_L("Position"), _L("Shelf, drawer or place in it."), required=False, length=80)
    since = moment(_L("Since"))


class BurialForm(forms.Form):
    """A burial: which grave, how it is marked, when, by whom, with which rites."""

    kind = one_of(_L("What kind of grave"), BurialKind.choices)
    place = line(_L("Cemetery or place"))
    grave = line(_L("Grave"), _L("Row, number, coordinates: what finds it again."), required=False, length=120)
    marker = line(_L("What stands on the marker"), _L("As it stands there, the code too."), required=False, length=400)
    on = day(_L("Buried on"))
    by = line(_L("By whom"))
    rites = line(_L("Rites"), required=False, length=400)
    why = line(
        _L("Why, for a cremation or a collective grave"),
        _L("The dead are buried each in a grave of their own, and cremated only for hygiene or for their religion."),
        required=False,
        length=400,
    )
    site = pick(_L("Site on record"), (), required=False, empty=_L("none"))

    def __init__(self, data: Any = None, *, sites: Sequence[Site] = ()) -> None:
        super().__init__(data)
        self.sites = {str(each.pk): each for each in sites}
        self.fields["site"].choices = [("", _("none")), *((pk, each.name) for pk, each in self.sites.items())]  # type: ignore[attr-defined]

    def new(self) -> NewBurial:
        data = dict(self.cleaned_data)
        return NewBurial(**{**data, "site": self.sites.get(data["site"])})


class ExhumationForm(forms.Form):
    """The opening of a grave."""

    on = day(_L("Opened on"))
    by = line(_L("By whom"))
    authority = line(_L("On whose authority"), _L("Court, order or agreement, with its number."), length=400)
    reason = line(_L("Why"), length=400)
    condition = words(_L("What was found"))

    def new(self) -> NewExhumation:
        return NewExhumation(**self.cleaned_data)


class DiscForm(forms.Form):
    """What was found of the identity disc."""

    state = one_of(_L("What there is"), DiscState.choices)
    inscription = words(
        _L("What stands on it"),
        _L("Letter by letter, as it stands there. It says what a disc says, not who the body is."),
    )
    where_found = line(_L("Where it was found"), required=False)
    half_sent_to = line(_L("Half sent to"), _L("Only of a divided disc."), required=False)
    half_sent_on = day(_L("Sent on"), required=False)

    def disc(self) -> Disc:
        return Disc(**self.cleaned_data)


class KinForm(forms.Form):
    """What kin wish if more of their dead is found later."""

    choice = one_of(_L("They wish"), LaterFragments.choices)
    chosen_by = line(_L("Who chose"), _L("By name."), required=False)
    relation = line(_L("What they are to the dead"), required=False, length=120)
    chosen_on = day(_L("Chosen on"), required=False)


class ReleaseForm(forms.Form):
    """The first signature under a release; both codes as they are read, not as they are on record."""

    identification = line(_L("Identified by"), _L("The decision of the board, by its reference."))
    to_whom = line(_L("Released to"), _L("By name."))
    capacity = line(_L("In which capacity"), _L("For example: next of kin; undertaker on their behalf."))
    place = line(_L("Where"))
    code_on_body = line(
        _L("Code read on the body"), _L("Go and read it on the tag. Do not copy it from here."), length=120
    )
    code_on_bag = line(_L("Code read on the bag"), _L("Go and read it on the bag."), length=120)

    def new(self) -> NewRelease:
        return NewRelease(**self.cleaned_data)


class SignForm(forms.Form):
    """The second signature: another person reads both codes again."""

    code_on_body = line(_L("Code read on the body"), _L("Read it on the tag yourself."), length=120)
    code_on_bag = line(_L("Code read on the bag"), _L("Read it on the bag yourself."), length=120)
