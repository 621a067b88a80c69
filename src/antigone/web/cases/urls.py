"""The addresses under /cases/."""

from __future__ import annotations

from django.urls import path

from antigone.web.cases import case, deeds, listing, opening, ranked, searching

app_name = "cases"
urlpatterns = [
    path("", listing.cases, name="list"),
    path("new/", opening.new, name="new"),
    path("about/<int:subject>/", opening.about, name="about"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/close/", deeds.close, name="close"),
    path("<int:pk>/reopen/", deeds.reopen, name="reopen"),
    path("<int:pk>/search/", searching.again, name="search"),
    path("searches/<int:pk>/", ranked.ask, name="ranked-ask"),
    path("searches/<int:pk>/ranked/", ranked.answer, name="ranked"),
]
