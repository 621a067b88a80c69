"""The URL map of one instance: the staff pages, signing in, and the programs' door."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("antigone.web.urls")),
    path("sign-in/", include("antigone.web.entrance.urls")),
    path("api/v1/", include("antigone.api.urls")),
]

handler400 = "antigone.web.faults.bad_request"
handler403 = "antigone.web.faults.permission_denied"
handler404 = "antigone.web.faults.page_not_found"
handler500 = "antigone.web.faults.server_error"
