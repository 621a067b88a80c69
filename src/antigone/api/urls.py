"""The map of the API, version 1; an address that leads nowhere is told as a problem too."""

from __future__ import annotations

from django.urls import re_path

from antigone.api.door import make
from antigone.api.entrance import guarded, nowhere

app_name = "api"
api = make()
urlpatterns = [*api.urls[0], re_path("", nowhere)]
for _each in urlpatterns:
    assert _each.callback is not None
    _each.callback = guarded(_each.callback)
