"""A kept answer as its page shows it: each lead with its score, its ratio or why it has none, and what records say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import telling
from antigone.casework.models import Search
from antigone.casework.receivers import ERASED
from antigone.casework.searching import meaning
from antigone.evidence.secondary.lines import Finding
from antigone.evidence.verbal import TABLE

_FINDINGS: dict[str, Promise] = {
    Finding.CONTRADICTS: gettext_lazy("contradicts"),
    Finding.AGREES: gettext_lazy("agrees"),
    Finding.CANNOT_TELL: gettext_lazy("cannot tell"),
}
_SOURCES: dict[str, Promise] = {
    "living": gettext_lazy("faces of the living"),
    "stand-in": gettext_lazy("stand-ins: faces of the living, altered"),
    "own-cases": gettext_lazy("own closed cases"),
}


@dataclass(frozen=True)
class RecordLine:
    """One line of secondary evidence."""

    name: str
    found: str
    told: str
    finding: str
    against: bool
    agrees: bool
    weighs: bool
    log10_lr: str
    basis: str


@dataclass(frozen=True)
class Lead:
    """A lead, never a name; `person` is the number of the record, where this person may open it."""

    rank: int
    ref: str
    person: int | None
    erased: bool
    score: str
    passes: bool
    ratio: str
    bounds: str
    at_bound: bool
    words: str
    why_not: tuple[str, ...]
    cautions: tuple[str, ...]
    child: bool
    kin: tuple[str, ...]
    apart: str
    lines: tuple[RecordLine, ...]
    warning: str

    @property
    def against(self) -> str:
        """What the records say against it, by name."""
        return ", ".join(each.name for each in self.lines if each.against)

    @property
    def agreeing(self) -> str:
        return ", ".join(each.name for each in self.lines if each.weighs and not each.against)

    @property
    def weighing(self) -> list[RecordLine]:
        """What bears on the lead, what speaks against it first."""
        return sorted((each for each in self.lines if each.weighs), key=lambda each: not each.against)

    @property
    def untold(self) -> list[RecordLine]:
        return [each for each in self.lines if not each.weighs]


@dataclass(frozen=True)
class Shown:
    """The whole answer."""

    leads: tuple[Lead, ...]
    passing: int
    none_of_these: bool
    searched: int
    persons: int
    without_portrait: int
    generation: int
    proven_exact: bool
    contract: str
    point: str
    point_basis: str
    notes: tuple[str, ...]
    ratios: tuple[str, ...]
    children: bool
    none_means: tuple[str, ...]


def shown(search: Search, who: Operator) -> Shown:
    """What is kept of a search, for its page: one query more for whose records the leads are of."""
    kept: dict[str, Any] = search.answer
    records: dict[int, int] = {}
    if access.allows(who, Permission.PERSON_READ):
        records = dict(search.named.values_list("rank", "person"))
    listed = [each for each in kept.get("candidates", ()) if isinstance(each, Mapping)]
    leads = tuple(_lead(each, records) for each in listed)
    point = kept.get("operating_point") or {}
    return Shown(
        leads=leads,
        passing=sum(each.passes for each in leads),
        none_of_these=search.none_of_these,
        searched=int(kept.get("searched") or 0),
        persons=int(kept.get("searched_persons") or 0),
        without_portrait=int(kept.get("without_portrait") or 0),
        generation=search.generation,
        proven_exact=bool(kept.get("proven_exact")),
        contract=search.contract,
        point=_number(point.get("threshold"), "{:.3f}"),
        point_basis=str(point.get("source") or ""),
        notes=tuple(telling.sentence(str(each)) for each in kept.get("notes", ())),
        ratios=tuple(_of_ratios(listed)),
        children=any(each.child for each in leads),
        none_means=meaning.none_means(kept),
    )


def _lead(kept: Mapping[str, Any], records: Mapping[int, int]) -> Lead:
    evidence = kept.get("evidence") or {}
    ref = str(kept.get("person_ref", ""))
    apart = kept.get("apart") or {}
    low, high = (_number(evidence.get(name), "{:+.1f}") for name in ("low", "high"))
    rank = int(kept.get("rank") or 0)
    return Lead(
        rank=rank,
        ref=ref,
        person=None if ref == ERASED else records.get(rank),
        erased=ref == ERASED,
        score=_number(kept.get("score"), "{:.3f}"),
        passes=bool(kept.get("passes")),
        ratio=_number(evidence.get("log10_lr"), "{:+.1f}"),
        bounds=_("bounds %(low)s to %(high)s") % {"low": low, "high": high} if low and high else "",
        at_bound=bool(evidence.get("at_bound")),
        words=telling.sentence(str(evidence.get("statement") or "")) if evidence.get("level") else "",
        why_not=tuple(telling.sentence(str(each["sentence"])) for each in evidence.get("withheld", ())),
        cautions=tuple(telling.sentence(str(each)) for each in evidence.get("cautions", ())),
        child=bool(evidence.get("child_protection")),
        kin=tuple(str(each) for each in kept.get("kin", ())),
        apart=_apart(apart),
        lines=tuple(record_line(each) for each in kept.get("secondary", ())),
        warning=telling.sentence(str(kept.get("secondary_warning") or "")),
    )


def _apart(kept: Mapping[str, Any]) -> str:
    if not kept:
        return ""
    return _(
        "%(photo)s scores far below the other photographs (%(score)s; the others %(without)s). It may be a poor "
        "picture, or show somebody else: look at it. The rank counts it."
    ) % {
        "photo": kept.get("photo", ""),
        "score": _number(kept.get("score"), "{:.3f}"),
        "without": _number(kept.get("without"), "{:.3f}"),
    }


def record_line(kept: Mapping[str, Any]) -> RecordLine:
    """One line of secondary evidence, as an answer keeps it."""
    finding = str(kept.get("finding", ""))
    weighs = bool(kept.get("weighs"))
    name = str(kept.get("name", ""))
    return RecordLine(
        name=telling.line_name(name),
        found=telling.value(name, str(kept.get("post_mortem", ""))),
        told=telling.value(name, str(kept.get("ante_mortem", ""))),
        finding=str(_FINDINGS.get(finding, finding)),
        against=finding == Finding.CONTRADICTS and weighs,
        agrees=finding == Finding.AGREES and weighs,
        weighs=weighs,
        log10_lr=_number(kept.get("log10_lr"), "{:+.2f}"),
        basis=telling.sentence(str(kept.get("basis", ""))),
    )


def _of_ratios(listed: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the ratios of the leads mean and do not mean, each sentence once."""
    found: dict[str, None] = {}
    evidence = [each["evidence"] for each in listed if (each.get("evidence") or {}).get("log10_lr") is not None]
    for each in evidence:
        calibration = each.get("calibration") or {}
        if calibration:
            words = {
                "against": telling.phrase(str(each.get("against", ""))),
                "digest": str(calibration.get("digest", ""))[:12],
                "name": calibration.get("name", ""),
                "source": _SOURCES.get(str(calibration.get("source")), ""),
                "stratum": calibration.get("stratum", ""),
            }
            found[
                _(
                    "log10 LR is of the score, against the proposition that %(against)s. Calibration %(digest)s: "
                    "%(name)s (%(source)s, stratum %(stratum)s)."
                )
                % words
            ] = None
    for each in evidence:
        for sentence in (each.get("why_no_level"), each.get("capped")):
            if sentence:
                found[telling.sentence(str(sentence))] = None
    if any(each.get("level") for each in evidence):
        found[telling.sentence(TABLE)] = None
    return list(found)


def _number(value: Any, form: str) -> str:
    """A figure as it is written; empty where there is none."""
    return form.format(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
