"""The addresses under /pictures/."""

from __future__ import annotations

from django.urls import path

from antigone.web.pictures import views

urlpatterns = [
    path("photographs/<uuid:pk>/lift/", views.lift, name="photograph-lift"),
    path("photographs/<uuid:pk>/", views.photograph, name="photograph"),
    path("portraits/<uuid:pk>/", views.portrait, name="portrait"),
]
