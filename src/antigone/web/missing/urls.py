"""The addresses under /missing/."""

from __future__ import annotations

from django.urls import path

from antigone.web.missing import (
    deeds,
    kinship,
    listing,
    merging,
    person,
    portraits,
    recording,
    registers,
    relatives,
    reviews,
    statements,
)

app_name = "missing"
urlpatterns = [
    path("", listing.persons, name="list"),
    path("new/", recording.new, name="new"),
    path("reviews/", reviews.due, name="reviews"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/block/<slug:key>/", statements.block, name="block"),
    path("<int:pk>/history/<str:key>/", statements.history, name="history"),
    path("statements/<int:pk>/take-back/", statements.take_back, name="take-back"),
    path("<int:pk>/relatives/new/", relatives.new, name="relative-new"),
    path("relatives/<int:pk>/", relatives.change, name="relative"),
    path("relatives/<int:pk>/consent/", relatives.consent, name="consent"),
    path("relatives/<int:pk>/consent/withdraw/", relatives.withdraw, name="consent-withdraw"),
    path("relatives/<int:pk>/shares/", relatives.shares, name="shares"),
    path("<int:pk>/kin/", kinship.choose, name="kin"),
    path("kin/<int:pk>/end/", kinship.end, name="kin-end"),
    path("<int:pk>/registers/new/", registers.new, name="register-new"),
    path("registers/<int:pk>/end/", registers.end, name="register-end"),
    path("<int:pk>/portraits/add/", portraits.add, name="portraits-add"),
    path("portraits/<uuid:pk>/", portraits.portrait, name="portrait"),
    path("portraits/<uuid:pk>/erase/", portraits.erase, name="portrait-erase"),
    path("portraits/<uuid:pk>/keep/", reviews.keep_portrait, name="portrait-keep"),
    path("<int:pk>/keep/", reviews.keep_person, name="keep"),
    path("<int:pk>/close/", deeds.close, name="close"),
    path("<int:pk>/reopen/", deeds.reopen, name="reopen"),
    path("<int:pk>/speaks/", deeds.speaks, name="speaks"),
    path("<int:pk>/identity/", deeds.identity, name="identity"),
    path("<int:pk>/erase/", deeds.erase, name="erase"),
    path("<int:pk>/merge/", merging.choose, name="merge"),
    path("<int:pk>/merge/<int:other>/", merging.merge, name="merge-with"),
    path("merges/<int:pk>/undo/", merging.undo, name="merge-undo"),
]
