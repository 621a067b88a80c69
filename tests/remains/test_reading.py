"""What hangs on a subject is read with it, and is nowhere for anybody else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.remains import codes, describing, documents, open_source, reading, releasing, resting, review, sampling
from antigone.remains.describing import Given
from antigone.remains.documents import NewDocument
from antigone.remains.errors import NotHere
from antigone.remains.open_source import NewItem
from antigone.remains.releasing import NewRelease
from antigone.remains.resting import Disc, NewBurial
from antigone.remains.sampling import NewSample
from antigone.remains.services import NewPhotograph, add_photograph
from tests.factories import operator
from tests.remains.staff import body, picture, staff, stranger

TODAY = datetime.now(UTC).date()


def test_each_list_and_each_look_up_is_the_agencys(instance: Instance) -> None:
    who, other, subject = operator(), stranger(), body()
    photograph = add_photograph(subject, NewPhotograph("ab" * 32, picture()), who.actor)
    alias = codes.add_alias(subject, "Police", "17", None, who)
    sample = sampling.add(subject, NewSample("T-1", "tooth", "dna", "Dr A", "fridge"), who)
    disc = resting.state_disc(subject, Disc("whole", "K 12"), who)
    storage = resting.store(subject, "Mortuary 3", "4", datetime(2026, 1, 5, tzinfo=UTC), who)
    burial = resting.bury(subject, NewBurial("individual", "Cemetery 2", date(2026, 1, 9), "the parish"), who)
    choice = resting.choose_later_fragments(subject, "not-asked", who)
    document = documents.add(subject, NewDocument("letter", "wallet", "A"), who)
    statement = describing.state(subject, "sex", Given("male", basis="statute", how="observed"), who)
    release = releasing.prepare(subject, NewRelease("r", "O", "sister", "M", subject.code, subject.code), who)
    seen = datetime(2026, 1, 5, tzinfo=UTC)
    item = open_source.propose(subject, NewItem("https://example.invalid/p", seen, "x", "y", True), picture(5), who)
    drawn = review.draw(TODAY, TODAY, 1, who)

    lists: list[tuple[Callable[..., list[object]], object]] = [
        (reading.photographs, photograph), (reading.aliases, alias), (reading.samples, sample), (reading.discs, disc),
        (reading.storages, storage), (reading.releases, release), (reading.kin_choices, choice),
        (reading.documents, document), (reading.open_source_items, item),
    ]  # type: ignore[list-item]  # fmt: skip
    for ask, row in lists:
        assert ask(subject, who) == [row]
        with pytest.raises(NotHere):
            ask(subject, other)
    ones: list[tuple[Callable[[Operator, object], object], object]] = [
        (reading.alias, alias), (reading.sample, sample), (reading.release, release), (reading.burial, burial),
        (reading.document, document), (reading.statement, statement), (reading.open_source_item, item),
        (reading.sample_draw, drawn), (reading.sample_item, drawn.items.get()),
    ]  # type: ignore[list-item]  # fmt: skip
    for look_up, row in ones:
        pk = row.pk  # type: ignore[attr-defined]
        assert look_up(who, pk) == row
        missing = uuid.uuid4() if isinstance(pk, uuid.UUID) else pk + 1
        for asker, number in ((other, pk), (who, missing)):
            with pytest.raises(NotHere):
                look_up(asker, number)
    assert reading.draws(who) == [drawn]
    assert reading.draws(who, before=drawn.pk) == reading.draws(other) == []
    with pytest.raises(Refused):
        reading.open_source_items(subject, staff("recorder", Role.FIELD_RECORDER))
    with pytest.raises(Refused):
        reading.samples(subject, staff("auditor", Role.AUDITOR))
