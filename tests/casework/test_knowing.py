"""Who has seen ranked output: of a program, also the person who answers for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from antigone.access import tokens
from antigone.access.permissions import Permission
from antigone.casework import knowing
from antigone.casework.models import RankedView
from antigone.casework.searching import search
from antigone.instance import Instance
from tests import factories
from tests.casework.searching.test_search import POINT, keep, open_case


def test_a_programs_look_is_also_its_holders(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search.evidence, "threshold", lambda *_, **__: POINT)
    who, case = factories.operator(), open_case()
    token, _secret = tokens.issue(who, "a program", [Permission.SEARCH_RUN], timezone.now() + timedelta(days=30))
    factories.enrol({"M-1": factories.unit(1)})
    kept = keep(case, factories.unit(1))
    RankedView.objects.all().delete()  # what the search itself left: only the program looks from here on
    assert not knowing.has_seen(who, case.pk)
    knowing.saw(token.operator, case, kept, timezone.now())
    assert knowing.has_seen(token.operator, case.pk)
    assert knowing.has_seen(who, case.pk)
