"""Sites and recoveries: coordinates with how exact they are, a correction that says what stood before."""

from __future__ import annotations

from datetime import date

import pytest

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import queries, recovering, services
from antigone.remains.errors import BadRecord, NotHere, RecordRefused
from antigone.remains.models import RecoveryEvent, Site
from antigone.remains.recovering import NewRecovery, NewSite
from antigone.remains.services import Particulars
from tests.factories import operator
from tests.remains.staff import living, staff, stranger


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": "50"},
        {"latitude": "50", "longitude": "36"},
        {"latitude": "91", "longitude": "36", "precision": "exact"},
        {"latitude": "nan", "longitude": "36", "precision": "exact"},
        {"latitude": "north", "longitude": "36", "precision": "exact"},
        {"precision": "exact"},
        {"latitude": "50", "longitude": "36", "precision": "about"},
        {"name": " "},
        {"kind": "moon"},
        {"name": "x" * 201},
        {"note": "\x00"},
    ],
)
def test_a_place_that_cannot_be_so(wrong: dict[str, str], instance: Instance) -> None:
    with pytest.raises(BadRecord):
        recovering.add_site(NewSite(**{"name": "Cemetery 2", "kind": "cemetery", **wrong}), operator())
    assert not Site.objects.exists()


def test_a_correction_says_what_stood_before(instance: Instance) -> None:
    who = operator()
    site = recovering.add_site(NewSite("Cemetery 2", "cemetery", "north of the river"), who)
    with pytest.raises(RecordRefused):
        recovering.add_site(NewSite("Cemetery 2", "mortuary"), who)
    better = NewSite("Cemetery 2", "field-grave", "north of the river", "49.9935", 36.2304, "100-m")
    assert recovering.correct_site(site, better, who).kind == "field-grave"
    said = Entry.objects.get(action="remains:site:correct").details
    assert said is not None
    assert said["before"] == {"kind": "cemetery", "latitude": None, "longitude": None, "precision": ""}
    recovering.correct_site(site, better, who)
    assert Entry.objects.filter(action="remains:site:correct").count() == 1


def test_a_recovery_fills_in_what_the_record_lacks(instance: Instance) -> None:
    who = operator()
    site = recovering.add_site(NewSite("Cemetery 2", "cemetery", "north of the river"), who)
    with pytest.raises(BadRecord):
        recovering.add_recovery(site, NewRecovery(date(2026, 1, 5), "A", "L. Leader", date(2026, 1, 4)), who)
    event = recovering.add_recovery(site, NewRecovery(date(2026, 1, 5), "A", "L. Leader"), who)
    draft = services.open_subject("LIMEN-A-001", "deceased", Particulars(attested_by="A"), who.actor)
    placed = recovering.place_subject(draft, who, site=None, recovery=event)
    assert (placed.site, placed.place, placed.recovered_on) == (site, "north of the river", date(2026, 1, 5))
    other = recovering.add_site(NewSite("Mortuary 3", "mortuary"), who)
    with pytest.raises(RecordRefused):
        recovering.place_subject(placed, who, site=other, recovery=event)
    # What the record says already stays.
    assert recovering.place_subject(placed, who, site=other, recovery=None).place == "north of the river"
    with pytest.raises(RecordRefused):
        recovering.place_subject(living(), who, site=None, recovery=event)
    assert queries.recoveries(who, site) == [event]


def test_sites_are_of_an_agency(instance: Instance) -> None:
    who, other = operator(), stranger()
    site = recovering.add_site(NewSite("Cemetery 2", "cemetery"), who)
    theirs = recovering.add_site(NewSite("Cemetery 2", "cemetery"), other)
    draft = services.open_subject("LIMEN-A-001", "deceased", Particulars(), who.actor)
    for act in (
        lambda: recovering.correct_site(site, NewSite("X", "mortuary"), other),
        lambda: recovering.add_recovery(site, NewRecovery(date(2026, 1, 5), "A", "L"), other),
        lambda: recovering.place_subject(draft, who, site=theirs, recovery=None),
        lambda: queries.site(other, site.pk),
    ):
        with pytest.raises(NotHere):
            act()
    assert queries.sites(other) == [theirs]
    assert not RecoveryEvent.objects.exists()
    with pytest.raises(Refused):
        recovering.add_site(NewSite("Y", "mortuary"), staff("board", Role.BOARD_MEMBER))
