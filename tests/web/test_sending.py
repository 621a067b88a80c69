"""Forms that are sent twice, at once with others, or that cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from antigone.access.errors import AccessError
from antigone.access.models import Operator
from antigone.access.once import KeyUsed
from antigone.access.rules import Role
from antigone.description.catalogue import FIELDS
from antigone.description.given import Given
from antigone.missing import describing
from antigone.missing.models import Person, Statement
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.forms import stating
from antigone.web.forms.described import StatementsForm
from antigone.web.once import done_once
from tests import factories
from tests.web.people import Agencies, somebody


def post(who: Operator, data: dict[str, str] | QueryDict) -> Any:
    request: HttpRequest = RequestFactory().post("/somewhere/", dict(data.items()))
    request.operator = who  # type: ignore[attr-defined]
    return request


def test_a_double_click_does_one_thing_and_goes_to_one_place(agencies: Agencies) -> None:
    who, done = somebody(agencies.ours, Role.TRACING_OFFICER), []

    def do() -> str:
        done.append(1)
        return f"/records/{len(done)}/"

    answers = [done_once(post(who, {"once": "token", "name": "x"}), do) for _click in range(2)]
    assert [answer["Location"] for answer in answers] == ["/records/1/", "/records/1/"]
    with pytest.raises(KeyUsed):
        done_once(post(who, {"once": "token", "name": "another"}), do)
    assert len(done) == 1


def test_what_a_service_refuses_frees_the_token(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.TRACING_OFFICER)

    def refuse() -> str:
        raise AccessError("A name is needed.")

    with pytest.raises(AccessError):
        done_once(post(who, {"once": "token"}), refuse)
    assert done_once(post(who, {"once": "token"}), lambda: "/done/")["Location"] == "/done/"


def test_an_act_that_cannot_be_taken_back_asks_why_and_is_done_once(agencies: Agencies) -> None:
    who, reasons = somebody(agencies.ours, Role.TRACING_OFFICER), []
    confirm = Confirmation("Erase", "Erase it", ["Nothing brings it back."], "/back/", "The record")

    def act(reason: str) -> str:
        reasons.append(reason)
        return "/done/"

    request = RequestFactory().get("/somewhere/")
    request.operator = who  # type: ignore[attr-defined]
    page = confirmed(request, confirm, act).content.decode()  # type: ignore[arg-type]
    assert "Nothing brings it back." in page
    assert confirmed(post(who, {"once": "t", "reason": ""}), confirm, act).status_code == 422
    for _click in range(2):
        assert confirmed(post(who, {"once": "t2", "reason": "asked for"}), confirm, act)["Location"] == "/done/"
    assert reasons == ["asked for"]


def test_two_people_at_once_get_a_choice_and_nothing_typed_is_lost(agencies: Agencies) -> None:
    who = factories.operator()
    record = Person.objects.create(ref="P-1", holding=factories.holding())
    first = describing.state(record, "desc.stature", Given({"cm": 170}, basis="statute"), who)
    second = describing.state(record, "desc.stature", Given({"cm": 172}, basis="statute"), who)
    sent = {
        "desc.stature//expects": str(first.pk), "desc.stature//value-cm": "175",
        "desc.hair_colour//expects": "0", "desc.hair_colour//value-red": "on",
        "said/how": "measured", "said/basis": "statute", "said/source": "the scales",
    }  # fmt: skip

    def form_of(request: Any) -> StatementsForm:
        fields = [FIELDS["desc.stature"], FIELDS["desc.hair_colour"]]
        return StatementsForm(request.POST, model=Statement, record=record, fields=fields)

    def state(changes: Sequence[describing.Said]) -> str:
        describing.state_many(record, changes, who)
        return "/done/"

    request = post(who, {**sent, "once": "one"})
    answer = stating.save(request, form_of(request), state, back="/back/")
    assert answer is not None
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "175 cm" in page
    assert "172 cm" in page
    assert who.name in page
    # What has no conflict travels along, and so does what was typed under the one that has.
    assert 'name="desc.hair_colour//value-red" value="on"' in page
    assert 'name="desc.stature//value-cm" value="175"' in page
    assert Statement.objects.filter(person=record, key="desc.hair_colour").count() == 0

    chosen = {**sent, "desc.stature//expects": str(second.pk), "desc.stature//choice": "mine", "once": "two"}
    request = post(who, chosen)
    answer = stating.save(request, form_of(request), state, back="/back/")
    assert answer is not None
    assert answer["Location"] == "/done/"
    standing = Statement.objects.filter(person=record, ended_at=None)
    assert {each.key: each.value for each in standing} == {"desc.stature": {"cm": 175}, "desc.hair_colour": ["red"]}


def test_a_form_in_which_nothing_was_changed_says_so(agencies: Agencies) -> None:
    who = factories.operator()
    record = Person.objects.create(ref="P-1", holding=factories.holding())
    request = post(who, {"desc.stature//expects": "0", "once": "one"})
    form = StatementsForm(request.POST, model=Statement, record=record, fields=[FIELDS["desc.stature"]])
    assert form.is_valid()
    assert stating.save(request, form, lambda changes: "/done/", back="/back/") is None
    assert form.errors
