"""A standing search that was ended after the backup was made does not run again when the backup is brought back."""

from __future__ import annotations

from django.utils import timezone

from antigone.casework import services
from antigone.casework.models import Ending, StandingSearch
from antigone.casework.searching import ending
from antigone.instance import Instance
from antigone.ledger.services import record, recorded
from antigone.remains.services import Particulars
from antigone.upkeep import withdrawals
from tests import factories


def test_it_is_ended_again_unless_it_was_set_again(instance: Instance) -> None:
    who, made_at = factories.operator(), timezone.now().timestamp()
    case = services.open_case("LIMEN-A-001", "deceased", Particulars(), who)
    kept = StandingSearch.objects.create(case=case, set_by=who.actor, set_at=timezone.now())
    ending.end(kept, Ending.ASKED, who.actor, "no more")
    # As the restored records have it: the end is in the ledger alone.
    StandingSearch.objects.filter(pk=kept.pk).update(ended_at=None, ended_by="", ended_why="", reason="")
    assert withdrawals.withdraw_again(made_at, "system:restore") == 1
    kept.refresh_from_db()
    assert (kept.ended_why, kept.ended_by) == (Ending.ASKED, "system:restore")
    StandingSearch.objects.filter(pk=kept.pk).update(ended_at=None)
    with recorded():
        record("casework:standing:set", actor=who.actor, object=f"case:{case.pk}", standing=kept.pk, top=50)
    assert withdrawals.withdraw_again(made_at, "system:restore") == 0
