"""Whoever tells of a missing person, as they say it of themselves: checked, and in the one form in which it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from antigone.description.errors import BadStatement
from antigone.description.texts import line
from antigone.intake.choices import Audience, Channel, Relation
from antigone.intake.errors import BadEnquiry

MOST_NAMES, NAME_LENGTH = 6, 200
MOST_CONTACTS, CONTACT_LENGTH = 8, 300
LANGUAGE_LENGTH, HOURS_LENGTH, NOTE_LENGTH = 35, 200, 2000


@dataclass(frozen=True)
class Contact:
    """One way to reach someone: the channel, and the number or address."""

    channel: str
    value: str


@dataclass(frozen=True)
class Teller:
    """Who tells, what they are to the person, how and in which language to reach them, and who may do so.

    `contact_by` are audiences; with none of them they may not be contacted. `adverse`: under an adverse party's
    power, so that no agency here contacts them by itself.
    """

    names: tuple[str, ...] = ()
    relation: str = Relation.OTHER.value
    contacts: tuple[Contact, ...] = ()
    language: str = ""
    preferred: str = ""
    hours: str = ""
    contact_by: tuple[str, ...] = ()
    adverse: bool = False
    note: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Teller:
        """The teller that `as_json` wrote down."""
        contacts = tuple(Contact(**each) for each in said.get("contacts", ()))
        plain = {
            key: said[key] for key in ("relation", "language", "preferred", "hours", "adverse", "note") if key in said
        }
        return cls(
            names=tuple(said.get("names", ())), contacts=contacts, contact_by=tuple(said.get("contact_by", ())), **plain
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values, fit for JSON."""
        return asdict(self)


def checked(told: Teller, *, named: bool = True) -> Teller:
    """The teller in the form that is kept; raises BadEnquiry with a sentence for each part at fault."""
    faults: dict[str, str] = {}

    def one(part: str, text: str, length: int, label: str) -> str:
        try:
            return line(text, length, label)
        except BadStatement as fault:
            faults.setdefault(part, fault.sentence)
            return ""

    def listed(part: str, value: str, known: Sequence[str], label: str) -> str:
        if value not in known:
            faults.setdefault(part, _("%(label)s: choose one of the list.") % {"label": label})
        return value

    names = tuple(dict.fromkeys(name for each in told.names if (name := one("names", each, NAME_LENGTH, _("Name")))))
    if named and not names:
        faults.setdefault("names", _("Name: whoever tells of a person says their own name."))
    if len(names) > MOST_NAMES:
        faults["names"] = _("Name: at most %(most)d of them.") % {"most": MOST_NAMES}
    contacts = tuple(
        Contact(
            listed("contacts", each.channel, Channel.values, _("How to reach them")),
            one("contacts", each.value, CONTACT_LENGTH, _("How to reach them")),
        )
        for each in told.contacts
        if each.value.strip()
    )
    if len(contacts) > MOST_CONTACTS:
        faults["contacts"] = _("How to reach them: at most %(most)d ways.") % {"most": MOST_CONTACTS}
    if told.preferred:
        listed("preferred", told.preferred, Channel.values, _("Preferred way"))
    if len(told.note) > NOTE_LENGTH or "\0" in told.note:
        faults["note"] = _("Note: at most %(most)d characters that can be read.") % {"most": NOTE_LENGTH}
    for audience in told.contact_by:
        listed("contact_by", audience, Audience.values, _("Who may contact them"))
    kept = Teller(
        names=names,
        relation=listed("relation", told.relation, Relation.values, _("What they are to the person")),
        contacts=contacts,
        language=one("language", told.language, LANGUAGE_LENGTH, _("Language")),
        preferred=told.preferred,
        hours=one("hours", told.hours, HOURS_LENGTH, _("Hours")),
        contact_by=tuple(known for known in Audience.values if known in told.contact_by),
        adverse=bool(told.adverse),
        note=told.note.strip(),
    )
    if faults:
        raise BadEnquiry(" ".join(dict.fromkeys(faults.values())), faults)
    return kept
