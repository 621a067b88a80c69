"""The addresses under /enquiries/."""

from __future__ import annotations

from django.urls import path

from antigone.web.enquiries import deeds, filing, reading

app_name = "enquiries"
urlpatterns = [
    path("", reading.enquiries, name="list"),
    path("new/", filing.new, name="new"),
    path("<int:pk>/", reading.enquiry, name="enquiry"),
    path("<int:pk>/slip/", filing.slip, name="slip"),
    path("<int:pk>/take-up/", deeds.take_up, name="take-up"),
    path("<int:pk>/stage/", deeds.stage, name="stage"),
    path("<int:pk>/withdraw/", deeds.withdraw, name="withdraw"),
    path("pictures/<uuid:pk>/", reading.picture, name="picture"),
]
