"""The addresses under /reports/."""

from __future__ import annotations

from django.urls import path

from antigone.web.reports import asking, exhibits, listing, report

app_name = "reports"
urlpatterns = [
    path("", listing.reports, name="list"),
    path("persons/", asking.persons, name="persons"),
    path("remains/", asking.remains, name="remains"),
    path("case/<int:pk>/", asking.case, name="case"),
    path("decision/<str:serial>/", asking.decision, name="decision"),
    path("<int:pk>/", report.report, name="report"),
    path("<int:pk>/open/", report.ask, name="ask"),
    path("<int:pk>/file/", report.file, name="file"),
    path("<int:pk>/again/", report.again, name="again"),
    path("<int:pk>/exhibit/", exhibits.new, name="exhibit"),
]
