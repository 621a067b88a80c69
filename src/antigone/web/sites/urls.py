"""The addresses under /sites/."""

from __future__ import annotations

from django.urls import path

from antigone.web.sites import views

app_name = "sites"
urlpatterns = [
    path("", views.sites, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.site, name="site"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/recoveries/new/", views.recovery_new, name="recovery-new"),
    path("recoveries/<int:pk>/", views.recovery, name="recovery"),
    path("recoveries/<int:pk>/correct/", views.recovery_correct, name="recovery-correct"),
]
