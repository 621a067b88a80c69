"""What is sealed for this room is kept by the doctor, and what was erased stays erased over a restore."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from antigone.instance import Instance
from antigone.remains import documents, open_source
from antigone.remains.documents import NewDocument
from antigone.remains.models import FoundDocument, OpenSourceItem
from antigone.remains.open_source import NewItem
from antigone.upkeep import backups, restores
from antigone.upkeep.records import known_images
from antigone.vault import store, sweep
from antigone.vault.tasks import complete_shreds
from tests.factories import operator
from tests.remains.staff import body, picture

ITEM = NewItem("https://example.invalid/p", datetime(2026, 1, 5, tzinfo=UTC), "a reporter", "the tattoo", True)


def sealed() -> tuple[FoundDocument, OpenSourceItem]:
    subject, who = body(), operator()
    document = documents.add(subject, NewDocument("letter", "wallet", "A"), who, picture(1))
    return document, open_source.propose(subject, ITEM, picture(2), who)


def test_no_sealed_picture_is_taken_for_a_leftover(instance: Instance) -> None:
    document, item = sealed()
    for file in instance.vault.rglob("*"):
        os.utime(file, (0, 0))
    found = sweep.look(known_images(), settled_after=0)
    assert found.litter == 0
    assert not found.rows_without_key
    sweep.clear(found, operator().actor)
    assert store.open(str(document.pk)) == picture(1)
    assert store.open(str(item.pk)) == picture(2)


def test_what_ended_since_the_backup_does_not_come_back(instance: Instance, tmp_path: Path) -> None:
    document, item = sealed()
    made = backups.backup(instance, tmp_path, actor=operator().actor)
    open_source.end(item, "no longer needed", operator())
    complete_shreds()
    restores.restore(made.file, instance.root, actor=operator().actor)
    again = OpenSourceItem.objects.get(pk=item.pk)
    assert (again.state, again.address) == ("ended", "")
    assert FoundDocument.objects.get(pk=document.pk).sha256
    assert store.open(str(document.pk)) == picture(1)
