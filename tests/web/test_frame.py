"""What stands around every page: headers, faults told calmly, languages, light and dark, the menu."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from antigone import web
from antigone.access.errors import AccessError, Refused
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.description.errors import Stale
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing.errors import NotHere
from antigone.vault.errors import KeyGone, VaultError
from antigone.web import guards, middleware
from tests.web.people import Agencies, ClientAs, somebody

FOLDER = Path(web.__file__).parent


def test_a_page_may_load_and_embed_nothing_from_elsewhere(client_as: ClientAs) -> None:
    answer = client_as(Role.AUDITOR).get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"] == "no-store"


def test_no_page_has_a_script_or_a_style_in_it(client_as: ClientAs) -> None:
    client = client_as(Role.AUDITOR)
    for url in ("/", reverse("web:about"), reverse("web:design")):
        page = client.get(url).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert "<style" not in page
        assert not re.search(r"\s(style|on[a-z]+|hx-on[:a-z-]*)=", page)
        assert not re.search(r'(src|href)="(https?:)?//', page)


def test_no_template_asks_for_what_the_policy_forbids() -> None:
    for path in FOLDER.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\s(style|onclick|onchange|onsubmit|onload|hx-on[:a-z-]*)=", text), path
        assert "js:" not in text, path
        assert "<style" not in text, path


def test_the_styles_load_nothing_from_elsewhere() -> None:
    for path in (FOLDER / "static" / "web").rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "http" not in text, path
        assert "@import" not in text, path
        for address in re.findall(r"url\(\"?([^\")]+)", text):
            assert (path.parent / address).is_file(), address


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (Refused("You may not."), 403, True),
        (NotHere("There is no such record here."), 404, False),
        (KeyGone("It was destroyed."), 404, False),
        (Stale("Somebody was there.", None), 409, True),
        (VaultError("The vault is closed."), 503, True),
        (AccessError("A name is needed."), 422, True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_of_a_room_becomes_a_calm_page(
    instance: Instance, agencies: Agencies, error: Exception, status: int, told: bool
) -> None:
    request = RequestFactory().get("/")
    request.operator = somebody(agencies.ours, Role.AUDITOR)  # type: ignore[attr-defined]
    answer = middleware.SentenceErrors(lambda _request: HttpResponse()).process_exception(request, error)
    assert answer is not None
    assert answer.status_code == status
    page = answer.content.decode()
    assert (str(error) in page) is told
    assert "Traceback" not in page
    assert "<h1>" in page


def test_a_fault_of_ours_stays_with_django() -> None:
    answer = middleware.SentenceErrors(lambda _request: HttpResponse())
    assert answer.process_exception(RequestFactory().get("/"), KeyError("secret")) is None


def test_a_crash_shows_neither_stack_nor_path(client_as: ClientAs, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_who: object) -> None:
        raise RuntimeError("/a/path/of/the/machine")

    monkeypatch.setattr("antigone.web.desk.views.shown_to", crash)
    client = client_as(Role.AUDITOR)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"/a/path" not in answer.content
    assert b"RuntimeError" not in answer.content


def test_an_unknown_address_is_told_calmly_to_everybody(visitor: Client, client_as: ClientAs) -> None:
    for client in (visitor, client_as(Role.AUDITOR)):
        answer = client.get("/nothing/of/the/kind")
        assert answer.status_code == 404
        assert b"<h1>" in answer.content
        assert b"urlpatterns" not in answer.content


def test_a_form_without_its_token_is_asked_for_again(agencies: Agencies) -> None:
    from tests.web.people import PASSPHRASE

    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    answer = client.post(reverse("account_login"), {"login": "x", "password": PASSPHRASE})
    assert answer.status_code == 403
    assert b"CSRF" not in answer.content
    assert b"<h1>" in answer.content


def test_a_guard_asks_access_and_the_refusal_is_in_the_ledger(agencies: Agencies) -> None:
    @guards.needs(Permission.PERSON_ERASE)
    def erase(request: HttpRequest) -> HttpResponse:
        return HttpResponse("erased")

    request = RequestFactory().post("/")
    request.operator = somebody(agencies.ours, Role.AUDITOR)  # type: ignore[attr-defined]
    with pytest.raises(Refused):
        erase(request)
    assert Entry.objects.filter(action="access:permission:refuse").count() == 1
    request.operator = somebody(agencies.ours, Role.DATA_PROTECTION_REVIEWER)  # type: ignore[attr-defined]
    assert erase(request).status_code == 200


def test_what_htmx_asks_for_after_the_session_reloads_the_page(visitor: Client) -> None:
    answer = visitor.get("/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Refresh"] == "true"


def dark(client: Client) -> str | None:
    """Where the page's dark colours hold; None where it has none."""
    found = re.search(r'css/dark[^>]* media="([^"]+)"', client.get("/").content.decode())
    return found[1] if found else None


def test_light_and_dark_are_kept_in_a_cookie_and_said_on_the_page(client_as: ClientAs) -> None:
    client = client_as(Role.AUDITOR)
    assert dark(client) == "screen and (prefers-color-scheme: dark)"
    answer = client.post(reverse("web:appearance"), {"theme": "dark", "next": "/about/"})
    assert answer["Location"] == "/about/"
    assert dark(client) == "screen"
    client.post(reverse("web:appearance"), {"theme": "light", "next": "/"})
    assert dark(client) is None
    client.post(reverse("web:appearance"), {"theme": "purple", "next": "//elsewhere.example"})
    assert dark(client) == "screen and (prefers-color-scheme: dark)"


def test_the_language_is_kept(client_as: ClientAs) -> None:
    client = client_as(Role.AUDITOR)
    client.post(reverse("web:set_language"), {"language": "uk", "next": "/"})
    assert '<html lang="uk"' in client.get("/").content.decode()
