"""A form of statements: fields of the catalogue in, what was changed out; what nobody touched is not stated anew.

Names of inputs: `<key>/<item>/<name>`, with the item empty where a field has one value, the item's id, or `new0`,
`new1` for items to come; `<name>` is as `description.raw` reads it. What one says of the whole form (who says so, how,
when, on which ground) is named `said/<name>` and holds wherever a line says nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from antigone.description import raw as texts
from antigone.description import statements
from antigone.description.bases import LegalBasis
from antigone.description.errors import BadStatement
from antigone.description.fields import Field
from antigone.description.given import Certainty, How, Said
from antigone.description.spoken import attributed
from antigone.description.statement import StatementBase
from antigone.web.addresses import number
from antigone.web.forms.controls import Control, control, identifier, teeth_joined

SAID = "said"
PROVENANCE = ("how", "source", "said_on", "basis", "citation")
MORE = "more"
MINE, THEIRS = "mine", "theirs"


@dataclass
class Line:
    """One value to state: of a field with one value, or one item of a field with many."""

    of: Field
    token: str
    seen: StatementBase | None
    now: StatementBase | None
    raw: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    whole: bool = False

    @property
    def prefix(self) -> str:
        return f"{self.of.key}/{self.token}/"

    @property
    def id(self) -> str:
        return identifier(self.prefix)

    @property
    def expects(self) -> int:
        return self.seen.pk if self.seen is not None else 0

    @property
    def item(self) -> UUID | None:
        return self.seen.item if self.seen is not None and self.token else None

    @property
    def control(self) -> Control:
        """The value's control; its names carry the line's prefix."""
        named = {f"{self.prefix}{name}": text for name, text in self.raw.items()}
        faulty = {f"{self.prefix}{name}": text for name, text in self.faults.items()}
        return control(self.of, f"{self.prefix}value", named, faulty, bare=True)

    @property
    def certainties(self) -> list[tuple[str, Any]]:
        """The answers without a value that fit here; an item of many is there or is withdrawn."""
        if self.of.many and not self.whole:
            return []
        fitting = [Certainty.UNKNOWN, *([Certainty.ABSENT] if self.of.absence else [])]
        return [(each.value, each.label) for each in fitting]

    @property
    def certainty(self) -> str:
        return self.raw.get("certainty", "")

    @property
    def own_provenance(self) -> list[Control]:
        """Who says so, where it differs from the rest of the form."""
        return _provenance(self.prefix, self.raw, self.faults, blank=_("as said below"))

    @property
    def differs(self) -> bool:
        """Whether the line has a provenance of its own, or a fault in it: then it stands open."""
        return any(self.raw.get(name) or self.faults.get(name) for name in PROVENANCE)

    @property
    def attributed(self) -> str:
        """Who said what stands now, in words."""
        return attributed(self.seen) if self.seen is not None else ""


@dataclass(frozen=True)
class Question:
    """A field and its lines."""

    of: Field
    lines: list[Line]

    @property
    def can_add(self) -> bool:
        return self.of.many


class StatementsForm:
    """The form; a view uses it as it would a form of Django: is_valid(), errors, and {{ form }} renders it."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        model: type[StatementBase],
        record: models.Model,
        fields: Iterable[Field],
        how: str = How.REPORTED.value,
        basis: str = LegalBasis.FAMILY_CHOICE.value,
    ) -> None:
        self.model, self.record, self.fields = model, record, list(fields)
        self.data = data
        self.current = statements.current(model, record)
        self.non_field: list[str] = []
        self.said = {"how": how, "basis": basis} if data is None else _own(data, f"{SAID}/")
        self.said_faults: dict[str, str] = {}
        self._changes: list[Said] | None = None
        # Set by drafts.begun, where what is not finished is not checked yet.
        self._errors: Any = None

    # What a view asks.

    def is_valid(self) -> bool:
        """Whether every changed line can be stated; False also where one asked for another item to fill in."""
        return self.data is not None and not self.asked_for_more and not self.errors

    @property
    def asked_for_more(self) -> bool:
        """Whether the button was "add another" and not "save"."""
        return self.data is not None and MORE in self.data

    @property
    def errors(self) -> list[str]:
        """Every fault, in the order of the form."""
        if self.data is None or self.asked_for_more or self._errors is not None:
            return list(self.non_field)
        self._check()
        return [sentence for _id, _label, sentence in self.faults]

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """For the summary of errors: an element's id, a label, a sentence."""
        found = [("", "", sentence) for sentence in self.non_field]
        for line in self.lines:
            for name, sentence in line.faults.items():
                label = str(line.of.label)
                named = sentence.casefold().startswith(label.casefold())
                found.append((identifier(f"{line.prefix}{name}"), "" if named else label, sentence))
        found += [(identifier(f"{SAID}/{name}"), "", sentence) for name, sentence in self.said_faults.items()]
        return found

    def add_error(self, _field: None, sentence: str) -> None:
        """What a service refused, above the form."""
        self.non_field.append(sentence)

    def changes(self) -> list[Said]:
        """What is to be stated: only what was changed."""
        self._check()
        return list(self._changes or [])

    # Lines.

    @cached_property
    def questions(self) -> list[Question]:
        return [Question(of, list(self._lines_of(of))) for of in self.fields]

    @property
    def lines(self) -> list[Line]:
        return [line for question in self.questions for line in question.lines]

    def _lines_of(self, of: Field) -> Iterator[Line]:
        standing = list(self.current.get(of.key, ()))
        if not of.many:
            yield self._line(of, "", standing[0] if standing else None)
            return
        items = [each for each in standing if each.item is not None]
        for each in items:
            yield self._line(of, str(each.item), each)
        known = {str(each.item) for each in items}
        for token in self._posted_tokens(of) - known:
            # An item that was withdrawn since the writer looked.
            yield self._line(of, token, None)
        if not items or (self.data is not None and self.data.get(f"{of.key}//certainty")):
            whole_now = next((each for each in standing if each.item is None), None)
            yield self._line(of, "", whole_now, whole=True)
        for place in range(self._new_items(of, len(items))):
            yield self._line(of, f"new{place}", None)

    def _posted_tokens(self, of: Field) -> set[str]:
        """The ids of items that were posted; new ones and the field as a whole are none."""
        named = (name.split("/") for name in self.data or () if name.startswith(f"{of.key}/"))
        return {parts[1] for parts in named if len(parts) == 3 and len(parts[1]) == UUID_LENGTH}

    def _new_items(self, of: Field, items: int) -> int:
        """How many empty items are offered: those that were posted, one more where it was asked for."""
        if self.data is None:
            return 0 if items else 1
        posted = {name.split("/")[1] for name in self.data if name.startswith(f"{of.key}/new")}
        numbers = [int(token[3:]) for token in posted if token[3:].isdigit()]
        most = min(max(numbers, default=-1) + 1, MOST_NEW)
        return min(most + 1, MOST_NEW) if self.data.get(MORE) == of.key else most

    def _line(self, of: Field, token: str, now: StatementBase | None, *, whole: bool = False) -> Line:
        prefix = f"{of.key}/{token}/"
        if self.data is None:
            shown = _value_texts(of, now)
            return Line(of, token, now, now, shown, whole=whole)
        posted = _own(self.data, prefix)
        seen = now
        expected = number(posted.get("expects", "")) or 0
        if "expects" in posted and (now.pk if now else 0) != expected:
            seen = self._seen(of.key, expected)
        return Line(of, token, seen, now, teeth_joined(posted), whole=whole)

    def _seen(self, key: str, pk: int) -> StatementBase | None:
        """The statement that the writer looked at: statements are never changed, so it is still there."""
        rows = self.model._default_manager.filter(**{self.model.RECORD: self.record.pk}, key=key, pk=pk)
        return rows.first()

    # Checking.

    def _check(self) -> None:
        if self._changes is not None:
            return
        self._changes = []
        for line in self.lines:
            change = self._change(line)
            if change is not None:
                self._changes.append(change)

    def _change(self, line: Line) -> Said | None:
        before = _value_texts(line.of, line.seen)
        now = {name: text for name, text in line.raw.items() if _is_value(name) and text.strip()}
        same = now == {name: text for name, text in before.items() if text.strip()}
        own = {name: line.raw[name] for name in PROVENANCE if line.raw.get(name, "").strip()}
        if line.raw.get("choice") == THEIRS or (same and (not own or line.seen is None)):
            return None
        if not now:
            line.faults["value"] = _(
                "This was emptied. Say that it is not known, or take it back from the record with a reason."
            )
            return None
        rest = {name: getattr(line.seen, name) for name in PROVENANCE} if same and line.seen else self.said
        try:
            given = texts.parse(line.of, {**rest, **now, **own})
        except BadStatement as refused:
            for name, sentence in (refused.parts or {"value": refused.sentence}).items():
                to = line.faults if _is_value(name) or name in own else self.said_faults
                to.setdefault(name, sentence)
            return None
        return Said(line.of.key, given, line.item, line.expects)

    # Rendering.

    @property
    def provenance(self) -> list[Control]:
        """Who says what is written in this form, how, when, and on which ground."""
        return _provenance(f"{SAID}/", self.said, self.said_faults)

    def conflicts(self) -> list[Line]:
        """Changed lines under which somebody else stated something since the writer looked."""
        changed = {(each.key, each.item, each.expects) for each in self.changes()}
        return [
            line
            for line in self.lines
            if (line.of.key, line.item, line.expects) in changed
            and (line.now.pk if line.now is not None else 0) != line.expects
        ]

    def hidden_fields(self) -> Sequence[Any]:
        return ()

    def is_multipart(self) -> bool:
        return False

    def __str__(self) -> SafeString:
        return mark_safe(render_to_string("web/forms/statements.html", {"form": self}))  # noqa: S308

    def __html__(self) -> SafeString:
        return str(self)  # type: ignore[return-value]


UUID_LENGTH = 36
# No page asks for more at once; saving gives room for the next.
MOST_NEW = 40


def _own(data: QueryDict, prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): str(data[name]) for name in data if name.startswith(prefix)}


def _is_value(name: str) -> bool:
    return name == "certainty" or name == "value" or name.startswith("value-")


def _value_texts(of: Field, statement: StatementBase | None) -> dict[str, str]:
    """The texts of a statement's value; a known one has no certainty to choose, because a value says it."""
    if statement is None:
        return {}
    flat = texts.flat(of, texts.given_of(statement))
    known = statement.certainty == Certainty.KNOWN
    return {name: text for name, text in flat.items() if _is_value(name) and not (known and name == "certainty")}


def _provenance(prefix: str, raw: Mapping[str, str], faults: Mapping[str, str], blank: str = "") -> list[Control]:
    def made(name: str, sort: str, label: str, hint: str = "", choices: Any = (), length: int = 200) -> Control:
        options = (("", blank or _("choose")), *choices) if choices else ()
        return Control(
            sort, f"{prefix}{name}", label, raw.get(name, ""), hint, choices=options, fault=faults.get(name, ""),
            length=length,
        )  # fmt: skip

    return [
        made("source", "text", _("Who or what says so"), _("“the mother”, “passport”, “seen by me”")),
        made("how", "select", _("How it is known"), choices=How.choices),
        made("said_on", "date", _("Said or seen on"), _("2014, 2014-05 or 2014-05-03; about: 2014~")),
        made("basis", "select", _("Ground in law"), choices=LegalBasis.choices),
        made("citation", "text", _("Article or paper, where a statute says so"), length=400),
    ]
