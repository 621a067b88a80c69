"""Who reads how remains and a person compare is no longer blind in a case about these remains (step 9).

What the records say for and against a person is what examiners work without. So whoever opens such a report forgoes
examining, is told so before anything is shown, and is refused while blind work of theirs is not ended.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.errors import ReportRefused
from antigone.casework.knowing import at_blind_work, has_seen, saw
from antigone.casework.models import Case
from antigone.ledger.services import record, recorded, refuse
from antigone.remains.models import Association


def cases_about(subject: int) -> list[Case]:
    """Cases about these remains, and about others that are thought to be of the same body."""
    individuals = Association.objects.filter(unit=subject, until=None).values("individual")
    units = Association.objects.filter(individual__in=individuals, until=None).values_list("unit_id", flat=True)
    return list(Case.objects.select_related("subject", "agency").filter(subject__in={subject, *units}).order_by("pk"))


def ends_blindness(cases: Iterable[Case], who: Operator) -> bool:
    """Whether opening such a report would end what this person may still examine: to be told before it is shown."""
    return any(not has_seen(who, case.pk) for case in cases)


def ready(cases: Iterable[Case], who: Operator) -> None:
    """Return when this person ended all blind work in these cases; raises ReportRefused, with its entry."""
    for case in cases:
        if at_blind_work(who, case):
            refuse("casework:report:refuse", actor=who.actor, object=f"case:{case.pk}", why="blind work is not ended")
            raise ReportRefused(
                _("You have blind work in this case that is not ended. Seal it or give it up first: whoever reads how "
                  "the records compare examines no more. Nothing was shown, and the refusal is in the ledger.")
            )  # fmt: skip


def forgo(cases: Iterable[Case], who: Operator) -> None:
    """Keep that this person examines in none of these cases any more; raises ReportRefused for unended blind work."""
    found = list(cases)
    ready(found, who)
    with recorded():
        for case in found:
            if not has_seen(who, case.pk):
                saw(who, case, None, timezone.now())
                record("casework:examination:forgo", actor=who.actor, object=f"case:{case.pk}", report=True)


def forwent(cases: Iterable[Case], who: Operator) -> None:
    """Return when they said so before; raises ReportRefused for a door that did not ask."""
    if ends_blindness(cases, who):
        raise ReportRefused(_("Say first that you will not examine this case. Nothing was shown."))
