"""The two pictures at the desk: a veil that is lifted, and pixels that nobody keeps on the way."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from antigone.casework.judging.examination import SHOWN, View
from antigone.web.examining.shown import Pane, Tab, eyes_text
from antigone.web.examining.work import Work
from antigone.web.guards import Visit
from antigone.web.pictures import making, tokens

LIFTED = {"a": "subject", "b": "portrait"}
"""In the address of the desk, without scripts: which veils were lifted a moment ago."""


def panes(request: Visit, work: Work, view: View) -> tuple[tuple[Pane, ...], tuple[Tab, ...]]:
    """The pictures of this stage, and the photographs to choose from; the portrait only once the analysis is closed."""
    chosen = _chosen(request, view)
    made = [_subject(request, work, chosen)] if chosen else []
    if view.stage in SHOWN and view.analysis_digest:
        made.append(_portrait(request, work))
    tabs = tuple(
        Tab(_("Photograph %(number)s") % {"number": number}, f"?photo={number}#pictures", picture == chosen)
        for number, picture in enumerate(view.photographs, start=1)
    )
    return tuple(made), tabs if len(tabs) > 1 else ()


def lift(request: Visit, work: Work, picture: UUID) -> HttpResponse:
    """Lift the veil of a photograph of the subject; with scripts the picture takes the place of its cover."""
    eyes = eyes_text(work.eyes(picture))
    token = tokens.token_for(work.who, f"examining.{work.key}", picture)
    if not request.headers.get("HX-Request"):
        return _back(request, work, "a", token)
    url = f"{work.at('desk-photograph', picture)}?token={token}"
    pane = Pane("a", _title("a"), work.at("desk-lift", picture), picture=picture, url=url, eyes=eyes)
    return render(request, "web/examining/lifted.html", {"pane": pane})


def lift_portrait(request: Visit, work: Work) -> HttpResponse:
    """The same of the portrait; refused until the analysis of the photograph is closed."""
    eyes = eyes_text(work.eyes(None))
    token = tokens.token_for(work.who, f"examining.{work.key}", work.key)
    if not request.headers.get("HX-Request"):
        return _back(request, work, "b", token)
    url = f"{work.at('desk-portrait')}?token={token}"
    pane = Pane("b", _title("b"), work.at("desk-lift-portrait"), url=url, eyes=eyes)
    return render(request, "web/examining/lifted.html", {"pane": pane})


def photograph(request: Visit, work: Work, picture: UUID) -> HttpResponse:
    """The photograph itself, for whoever lifted its veil a moment ago; the look is in the ledger."""
    _check(request, work, picture)
    return making.jpeg(work.photograph(picture))


def portrait(request: Visit, work: Work) -> HttpResponse:
    """The portrait itself, in the same way."""
    _check(request, work, work.key)
    return making.jpeg(work.portrait())


def _chosen(request: Visit, view: View) -> UUID | None:
    """The photograph that the address names by its place, or the first."""
    asked = request.GET.get("photo", "")
    place = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
    if not view.photographs:
        return None
    return view.photographs[place - 1] if 1 <= place <= len(view.photographs) else view.photographs[0]


def _subject(request: Visit, work: Work, picture: UUID) -> Pane:
    token = request.GET.get(LIFTED["a"], "")
    address = work.at("desk-lift", picture)
    if not tokens.holds(token, work.who, f"examining.{work.key}", picture):
        return Pane("a", _title("a"), f"{address}{_asked(request)}", picture=picture)
    url = f"{work.at('desk-photograph', picture)}?{urlencode({'token': token})}"
    return Pane(
        "a", _title("a"), f"{address}{_asked(request)}", picture=picture, url=url, eyes=eyes_text(work.eyes(picture))
    )


def _portrait(request: Visit, work: Work) -> Pane:
    token = request.GET.get(LIFTED["b"], "")
    address = f"{work.at('desk-lift-portrait')}{_asked(request)}"
    if not tokens.holds(token, work.who, f"examining.{work.key}", work.key):
        return Pane("b", _title("b"), address)
    url = f"{work.at('desk-portrait')}?{urlencode({'token': token})}"
    return Pane("b", _title("b"), address, url=url, eyes=eyes_text(work.eyes(None)))


def _title(side: str) -> str:
    return _("Photograph of the subject") if side == "a" else _("Portrait")


def _asked(request: Visit) -> str:
    """What the address says of the pictures, to be kept when the other veil is lifted without scripts."""
    kept = _kept(request)
    return f"?{urlencode(kept)}" if kept else ""


def _back(request: Visit, work: Work, side: str, token: str) -> HttpResponse:
    return HttpResponseRedirect(f"{work.at('desk')}?{urlencode({**_kept(request), LIFTED[side]: token})}#pictures")


def _kept(request: Visit) -> dict[str, str]:
    return {name: request.GET[name][:200] for name in ("photo", *LIFTED.values()) if name in request.GET}


def _check(request: Visit, work: Work, picture: UUID) -> None:
    if not tokens.holds(request.GET.get("token", ""), work.who, f"examining.{work.key}", picture):
        raise Http404
