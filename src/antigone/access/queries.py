"""Questions about the people, mandates, agreements, sessions and tokens of an agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from antigone.access import second_factors
from antigone.access.models import Agency, Agreement, Invitation, Mandate, Operator, RoleGrant, SignIn, Token
from antigone.access.rules import Role

T = TypeVar("T")
M = TypeVar("M", bound=Model)
PAGE = 50


@dataclass(frozen=True)
class OperatorLine:
    """A person of the agency in one line: their roles in it now, and how they are recognised."""

    name: str
    roles: tuple[Role, ...]
    bound: bool
    active: bool


def operators(agency: Agency) -> list[OperatorLine]:
    """Everybody who works or worked for the agency, in the order in which they were added."""
    held = _held(RoleGrant.objects.filter(agency=agency))
    return [
        OperatorLine(
            name=who.name,
            roles=held.get(who.pk, ()),
            bound=who.os_uid is not None,
            active=who.active,
        )
        for who in Operator.objects.filter(agency=agency, machine=False).order_by("pk")
    ]


def _held(grants: QuerySet[RoleGrant]) -> dict[int, tuple[Role, ...]]:
    """The roles that are held now of these grants, by who holds them."""
    said = set(grants.filter(revoked_at=None).values_list("operator", "role"))
    holders = {who for who, _role in said}
    return {who: tuple(role for role in Role if (who, role.value) in said) for who in holders}


def operator_named(agency: Agency, name: str) -> Operator | None:
    """The agency's operator of this name, closed or not."""
    return Operator.objects.select_related("agency").filter(agency=agency, name=name.strip(), machine=False).first()


def mandates(agency: Agency) -> list[Mandate]:
    """The agency's mandates, in the order in which they were issued."""
    return list(Mandate.objects.filter(agency=agency).order_by("pk"))


def mandate_numbered(agency: Agency, number: int) -> Mandate | None:
    """The agency's mandate of this number."""
    return Mandate.objects.filter(agency=agency, pk=number).first()


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list, and the number after which the next page begins; None where there is none."""

    rows: list[T]
    after: int | None


def _page(rows: QuerySet[M], after: int, size: int, *, newest: bool = False) -> Page[M]:
    """A page by its key, not by counting: its price does not grow with the list."""
    if newest:
        found = list((rows.filter(pk__lt=after) if after else rows).order_by("-pk")[: size + 1])
    else:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else None)


@dataclass(frozen=True)
class Colleague:
    """A person of the agency with all that an administrator looks at, in one line."""

    operator: Operator
    roles: tuple[Role, ...]
    has_account: bool
    has_second_factor: bool
    invited_until: datetime | None
    sessions: int
    signed_in_at: datetime | None


def colleagues(who: Operator, *, after: int = 0, size: int = PAGE) -> Page[Colleague]:
    """The people of one's agency, in the order in which they were added; five queries however many they are."""
    page = _page(Operator.objects.filter(agency_id=who.agency_id, machine=False), after, size)
    return Page(_described(page.rows), page.after)


def colleague(who: Operator, pk: int) -> Colleague | None:
    """One person of one's agency; None for a number that is nobody's, and for the people of another agency."""
    found = Operator.objects.select_related("agency").filter(agency_id=who.agency_id, machine=False, pk=pk).first()
    return _described([found])[0] if found is not None else None


def _described(people: list[Operator]) -> list[Colleague]:
    keys = [each.pk for each in people]
    held = _held(RoleGrant.objects.filter(operator__in=keys, agency_id=F("operator__agency_id")))
    accounts = [each.account_id for each in people if each.account_id is not None]
    protected = set(second_factors.every().filter(user_id__in=accounts).values_list("user_id", flat=True))
    now = timezone.now()
    invited = dict(
        Invitation.objects.filter(
            operator__in=keys, redeemed_at=None, withdrawn_at=None, expires_at__gt=now
        ).values_list("operator", "expires_at")
    )
    # Sessions that ended are kept for a while only: somebody whose last one is older has none here.
    seen = (
        SignIn.objects.filter(operator__in=keys)
        .order_by()
        .values_list("operator")
        .annotate(open=Count("pk", filter=Q(ended_at=None)), last=Max("began_at"))
    )
    sessions = {person: (open_now, last) for person, open_now, last in seen}
    return [
        Colleague(
            operator=each,
            roles=held.get(each.pk, ()),
            has_account=each.account_id is not None,
            has_second_factor=each.account_id in protected,
            invited_until=invited.get(each.pk),
            sessions=sessions.get(each.pk, (0, None))[0],
            signed_in_at=sessions.get(each.pk, (0, None))[1],
        )
        for each in people
    ]


def grants_of(who: Operator, target: Operator, *, after: int = 0, size: int = PAGE) -> Page[RoleGrant]:
    """The roles that a colleague holds and held in one's agency, the newest first, with who gave and took them."""
    rows = RoleGrant.objects.filter(agency_id=who.agency_id, operator=target, operator__agency_id=who.agency_id)
    return _page(rows, after, size, newest=True)


def mandates_of(who: Operator, *, after: int = 0, size: int = PAGE) -> Page[Mandate]:
    """The mandates of one's agency, the newest first."""
    return _page(Mandate.objects.filter(agency_id=who.agency_id), after, size, newest=True)


def agreements_of(who: Operator, *, after: int = 0, size: int = PAGE) -> Page[Agreement]:
    """The agreements in which one's agency is a side, the newest first, both agencies with each."""
    return _page(_agreements(who), after, size, newest=True)


def agreement(who: Operator, pk: int) -> Agreement | None:
    """One agreement in which one's agency is a side."""
    return _agreements(who).filter(pk=pk).first()


def _agreements(who: Operator) -> QuerySet[Agreement]:
    ours = Q(discloses=who.agency_id) | Q(receives=who.agency_id)
    return Agreement.objects.filter(ours).select_related("discloses", "receives")


def other_agencies(who: Operator) -> list[Agency]:
    """The agencies of this instance with which one's own can agree."""
    return list(Agency.objects.exclude(pk=who.agency_id).order_by("name"))


def open_sign_ins(target: Operator, *, size: int = PAGE) -> list[SignIn]:
    """The sessions of an operator that are open, the one seen last first."""
    return list(SignIn.objects.filter(operator=target, ended_at=None).order_by("-seen_at", "-pk")[:size])


def sign_ins_of(who: Operator, target: Operator, *, after: int = 0, size: int = PAGE) -> Page[SignIn]:
    """The sessions of a colleague, open and ended, the newest first."""
    rows = SignIn.objects.filter(operator=target, operator__agency_id=who.agency_id)
    return _page(rows, after, size, newest=True)


def tokens_of(who: Operator, *, after: int = 0, size: int = PAGE) -> Page[Token]:
    """The tokens of one's agency, the newest first, with who answers for each."""
    rows = Token.objects.filter(operator__agency_id=who.agency_id).select_related("operator", "holder")
    return _page(rows, after, size, newest=True)


def token(who: Operator, pk: int) -> Token | None:
    """One token of one's agency."""
    found = Token.objects.filter(pk=pk, operator__agency_id=who.agency_id)
    return found.select_related("operator__agency", "holder").first()


def to_collect(who: Operator) -> list[Token]:
    """The tokens whose secret waits for this person to collect it."""
    return list(Token.objects.filter(holder=who, digest=None, revoked_at=None).order_by("pk")[:PAGE])


def mandates_ending(who: Operator, by: date, *, size: int = PAGE) -> list[Mandate]:
    """The mandates of one's agency that hold today and end by a day, the first to end first.

    One whose purpose another mandate goes on to serve after it is left out.
    """
    today = timezone.now().date()
    in_force = Mandate.objects.filter(agency_id=who.agency_id, revoked_at=None)
    longer = in_force.filter(purpose=OuterRef("purpose"), valid_from__lte=by, valid_until__gt=by)
    ending = in_force.filter(valid_from__lte=today, valid_until__gte=today, valid_until__lte=by)
    return list(ending.exclude(Exists(longer)).order_by("valid_until", "pk")[:size])


def agreements_awaiting(who: Operator, *, size: int = PAGE) -> list[Agreement]:
    """The agreements that another agency proposed and a person of one's own is to accept, the oldest first."""
    open_still = _agreements(who).filter(accepted_at=None, ended_at=None, valid_until__gte=timezone.now().date())
    return list(open_still.exclude(proposing=who.agency_id).order_by("pk")[:size])


def invitations_open(who: Operator, *, size: int = PAGE) -> list[Invitation]:
    """The codes of one's agency that nobody has used yet, the first to expire first, with whom each is for."""
    rows = Invitation.objects.select_related("operator").filter(
        operator__agency_id=who.agency_id, redeemed_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    return list(rows.order_by("expires_at", "pk")[:size])


def without_second_factor(who: Operator, *, size: int = PAGE) -> list[Operator]:
    """The people of one's agency who have an account and no second factor: they cannot do anything in the pages."""
    protected = second_factors.every().filter(user=OuterRef("account"))
    people = Operator.objects.filter(agency_id=who.agency_id, machine=False, active=True, account__isnull=False)
    return list(people.exclude(Exists(protected)).order_by("pk")[:size])


def holders(who: Operator) -> list[Operator]:
    """The people of one's agency who can answer for a token."""
    return list(Operator.objects.filter(agency_id=who.agency_id, machine=False, active=True).order_by("name"))


def names_within(who: Operator, actors: Iterable[str]) -> dict[str, str]:
    """The names behind actors who belong to one's own agency; one query.

    Who belongs to another agency has an empty name here: that somebody acted is known, and not who they are.
    """
    numbers: dict[int, list[str]] = {}
    for actor in set(actors):
        kind, _colon, number = actor.partition(":")
        if kind in ("operator", "token") and number.isascii() and number.isdigit() and len(number) < 19:
            numbers.setdefault(int(number), []).append(actor)
    found = Operator.objects.filter(pk__in=numbers).values_list("pk", "name", "agency")
    return {actor: name if agency == who.agency_id else "" for pk, name, agency in found for actor in numbers[pk]}


def actors_of(who: Operator) -> list[Operator]:
    """Everybody of one's agency under whom the ledger has entries: people who left, and programs, too."""
    return list(Operator.objects.filter(agency_id=who.agency_id).order_by("name")[:500])
