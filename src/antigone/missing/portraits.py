"""Portraits taken in one at a time, what is said of them, and which pictures are there already."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.enrolment import services as enrolment
from antigone.enrolment.contracts import engine
from antigone.enrolment.rules import main_face
from antigone.enrolment.services import open_contract
from antigone.imaging import ImageRefused
from antigone.intake.filing import About, about_of
from antigone.ledger.services import record, recorded
from antigone.missing import consents, likeness, queries, services
from antigone.missing.errors import PortraitRefused
from antigone.missing.models import Basis, Person, Portrait, Relative
from antigone.missing.own import not_here, person_for, portrait_for
from antigone.missing.records import PersonRecord, text_fault
from antigone.missing.services import Giving
from antigone.vault import store

GIVEN_BY_LENGTH, CITATION_LENGTH = 200, 400


@dataclass(frozen=True)
class AddedOne:
    """A portrait that is on record: `new` when this call added it, `also` who else has the same picture."""

    portrait: Portrait
    new: bool
    also: tuple[str, ...]


def add_one(
    person: Person,
    data: bytes,
    giving: Giving,
    who: Operator,
    *,
    giver: Relative | None = None,
    about: About | None = None,
) -> AddedOne:
    """Take in one picture as a portrait, on the same terms as an enrolment; one that is there already is returned.

    `giver` is the relative who gave it, whose consent is on record. Raises Refused, NotHere, or PortraitRefused with
    the sentence of an enrolment's list; the face model's errors where it cannot be loaded. Nothing is kept then.
    """
    person = person_for(person, who, Permission.PORTRAIT_ADD)
    giving = _checked(person, replace(giving, giver=giver), who)
    said = _about(about or About())
    digest = hashlib.sha256(data).hexdigest()
    if (known := Portrait.objects.filter(person=person, sha256=digest).first()) is not None:
        return AddedOne(known, False, _also(person, digest))
    new = read_one(person, data, said)
    with recorded(), store.batch():
        added = keep(person, new, giving, who.actor)
    return AddedOne(added, True, _also(person, digest))


def read_one(person: Person, data: bytes, said: dict[str, str]) -> services.NewPortrait:
    """Find the person's face in a picture and encode it; raises PortraitRefused."""
    loaded = engine()
    try:
        loaded.limits.check_bytes(len(data))
    except ImageRefused as refused:
        raise PortraitRefused(str(refused.reason), refused.sentence) from None
    ((_key, reading),) = loaded.read_many([(0, data)], choose=main_face)
    if (fault := likeness.fault_of(reading)) is not None:
        raise PortraitRefused(*fault)
    assert not isinstance(reading, ImageRefused)
    assert reading.vector is not None
    return services.NewPortrait(
        PersonRecord(ref=person.ref), reading.picture.sha256, data, reading.vector, likeness.face_of(reading), said
    )


def keep(person: Person, new: services.NewPortrait, giving: Giving, actor: str) -> Portrait:
    """The rows, template and sealed bytes of a picture that was read, in the caller's transaction and batch.

    What happened while it was read counts: raises PortraitRefused for a picture that was withdrawn, NotHere for a
    person who was erased.
    """
    now = Person.objects.select_related("holding", "report").filter(pk=person.pk).first()
    if now is None:
        raise not_here()
    if giving.giver is not None and giving.basis == Basis.FAMILY_CONSENT and not consents.consents_now(giving.giver):
        raise _no_consent()
    if giving.again:
        services.given_anew(now.holding, now.ref, new.sha256, actor)
    elif services.withdrawn(now.holding, now.ref, new.sha256):
        raise PortraitRefused(
            "withdrawn",
            _("This picture was withdrawn before. Nothing was saved. If its giver gives it again, say so."),
        )
    known = Portrait.objects.filter(person=now, sha256=new.sha256).first()
    if known is not None:
        return known
    template = services.add_portrait(now, new, giving, actor)
    enrolment.add_templates(open_contract(engine().contract), [template])
    return Portrait.objects.get(pk=template.portrait)


def describe(portrait: Portrait, about: About, who: Operator) -> Portrait:
    """Change what is said of a portrait: when and where it was taken, by whom, what it shows, whose the rights are.

    Raises Refused, NotHere or PortraitRefused.
    """
    said = _about(about)
    with recorded():
        portrait = portrait_for(portrait, who, Permission.PERSON_RECORD)
        changed = sorted(name for name, value in said.items() if getattr(portrait, name) != value)
        if changed:
            Portrait.objects.filter(pk=portrait.pk).update(**said)
            record("missing:portrait:describe", actor=who.actor, object=f"portrait:{portrait.pk}", fields=changed)
            portrait.refresh_from_db()
    return portrait


def _about(about: About) -> dict[str, str]:
    faults: dict[str, str] = {}
    said = about_of(about, faults)
    if faults:
        raise PortraitRefused("bad-words", " ".join(dict.fromkeys(faults.values())))
    return said


def _checked(person: Person, giving: Giving, who: Operator) -> Giving:
    """On which terms a portrait may be held; raises PortraitRefused."""
    if giving.basis not in Basis.values:
        raise _refused("no-basis", _("Say on which basis the portrait is held. Nothing was saved."))
    if giving.until is not None and giving.until < timezone.now().date():
        raise _refused("past-end", _("The last day on which it may be searched has passed. Nothing was saved."))
    for text, length in ((giving.given_by, GIVEN_BY_LENGTH), (giving.citation, CITATION_LENGTH)):
        if text_fault(text, length):
            raise _refused("bad-words", _("Who gave it, or the citation, is too long or cannot be read."))
    giver = giving.giver
    if giver is None:
        if not giving.given_by.strip():
            raise _refused("no-giver", _("Say who gave the portrait. Nothing was saved."))
        return giving
    if giver.person_id != person.pk:
        raise _refused("no-giver", _("Whoever gave it is not among this person's relatives. Nothing was saved."))
    if giving.basis == Basis.FAMILY_CONSENT and not consents.consents_now(giver):
        raise _no_consent()
    return replace(giving, given_by=giving.given_by or ", ".join(giver.names[:1]))


def _no_consent() -> PortraitRefused:
    return _refused(
        "no-consent", _("No consent of whoever gave it stands on record. Nothing was saved. Record it first.")
    )


def _refused(reason: str, sentence: str) -> PortraitRefused:
    return PortraitRefused(reason, sentence)


def _also(person: Person, digest: str) -> tuple[str, ...]:
    found = queries.same_pictures(person.holding.agency_id, {digest})
    return tuple(ref for ref in found.get(digest, ()) if ref != person.ref)
