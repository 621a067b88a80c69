"""The addresses under /administration/."""

from __future__ import annotations

from django.urls import path

from antigone.web.administration import agencies, agreements, coming_in, mandates, people, tokens

app_name = "administration"
urlpatterns = [
    path("", people.people, name="people"),
    path("people/new/", people.add, name="person-new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/roles/", people.roles, name="roles"),
    path("people/<int:pk>/code/", coming_in.invite, name="invite"),
    path("people/<int:pk>/second-factor/reset/", coming_in.reset, name="reset"),
    path("people/<int:pk>/sessions/end/", coming_in.end_sessions, name="end-sessions"),
    path("people/<int:pk>/close/", coming_in.close, name="close"),
    path("agencies/new/", agencies.found, name="agency-new"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/new/", mandates.issue, name="mandate-new"),
    path("mandates/<int:pk>/revoke/", mandates.revoke, name="mandate-revoke"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.propose, name="agreement-new"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/accept/", agreements.accept, name="agreement-accept"),
    path("agreements/<int:pk>/end/", agreements.end, name="agreement-end"),
    path("tokens/", tokens.tokens_of, name="tokens"),
    path("tokens/new/", tokens.issue, name="token-new"),
    path("tokens/<int:pk>/collect/", tokens.collect, name="token-collect"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
]
