"""The addresses under /examinations/."""

from __future__ import annotations

from django.urls import path

from antigone.access.permissions import Permission
from antigone.web.examining import found, listing
from antigone.web.examining.routes import paths
from antigone.web.examining.work import of_case

app_name = "examining"
urlpatterns = [
    path("", listing.to_examine, name="list"),
    path("ended/", listing.ended, name="ended"),
    path("comparisons/<uuid:comparison>/begin/", listing.begin, name="begin"),
    path("findings/", found.settled, name="found"),
    path("findings/<int:search>/ask/", found.ask, name="findings-ask"),
    path("findings/<int:search>/", found.read, name="findings"),
    *paths(of_case, Permission.EXAMINATION_DO),
]
