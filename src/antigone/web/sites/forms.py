"""Forms of sites and recoveries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.remains.models import Precision, RecoveryEvent, Site, SiteKind
from antigone.remains.recovering import NewRecovery, NewSite
from antigone.web.remains.forms.asking import SeenForm, day, line, pick, words

_L = gettext_lazy


class SiteForm(SeenForm):
    """A place, in words, with coordinates where they are known and how exact these are."""

    name = line(_L("Name"), _L("As the team calls it; each name once in your agency."))
    kind = pick(_L("What it is"), SiteKind.choices)
    place = line(_L("Where"), _L("Settlement, region, and what leads there."), required=False, length=400)
    latitude = line(_L("Latitude"), _L("Decimal degrees, north positive: 49.9935."), required=False, length=16)
    longitude = line(_L("Longitude"), _L("Decimal degrees, east positive: 36.2304."), required=False, length=16)
    precision = pick(_L("How exact the coordinates are"), Precision.choices, required=False, empty=_L("no coordinates"))
    note = words(_L("Note"), _L("Mines, access, who answers for the ground."))

    def new(self) -> NewSite:
        return NewSite(**self.cleaned_data)

    @staticmethod
    def current_of(site: Site) -> dict[str, Any]:
        return {name: getattr(site, name) for name in NewSite.__dataclass_fields__}


class RecoveryForm(SeenForm):
    """One recovery: who went, when, who had told of the dead, and what was found to be so."""

    began_on = day(_L("Began on"))
    ended_on = day(_L("Ended on"), required=False)
    team = line(_L("Team"), length=80)
    leader = line(_L("Leader"), _L("By name, who answers for it."))
    reported_by = line(_L("Who told of the dead"), required=False)
    reported_on = day(_L("Told on"), required=False)
    circumstances = words(_L("What was found to be so"), _L("Position, ground, what lay around; no names of the dead."))

    def new(self) -> NewRecovery:
        return NewRecovery(**self.cleaned_data)

    @staticmethod
    def current_of(event: RecoveryEvent) -> dict[str, Any]:
        return {name: getattr(event, name) for name in NewRecovery.__dataclass_fields__}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        began, ended = data.get("began_on"), data.get("ended_on")
        if began and ended and ended < began:
            self.add_error("ended_on", _("A recovery does not end before it begins."))
        return data
