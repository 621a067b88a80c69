"""What another agency may see of portraits and relatives, or compare in a search: by agreement and by choice."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from antigone.access.models import Operator
from antigone.access.scope import Scope, agencies_open_to
from antigone.enrolment.models import Template
from antigone.missing.models import Audience, Basis, Person, Portrait, Relative, ReportState, Share


def persons_shown_to(who: Operator) -> QuerySet[Person]:
    """The records of the agencies open to this operator; of another agency's none whose report was withdrawn."""
    disclosed = Person.objects.filter(holding__agency__in=agencies_open_to(who, Scope.PERSONS))
    return disclosed.filter(Q(holding__agency=who.agency_id) | ~Q(report__state=ReportState.WITHDRAWN))


def shown_to(who: Operator) -> QuerySet[Portrait]:
    """The portraits that the operator's agency may look at.

    Its own, and of agencies whose agreement in force covers portraits those whose giver shares them with it; a basis
    other than the family's consent needs nobody's choice. What its giver withdrew is shown to its own agency alone.
    """
    others = agencies_open_to(who, Scope.PORTRAITS) - {who.agency_id}
    own = Q(person__holding__agency=who.agency_id)
    return Portrait.objects.filter(own | (Q(person__holding__agency__in=others) & _given_to(who.agency_id)))


def kept_from_search(agency: int, holdings: Collection[int]) -> frozenset[int]:
    """The templates in these holdings that a search of this agency may not see.

    An agreement opens a holding of another agency to be searched; of the portraits in it those are left out whose
    giver does not share them. Decided before anything is ranked, so that nothing of them is in any answer.
    """
    others = Portrait.objects.filter(person__holding__in=holdings).exclude(person__holding__agency=agency)
    kept = others.exclude(pk__in=others.filter(_given_to(agency)).values("pk"))
    return frozenset(Template.objects.filter(portrait__in=kept.values("pk")).values_list("pk", flat=True))


def relatives_shown_to(who: Operator) -> QuerySet[Relative]:
    """The relatives whom the operator's agency may see: its own, and those of others who share with it."""
    others = agencies_open_to(who, Scope.RELATIVES) - {who.agency_id}
    own = Q(person__holding__agency=who.agency_id)
    theirs = Q(person__holding__agency__in=others) & Q(Exists(_shares("pk", who.agency_id)))
    return Relative.objects.filter(own | theirs)


def sources_shown(person: Person, who: Operator) -> bool:
    """Whether it is named who told of a person: to their own agency alone.

    Another agency sees the relatives who chose it (`relatives_shown_to`), and learns of nobody else by a source or
    a giver that stands beside what is disclosed.
    """
    return person.holding.agency_id == who.agency_id


def _given_to(agency: int) -> Q:
    free = ~Q(basis=Basis.FAMILY_CONSENT) & Q(giver=None)
    return Q(withheld_at=None) & (free | Q(Exists(_shares("giver", agency))))


def _shares(relative: str, agency: int) -> QuerySet[Share]:
    named = Share.objects.filter(ended_at=None, audience=Audience.PARTNERS, partner=agency)
    return named.filter(relative=OuterRef(relative))
