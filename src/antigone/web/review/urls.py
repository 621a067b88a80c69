"""The addresses under /review/."""

from __future__ import annotations

from django.urls import path

from antigone.web.review import overview, samples

app_name = "review"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("ending/", overview.ending, name="ending"),
    path("samples/", samples.samples, name="samples"),
    path("samples/new/", samples.draw, name="draw"),
    path("samples/<int:pk>/", samples.sample, name="sample"),
    path("samples/photographs/<int:pk>/", samples.item, name="item"),
    path("samples/photographs/<int:pk>/lift/", samples.lift, name="lift"),
    path("samples/photographs/<int:pk>/picture/", samples.picture, name="picture"),
]
