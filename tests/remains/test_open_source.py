"""Public items: two persons, thirty days, one case; nothing fetches them, and no gallery takes them."""

from __future__ import annotations

import ast
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

import antigone.remains
from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.enrolment.models import Template
from antigone.enrolment.services import NewTemplate, add_templates
from antigone.imaging import ImageRefused
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.ledger.services import recorded
from antigone.remains import documents, open_source, queries, services, tasks
from antigone.remains.documents import NewDocument
from antigone.remains.errors import NotHere, RecordRefused
from antigone.remains.models import OpenSourceItem, OpenSourceState
from antigone.remains.open_source import NewItem
from antigone.vault import store
from antigone.vault.errors import KeyGone, VaultError
from tests import factories
from tests.factories import operator
from tests.remains.staff import body, living, picture, staff, stranger

TODAY = datetime.now(UTC).date()
ROOM = Path(antigone.remains.__file__).parent


def found(**changed: object) -> NewItem:
    values = {
        "address": "https://example.invalid/p/1",
        "seen_at": datetime(2026, 1, 5, tzinfo=UTC),
        "how_found": "a reporter named it",
        "necessity": "no other picture of the tattoo is known",
        "bystanders_cropped": True,
    }
    return NewItem(**{**values, **changed})  # type: ignore[arg-type]


def proposed(shade: int = 120) -> OpenSourceItem:
    return open_source.propose(body(f"LIMEN-A-{shade:03d}"), found(), picture(shade), operator())


def test_another_person_approves_and_nobody_approves_their_own(instance: Instance) -> None:
    item, second = proposed(), staff("second", Role.BOARD_MEMBER)
    with pytest.raises(Refused, match="another person"):
        open_source.approve(item, "needed", operator())
    assert Entry.objects.filter(action="remains:open-source:refuse").count() == 1
    with pytest.raises(Refused):
        open_source.approve(item, "needed", staff("recorder", Role.FIELD_RECORDER))
    open_source.approve(item, "needed", second)
    assert item.state == OpenSourceState.APPROVED
    with pytest.raises(RecordRefused):
        open_source.approve(item, "again", second)


def test_even_the_database_wants_two_persons(instance: Instance) -> None:
    from django.db import IntegrityError, transaction

    item = proposed()
    with pytest.raises(IntegrityError), transaction.atomic():
        OpenSourceItem.objects.filter(pk=item.pk).update(state="approved", decided_by=item.proposed_by)


@pytest.mark.parametrize(
    "wrong",
    [
        {"bystanders_cropped": False},
        {"necessity": "  "},
        {"how_found": ""},
        {"address": ""},
        {"address": "https://a.invalid https://b.invalid"},
    ],
)
def test_what_is_not_attested_is_not_taken(wrong: dict[str, object], instance: Instance) -> None:
    with pytest.raises(RecordRefused):
        open_source.propose(body(), found(**wrong), picture(), operator())
    assert not OpenSourceItem.objects.exists()


def test_a_copy_that_is_no_picture_is_refused(instance: Instance) -> None:
    with pytest.raises(ImageRefused):
        open_source.propose(body(), found(), b"<svg onload='fetch(1)'/>", operator())
    assert not OpenSourceItem.objects.exists()


def test_after_thirty_days_nothing_of_it_can_be_read(instance: Instance) -> None:
    item = proposed()
    open_source.approve(item, "needed", staff("second", Role.BOARD_MEMBER))
    assert item.ends_on == TODAY + timedelta(days=30)
    assert tasks.expire_open_source(item.ends_on) == 0
    assert tasks.expire_open_source(item.ends_on + timedelta(days=1)) == 1
    assert tasks.expire_open_source(item.ends_on + timedelta(days=1)) == 0
    item.refresh_from_db()
    assert (item.state, item.address, item.how_found, item.necessity, item.sha256) == ("ended", "", "", "", "")
    with pytest.raises(KeyGone):
        store.open(str(item.pk))
    with pytest.raises(NotHere):
        open_source.copy_of(item, operator())
    assert Entry.objects.get(action="remains:open-source:propose").erased


def test_its_end_is_told_before(instance: Instance) -> None:
    item = proposed()
    assert tasks.due(item.ends_on - timedelta(days=6)) == []
    [told] = [each for each in tasks.due(item.ends_on - timedelta(days=5)) if each.what == "open-source"]
    assert (told.key, told.on, told.overdue) == (item.pk, item.ends_on, False)


def test_a_refused_item_is_erased_at_once(instance: Instance) -> None:
    item = proposed()
    open_source.reject(item, "the same is in the family's pictures", staff("second", Role.BOARD_MEMBER))
    assert (item.state, item.address) == (OpenSourceState.REFUSED, "")
    assert item.erased_at is not None
    assert item.pk not in queries.sealed_images()


def test_enrolment_refuses_what_was_found_in_public(instance: Instance) -> None:
    item, contract = proposed(), factories.contract()
    for subject, sealed in ((item.pk, "open-source"), (photograph_of(item), "photograph")):
        row = NewTemplate(subject, 1, 1, np.ones(factories.DIMENSION, dtype=np.float32) / 4)
        with pytest.raises(VaultError, match="portrait"), recorded():
            add_templates(contract, [row])
        assert store.keystore().key(subject)[0] == sealed
    # The same where picture and template would be kept in one go.
    with recorded(), store.batch():
        new = uuid.uuid4()
        store.seal(str(new), open_source.SEALED_AS, picture())
        row = NewTemplate(new, 1, 1, np.ones(factories.DIMENSION, dtype=np.float32) / 4)
        with pytest.raises(VaultError, match="portrait"):
            add_templates(contract, [row])
    assert not Template.objects.exists()


def photograph_of(item: OpenSourceItem) -> uuid.UUID:
    return services.add_photograph(item.subject, services.NewPhotograph("ab" * 32, picture(3)), operator().actor).pk


def test_the_room_knows_no_gallery_and_fetches_nothing() -> None:
    forbidden = ("antigone.enrolment", "antigone.gallery", "urllib", "http", "socket", "requests", "httpx", "ftplib")
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
            assert not [name for name in names if name.split(".")[0] in forbidden or name.startswith(forbidden[:2])], (
                path
            )


def test_the_holder_may_give_it_by_name_and_basis(instance: Instance) -> None:
    item = proposed()
    with pytest.raises(RecordRefused):
        open_source.offer(item, "O. Sister", "sister", "family-choice", operator())
    open_source.approve(item, "needed", staff("second", Role.BOARD_MEMBER))
    for giver, basis in (("", "family-choice"), ("O. Sister", "found-it"), ("O. Sister", "")):
        with pytest.raises(RecordRefused):
            open_source.offer(item, giver, "sister", basis, operator())
    open_source.offer(item, "O. Sister", "sister", "family-choice", operator())
    assert (item.state, item.offered_by, item.offered_relation, item.offered_basis) == (
        OpenSourceState.OFFERED,
        "O. Sister",
        "sister",
        "family-choice",
    )
    assert Entry.objects.filter(action="remains:open-source:offer").count() == 1


def test_of_another_agency_there_is_nothing(instance: Instance) -> None:
    item, other = proposed(), stranger()
    with pytest.raises(NotHere):
        open_source.propose(item.subject, found(), picture(9), other)
    for act in (
        lambda: open_source.approve(item, "needed", other),
        lambda: open_source.end(item, "over", other),
        lambda: open_source.offer(item, "X", "", "statute", other),
        lambda: open_source.copy_of(item, other),
    ):
        with pytest.raises(NotHere):
            act()


def test_a_look_at_the_copy_is_in_the_ledger(instance: Instance) -> None:
    item = proposed()
    assert open_source.copy_of(item, staff("second", Role.BOARD_MEMBER)) == picture()
    assert Entry.objects.filter(action="remains:open-source:look", object=f"open-source:{item.pk}").count() == 1


def test_when_the_person_speaks_the_copy_goes_too(instance: Instance) -> None:
    subject = living()
    item = open_source.propose(subject, found(), picture(), operator())
    services.person_spoke(subject, operator().actor)
    item.refresh_from_db()
    assert (item.state, item.address) == (OpenSourceState.ENDED, "")
    assert item.pk not in queries.sealed_images()


def test_after_a_restore_what_was_erased_is_erased_again(instance: Instance) -> None:
    item = proposed()
    document = documents.add(item.subject, NewDocument("letter", "wallet", "A"), operator(), picture(7))
    kept = documents.add(item.subject, NewDocument("letter", "wallet", "A"), operator(), picture(8))
    destroyed = {item.pk, document.pk, uuid.uuid4()}
    assert open_source.erase_destroyed(destroyed, "system:restore", "erased after the backup was made") == 1
    assert documents.erase_destroyed(destroyed, "system:restore", "erased after the backup was made") == 1
    assert queries.sealed_images() == {kept.pk}
    assert open_source.erase_destroyed(destroyed, "system:restore", "again") == 0
    assert documents.erase_destroyed(destroyed, "system:restore", "again") == 0
