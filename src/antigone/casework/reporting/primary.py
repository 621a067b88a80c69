"""Primary identifiers and the face, each on its own line, as far as the reader may have them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework import telling
from antigone.casework.deciding.filing import searched
from antigone.casework.deciding.rivals import examined, lines_of, one_person
from antigone.casework.judging.scale import Outcome, words
from antigone.casework.knowing import may_read_output
from antigone.casework.models import Case, LineFinding, LineKind
from antigone.casework.reporting.document import Block, table, text
from antigone.missing.models import Person
from antigone.remains import disclosing, reading
from antigone.remains.models import Identifier, Subject

ORDER = [LineFinding.CONTRADICTS, LineFinding.SUPPORTS, LineFinding.INCONCLUSIVE]
TONES: dict[str, str] = {LineFinding.CONTRADICTS: "against", LineFinding.SUPPORTS: "for"}


def NONE() -> str:  # noqa: N802 (a sentence in the reader's language)
    return _("No primary evidence is on record that whoever made this report may read.")


def samples(subject: Subject, who: Operator) -> list[Block]:
    """Samples for primary identifiers with what a laboratory answered, in its words."""
    if not disclosing.sensitive_shown(subject, who):
        return []
    rows = [
        (each.reference, Identifier(each.identifier).label, f"{each.laboratory} {each.laboratory_reference}".strip(),
         each.result or _("no answer yet"))
        for each in reading.samples(subject, who)
    ]  # fmt: skip
    if not rows:
        return []
    head = (_("Sample"), _("For"), _("Laboratory, reference"), _("What it answered"))
    return [table(_("Samples of %(code)s") % {"code": subject.code}, head, rows, widths=(3, 3, 4, 7))]


def recorded(case: Case, person: Person, who: Operator) -> list[Block]:
    """Lines of evidence that were recorded for the board about this case and this person, contradictions first."""
    if case.agency_id != who.agency_id or not may_read_output(who):
        return []
    found = [each for each in lines_of(case.pk, person.pk) if each.withdrawn_at is None]
    lines = sorted(found, key=lambda each: ORDER.index(LineFinding(each.finding)))
    if not lines:
        return []
    rows = [
        (LineKind(each.kind).label, LineFinding(each.finding).label,
         f"{each.laboratory} {each.reference} {each.dated or ''}".strip() or each.origin, each.words)
        for each in lines
    ]  # fmt: skip
    head = (_("Line"), _("Finding"), _("From"), _("In words"))
    return [
        table(_("Evidence on record"), head, rows, tones=[TONES.get(each.finding, "plain") for each in lines],
              widths=(4, 3, 4, 7))
    ]  # fmt: skip


def face(case: Case, person: Person, who: Operator) -> list[Block]:
    """What examiners and the calibrated score say of the face, once all of the search is settled; for the board."""
    if case.agency_id != who.agency_id or not may_read_output(who):
        return [text(_("What the comparison of faces came to is not in this report: it is the board's."), "quiet")]
    persons = one_person(person.pk)
    rows: list[tuple[object, object, object]] = [
        (_("Examiners"), Outcome(each.outcome).label, words(each.outcome_level) if each.outcome_level else "")
        for each in examined(case.pk, persons)
    ]
    listed = searched(case, persons)
    if listed is not None:
        evidence = listed.get("evidence") or {}
        why = " ".join(telling.sentence(one["sentence"]) for one in evidence.get("withheld", ()))
        ratio = evidence.get("log10_lr")
        rows.append((
            _("Calibrated score of the faces"), "" if ratio is None else f"log10 LR {ratio:+.2f}",
            telling.sentence(evidence.get("statement") or "") or why or _("no likelihood ratio"),
        ))  # fmt: skip
    if not rows:
        return [text(_("No examination of these two faces came to an end."), "quiet")]
    return [table(_("The face"), (_("From"), _("Outcome"), _("In words")), rows, widths=(4, 4, 10))]
