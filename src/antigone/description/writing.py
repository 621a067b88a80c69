"""Writes statements: each is checked against its field, and ends the one it follows without changing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.description import texts
from antigone.description.catalogue import FIELDS
from antigone.description.checking import checked
from antigone.description.errors import BadStatement, Stale
from antigone.description.fields import Field
from antigone.description.given import Certainty, Given, Said
from antigone.description.statement import StatementBase

S = TypeVar("S", bound=StatementBase)

BATCH = 2000
REASON_LENGTH = 400


def write(
    model: type[S],
    record: models.Model,
    key: str,
    given: Given,
    *,
    actor: str,
    item: UUID | None = None,
    expects: int | None = None,
) -> S:
    """State something of a record, in the caller's transaction; the statement it follows is ended.

    Of a field with many, `item` says which one is meant; without it a known value becomes an item of its own, which
    follows a statement that there are none. What stands already, word for word, is returned and not stated again.

    `expects` is the primary key of the statement that the writer saw under this key (or item), 0 for none, None for
    whatever stands. Raises Stale where another stands now, BadStatement for what cannot be stated.
    """
    return write_or_find(model, record, Said(key, given, item, expects), actor)[0]


def write_or_find(model: type[S], record: models.Model, said: Said, actor: str) -> tuple[S, bool]:
    """The same of one line of a form, and whether it was written now; False for what stood already."""
    key, given, item, expects = said.key, said.given, said.item, said.expects
    field = _field(model, key, item)
    kept = checked(field, given)
    try:
        with transaction.atomic():
            if field.many:
                _in_turn(record)
            standing = _standing(model, record, key)
            whole = next((each for each in standing if each.item is None), None)
            before = whole if item is None else next((each for each in standing if each.item == item), None)
            if before is not None and _same(before, kept):
                return before, False
            if expects is not None and expects != (before.pk if before else 0):
                raise _stale(before)
            if field.many:
                _check_many(field, kept, item, standing)
                # The first item follows the statement that there are none, or that it is not known.
                before = before or whole
            return _follow(model, record, key, kept, actor, _item_of(field, kept, item), before), True
    except IntegrityError:
        # Another writer was first between the look and the write: nothing of this one was kept.
        now = _standing(model, record, key)
        raise _stale(next((each for each in now if each.item == item), None)) from None


def write_new(model: type[S], rows: Iterable[tuple[models.Model, str, Given]], actor: str) -> list[S]:
    """State many things of records of which nothing is stated yet under these keys, in few queries.

    Each known value of a field with many becomes an item of its own. Raises BadStatement, and writes nothing, where
    one cannot be stated or something stands under its key already.
    """
    now = timezone.now()
    written: list[S] = []
    drafts = (_draft(model, record, key, given, actor, now) for record, key, given in rows)
    try:
        with transaction.atomic():
            for batch in _batches(drafts):
                written += model._default_manager.bulk_create(batch)
    except IntegrityError:
        raise BadStatement(
            _("One of the records has a statement under one of these keys already. Nothing was written.")
        ) from None
    return written


def withdraw(statement: StatementBase, *, actor: str, reason: str) -> None:
    """End a statement for a reason, with nothing in its place; it stays in the history.

    Raises Stale where it does not stand any more, BadStatement without a reason.
    """
    why = texts.line(reason, REASON_LENGTH, _("reason"))
    if not why:
        raise BadStatement(_("Say why it is withdrawn. Nothing was changed."))
    now = timezone.now()
    if not _end(statement, actor, now, why):
        standing = _standing(type(statement), statement.record_id, statement.key)
        raise _stale(next((each for each in standing if each.item == statement.item), None))
    statement.ended_at, statement.ended_by, statement.end_reason = now, actor, why


def _field(model: type[StatementBase], key: str, item: UUID | None) -> Field:
    field = FIELDS.get(key)
    if field is None or (model.SIDE is not None and model.SIDE not in field.sides):
        raise BadStatement(
            _("Nothing can be stated under “%(key)s” here. Nothing was written.") % {"key": texts.shown(key)}
        )
    if item is not None and not field.many:
        raise BadStatement(_("%(label)s: there is one value, and no items.") % {"label": field.label})
    return field


def _in_turn(record: models.Model) -> None:
    """Wait for whoever else writes of this record: no constraint keeps an item from a statement that there are none.

    SQLite lets one writer in at a time anyway.
    """
    if connection.features.has_select_for_update:
        type(record)._base_manager.select_for_update().filter(pk=record.pk).values_list("pk").first()


def _check_many(field: Field, kept: Given, item: UUID | None, standing: list[S]) -> None:
    if kept.certainty == Certainty.KNOWN:
        return
    if item is not None:
        raise BadStatement(
            _("%(label)s: withdraw this one, if it is wrong; it cannot be unknown or absent by itself.")
            % {"label": field.label}
        )
    if any(each.item is not None for each in standing):
        raise BadStatement(
            _("%(label)s: some are on record. Withdraw them, with a reason, before you state that there are none.")
            % {"label": field.label}
        )


def _item_of(field: Field, kept: Given, item: UUID | None) -> UUID | None:
    if not field.many or kept.certainty != Certainty.KNOWN:
        return None
    return item or uuid4()


def _standing(model: type[S], record: models.Model | object, key: str) -> list[S]:
    pk = record.pk if isinstance(record, models.Model) else record
    rows = model._default_manager.filter(**{model.RECORD: pk}, key=key, ended_at__isnull=True)
    return list(rows.order_by("pk"))


def _same(standing: StatementBase, kept: Given) -> bool:
    names = ("value", "certainty", "how", "source", "said_on", "basis", "citation")
    return all(getattr(standing, name) == getattr(kept, name) for name in names)


def _follow(
    model: type[S], record: models.Model, key: str, kept: Given, actor: str, item: UUID | None, before: S | None
) -> S:
    now = timezone.now()
    if before is not None and not _end(before, actor, now, None):
        raise _stale(next((each for each in _standing(model, record, key) if each.item == before.item), None))
    statement = _row(model, record, key, kept, actor, now, item)
    statement.replaces = before
    statement.save(force_insert=True)
    return statement


def _end(statement: StatementBase, actor: str, now: datetime, reason: str | None) -> bool:
    """Whether it stood and now does not; a row that somebody else ended is left as it is."""
    standing = type(statement)._default_manager.filter(pk=statement.pk, ended_at__isnull=True)
    return bool(standing.update(ended_at=now, ended_by=actor, end_reason=reason))


def _draft(model: type[S], record: models.Model, key: str, given: Given, actor: str, now: datetime) -> S:
    field = _field(model, key, None)
    kept = checked(field, given)
    return _row(model, record, key, kept, actor, now, _item_of(field, kept, None))


def _row(
    model: type[S], record: models.Model, key: str, kept: Given, actor: str, now: datetime, item: UUID | None
) -> S:
    return model(
        **{model.RECORD: record},
        key=key,
        item=item,
        value=kept.value,
        certainty=kept.certainty,
        how=kept.how,
        source=kept.source,
        said_on=kept.said_on,
        basis=kept.basis,
        citation=kept.citation,
        interpol_ref=FIELDS[key].interpol_ref,
        recorded_by=actor,
        recorded_at=now,
    )


def _batches(drafts: Iterator[S]) -> Iterator[list[S]]:
    while batch := list(islice(drafts, BATCH)):
        yield batch


def _stale(current: StatementBase | None) -> Stale:
    if current is None:
        return Stale(_("This was withdrawn since you looked. Nothing of yours was written; look again."), None)
    return Stale(
        _("Somebody stated this anew since you looked. Nothing of yours was written; compare the two and decide."),
        current,
    )
