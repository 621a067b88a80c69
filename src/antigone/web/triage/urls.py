"""The addresses under /triage/."""

from __future__ import annotations

from django.urls import path

from antigone.web.triage import ending, incident, listing, orders, pictures, sorting

app_name = "triage"
urlpatterns = [
    path("", listing.to_sort, name="list"),
    path("searches/<int:search>/begin/", listing.begin, name="begin"),
    path("keys/", listing.keys, name="keys"),
    path("incident/", incident.incident, name="incident"),
    path("incident/end/", incident.end, name="incident-end"),
    path("orders/new/<int:subject>/", orders.new, name="order"),
    path("orders/<int:pk>/cancel/", orders.cancel, name="order-cancel"),
    path("<uuid:pk>/", sorting.block, name="block"),
    path("<uuid:pk>/lift/", sorting.lift, name="lift"),
    path("<uuid:pk>/judge/<uuid:item>/", sorting.judge, name="judge"),
    path("<uuid:pk>/undo/", sorting.undo, name="undo"),
    path("<uuid:pk>/finish/", ending.finish, name="finish"),
    path("<uuid:pk>/finished/", ending.finished, name="finished"),
    path("<uuid:pk>/photographs/<uuid:picture>/", pictures.photograph, name="photograph"),
    path("<uuid:pk>/portraits/<uuid:item>/", pictures.portrait, name="portrait"),
]
