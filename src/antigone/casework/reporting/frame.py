"""What every report states in the same words: language, method and versions, custody, the scale, and who signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from antigone import __version__
from antigone.casework.reporting.document import Block, facts, heading, items, section, signatures, table, text
from antigone.evidence.verbal import LEVELS
from antigone.remains.custody import Chain


def official() -> str:
    """The official language of this instance's reports, by its own name."""
    return language_name(settings.LANGUAGE_CODE)


def language_name(code: str) -> str:
    """A language by its own name."""
    return str(get_language_info(code)["name_local"])


def method_of_records() -> list[Block]:
    """How records are compared, with the version of what did it."""
    return [
        text(_("Each line compares what the two records state, by antigone.evidence.secondary. What a record does not "
               "say is no disagreement. Where a published or given frequency allows it, a line has a likelihood "
               "ratio: how much more probable the finding is if the subject is this person than if it is another of "
               "the missing.")),
        facts((_("Software"), f"Antigone {__version__}"),
              (_("Described in"), "docs/secondary-evidence.md, docs/method.md")),
    ]  # fmt: skip


def scale() -> Block:
    """The printed scale of conclusions, with the ratios of its bands: on every report that uses its words."""
    rows = []
    for level in LEVELS:
        least, below = f"{10**level.least:,.0f}", "" if level.below == float("inf") else f"{10**level.below:,.0f}"
        band = _("%(least)s to %(below)s") % {"least": least, "below": below} if below else _("above %(least)s") % {
            "least": least}  # fmt: skip
        rows.append((level.code, _(level.words), band))
    return table(
        _("Scale used: ENFSI Guideline for Evaluative Reporting (2015); other published tables end at “above 10,000”"),
        (_("Level"), _("Words"), _("Likelihood ratio")), rows, widths=(2, 6, 4),
    )  # fmt: skip


def custody_of(code: str, chains: Mapping[str, Chain], name: str) -> list[Block]:
    """The chain of custody of a body, in order, and where it breaks."""
    chain = chains.get(name)
    if chain is None or not chain.steps:
        return [text(_("No hand-over of %(code)s is on record.") % {"code": code})]
    rows = [
        (
            step.number,
            f"{step.at:%Y-%m-%d %H:%M}",
            step.from_holder,
            step.to_holder,
            step.seal or pgettext("seal", "none"),
        )
        for step in chain.steps
    ]
    blocks = [
        table(_("Custody of %(code)s (times in UTC)") % {"code": code},
              (_("Step"), _("When"),
               pgettext("custody", "From"), pgettext("custody", "To"),
               pgettext("custody", "Seal")), rows, widths=(1, 3, 4, 4, 2))
    ]  # fmt: skip
    if chain.breaks:
        blocks += [heading(_("Where the chain does not hold")), items(each.words for each in chain.breaks)]
    return blocks


def signed(*people: tuple[object, object]) -> dict[str, Any]:
    """The section in which a report is signed, by name and role."""
    return section(_("Signatures"), signatures(people))


def serials(values: Iterable[str]) -> str:
    """Digests or numbers on lines of their own."""
    return "\n".join(values)
