"""Kin among the leads: who is listed together, and whose ratio is withheld for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from antigone.casework.searching.answer import Candidate
from antigone.missing.kinship import relatives_of
from antigone.missing.models import Person, ReportState


@dataclass(frozen=True)
class Kin:
    """The kin of each lead: by reference those who are leads too, and how many more of them are missing."""

    refs: Mapping[int, str]
    related: Mapping[int, tuple[int, ...]]
    missing: frozenset[int] = field(default_factory=frozenset)

    def listed(self, person: int) -> tuple[tuple[int, str], ...]:
        """The numbers and references of a lead's kin who are on the list."""
        return tuple((each, self.refs[each]) for each in self.related.get(person, ()) if each in self.refs)

    def named(self, person: int) -> tuple[str, ...]:
        """The same, for the sentence that withholds the ratio; who is not on the list is counted and not named."""
        others = sum(each not in self.refs and each in self.missing for each in self.related.get(person, ()))
        return (*(ref for _, ref in self.listed(person)), *((f"{others} not on this list",) if others else ()))


def among(candidates: Sequence[Candidate]) -> Kin:
    """The kin of these leads among the missing: two queries, one where nobody has any."""
    refs = {each.person: each.person_ref for each in candidates}
    related = relatives_of(refs)
    others = {each for found in related.values() for each in found} - refs.keys()
    missing = Person.objects.filter(pk__in=others, report__state=ReportState.OPEN) if others else Person.objects.none()
    return Kin(refs, related, frozenset(missing.values_list("pk", flat=True)))
