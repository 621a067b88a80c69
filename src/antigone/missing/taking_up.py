"""Take up a filed enquiry as a missing person: what was said becomes statements, and the pictures portraits."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.description.errors import BadStatement
from antigone.intake import services as intake
from antigone.intake.choices import Audience, Stage
from antigone.intake.filing import About, Agreed, given_of
from antigone.intake.models import Enquiry, EnquiryPortrait
from antigone.intake.tellers import Teller
from antigone.ledger.services import record, recorded
from antigone.missing import consents, describing, portraits, relatives, rules, services
from antigone.missing.describing import Said
from antigone.missing.errors import PersonRefused, PortraitRefused
from antigone.missing.models import Basis, Holding, Person, Relative, Report, TakenUp
from antigone.missing.own import counting, holding_for, not_here
from antigone.missing.services import Giving, NewPortrait
from antigone.vault import store
from antigone.vault import tasks as vault_tasks


@dataclass(frozen=True)
class Unusable:
    """A picture of an enquiry that is no portrait, and why; it stays sealed with the enquiry."""

    portrait: str
    reason: str
    sentence: str


@dataclass(frozen=True)
class Taken:
    """What an enquiry became: `new` when this call took it up, `left` the statements that could not be made."""

    person: Person
    relative: Relative | None
    new: bool
    portraits: int = 0
    unusable: tuple[Unusable, ...] = ()
    left: tuple[str, ...] = ()


def take_up(enquiry: Enquiry, who: Operator, holding: Holding) -> Taken:
    """Make a filed enquiry the record of a missing person, whose source is the enquirer; once, however often asked.

    Raises Refused, NotHere, or PersonRefused for an enquiry that was withdrawn. A picture that shows no face is not
    lost: it stays with the enquiry, and the answer says why.
    """
    holding = holding_for(holding, who, Permission.PERSON_RECORD)
    access.require(who, Permission.PORTRAIT_ADD, object=f"enquiry:{enquiry.pk}")
    if enquiry.agency_id != who.agency_id:
        raise not_here()
    done = _taken(enquiry)
    if done is not None:
        return done
    pictures, unusable = _read(enquiry)
    with recorded(), store.batch():
        now = Enquiry.objects.select_for_update().filter(pk=enquiry.pk).first()
        if now is None:
            raise not_here()
        done = _taken(now)
        if done is not None:
            return done
        if now.withdrawn_at is not None:
            raise PersonRefused(_("This enquiry was withdrawn. Nothing was taken up."))
        person = _person(now, holding, who)
        relative = relatives.add(person, Teller.of(now.enquirer), who.actor, reporter=True)
        _choices(now, relative, who)
        left = _statements(now, person, who)
        giving = Giving(basis=Basis.FAMILY_CONSENT, given_by=_giver(now), giver=relative, enquiry=now.pk)
        added = sum(1 for new in pictures if _keep(person, new, giving, who))
        TakenUp.objects.create(
            enquiry=now, person=person, relative=relative, taken_by=who.actor, taken_at=timezone.now()
        )
        kept = {each.portrait for each in unusable}
        gone = [each.pk for each in now.portraits.all() if str(each.pk) not in kept]
        intake.erase_portraits(now, who.actor, only=gone)
        intake.move_to(now, Stage.REGISTERED, who.actor)
        record(
            "missing:enquiry:take-up",
            actor=who.actor,
            object=f"person:{person.pk}",
            enquiry=now.pk,
            portraits=added,
            unusable=len(unusable),
        )
    vault_tasks.complete_shreds()
    return Taken(person, relative, True, added, tuple(unusable), tuple(left))


def _taken(enquiry: Enquiry) -> Taken | None:
    rows = TakenUp.objects.select_related("person__holding", "person__report", "relative")
    done = rows.filter(enquiry=enquiry).first()
    return None if done is None else Taken(counting(done.person), done.relative, False)


def _read(enquiry: Enquiry) -> tuple[list[tuple[EnquiryPortrait, NewPortrait]], list[Unusable]]:
    """The faces of the pictures, found before the transaction, since that takes its time."""
    found: list[tuple[EnquiryPortrait, NewPortrait]] = []
    unusable: list[Unusable] = []
    nobody = Person(ref="")
    for picture in enquiry.portraits.order_by("added_at", "pk"):
        said = {each.name: str(picture.about.get(each.name, "")) for each in fields(About)}
        try:
            found.append((picture, portraits.read_one(nobody, store.open(str(picture.pk)), said)))
        except PortraitRefused as refused:
            unusable.append(Unusable(str(picture.pk), refused.reason, refused.sentence))
    return found, unusable


def _keep(person: Person, new: tuple[EnquiryPortrait, NewPortrait], giving: Giving, who: Operator) -> bool:
    try:
        portraits.keep(person, new[1], giving, who.actor)
    except PortraitRefused:
        # The same picture was withdrawn from this holding before; it does not come back by another way.
        return False
    return True


def _person(enquiry: Enquiry, holding: Holding, who: Operator) -> Person:
    """A new record under the enquiry's own reference, reported missing by its enquirer."""
    now = timezone.now()
    person = Person.objects.create(
        ref=_reference(enquiry, holding),
        holding=holding,
        recorded_at=now,
        review_on=rules.review_day(None, now.date()),
    )
    Report.objects.create(person=person, given_by=_giver(enquiry), reported_at=enquiry.filed_at)
    record("missing:report:open", actor=who.actor, object=f"person:{person.pk}", person_ref=person.ref)
    return Person.objects.select_related("holding", "report").get(pk=person.pk)


def _reference(enquiry: Enquiry, holding: Holding) -> str:
    wanted = f"E-{enquiry.reference}"
    if services.withdrawn(holding, wanted):
        raise PersonRefused(_("What came of this enquiry was erased before. Nothing was taken up."))
    taken = Person.objects.filter(holding=holding, ref=wanted).exists()
    return f"{wanted}-{enquiry.pk}" if taken else wanted


def _choices(enquiry: Enquiry, relative: Relative, who: Operator) -> None:
    agreed = enquiry.consent
    consents.agree(
        relative, Agreed(agreed["wording"], date.fromisoformat(agreed["given_on"]), agreed["given_how"]), who.actor
    )
    # Partners are named one by one when somebody speaks with the family; an enquiry names none.
    unnamed = (Audience.OWN_AGENCY, Audience.PARTNERS)
    wanted: set[tuple[str, int | None]] = {(each, None) for each in enquiry.shares if each not in unnamed}
    consents.share_with(relative, wanted, who.actor)


def _statements(enquiry: Enquiry, person: Person, who: Operator) -> list[str]:
    """State what was said, with the enquirer as its source; returns the keys that this version cannot state."""
    left = []
    for said in enquiry.sought:
        key, given = given_of({**said, "source": said.get("source") or _giver(enquiry)})
        try:
            describing.state_in(person, [Said(key, given)], who.actor)
        except BadStatement:
            left.append(key)
    return left


def _giver(enquiry: Enquiry) -> str:
    names = enquiry.enquirer.get("names") or [""]
    return str(names[0])[:200]
