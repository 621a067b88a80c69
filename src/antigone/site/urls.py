"""The URL map of one instance: the staff pages, signing in, and the programs' door."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("antigone.web.urls")),
    path("sign-in/", include("allauth.urls")),
    path("api/v1/", include("antigone.api.urls")),
]
