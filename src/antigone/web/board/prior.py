"""The prior as the board gives it: three numbers in a form that works without a script, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.casework import telling
from antigone.casework.board import POPULATION, BoardView, PriorGiven
from antigone.casework.priors import POPULATION_LENGTH, REASON
from antigone.evidence.posterior import MOST, Prior

SHOWN = 20
"""Leads with a line of their own; the rest of the list is one line."""

BAR = 160


class PriorForm(forms.Form):
    """How many are missing in the population concerned, how many of them have no portrait, and who was not reported."""

    missing = forms.IntegerField(
        label=gettext_lazy("Missing in the population concerned"),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("Everybody who may be this person, with a portrait or without."),
    )
    without = forms.IntegerField(
        label=gettext_lazy("Of these, without a portrait"),
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("No search by face can find them. It moves no lead; it parts “none of these”."),
    )
    unreported = forms.DecimalField(
        label=gettext_lazy("Somebody whom nobody reported, in %"),
        min_value=0,
        max_value=99,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        help_text=gettext_lazy("Whole families go missing together, and then nobody reports."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (
            given.get("missing") is not None
            and given.get("without") is not None
            and given["without"] > given["missing"]
        ):
            self.add_error(
                "without", _("More without a portrait than are missing. Lower this number, or raise the other.")
            )
        return given

    def given(self, population: str = POPULATION) -> PriorGiven:
        """The prior that was given; `population` is whom it counts where the form does not ask."""
        data = self.cleaned_data
        unreported = float(data["unreported"]) / 100
        return PriorGiven(data["missing"], data["without"], data.get("population") or population, unreported)


class KeepForm(PriorForm):
    """The same, with whom it counts and where the number comes from."""

    population = forms.CharField(
        label=gettext_lazy("Whom it counts"),
        max_length=POPULATION_LENGTH,
        help_text=gettext_lazy("In words: the missing of one region and one month, the passengers of one ship."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Where the number comes from"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The register, the list, the day. Write no name of a missing person."),
    )
    search = forms.IntegerField(widget=forms.HiddenInput)


def initial(given: PriorGiven) -> dict[str, Any]:
    """A prior as the form shows it."""
    return {
        "missing": given.missing,
        "without": given.without_portrait or 0,
        "unreported": f"{100 * given.unreported:.4g}",
        "population": "" if given.population == POPULATION else given.population,
    }


@dataclass(frozen=True)
class Line:
    """A lead, the rest of the list, or a part of “none of these”: before and after, as text and as a bar."""

    name: str
    before: str
    after: str
    bar: int
    rank: int | None = None
    ratio: str = ""
    bounds: str = ""
    at_bound: bool = False
    score: str = ""
    why: tuple[str, ...] = ()
    person: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """The whole of it: leads, the rest, “none of these” and of whom that is made."""

    leads: tuple[Line, ...]
    rest: Line | None
    none: Line
    parts: tuple[Line, ...]
    each: str
    counted: str
    said: str
    against: str
    withheld: tuple[str, ...]


def shown(view: BoardView, records: Mapping[int, int]) -> Shown:
    """What the page says of a view; `records` are the numbers of persons by rank, for whoever may open them."""
    prior, found = view.posterior.prior, view.posterior
    pairs = list(zip(view.leads, found.shares, strict=True))
    lines = tuple(
        Line(
            name=lead.person_ref,
            before=percent(prior.each),
            after=percent(share),
            bar=_bar(share),
            rank=lead.rank,
            ratio="" if lead.log10_lr is None else f"{lead.log10_lr:+.1f}",
            bounds=_("bounds %(low)s to %(high)s") % {"low": f"{lead.low:+.1f}", "high": f"{lead.high:+.1f}"}
            if lead.low is not None and lead.high is not None
            else "",
            at_bound=bool(lead.at_bound),
            score=f"{lead.score:.3f}",
            why=tuple(telling.sentence(each) for each in lead.why),
            person=records.get(lead.rank),
        )
        for lead, share in pairs[:SHOWN]
    )
    beyond = [share for _lead, share in pairs[SHOWN:]]
    rest = Line("", percent(len(beyond) * prior.each), percent(sum(beyond)), _bar(sum(beyond)), note=str(len(beyond)))
    best = max(pairs, key=lambda pair: pair[1], default=None)
    return Shown(
        leads=lines,
        rest=rest if beyond else None,
        none=Line(
            _("None of these"), percent(view.none_before), percent(found.none_of_these), _bar(found.none_of_these)
        ),
        parts=tuple(_parts(view)),
        each=f"{1 / prior.each:,.0f}",
        counted=_counted(prior),
        said=_("Rank %(rank)s: %(share)s. None of these: %(none)s.")
        % {"rank": best[0].rank, "share": percent(best[1]), "none": percent(found.none_of_these)}
        if best
        else "",
        against=telling.phrase(next((lead.against for lead in view.leads if lead.against), "")),
        withheld=tuple(dict.fromkeys(telling.sentence(each) for lead in view.leads for each in lead.why)),
    )


def _counted(prior: Prior) -> str:
    """The three numbers as text, which stay on paper too."""
    return _(
        "Counted: %(missing)s missing, %(without)s of them without a portrait; %(unreported)s for somebody whom nobody "
        "reported."
    ) % {
        "missing": f"{prior.missing:,}",
        "without": f"{prior.without_portrait:,}",
        "unreported": percent(prior.unreported),
    }


def _parts(view: BoardView) -> list[Line]:
    prior, rest = view.posterior.prior, view.posterior.rest
    unlisted = prior.missing - prior.without_portrait - len(view.leads)
    return [
        Line(name, percent(before), percent(after), _bar(after))
        for name, before, after in (
            (_("missing, with a portrait, and not on the list"), unlisted * prior.each, rest.with_portrait),
            (_("missing, without a portrait"), prior.without_portrait * prior.each, rest.without_portrait),
            (_("reported by nobody"), prior.unreported, rest.unreported),
        )
    ]


def _bar(share: float) -> int:
    return round(BAR * min(max(share, 0.0), 1.0))


def percent(share: float) -> str:
    """A share in %, which never says 0 or 100 of what is only nearly so."""
    if share <= 0 or share >= 1:
        return f"{100 * share:.0f} %"
    if share < 0.0001:
        return _("below 0.01 %")
    if share > 0.999:
        return _("above 99.9 %")
    return f"{100 * share:.2f} %" if share < 0.1 else f"{100 * share:.1f} %"
