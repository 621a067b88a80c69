"""The addresses under /audit/."""

from __future__ import annotations

from django.urls import path

from antigone.web.audit import checking, entries

app_name = "audit"
urlpatterns = [
    path("", entries.entries, name="entries"),
    path("<int:place>/", entries.entry, name="entry"),
    path("<int:place>/proof/", entries.proof, name="proof"),
    path("about/", entries.about, name="about"),
    path("refusals/", entries.refusals, name="refusals"),
    path("verify/", checking.verify, name="verify"),
    path("checkpoints/", checking.checkpoints, name="checkpoints"),
    path("checkpoints/<int:size>/", checking.checkpoint, name="checkpoint"),
    path("checkpoints/countersign/", checking.countersign, name="countersign"),
]
