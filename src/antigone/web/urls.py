"""The map of the staff pages; each area keeps its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from antigone.web.about import views as about
from antigone.web.desk import views as desk
from antigone.web.drafts import views as drafts
from antigone.web.work import views as work

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("about/", include("antigone.web.about.urls")),
    path("administration/", include("antigone.web.administration.urls")),
    path("appearance/", about.appearance, name="appearance"),
    path("board/", include("antigone.web.board.urls")),
    path("cases/", include("antigone.web.cases.urls")),
    path("cases/standing/", include("antigone.web.standing.urls")),
    path("audit/", include("antigone.web.audit.urls")),
    path("drafts/<str:key>/keep/", drafts.keep, name="draft-keep"),
    path("drafts/<str:key>/drop/", drafts.drop, name="draft-drop"),
    path("enquiries/", include("antigone.web.enquiries.urls")),
    path("examinations/", include("antigone.web.examining.urls")),
    path("holdings/", include("antigone.web.holdings.urls")),
    path("language/", set_language, name="set_language"),
    path("missing/", include("antigone.web.missing.urls")),
    path("pictures/", include("antigone.web.pictures.urls")),
    path("practice/", include("antigone.web.practice.urls")),
    path("remains/", include("antigone.web.remains.urls")),
    path("sites/", include("antigone.web.sites.urls")),
    path("reports/", include("antigone.web.reports.urls")),
    path("review/", include("antigone.web.review.urls")),
    path("triage/", include("antigone.web.triage.urls")),
    path("work/", work.jobs, name="jobs"),
    path("work/<int:number>/", work.job, name="job"),
    path("work/<int:number>/stop/", work.stop, name="job-stop"),
]
