"""The addresses under /about/."""

from __future__ import annotations

from django.urls import path

from antigone.web.about import design, views

urlpatterns = [
    path("", views.about, name="about"),
    path("design/", design.guide, name="design"),
    path("design/statements/", design.statements, name="design-statements"),
]
