"""What comparison reports say, of the three kinds: read from the records as they stand, nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.models import Case, ReportKind
from antigone.casework.reporting import blocks, frame, kin, lines, primary, sides
from antigone.casework.reporting.document import Block, document, facts, items, section, text
from antigone.casework.reporting.sides import Side
from antigone.casework.searching import secondary
from antigone.evidence.secondary import Comparison, compare, compare_found, compare_told
from antigone.missing.models import Person
from antigone.remains import custody
from antigone.remains.models import Subject, SubjectKind


@dataclass(frozen=True)
class Written:
    """A report before it is kept: what it says, and what of the records is in it."""

    content: dict[str, Any]
    discloses: tuple[str, ...]


def persons(one: Person, other: Person, who: Operator) -> Written:
    """Whether two records of missing persons may be of one person."""
    ours, theirs = sides.of_person(one, who), sides.of_person(other, who)
    compared = compare_told(sides.told(one, ours), sides.told(other, theirs))
    asked = _("Whether the records %(one)s and %(other)s may be of one missing person.") % {
        "one": one.ref, "other": other.ref}  # fmt: skip
    items_ = [_person(one, ours), _person(other, theirs)]
    return _written(ReportKind.SAME_PERSON, asked, items_, (ours, theirs), compared, who, of=(one, other))


def remains(one: Subject, other: Subject, who: Operator) -> Written:
    """Whether two remains may be of one body."""
    ours, theirs = sides.of_subject(one, who), sides.of_subject(other, who)
    compared = compare_found(sides.found(one, ours), sides.found(other, theirs))
    asked = _("Whether the remains %(one)s and %(other)s may be of one body.") % {"one": one.code, "other": other.code}
    items_ = [_subject(one), _subject(other)]
    extra = [*primary.samples(one, who), *primary.samples(other, who)]
    chain = [*_custody(one, who), *_custody(other, who)]
    return _written(
        ReportKind.SAME_BODY, asked, items_, (ours, theirs), compared, who, primary_lines=extra, chains=chain
    )


def body_person(case: Case, person: Person, who: Operator) -> Written:
    """How remains and a missing person compare; whoever reads it examines this case no more (`blinding`)."""
    subject = case.subject
    theirs, ours = sides.of_subject(subject, who), sides.of_person(person, who)
    compared = compare(sides.found(subject, theirs), secondary.told_of(person, ours.standing))
    asked = _("How the remains %(code)s and the missing person %(ref)s compare.") % {
        "code": subject.code, "ref": person.ref}  # fmt: skip
    if subject.kind == SubjectKind.UNABLE:
        asked = _("How the living subject %(code)s and the missing person %(ref)s compare.") % {
            "code": subject.code, "ref": person.ref}  # fmt: skip
    extra = [
        *primary.samples(subject, who), *primary.recorded(case, person, who), *primary.face(case, person, who),
    ]  # fmt: skip
    return _written(
        ReportKind.BODY_PERSON, asked, [_person(person, ours), _subject(subject)], (ours, theirs), compared, who,
        of=(person,), primary_lines=extra, chains=_custody(subject, who),
    )  # fmt: skip


def _written(
    kind: ReportKind,
    asked: str,
    compared_items: list[Block],
    pair: tuple[Side, Side],
    compared: Comparison,
    who: Operator,
    *,
    of: Sequence[Person] = (),
    primary_lines: Sequence[Block] = (),
    chains: Sequence[Block] = (),
) -> Written:
    ours, theirs = pair
    labels = (ours.label, theirs.label)
    sections = [
        section(
            _("What was asked, and of what"),
            text(asked),
            facts(
                (_("Asked and made by"), f"{who.name}, {who.agency.name}"),
                (_("Day"), f"{timezone.now():%Y-%m-%d}"),
            ),
            *compared_items,
            lines.kept_back((*ours.kept_back, *theirs.kept_back)),
            *chains,
        ),
        section(_("What the records come to, contradictions first"), *lines.in_short(compared, labels)),
        section(_("Primary evidence, each on its own line"), *(primary_lines or [text(primary.NONE())]))
        if kind is not ReportKind.SAME_PERSON
        else None,
        section(_("Kin among the missing"), *kin.told(of, who)) if of else None,
        section(_("Block by block"), text(_(
            "“Asked, and not known” and “looked for, and not there” are two different answers, and nothing stated is a "
            "third. Of what is unknown nothing follows.")), *blocks.of(ours, theirs, compared)),
        section(_("Method"), *frame.method_of_records()),
        section(_("Limits, in plain words"), items(_limits(kind))),
        frame.signed((_("Made by"), who.name), (_("Checked by"), "")),
    ]  # fmt: skip
    title = {
        ReportKind.SAME_PERSON: _("Comparison: two records of missing persons"),
        ReportKind.SAME_BODY: _("Comparison: two remains"),
    }.get(kind, _("Comparison: remains and a missing person"))
    content = document(
        title, f"{labels[0]} · {labels[1]}", sections, language=get_language() or "en", official=frame.official()
    )
    return Written(content, tuple(sorted(ours.discloses | theirs.discloses)))


def _person(person: Person, side: Side) -> Block:
    return facts(
        (_("Missing person"), person.ref),
        (_("Names on record"), "; ".join(side.names)),
        (_("Holding"), f"{person.holding.name}, {person.holding.agency.name}"),
    )


def _subject(subject: Subject) -> Block:
    found = " · ".join(
        filter(None, (subject.place, f"{subject.recovered_on:%Y-%m-%d}" if subject.recovered_on else ""))
    )
    return facts(
        (_("Subject"), f"{subject.code}: {SubjectKind(subject.kind).label}"),
        (_("Found"), found),
        (_("Attested by"), subject.attested_by),
        (_("Agency"), subject.agency.name),
    )


def _custody(subject: Subject, who: Operator) -> list[Block]:
    return frame.custody_of(subject.code, custody.chains_of(subject, who), f"subject:{subject.pk}")


def _limits(kind: ReportKind) -> list[str]:
    limits = [
        _("This report sets records side by side. It identifies nobody, and nothing in it is the probability that two "
          "records are of one person."),
        _("Contradictions are as likely to come from a mistaken record as agreement from chance: each is to be asked "
          "about at its source."),
        _("The findings hold for the records as they stood on the day of this report."),
    ]  # fmt: skip
    if kind is ReportKind.SAME_PERSON:
        limits.append(_("Two records are made one by a person with a reason, and can be taken apart again."))
    elif kind is ReportKind.SAME_BODY:
        limits.append(_("Remains are associated by a board's member with a reason; the decision can be undone. DNA or "
                        "a fit of bones or of broken edges decides more than any line here."))  # fmt: skip
    else:
        limits.append(_("A name is given by a board alone, on a primary identifier besides the face, or unanimously on "
                        "independent lines. Whoever read this report does not examine this case."))  # fmt: skip
    return limits
