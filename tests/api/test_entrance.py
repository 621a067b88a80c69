"""The way in: tokens alone, every refusal a problem, nothing kept by caches, one line in the log for each request."""

from __future__ import annotations

import logging
import uuid

import pytest
from django.test import Client

from antigone.access.models import Operator, Token
from antigone.access.permissions import Permission
from antigone.api import bearer
from antigone.api.rates import Rates
from antigone.instance import Instance
from tests.api.calling import Program, issue, problem
from tests.factories import operator

pytestmark = pytest.mark.usefixtures("instance")


def test_who_am_i() -> None:
    _, secret = issue(operator(), [Permission.PERSON_READ, Permission.CASE_READ])
    answer = Program(secret).get("agency")
    assert answer.status_code == 200
    assert answer.json()["name"] == "Agency of the tests"
    assert answer.json()["permissions"] == ["casework:case:read", "missing:person:read"]
    assert [each["in_force"] for each in answer.json()["mandates"]] == [True, True]


@pytest.mark.parametrize("secret", [None, "", "antigone_" + "x" * 43, "nonsense"])
def test_without_a_token_nothing_is_told(secret: str | None) -> None:
    answer = Program(secret).get("agency")
    problem(answer, 401, "no-token")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_is_not_accepted() -> None:
    from django.contrib.auth.models import User

    client = Client()
    client.force_login(User.objects.create_user("somebody"), backend="django.contrib.auth.backends.ModelBackend")
    problem(client.get("/api/v1/agency"), 401, "no-token")


def test_a_token_ends_with_its_holder(instance: Instance) -> None:
    _, secret = issue(operator(), [Permission.PERSON_READ])
    Operator.objects.filter(machine=False).update(active=False)
    problem(Program(secret).get("agency"), 401, "no-token")


def test_every_answer_is_for_nobodys_cache_and_carries_the_number_of_its_request() -> None:
    _, secret = issue(operator(), [Permission.PERSON_READ])
    number = str(uuid.uuid4())
    for answer in (
        Program(secret).get("agency", X_Request_ID=number),
        Program().get("agency", X_Request_ID=number),
        Program(secret).get("nowhere", X_Request_ID=number),
        Program(secret).call("DELETE", "agency", X_Request_ID=number),
    ):
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Request-ID"] == number
        assert "Access-Control-Allow-Origin" not in answer
        assert not answer.cookies
    forged = Program(secret).get("agency", X_Request_ID="line\tone")["X-Request-ID"]
    assert forged != "line\tone"
    assert uuid.UUID(forged)


def test_the_log_has_the_number_and_not_the_address(caplog: pytest.LogCaptureFixture) -> None:
    _, secret = issue(operator(), [Permission.LEDGER_VERIFY])
    number = str(uuid.uuid4())
    with caplog.at_level(logging.INFO, logger="antigone.api"):
        Program(secret).get("agency?surname=Kovalenko", X_Request_ID=number)
    line = "\n".join(record.getMessage() for record in caplog.records)
    assert f"request={number} operation=agency method=GET status=422" in line
    assert "Kovalenko" not in caplog.text
    assert secret not in caplog.text


def test_wrong_addresses_and_methods_are_problems_too() -> None:
    _, secret = issue(operator(), [Permission.PERSON_READ])
    program = Program(secret)
    for path in ("nowhere", "agency/", "", "persons/abc", "jobs/99999999999999999999999999"):
        assert program.get(path)["Content-Type"] == "application/problem+json", path
    answer = program.call("DELETE", "agency")
    problem(answer, 405, "no-such-method")
    assert answer["Allow"] == "GET"
    problem(program.call("OPTIONS", "agency", Origin="https://elsewhere.example"), 405, "no-such-method")


def test_a_token_asks_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(bearer, "RATES", Rates(1.0, 3, lambda: now[0]))
    _, first = issue(operator(), [Permission.PERSON_READ])
    _, second = issue(operator(), [Permission.PERSON_READ])
    assert [Program(first).get("agency").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = Program(first).get("agency")
    problem(answer, 429, "too-many")
    assert answer["Retry-After"] == "1"
    assert Program(second).get("agency").status_code == 200
    now[0] = 1.0
    assert [Program(first).get("agency").status_code for _ in range(2)] == [200, 429]


def test_a_fault_shows_no_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    _, secret = issue(operator(), [Permission.PERSON_READ])

    def broken(_agency: object) -> None:
        raise RuntimeError("/secret/path and a name")

    monkeypatch.setattr("antigone.access.queries.mandates", broken)
    answer = Program(secret).get("agency")
    body = problem(answer, 500, "fault")
    assert "secret" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert body["instance"] == "urn:uuid:" + answer["X-Request-ID"]


def test_what_is_sent_is_read_strictly() -> None:
    _, secret = issue(operator(), [Permission.LEDGER_VERIFY])
    program = Program(secret)

    def verify(body: object, **headers: str) -> object:
        return program.post("ledger/verify", body, **headers)

    assert verify({}).status_code == 200  # type: ignore[attr-defined]
    assert problem(verify({"unknown": 1}), 422, "invalid")["errors"][0]["pointer"] == "/unknown"
    problem(verify({"checkpoint": 7}), 422, "invalid")
    problem(verify(b'{"verifier": "a", "verifier": "b"}'), 400, "malformed")
    problem(verify(b'{"verifier": NaN}'), 400, "malformed")
    problem(verify(b'{"verifier": "\\ud800"}'), 400, "malformed")
    problem(verify(b'{"verifier": "\\u0000"}'), 400, "malformed")
    problem(verify(b"[" * 100_000), 400, "malformed")
    problem(verify(b"\xff\xfe"), 400, "malformed")
    problem(verify(b"[]"), 422, "invalid")
    problem(verify(b" "), 400, "malformed")
    problem(verify(b""), 415, "media-type")
    problem(verify(b'{"verifier": "' + b"x" * (5 << 20) + b'"}'), 413, "too-large")
    answer = program.client.post(
        "/api/v1/ledger/verify", "<a/>", content_type="text/xml", headers={"Authorization": f"Bearer {secret}"}
    )
    problem(answer, 415, "media-type")
    problem(program.get("fields?side=ante-mortem&side=post-mortem"), 422, "invalid")
    problem(program.get("fields?side=sideways"), 422, "invalid")


def test_the_ledger_is_checked_against_a_checkpoint_that_was_kept() -> None:
    _, secret = issue(operator(), [Permission.LEDGER_VERIFY])
    program = Program(secret)
    kept = program.get("ledger/checkpoint").json()
    found = program.post("ledger/verify", {"checkpoint": kept["checkpoint"], "verifier": kept["verifier"]}).json()
    assert found["ok"]
    other = kept["checkpoint"].replace("\n", "\n\n", 1)
    assert not program.post("ledger/verify", {"checkpoint": other}).json()["ok"]


def test_a_refusal_is_in_the_ledger() -> None:
    from antigone.ledger.models import Entry

    token, secret = issue(operator(), [Permission.PERSON_READ])
    problem(Program(secret).get("ledger/checkpoint"), 403, "refused")
    last = Entry.objects.filter(action="access:permission:refuse").latest("id")
    assert last.actor == token.operator.actor


def test_every_kind_of_problem_is_explained_at_its_address() -> None:
    from antigone.api.problems import KINDS

    for code in KINDS:
        found = Program().get(f"/api/v1/problems/{code}")
        assert found.json()["code"] == code
        assert found.json()["advice"]
    problem(Program().get("problems/unheard-of"), 404, "no-such-record")


def test_no_page_of_another_house_is_needed() -> None:
    """The documentation page of the library would load its scripts from elsewhere: it is not there."""
    problem(Program().get("docs"), 404, "no-such-record")
    assert Program().get("openapi.json").json()["openapi"] == "3.1.0"


def test_tokens_that_ended_open_nothing() -> None:
    from django.utils import timezone

    from antigone.access import tokens

    who = operator()
    token, secret = issue(who, [Permission.PERSON_READ])
    Token.objects.filter(pk=token.pk).update(valid_until=timezone.now())
    problem(Program(secret).get("agency"), 401, "no-token")
    token, secret = issue(who, [Permission.PERSON_READ])
    tokens.revoke(who, token)
    problem(Program(secret).get("agency"), 401, "no-token")
