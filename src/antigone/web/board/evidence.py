"""Recording a line of evidence, and withdrawing one with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.deciding import before, evidence, filing
from antigone.casework.deciding.rivals import lines_of
from antigone.remains import claims
from antigone.web.board import files
from antigone.web.board.forms import LineForm
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before
from antigone.web.remains.answering import Sheet, answered


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EVIDENCE_RECORD)
def line(request: Visit, pk: int, person: int) -> HttpResponse:
    """A new line; whoever decides too may tie it to the lines that there are."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    who = request.operator
    case = before.case_for(pk, who, Permission.EVIDENCE_RECORD)
    about = before.person_for(person, who)
    reads = access.allows(who, Permission.POSTERIOR_READ)
    known = lines_of(case.pk, about.pk) if reads and not filing.will_end_blindness(pk, who) else []
    said = claims.of_subject(case.subject, who) if access.allows(who, Permission.CLAIM_READ) else []
    form = LineForm(request.POST if request.method == "POST" else None, lines=known, claims=said)
    back = _back(pk, about.pk, reads)
    sheet = Sheet(
        _("A line of evidence: %(ref)s and %(code)s") % {"ref": about.ref, "code": case.code},
        _("Record the line"),
        back,
        back_label=about.ref,
        why_title=_("What happens next"),
        why=_(
            "The line stands in the file by itself, under your name, and is never overwritten: one that does not hold "
            "is withdrawn with a reason. Votes given on the evidence before it do not count any more. Whoever records "
            "evidence in this case does not examine in it, and whoever records a primary result does not vote on it."
        ),
    )
    return answered(
        request,
        form,
        sheet,
        lambda _data: evidence.record_line(case.pk, about.pk, form.new(), who),
        _("The line is in the file."),
        to=back,
        template="web/board/sheet.html",
        case=case,
        case_url=reverse("web:board:case" if reads else "web:cases:case", args=[pk]),
    )


def _back(case: int, person: int, reads: bool) -> str:
    return files.address(case, person) if reads else reverse("web:cases:case", args=[case])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EVIDENCE_RECORD)
def withdraw(request: Visit, pk: int) -> HttpResponse:
    """It stays readable, marked so; what rested on it is to be looked at again."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    who = request.operator
    found = evidence.line_for(pk, who)
    back = _returning(found.case_id, found.person, who)
    confirm = Confirmation(
        title=_("Withdraw line %(number)d") % {"number": found.pk},
        verb=_("Withdraw it"),
        consequences=[
            _("It counts no more, and nothing that rests on it does. It stays readable, marked as withdrawn."),
            _("Votes that were given on it have to be given anew."),
            _("An identification that stands is put before the board to be looked at again."),
        ],
        back=back,
        back_label=_("Back to the file"),
    )

    def act(reason: str) -> str:
        evidence.withdraw_line(found.pk, reason, who)
        messages.success(request, _("The line is withdrawn."))
        return back

    return confirmed(request, confirm, act)


def _returning(case: int, person: int | None, who: Operator) -> str:
    reads = access.allows(who, Permission.POSTERIOR_READ)
    if person is not None:
        return _back(case, person, reads)
    return reverse("web:board:case" if reads else "web:cases:case", args=[case])
