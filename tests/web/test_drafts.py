"""Drafts: kept sealed for whoever typed them, offered when they come back, gone when the form was saved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from antigone.access.once import once
from antigone.access.rules import Role
from antigone.jobs import services as jobs
from antigone.jobs import worker
from antigone.web.drafts import keeping
from antigone.web.models import Draft
from tests.web.people import Agencies, ClientAs, client_of, somebody

KEY = "missing:person:1"


class NoteForm(forms.Form):
    note = forms.CharField()
    day = forms.DateField()


def test_what_is_typed_is_kept_and_offered_again(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.TRACING_OFFICER)
    client = client_of(who)
    answer = client.post(reverse("web:draft-keep", args=[KEY]), {"note": "the red coat", "day": ""})
    assert answer.status_code == 200
    row = Draft.objects.get()
    assert b"red coat" not in bytes(row.sealed)
    request = RequestFactory().get("/?draft=open")
    request.operator = who  # type: ignore[attr-defined]
    form, offered = keeping.begun(request, KEY, NoteForm)  # type: ignore[arg-type]
    assert offered is None
    assert form["note"].value() == "the red coat"
    # What is not finished is not yet at fault.
    assert not form.errors
    request = RequestFactory().get("/")
    request.operator = who  # type: ignore[attr-defined]
    form, offered = keeping.begun(request, KEY, NoteForm)  # type: ignore[arg-type]
    assert offered is not None
    assert not form.is_bound


def test_a_draft_is_its_writers_alone(agencies: Agencies) -> None:
    who, other = somebody(agencies.ours, Role.TRACING_OFFICER), somebody(agencies.ours, Role.BUREAU_CLERK)
    keeping.keep(who, KEY, QueryDict("note=mine"))
    assert keeping.found(other, KEY) is None
    # Moved to another's row, it does not open.
    Draft.objects.update(operator=other)
    assert keeping.found(other, KEY) is None


def test_a_form_that_was_sent_is_not_kept_again(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.TRACING_OFFICER)
    once(who, "token-of-the-form", "tests", lambda: "/done")
    assert keeping.keep(who, KEY, QueryDict("note=late&once=token-of-the-form")) is None
    assert not Draft.objects.exists()


def test_drafts_are_forgotten_after_a_week(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.TRACING_OFFICER)
    keeping.keep(who, KEY, QueryDict("note=old"))
    keeping.keep(who, "other", QueryDict("note=new"))
    Draft.objects.filter(form_key=KEY).update(saved_at=timezone.now() - timedelta(days=8))
    assert keeping.found(who, KEY) is None
    assert keeping.sweep() == 1
    assert keeping.found(who, "other") is not None


def test_a_draft_is_thrown_away_and_one_goes_back_to_the_form(client_as: ClientAs) -> None:
    client = client_as(Role.TRACING_OFFICER)
    client.post(reverse("web:draft-keep", args=[KEY]), {"note": "x"})
    answer = client.post(reverse("web:draft-drop", args=[KEY]), {"next": "/about/"})
    assert (answer.status_code, answer["Location"]) == (302, "/about/")
    assert not Draft.objects.exists()
    answer = client.post(reverse("web:draft-drop", args=[KEY]), {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_the_oldest_drafts_give_way(agencies: Agencies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_AT_ONCE", 2)
    who = somebody(agencies.ours, Role.TRACING_OFFICER)
    for key in ("first", "second", "third"):
        keeping.keep(who, key, QueryDict("note=x"))
    assert sorted(Draft.objects.values_list("form_key", flat=True)) == ["second", "third"]


def test_the_daily_work_forgets_old_drafts(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.TRACING_OFFICER)
    keeping.keep(who, KEY, QueryDict("note=old"))
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=8))
    jobs.ask("web:sweep-drafts", who.actor)
    worker.work(once=True, with_daily=False)
    assert not Draft.objects.exists()


def test_a_job_is_a_page_and_a_fragment_that_asks_again(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.TRACING_OFFICER)
    url = reverse("web:job", args=[jobs.ask("web:sweep-drafts", who.actor).pk])
    client = client_of(who)
    assert "<h1>" in client.get(url).content.decode()
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'hx-trigger="every 2s"' in fragment
    worker.work(once=True, with_daily=False)
    assert "hx-trigger" not in client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert client_of(somebody(agencies.ours, Role.AUDITOR)).get(url).status_code == 404
