"""The addresses under /cases/standing/."""

from __future__ import annotations

from django.urls import path

from antigone.web.standing import bulk, keeping, news

app_name = "standing"
urlpatterns = [
    path("cases/<int:pk>/", keeping.case, name="case"),
    path("cases/<int:pk>/keep/", keeping.keep, name="keep"),
    path("cases/<int:pk>/end/", keeping.end, name="end"),
    path("runs/<int:pk>/", news.ask, name="news-ask"),
    path("runs/<int:pk>/new/", news.new, name="news"),
    path("sites/<int:pk>/", bulk.site, name="site"),
    path("sites/<int:pk>/search/", bulk.search, name="search"),
    path("bulk/<int:pk>/", bulk.order, name="bulk"),
]
