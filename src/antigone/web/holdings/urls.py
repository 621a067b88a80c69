"""The addresses under /holdings/."""

from __future__ import annotations

from django.urls import path

from antigone.web.holdings import views

app_name = "holdings"
urlpatterns = [
    path("", views.holdings, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/approve/", views.approve, name="approve"),
]
