"""Forms of subjects: a body or part that was found, a living person, what the record lacked, and codes of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.remains.models import RecoveryEvent, Site, SiteKind, SubjectKind
from antigone.remains.services import Particulars
from antigone.web.remains.forms.asking import day, line, moment, one_of, pick, words

_L = gettext_lazy


class Listed(forms.TextInput):
    """A line with suggestions: choose one of them, or write another."""

    template_name = "web/remains/listed.html"

    def __init__(self, options: Sequence[str] = ()) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.options = list(options)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["options"] = self.options
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs']['id']}-list"
        return context


def _told(recoveries: Sequence[RecoveryEvent]) -> list[tuple[str, str]]:
    """Recoveries to choose from: where, when, and by which team."""
    return [(str(each.pk), f"{each.site.name} · {each.began_on:%Y-%m-%d} · {each.team}") for each in recoveries]


class NewSubjectForm(forms.Form):
    """A body or a body part: its code, where and when it was recovered, and who attests it."""

    code = line(
        _L("Code"),
        _L("PLACE-TEAM-COUNT. This code goes on body, bag, photographs, effects and form. It is never used twice."),
        length=120,
    )
    code_place = line(_L("Place, for the code"), required=False, length=60)
    code_team = line(_L("Team, for the code"), required=False, length=12)
    kind = one_of(_L("What it is"), [each for each in SubjectKind.choices if each[0] != SubjectKind.UNABLE])
    recovery = pick(
        _L("Recovery"),
        (),
        _L("The latest of your agency. If it is not among them, leave this and say below where it was."),
        required=False,
        empty=_L("none of these"),
    )
    site = line(_L("Site"), _L("Choose one that is on record, or write the name of a new one."), required=False)
    site_kind = pick(_L("If the site is new: what it is"), SiteKind.choices, required=False)
    place = line(_L("Where exactly"), _L("In words, as near as it is known."), required=False)
    recovered_on = day(_L("Recovered on"), required=False)
    attested_by = line(_L("Attested by"), _L("Who was there and answers for place and date, by name."), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        named: Callable[[str], Site | None],
        sites: Sequence[Site] = (),
        recoveries: Sequence[RecoveryEvent] = (),
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.sites = {each.name.casefold(): each for each in sites}
        self.named = named
        self.recoveries = {str(each.pk): each for each in recoveries}
        self.fields["site"].widget = Listed([each.name for each in sites])
        self.fields["recovery"].choices = [("", _("none of these")), *_told(recoveries)]  # type: ignore[attr-defined]

    @property
    def about_code(self) -> list[forms.BoundField]:
        return [self[name] for name in ("code_place", "code_team")]

    @property
    def about_place(self) -> list[forms.BoundField]:
        return [self[name] for name in ("recovery", "site", "site_kind", "place", "recovered_on", "attested_by")]

    def site_chosen(self) -> Site | None:
        """The site on record that was written; of the latest, whatever the case of its letters."""
        name = self.cleaned_data["site"].strip()
        return self.sites.get(name.casefold()) or (self.named(name) if name else None)

    def recovery_chosen(self) -> RecoveryEvent | None:
        return self.recoveries.get(self.cleaned_data["recovery"])

    def particulars(self) -> Particulars:
        data = self.cleaned_data
        return Particulars(data["place"].strip(), data["recovered_on"], data["attested_by"].strip())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name = data.get("site", "").strip()
        if name and not data.get("recovery") and not data.get("site_kind") and self.site_chosen() is None:
            self.add_error(
                "site_kind", _("“%(name)s” is not on record yet. Say what kind of place it is.") % {"name": name}
            )
        return data


class NewLivingForm(forms.Form):
    """A living person unable to state their identity, on a clinician's attestation."""

    code = line(_L("Code"), _L("As it stands on the ward's papers; no name. It is never used twice."), length=120)
    code_place = line(_L("Place, for the code"), required=False, length=60)
    code_team = line(_L("Team, for the code"), required=False, length=12)
    place = line(_L("Where they are"), _L("The hospital or ward."), required=False)
    attested_by = line(_L("Clinician who attests"), _L("By name; independent of any captor."))
    attested_at = moment(_L("Attested at"), _L("Day and time in UTC. It holds for 72 hours from then."))

    @property
    def about_code(self) -> list[forms.BoundField]:
        return [self[name] for name in ("code_place", "code_team")]

    def particulars(self) -> Particulars:
        data = self.cleaned_data
        return Particulars(
            place=data["place"].strip(), attested_by=data["attested_by"].strip(), attested_at=data["attested_at"]
        )


class CompleteForm(forms.Form):
    """What the record of a dead subject lacks; what it has is not asked again."""

    place = line(_L("Where it was recovered"))
    recovered_on = day(_L("Recovered on"))
    attested_by = line(_L("Attested by"), _L("Who was there and answers for place and date, by name."))

    def __init__(self, data: Any = None, *, lacking: Sequence[str] = ()) -> None:
        super().__init__(data)
        for name in list(self.fields):
            if name not in lacking:
                del self.fields[name]
            else:
                self.fields[name].required = False

    def particulars(self) -> Particulars:
        data = self.cleaned_data
        return Particulars(data.get("place", ""), data.get("recovered_on"), data.get("attested_by", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.values()) and not self.errors:
            self.add_error(None, _("Fill in at least one of them. Nothing was saved."))
        return data


class PlaceForm(forms.Form):
    """To which site and recovery a subject belongs."""

    recovery = pick(_L("Recovery"), (), required=False, empty=_L("none"))
    site = pick(_L("Site"), (), _L("A recovery brings its own site."), required=False, empty=_L("none"))

    def __init__(
        self, data: Any = None, *, sites: Sequence[Site], recoveries: Sequence[RecoveryEvent], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.sites = {str(each.pk): each for each in sites}
        self.recoveries = {str(each.pk): each for each in recoveries}
        self.fields["site"].choices = [("", _("none")), *((pk, each.name) for pk, each in self.sites.items())]  # type: ignore[attr-defined]
        self.fields["recovery"].choices = [("", _("none")), *_told(recoveries)]  # type: ignore[attr-defined]


class AliasForm(forms.Form):
    """The code by which another agency knows the same subject."""

    agency_name = line(_L("Agency"), _L("As it calls itself."))
    code = line(_L("Its code"), length=120)
    since = day(_L("Since"), required=False)


class AttestForm(forms.Form):
    """A clinician's word for another 72 hours."""

    clinician = line(_L("Clinician who attests"), _L("By name; independent of any captor."))
    attested_at = moment(_L("Attested at"), _L("Day and time in UTC. It holds for 72 hours from then."))


class KeepForm(forms.Form):
    """Until when a record is kept, and why."""

    again_on = day(_L("Look at it again on"))
    reason = words(_L("Why it is still needed"), required=True, length=400)
