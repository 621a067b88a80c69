"""Questions before the board: put with reasons, read, voted on with reasons, withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from antigone.access.permissions import Permission
from antigone.casework.deciding import before, filing, proposing, voting
from antigone.casework.deciding.filing import Before
from antigone.casework.deciding.voting import barred_words
from antigone.casework.errors import StaleBasis
from antigone.casework.models import DecisionKind, ProposalState
from antigone.web import described
from antigone.web.board import decisions, files, speaking
from antigone.web.board.forms import AsideForm, ProposeForm, ReadForm, VoteForm, choice_of
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before, done_once
from antigone.web.remains.answering import Sheet, answered


def address(proposal: int) -> str:
    return reverse("web:board:proposal", args=[proposal])


def next_steps() -> list[str]:
    """What happens once a question is put, in words."""
    return [
        _("It stands on the desk of everybody on the board. Whoever examined in the case has no vote."),
        _("Each votes with reasons before reading how the others voted. The vote that completes the quorum decides."),
        _("With a primary identifier the majority decides; without one every vote has to be yes."),
        _("It can be withdrawn with a reason until then. Nothing is decided by putting it."),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECISION_VOTE)
def propose(request: Visit, pk: int, person: int) -> HttpResponse:
    """Put a question about a case and a person, with what speaks against it read."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    who = request.operator
    if filing.will_end_blindness(pk, who):
        return HttpResponseRedirect(f"{reverse('web:board:ask', args=[pk])}?person={person}")
    found = filing.file(pk, person, who)
    rivals = speaking.rivals_of(found, pk, found.read)
    kind = choice_of(request.GET.get("kind", ""))
    form = ProposeForm(request.POST if request.method == "POST" else None, rivals=rivals, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with said_on(form):
            return done_once(
                request,
                lambda: _put(
                    request, proposing.propose(pk, found.person.pk, given["kind"], given["reasons"], form.keys, who).pk
                ),
            )
    context = {
        **files.told(found),
        "form": form,
        "next_steps": next_steps(),
        "back": files.address(pk, found.person.pk),
    }
    return render(request, "web/board/propose.html", context, status=422 if form.errors else 200)


def _put(request: Visit, proposal: int) -> str:
    messages.success(request, _("The question is before the board."))
    return address(proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECISION_VOTE)
def aside(request: Visit, pk: int) -> HttpResponse:
    """Put before the board that a case as a whole is set aside unresolved."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    who = request.operator
    case = before.case_for(pk, who, Permission.DECISION_VOTE)
    back = reverse("web:board:case", args=[pk])
    sheet = Sheet(
        _("Set %(code)s aside unresolved") % {"code": case.code},
        _("Put it before the board"),
        back,
        back_label=case.code,
        why_title=_("What happens next"),
        why=_(
            "The board votes whether the case stays without a name for now. Nobody is identified and nobody excluded; "
            "searches go on, and what is new brings the case back."
        ),
    )

    def do(given: dict[str, Any]) -> str:
        return address(proposing.propose(pk, None, DecisionKind.SET_ASIDE, given["reasons"], (), who).pk)

    form = AsideForm(request.POST if request.method == "POST" else None)
    said = _("The question is before the board.")
    return answered(request, form, sheet, do, said, template="web/board/sheet.html", case=case, case_url=back)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECISION_VOTE)
def proposal(request: Visit, pk: int) -> HttpResponse:
    """A question with its file and its votes; a vote is given here, on the evidence that stands on the page."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    who = request.operator
    known = before.proposal_for(pk, who)
    if filing.will_end_blindness(known.case_id, who):
        return HttpResponseRedirect(f"{reverse('web:board:ask', args=[known.case_id])}?proposal={pk}")
    form = VoteForm(request.POST) if request.method == "POST" else None
    stale = ""
    if form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            with said_on(form):
                return done_once(request, lambda: _vote(request, pk, given))
        except StaleBasis as error:
            stale = str(error)
    # The digest is read before the file that is shown: what changes in between makes a vote stale, and never unseen.
    found = filing.before_the_board(pk, who)
    return _page(request, found, form, stale)


def _page(request: Visit, found: Before, form: VoteForm | None, stale: str) -> HttpResponse:
    who, put = request.operator, found.proposal
    opened = filing.file(put.case_id, put.person, who) if put.person is not None else None
    open_ = put.state == ProposalState.OPEN
    may_vote = open_ and not found.wants and not found.bar
    rivals = speaking.rivals_of(opened, put.case_id, found.read, put.acknowledged)
    if may_vote:
        initial = {"basis": found.digest, "choice": found.mine}
        if form is None or (not stale and not form.errors):
            form = VoteForm(initial=initial)
        elif stale:
            form = VoteForm(initial={**form.cleaned_data, "basis": found.digest})
    decision = getattr(put, "decision", None) if put.state == ProposalState.ADOPTED else None
    context = {
        **(files.told(opened) if opened is not None else {"case": put.case}),
        "found": found,
        "put": put,
        "kind": DecisionKind(put.kind).label,
        "state": ProposalState(put.state).label,
        "is_open": open_,
        "may_vote": may_vote,
        "form": form if may_vote else None,
        "stale": stale,
        "bar": barred_words(found.bar),
        "unread": ReadForm(rivals=rivals) if open_ and found.unread else None,
        "acknowledged": [each for each in rivals if each.read],
        "votes": speaking.votes_of(found.votes, put.state),
        "earlier": speaking.votes_of(found.earlier),
        "tally": speaking.tally_words(found),
        "ground": found.ground.label,
        "unanimous": found.ground.unanimous,
        "by": described.names_of([put.proposed_by, put.ended_by]),
        "decision": decision,
    }
    failed = bool(stale or (form is not None and form.is_bound and form.errors))
    return render(request, "web/board/proposal.html", context, status=409 if stale else 422 if failed else 200)


def _vote(request: Visit, pk: int, given: dict[str, Any]) -> str:
    cast = voting.vote(pk, given["choice"], given["reasons"], given["basis"], request.operator)
    if cast.decision is None:
        messages.success(request, _("Your vote is given."))
        return address(pk)
    said = _("Your vote completed the board. The decision %(serial)s is signed.") % {"serial": cast.decision.serial}
    messages.success(request, said)
    return decisions.address(cast.decision.serial)


@require_POST
@needs(Permission.DECISION_VOTE)
def read(request: Visit, pk: int) -> HttpResponse:
    """Say that more of what speaks against a question was read."""
    if (sent := done_before(request)) is not None:
        return sent
    before.proposal_for(pk, request.operator)

    def do() -> str:
        proposing.acknowledge(pk, request.POST.getlist("read")[:500], request.operator)
        messages.success(request, _("That is on record as read."))
        return address(pk)

    return done_once(request, do)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECISION_VOTE)
def withdraw(request: Visit, pk: int) -> HttpResponse:
    """Take a question back from the board."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    found = before.proposal_for(pk, request.operator)
    if found.state != ProposalState.OPEN:
        messages.info(request, _("This is before the board no more; nothing was changed."))
        return HttpResponseRedirect(address(pk))
    confirm = Confirmation(
        title=_("Withdraw the question from the board"),
        verb=_("Withdraw it"),
        consequences=[
            _("It is not voted on any more; the votes that were given stay on record with their reasons."),
            _("It can be put again, with reasons and votes anew."),
        ],
        back=address(pk),
        back_label=found.case.code,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        proposing.withdraw(pk, reason, request.operator)
        messages.success(request, _("The question is withdrawn."))
        return address(pk)

    return confirmed(request, confirm, act)
