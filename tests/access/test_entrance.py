"""Coming in by the pages: invitations, passphrases, second factors, brute force, sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from antigone.access import administer, attempts, invitations, services, sign_ins
from antigone.access.models import Attempts, Invitation, Operator, SignIn
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from tests.access.signing import (
    OTHER,
    PASSPHRASE,
    code_now,
    is_in,
    second_factor,
    set_up_app,
    settled,
    sign_in,
    welcome,
)


def person(name: str = "Olena", *roles: Role) -> Operator:
    founder = Operator.objects.get(name="tester")
    who = services.add_operator(name, founder.agency, founder.actor)
    for role in roles:
        services.grant_role(who, role, founder.actor)
    return who


def said(action: str) -> list[Entry]:
    return list(Entry.objects.filter(action=action))


def test_an_invited_person_comes_in_with_passphrase_and_app(instance: Instance) -> None:
    who = person()
    client = Client()
    code = invitations.issue(who, "operator:1")
    assert client.get("/sign-in/welcome/").status_code == 200
    assert welcome(client, code.lower().replace("-", " ")).status_code == 302
    who.refresh_from_db()
    assert who.account is not None
    assert who.account.get_username() == "Olena"
    assert client.get("/")["Location"] == "/sign-in/second-factor/"
    secret = set_up_app(client)
    shown = client.get("/sign-in/second-factor/recovery/").content.decode()
    assert shown.count("<code>") == 10
    assert "<code>" not in client.get("/sign-in/second-factor/recovery/").content.decode()
    assert is_in(client)

    again = Client()
    assert sign_in(again, "Olena")["Location"] == "/sign-in/second-factor/ask/"
    assert not is_in(again)
    assert second_factor(again, code_now(secret, 1))["Location"] == "/"
    assert is_in(again)
    assert [each.actor for each in said("access:sign-in:begin")] == [who.actor] * 2


def test_secrets_of_second_factors_lie_sealed(instance: Instance) -> None:
    who = person()
    _, secret = settled(who)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert who.name not in kept
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now(secret, 1))


def test_a_code_opens_once(instance: Instance) -> None:
    code = invitations.issue(person(), "operator:1")
    assert welcome(Client(), code).status_code == 302
    refused = welcome(Client(), code, OTHER)
    assert refused.status_code == 422
    assert "opens nothing" in refused.content.decode()
    (entry,) = said("access:invitation:refuse")
    assert entry.details is not None
    assert entry.details["why"] == "it was used before"
    assert get_user_model().objects.get().check_password(PASSPHRASE)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "it has expired"),
        ({"withdrawn_at": timezone.now()}, "another code took its place"),
    ],
)
def test_an_old_code_opens_nothing(instance: Instance, change: dict[str, object], why: str) -> None:
    code = invitations.issue(person(), "operator:1")
    Invitation.objects.update(**change)
    assert welcome(Client(), code).status_code == 422
    assert not get_user_model().objects.exists()
    assert (said("access:invitation:refuse")[0].details or {})["why"] == why


def test_a_new_code_takes_the_place_of_the_one_before(instance: Instance) -> None:
    who = person()
    first, second = (invitations.issue(who, "operator:1") for _ in range(2))
    assert welcome(Client(), first).status_code == 422
    assert welcome(Client(), second).status_code == 302


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA-AAAA", "x", "ґ" * 60, "0" * 61])
def test_what_is_no_code_opens_nothing(instance: Instance, code: str) -> None:
    invitations.issue(person(), "operator:1")
    assert welcome(Client(), code).status_code == 422


@pytest.mark.parametrize(
    ("passphrase", "again"),
    [("short", None), ("password1234", None), ("olena kovalenko", None), (PASSPHRASE, OTHER), ("", None)],
)
def test_a_weak_passphrase_leaves_the_code_open(instance: Instance, passphrase: str, again: str | None) -> None:
    code = invitations.issue(person("Olena Kovalenko"), "operator:1")
    assert welcome(Client(), code, passphrase, again).status_code == 422
    assert not get_user_model().objects.exists()
    assert welcome(Client(), code).status_code == 302


def test_no_code_is_kept_and_none_is_in_the_ledger(instance: Instance) -> None:
    code = invitations.issue(person(), "operator:1")
    assert code not in str(list(Invitation.objects.values()))
    assert code not in "".join(entry.payload or "" for entry in Entry.objects.all())


def test_without_a_second_factor_no_page_opens(instance: Instance) -> None:
    who = person("Olena", Role.TRACING_OFFICER)
    client = Client()
    welcome(client, invitations.issue(who, "operator:1"))
    assert client.get("/about/")["Location"] == "/sign-in/second-factor/"
    part = client.get("/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, "/sign-in/second-factor/")
    assert client.get("/sign-in/second-factor/").status_code == 200
    assert client.get("/sign-in/sessions/")["Location"] == "/sign-in/second-factor/"


def test_a_passphrase_alone_sets_up_a_second_factor_only_while_its_code_holds(instance: Instance) -> None:
    who = person()
    welcome(Client(), invitations.issue(who, "operator:1"))
    in_time = Client()
    assert sign_in(in_time, "Olena")["Location"] == "/"
    assert in_time.get("/")["Location"] == "/sign-in/second-factor/"
    Invitation.objects.update(expires_at=timezone.now())
    late = Client()
    assert sign_in(late, "Olena")["Location"] == "/sign-in/closed/"
    assert late.get("/").status_code == 302
    assert "/sign-in/?next" in late.get("/")["Location"]
    assert (said("access:sign-in:refuse")[-1].details or {})["step"] == "no second factor"


def test_an_instance_for_practice_asks_for_none_and_says_so(instance: Instance, settings_of_practice: None) -> None:
    who = person()
    client = Client()
    welcome(client, invitations.issue(who, "operator:1"))
    assert is_in(client)
    assert "Practice" in client.get("/").content.decode()
    Invitation.objects.all().delete()
    again = Client()
    assert sign_in(again, "Olena")["Location"] == "/"
    assert is_in(again)


@pytest.fixture
def settings_of_practice(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setitem(settings.ANTIGONE_SETTINGS, "instance", {"practice": True})


def test_a_recovery_code_opens_once(instance: Instance) -> None:
    who = person()
    settled(who)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client = Client()
    sign_in(client, "Olena")
    assert second_factor(client, code)["Location"] == "/"
    assert is_in(client)
    assert [entry.actor for entry in said("access:second-factor:recover")] == [who.actor]
    second = Client()
    sign_in(second, "Olena")
    assert second_factor(second, code).status_code == 200
    assert not is_in(second)


def test_a_code_of_an_app_opens_once(instance: Instance) -> None:
    _, secret = settled(person())
    code = code_now(secret, 1)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, "Olena")
    assert second_factor(first, code).status_code == 302
    assert second_factor(second, code).status_code == 200
    assert not is_in(second)


def test_a_code_spent_in_one_process_is_spent_in_all(instance: Instance) -> None:
    from django.core.cache import cache

    _, secret = settled(person())
    code = code_now(secret, 1)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, "Olena")
    assert second_factor(first, code).status_code == 302
    cache.clear()  # as in another process, whose memory knows nothing of it
    assert second_factor(second, code).status_code == 200


@pytest.mark.parametrize("name", ["Olena", "Nobody of that name"])
def test_five_wrong_passphrases_lock_a_name_known_or_not(instance: Instance, name: str) -> None:
    who = person()
    settled(who)
    client = Client()
    for _ in range(5):
        assert "do not go together" in sign_in(client, name, OTHER).content.decode()
    for passphrase in (OTHER, PASSPHRASE):
        assert "for a quarter of an hour" in sign_in(client, name, passphrase).content.decode()
    about = who.actor if name == "Olena" else "instance:self"
    assert [entry.object for entry in said("access:sign-in:refuse")] == [about] * 5
    assert [entry.object for entry in said("access:sign-in:lock")] == [about]
    assert "Nobody of that name" not in "".join(entry.payload or "" for entry in Entry.objects.all())
    assert name not in str(list(Attempts.objects.values()))
    Attempts.objects.filter(locked_until__isnull=False).update(locked_until=timezone.now())
    if name == "Olena":
        assert sign_in(client, name)["Location"] == "/sign-in/second-factor/ask/"


def test_the_right_passphrase_forgets_the_wrong_ones(instance: Instance) -> None:
    settled(person())
    for _ in range(3):
        for _ in range(4):
            sign_in(Client(), "Olena", OTHER)
        assert sign_in(Client(), "Olena").status_code == 302
    assert said("access:sign-in:lock") == []


def test_capitals_make_no_other_name_to_guess_at(instance: Instance) -> None:
    settled(person())
    for name in ("Olena", "olena", "OLENA", " Olena ", "oLENA"):
        sign_in(Client(), name, OTHER)
    assert "quarter of an hour" in sign_in(Client(), "Olena").content.decode()


def test_attempts_of_one_moment_are_no_more_than_five(instance: Instance) -> None:
    subject = attempts.passphrase_of("Olena")
    assert [attempts.begin(subject) for _ in range(8)] == [True] * 5 + [False] * 3
    assert attempts.failed(subject)
    assert not attempts.failed(subject)
    assert not attempts.begin(subject)


def test_wrong_attempts_of_long_ago_do_not_count(instance: Instance) -> None:
    subject = attempts.passphrase_of("Olena")
    for _ in range(4):
        attempts.begin(subject)
    Attempts.objects.update(since=timezone.now() - attempts.WITHIN)
    assert [attempts.begin(subject) for _ in range(5)] == [True] * 5
    Attempts.objects.update(since=timezone.now() - timedelta(days=2))
    assert attempts.sweep() == 1


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer failures stop an address here than in truth, so that the tests need not make fifty."""
    monkeypatch.setattr(attempts, "FROM_ONE_ADDRESS", 7)


def test_one_address_tries_no_passphrase_on_every_name(instance: Instance, few: None) -> None:
    settled(person())
    client = Client()
    for number in range(attempts.FROM_ONE_ADDRESS):
        assert "do not go together" in sign_in(client, f"Name {number}", OTHER).content.decode()
    assert "quarter of an hour" in sign_in(client, "Another name", OTHER).content.decode()
    refused = welcome(client, "AAAA-AAAA")
    assert (refused.status_code, "quarter of an hour" in refused.content.decode()) == (422, True)
    (lock,) = said("access:sign-in:lock")
    assert (lock.object, (lock.details or {})["step"]) == ("instance:self", "address")
    assert len(said("access:sign-in:refuse")) == attempts.FROM_ONE_ADDRESS
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert sign_in(elsewhere, "Olena").status_code == 302


def test_codes_that_are_none_fill_no_ledger(instance: Instance, few: None) -> None:
    for _ in range(attempts.FROM_ONE_ADDRESS + 5):
        welcome(Client(), "AAAA-AAAA")
    assert len(said("access:invitation:refuse")) == attempts.FROM_ONE_ADDRESS
    assert welcome(Client(REMOTE_ADDR="192.0.2.9"), invitations.issue(person(), "operator:1")).status_code == 302


def test_what_was_right_is_not_counted_against_an_address(instance: Instance, few: None) -> None:
    who = person()
    for _ in range(attempts.FROM_ONE_ADDRESS + 1):
        assert welcome(Client(), invitations.issue(who, "operator:1")).status_code == 302
    assert not Attempts.objects.filter(count__gt=0).exists()


def test_five_wrong_codes_lock_the_second_factor(instance: Instance) -> None:
    who = person()
    _, secret = settled(who)
    client = Client()
    sign_in(client, "Olena")
    wrong = next(f"{number:06}" for number in range(9) if f"{number:06}" not in _near(secret))
    for _ in range(5):
        assert second_factor(client, wrong).status_code == 200
    assert "quarter of an hour" in second_factor(client, code_now(secret, 1)).content.decode()
    assert not is_in(client)
    assert [(entry.object, (entry.details or {})["step"]) for entry in said("access:sign-in:lock")] == [
        (who.actor, "second factor")
    ]


def _near(secret: str) -> set[str]:
    return {code_now(secret, ahead) for ahead in range(-3, 5)}


def test_an_unknown_name_costs_as_much_work_as_a_known_one(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import ScryptPasswordHasher

    settled(person())
    hashed: list[str] = []
    plain = ScryptPasswordHasher.encode

    def counted(self: ScryptPasswordHasher, password: str, *args: object) -> str:
        hashed.append(password)
        return plain(self, password, *args)

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counted)
    costs = []
    for name in ("Olena", "Nobody"):
        hashed.clear()
        sign_in(Client(), name, OTHER)
        costs.append(len(hashed))
    assert costs == [1, 1]


def test_nobody_registers_or_resets_by_mail(instance: Instance) -> None:
    client = Client()
    for page in ("signup/", "password/reset/", "email/", "confirm-email/", "login/code/", "login/code/confirm/"):
        assert client.get(f"/sign-in/{page}").status_code == 404
        assert client.post(f"/sign-in/{page}", {"username": "x", "email": "x@example.org"}).status_code == 404
    assert not get_user_model().objects.exists()


def test_a_session_ends_when_nothing_is_done(instance: Instance) -> None:
    client, _ = settled(person())
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=29))
    assert is_in(client)
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=30))
    out = client.get("/about/?part=2")
    assert out["Location"] == "/sign-in/?next=%2Fabout%2F%3Fpart%3D2"
    assert "Nothing was done for a while" in client.get(out["Location"]).content.decode()
    assert not is_in(client)
    row = SignIn.objects.get()
    assert (row.end_reason, row.ended_by) == ("idle", "system:sessions")


def test_a_session_lasts_no_longer_than_a_shift(instance: Instance) -> None:
    client, _ = settled(person())
    SignIn.objects.update(began_at=timezone.now() - timedelta(hours=12))
    part = client.get("/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, "/sign-in/?next=%2F")
    assert SignIn.objects.get().end_reason == "time"


def test_what_a_page_asks_by_itself_keeps_no_session_awake(instance: Instance) -> None:
    client, _ = settled(person())
    before = timezone.now() - timedelta(minutes=20)
    SignIn.objects.update(seen_at=before)
    client.get("/", headers={"X-Background": "1"})
    assert SignIn.objects.get().seen_at == before
    client.get("/")
    assert SignIn.objects.get().seen_at > before


@pytest.mark.parametrize(
    ("table", "hours", "minutes"),
    [
        ({}, 12, 30),
        ({"hours": 8, "idle_minutes": 10}, 8, 10),
        ({"hours": 500, "idle_minutes": 0}, 24, 2),
        ({"hours": "long", "idle_minutes": True}, 12, 30),
    ],
)
def test_limits_are_settled_within_reason(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, table: dict[str, object], hours: int, minutes: int
) -> None:
    from django.conf import settings

    monkeypatch.setitem(settings.ANTIGONE_SETTINGS, "sessions", table)
    assert sign_ins.limits() == sign_ins.Limits(timedelta(hours=hours), timedelta(minutes=minutes))


def test_sessions_are_seen_and_ended_by_their_owner(instance: Instance) -> None:
    who = person()
    client, secret = settled(who)
    other = Client(headers={"User-Agent": "Another browser"})
    sign_in(other, "Olena")
    second_factor(other, code_now(secret, 1))
    assert is_in(other)
    page = client.get("/sign-in/sessions/").content.decode()
    assert "Another browser" in page
    assert "this one" in page
    row = SignIn.objects.get(browser="Another browser")
    stranger, _ = settled(person("Iryna"))
    assert stranger.post(f"/sign-in/sessions/{row.pk}/end/").status_code == 404
    assert is_in(other)
    assert client.post(f"/sign-in/sessions/{row.pk}/end/").status_code == 302
    assert not is_in(other)
    assert is_in(client)


def test_an_administrator_ends_the_sessions_of_a_colleague(instance: Instance) -> None:
    who = person()
    client, _ = settled(who)
    assert administer.end_sessions(Operator.objects.get(name="tester"), who) == 1
    assert not is_in(client)


def test_signing_out_ends_the_session(instance: Instance) -> None:
    client, _ = settled(person())
    assert client.get("/sign-in/out/").status_code == 200
    assert is_in(client)
    assert client.post("/sign-in/out/")["Location"] == "/sign-in/"
    assert not is_in(client)
    assert SignIn.objects.get().end_reason == "signed-out"


def test_another_passphrase_ends_every_session(instance: Instance) -> None:
    who = person()
    client, secret = settled(who)
    other = Client()
    sign_in(other, "Olena")
    second_factor(other, code_now(secret, 1))
    wrong = {"oldpassword": OTHER, "password1": OTHER, "password2": OTHER}
    assert client.post("/sign-in/passphrase/", wrong).status_code == 200
    assert is_in(client)
    changed = client.post("/sign-in/passphrase/", {**wrong, "oldpassword": PASSPHRASE})
    assert changed["Location"] == "/sign-in/"
    assert not is_in(client)
    assert not is_in(other)
    assert sign_in(Client(), "Olena").status_code == 200
    assert sign_in(Client(), "Olena", OTHER).status_code == 302
    assert [entry.actor for entry in said("access:sign-in:passphrase")] == [who.actor]


def test_a_new_code_gives_a_new_passphrase_and_still_asks_for_the_second_factor(instance: Instance) -> None:
    who = person()
    client, secret = settled(who)
    fresh = Client()
    redeemed = welcome(fresh, invitations.issue(who, "operator:1"), OTHER)
    assert redeemed["Location"] == "/sign-in/second-factor/ask/"
    assert not is_in(fresh)
    assert not is_in(client)
    assert second_factor(fresh, code_now(secret, 1)).status_code == 302
    assert is_in(fresh)


def test_a_closed_account_is_put_out_at_once(instance: Instance) -> None:
    who = person()
    client, _ = settled(who)
    services.close_operator(who, "operator:1")
    assert not is_in(client)
    assert sign_in(Client(), "Olena").status_code == 200
    assert SignIn.objects.get().end_reason == "closed"


def test_a_revoked_role_counts_from_the_next_request(instance: Instance) -> None:
    from antigone.access.permissions import Permission

    who = person("Olena", Role.TRACING_OFFICER)
    client, _ = settled(who)
    assert is_in(client)
    signed_in = sign_ins.current(client.session["antigone.sign-in"])
    assert signed_in is not None
    assert services.allows(signed_in.operator, Permission.PERSON_READ)
    services.revoke_role(who, Role.TRACING_OFFICER, "operator:1")
    assert not services.allows(signed_in.operator, Permission.PERSON_READ)


def test_the_last_second_factor_cannot_be_removed(instance: Instance) -> None:
    client, _ = settled(person())
    page = client.post("/sign-in/second-factor/app/remove/")
    assert "only second factor" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()
    assert is_in(client)


def test_a_second_factor_that_was_lost_is_reset_with_the_passphrase(instance: Instance) -> None:
    who = person()
    client, _ = settled(who)
    code = administer.reset_second_factor(Operator.objects.get(name="tester"), who)
    assert not is_in(client)
    assert not Authenticator.objects.exists()
    assert sign_in(Client(), "Olena").status_code == 200
    fresh = Client()
    assert welcome(fresh, code, OTHER).status_code == 302
    set_up_app(fresh)
    assert is_in(fresh)
    assert [entry.object for entry in said("access:second-factor:reset")] == [who.actor]


def test_what_matters_asks_once_more_who_it_is(instance: Instance) -> None:
    _, secret = settled(person())
    again = Client()
    sign_in(again, "Olena")
    second_factor(again, code_now(secret, 1))
    asked = again.get("/sign-in/second-factor/recovery/new/")
    assert asked["Location"].startswith("/sign-in/again/?next=")
    assert again.get(asked["Location"]).status_code == 200
    back = again.post(asked["Location"], {"password": PASSPHRASE, "next": "/sign-in/second-factor/recovery/new/"})
    assert back["Location"] == "/sign-in/second-factor/recovery/new/"
    assert again.post("/sign-in/second-factor/recovery/new/").status_code == 302
    assert len(said("access:second-factor:renew")) == 1


def test_an_account_without_an_operator_comes_to_nothing(instance: Instance) -> None:
    get_user_model().objects.create_user("ghost", password=PASSPHRASE)
    client = Client()
    assert sign_in(client, "ghost")["Location"] == "/sign-in/closed/"
    assert client.get("/sign-in/closed/").status_code == 200
    client.force_login(get_user_model().objects.get())
    assert client.get("/")["Location"].startswith("/sign-in/")


def test_cookies_are_hardened(instance: Instance) -> None:
    client, _ = settled(person())
    session, csrf = client.cookies["antigone-session"], client.cookies["antigone-csrf"]
    assert session["httponly"]
    assert csrf["httponly"]
    assert (session["samesite"], csrf["samesite"]) == ("Lax", "Strict")
    assert client.get("/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", ["", "welcome/", "closed/"])
def test_the_entrance_runs_no_script_of_its_own_page(instance: Instance, page: str) -> None:
    answer = Client().get(f"/sign-in/{page}")
    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()
    assert "onclick" not in answer.content.decode()


def test_every_page_of_the_entrance_opens(instance: Instance) -> None:
    client, _ = settled(person())
    for page in (
        "second-factor/", "second-factor/keys/", "second-factor/keys/add/", "passphrase/", "sessions/", "out/",
        "second-factor/app/remove/", "again/",
    ):  # fmt: skip
        assert client.get(f"/sign-in/{page}").status_code == 200, page


def test_sessions_that_ran_out_are_swept(instance: Instance) -> None:
    settled(person())
    SignIn.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    assert sign_ins.sweep() == 1
    assert SignIn.objects.get().end_reason == "idle"
    SignIn.objects.update(ended_at=timezone.now() - sign_ins.KEPT - timedelta(days=1))
    assert sign_ins.sweep() == 1
    assert not SignIn.objects.exists()
