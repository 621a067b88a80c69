"""The addresses under /board/."""

from __future__ import annotations

from django.urls import path

from antigone.web.board import decisions, docket, evidence, files, leads, overview, proposals

app_name = "board"
urlpatterns = [
    path("", docket.docket, name="docket"),
    path("quorum/", docket.set_quorum, name="quorum"),
    path("overview/", overview.overview, name="overview"),
    path("overview/<slug:stage>/", overview.waiting, name="waiting"),
    path("cases/<int:pk>/", leads.case, name="case"),
    path("cases/<int:pk>/ask/", leads.ask, name="ask"),
    path("cases/<int:pk>/prior/", leads.keep, name="keep"),
    path("cases/<int:pk>/aside/", proposals.aside, name="aside"),
    path("cases/<int:pk>/persons/", files.named, name="named"),
    path("cases/<int:pk>/persons/<int:person>/", files.file, name="file"),
    path("cases/<int:pk>/persons/<int:person>/evidence/", evidence.line, name="line"),
    path("cases/<int:pk>/persons/<int:person>/propose/", proposals.propose, name="propose"),
    path("evidence/<int:pk>/withdraw/", evidence.withdraw, name="line-withdraw"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/read/", proposals.read, name="read"),
    path("proposals/<int:pk>/withdraw/", proposals.withdraw, name="proposal-withdraw"),
    path("decisions/", decisions.register, name="register"),
    path("decisions/<str:serial>/", decisions.decision, name="decision"),
    path("decisions/<str:serial>/uphold/", decisions.uphold, name="uphold"),
    path("decisions/<str:serial>/revoke/", decisions.revoke, name="revoke"),
]
