"""The addresses under /enquiries/."""

from __future__ import annotations

from django.urls import path

from antigone.web.enquiries import filing, views

app_name = "enquiries"
urlpatterns = [
    path("", views.enquiries, name="list"),
    path("new/", filing.new, name="new"),
    path("<int:pk>/", views.enquiry, name="enquiry"),
    path("<int:pk>/slip/", filing.slip, name="slip"),
    path("<int:pk>/take-up/", views.take_up, name="take-up"),
    path("<int:pk>/stage/", views.stage, name="stage"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("pictures/<uuid:pk>/", views.picture, name="picture"),
]
