"""What a family files: the enquirer, the person sought, portraits, consent; checked before anything is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from antigone import imaging
from antigone.description import dates, statements
from antigone.description.catalogue import FIELDS, Side
from antigone.description.errors import BadStatement
from antigone.description.given import Given
from antigone.description.texts import line
from antigone.imaging import ImageRefused, Limits
from antigone.intake import tellers
from antigone.intake.choices import Audience, ConsentGiven, FiledBy
from antigone.intake.errors import BadEnquiry
from antigone.intake.tellers import Teller

# A family's pictures come from telephones and albums; what is larger is brought to the agency by hand.
FAMILY_LIMITS = Limits(max_bytes=32 * 1024 * 1024)
MOST_PORTRAITS, MOST_STATEMENTS = 12, 200


@dataclass(frozen=True)
class Agreed:
    """Consent as it was given: to which version of the wording, on which day, how."""

    wording: str
    given_on: date
    given_how: str = ConsentGiven.SPOKEN.value

    def as_json(self) -> dict[str, str]:
        """Plain values, fit for JSON."""
        return {"wording": self.wording, "given_on": self.given_on.isoformat(), "given_how": self.given_how}


@dataclass(frozen=True)
class About:
    """What is said of a picture; `taken_on` is a date known in part, `shows` says for example that teeth are seen."""

    taken_on: str = ""
    taken_at: str = ""
    taken_by: str = ""
    shows: str = ""
    rights: str = ""


@dataclass(frozen=True)
class Likeness:
    """A picture that is given."""

    data: bytes
    about: About = About()


@dataclass(frozen=True)
class Filing:
    """An enquiry before it is kept. `sought` is what is said of the person, each under a key of the catalogue."""

    enquirer: Teller
    sought: Sequence[tuple[str, Given]]
    consent: Agreed
    channel: str = FiledBy.IN_PERSON.value
    language: str = ""
    portraits: Sequence[Likeness] = ()
    shares: Sequence[str] = ()


@dataclass(frozen=True)
class Checked:
    """A filing that can be kept: everything in the form in which it is stored."""

    enquirer: Teller
    sought: list[dict[str, Any]]
    consent: dict[str, str]
    channel: str
    language: str
    shares: list[str]
    pictures: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)


def checked(filing: Filing) -> Checked:
    """The filing as it is kept; raises BadEnquiry with a sentence for each part at fault."""
    faults: dict[str, str] = {}
    enquirer = filing.enquirer
    try:
        enquirer = tellers.checked(filing.enquirer)
    except BadEnquiry as fault:
        faults.update(fault.parts)
    sought = _sought(filing.sought, faults)
    if not sought and not faults:
        faults["sought"] = _("Say something of the person who is sought: a name at least.")
    if filing.channel not in FiledBy.values:
        faults["channel"] = _("How the enquiry came: choose one of the list.")
    if any(each not in Audience.values for each in filing.shares):
        faults["shares"] = _("With whom it may be shared: choose from the list.")
    consent = _consent(filing.consent, faults)
    pictures = _pictures(filing.portraits, faults)
    if faults:
        raise BadEnquiry(
            _("The enquiry was not filed. %(why)s") % {"why": " ".join(dict.fromkeys(faults.values()))}, faults
        )
    return Checked(
        enquirer=enquirer,
        sought=sought,
        consent=consent,
        channel=filing.channel,
        language=_line("language", filing.language, 35, _("Language"), faults),
        shares=[known for known in Audience.values if known in filing.shares],
        pictures=pictures,
    )


def _sought(said: Sequence[tuple[str, Given]], faults: dict[str, str]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for key, given in said[:MOST_STATEMENTS]:
        known = FIELDS.get(key)
        if known is None or Side.ANTE_MORTEM not in known.sides:
            faults["sought"] = _("Nothing can be said under “%(key)s”.") % {"key": key[:64]}
            continue
        try:
            kept.append({"key": key, **asdict(statements.checked(known, given))})
        except BadStatement as fault:
            faults[key] = fault.sentence
    if len(said) > MOST_STATEMENTS:
        faults["sought"] = _("More is said of the person than an enquiry takes; bring the rest to the agency.")
    return kept


def _consent(agreed: Agreed, faults: dict[str, str]) -> dict[str, str]:
    wording = _line("consent", agreed.wording, 64, _("Wording of the consent"), faults)
    if not wording:
        faults.setdefault("consent", _("Say which version of the wording was agreed to."))
    if agreed.given_how not in ConsentGiven.values:
        faults.setdefault("consent", _("How the consent was given: choose one of the list."))
    if agreed.given_on > datetime.now(UTC).date() + timedelta(days=1):
        faults.setdefault("consent", _("The consent is dated in the future; check the day."))
    return Agreed(wording, agreed.given_on, agreed.given_how).as_json()


def _pictures(given: Sequence[Likeness], faults: dict[str, str]) -> list[tuple[str, bytes, dict[str, str]]]:
    """Each picture once, with its digest; decoded within limits, so that no other kind of file is sealed as one."""
    if len(given) > MOST_PORTRAITS:
        faults["portraits"] = _("At most %(most)d pictures come with an enquiry; bring the others to the agency.") % {
            "most": MOST_PORTRAITS
        }
        return []
    found: dict[str, tuple[str, bytes, dict[str, str]]] = {}
    for place, each in enumerate(given, start=1):
        try:
            imaging.decode(each.data, FAMILY_LIMITS)
        except ImageRefused as refused:
            faults[f"portrait-{place}"] = _("Picture %(place)d: %(why)s") % {"place": place, "why": refused.sentence}
            continue
        digest = hashlib.sha256(each.data).hexdigest()
        found[digest] = (digest, each.data, about_of(each.about, faults))
    return list(found.values())


def about_of(each: About, faults: dict[str, str]) -> dict[str, str]:
    """What is said of a picture, as it is kept; faults are added by part."""
    taken_on = ""
    if each.taken_on.strip():
        try:
            taken_on = past_date(each.taken_on)
        except BadStatement as fault:
            faults["taken_on"] = fault.sentence
    return {
        "taken_on": taken_on,
        "taken_at": _line("taken_at", each.taken_at, 200, _("Where it was taken"), faults),
        "taken_by": _line("taken_by", each.taken_by, 200, _("Who took it"), faults),
        "shows": _line("shows", each.shows, 400, _("What it shows"), faults),
        "rights": _line("rights", each.rights, 200, _("Rights"), faults),
    }


def past_date(text: str) -> str:
    """A date known in part that lies in the past, in its one form; raises BadStatement."""
    known = dates.read(text)
    if dates.ahead(known, datetime.now(UTC).date() + timedelta(days=1)):
        raise BadStatement(_("The date lies in the future; check it."))
    return known.text


def _line(part: str, text: str, length: int, label: str, faults: dict[str, str]) -> str:
    try:
        return line(text, length, label)
    except BadStatement as fault:
        faults.setdefault(part, fault.sentence)
        return ""


def given_of(said: Mapping[str, Any]) -> tuple[str, Given]:
    """The key and statement that `checked` wrote down."""
    rest = dict(said)
    key, value = rest.pop("key"), rest.pop("value")
    return key, Given(value, **rest)
