"""The addresses under /cases/."""

from __future__ import annotations

from django.urls import path

from antigone.web.cases import case, deeds, listing, opening, preparing, ranked, searching

app_name = "cases"
urlpatterns = [
    path("", listing.cases, name="list"),
    path("new/", opening.new, name="new"),
    path("about/<int:subject>/", opening.about, name="about"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/close/", deeds.close, name="close"),
    path("<int:pk>/reopen/", deeds.reopen, name="reopen"),
    path("<int:pk>/search/", searching.search, name="search"),
    path("<int:pk>/search/faces/", searching.find_faces, name="find-faces"),
    path("<int:pk>/photographs/<uuid:photograph>/", preparing.photograph, name="photograph"),
    path("<int:pk>/photographs/<uuid:photograph>/lift/", preparing.lift, name="photograph-lift"),
    path("<int:pk>/photographs/<uuid:photograph>/face/", preparing.choose, name="photograph-face"),
    path("<int:pk>/photographs/<uuid:photograph>/points/", preparing.place, name="photograph-points"),
    path("<int:pk>/photographs/<uuid:photograph>/take-back/", preparing.take_back, name="photograph-take-back"),
    path("<int:pk>/photographs/<uuid:photograph>/not-suitable/", preparing.not_suitable, name="not-suitable"),
    path("<int:pk>/photographs/<uuid:photograph>/suitable/", preparing.suitable, name="suitable"),
    path("searches/<int:pk>/", ranked.ask, name="ranked-ask"),
    path("searches/<int:pk>/ranked/", ranked.answer, name="ranked"),
]
