"""What the library has no page for: redeeming an invitation, and one's own sessions."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import PasswordChangeView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from antigone.access import attempts, entries, invitations, queries, sign_ins
from antigone.access.errors import AccessError, NoSuchRecord
from antigone.access.models import SignIn
from antigone.web.entrance.forms import Welcome
from antigone.web.guards import Visit, signed_in


@sensitive_post_parameters("code", "passphrase", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Redeem an invitation: choose a passphrase, and go on to the second factor, which is set up or asked for."""
    form = Welcome(request.POST or None)
    if request.method == "POST":
        if not _may_try(request):
            form = Welcome(request.POST.copy(), locked=True)
        elif form.is_valid():
            try:
                who = invitations.redeem(form.cleaned_data["code"], form.cleaned_data["passphrase"])
            except AccessError as refused:
                form.add_error("code", refused.sentence)
            else:
                attempts.forgive(_address(request))
                if request.user.is_authenticated:  # a colleague's session in the same browser is not theirs
                    logout(request)
                record_authentication(request, who.account, method="password", reauthenticated=True)
                return cast(HttpResponse, perform_login(request, Login(user=who.account)))
        if form.invited is not None:
            attempts.forgive(_address(request))
        elif not form.locked:
            entries.address_failed(request)
    return render(request, "web/entrance/welcome.html", {"form": form}, status=422 if form.errors else 200)


def _address(request: HttpRequest) -> attempts.Subject:
    return attempts.from_address(entries.address_of(request))


def _may_try(request: HttpRequest) -> bool:
    """A code cannot be guessed; but nobody fills the ledger with refusals by trying."""
    return attempts.begin(_address(request))


@signed_in
def sessions(request: Visit) -> HttpResponse:
    """One's own sessions that are open, and how to end each."""
    here: SignIn = request.sign_in  # type: ignore[attr-defined]
    lines = queries.open_sign_ins(request.operator)
    return render(request, "web/entrance/sessions.html", {"sessions": lines, "here": here.pk})


@signed_in
@require_POST
def end_session(request: Visit, pk: int) -> HttpResponse:
    """End one of one's own sessions; ending the one at hand signs out."""
    row = sign_ins.current(pk)
    if row is None or row.operator_id != request.operator.pk:
        raise Http404
    try:
        sign_ins.end_by(request.operator, row)
    except NoSuchRecord as none:
        raise Http404 from none
    messages.success(request, _("The session was ended."))
    return redirect("sign_in_sessions")


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a security key, unless it is the only second factor there is."""

    def form_valid(self, form: object) -> HttpResponse:
        key = self.get_object()
        if not get_adapter().can_delete_authenticator(key):
            messages.error(self.request, str(get_adapter().error_messages["cannot_delete_authenticator"]))
            return HttpResponseRedirect(self.get_success_url())
        return cast(HttpResponse, super().form_valid(form))


remove_key = RemoveKey.as_view()


class ChangePassphrase(PasswordChangeView):  # type: ignore[misc]
    """Another passphrase; an account that has none gets one with a code alone."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not cast(User, request.user).has_usable_password():
            return redirect("sign_in_welcome")
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))


passphrase = login_required(ChangePassphrase.as_view())
