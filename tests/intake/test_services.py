"""Enquiries: filed whole or not at all, shown back to their enquirer alone, withdrawn at once, erased."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.description.given import Given
from antigone.instance import Instance
from antigone.intake import queries, services, tellers
from antigone.intake.errors import BadEnquiry, NoSuchEnquiry
from antigone.intake.events import EnquiryWithdrawn, withdrawn
from antigone.intake.filing import About, Agreed, Filing, Likeness, given_of
from antigone.intake.models import Enquiry, EnquiryPortrait
from antigone.intake.tellers import Contact, Teller
from antigone.ledger.models import Entry
from antigone.vault import store
from antigone.vault import tasks as vault_tasks
from antigone.vault.errors import KeyGone
from tests import factories

MOTHER = Teller(
    names=("Olena Vyr",),
    relation="mother",
    contacts=(Contact("phone", "+380 44 000 00 00"),),
    language="uk",
    preferred="phone",
    hours="after six",
    contact_by=("own-agency", "tracing-agency"),
)
AGREED = Agreed("2026-1", date(2026, 1, 5))
NAMED = ("name", Given({"kind": "current", "surname": "Vyr", "given": "Ostap"}, basis="family-choice"))


def picture(shade: int = 120) -> bytes:
    """A picture that shows nothing."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (shade, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def filing(**changes: object) -> Filing:
    told = Filing(MOTHER, [NAMED], AGREED, language="uk", portraits=[Likeness(picture(), About(taken_on="2019"))])
    return replace(told, **changes)  # type: ignore[arg-type]


def elsewhere() -> Operator:
    """Somebody of another agency who may file there."""
    who = access.add_operator("elsewhere", access.found_agency("Another agency", "operator:1"), "operator:1")
    access.grant_role(who, "tracing-officer", "operator:1")
    return who


def test_an_enquiry_is_kept_with_its_pictures_sealed(instance: Instance) -> None:
    filed = services.file(filing(), factories.operator())
    enquiry = Enquiry.objects.get()
    assert Teller.of(enquiry.enquirer) == MOTHER
    assert given_of(enquiry.sought[0])[1].value == {"kind": "current", "surname": "Vyr", "given": "Ostap"}
    portrait = EnquiryPortrait.objects.get()
    assert portrait.about["taken_on"] == "2019"
    assert store.open(str(portrait.pk)) == picture()
    entry = Entry.objects.get(action="intake:enquiry:file")
    assert not any(word in entry.payload for word in ("Vyr", "Olena", filed.secret))
    assert enquiry.secret not in (filed.secret, "")


def test_its_enquirer_comes_back_with_the_words_and_nobody_else(instance: Instance) -> None:
    filed = services.file(filing(), factories.operator())
    back = services.come_back(filed.enquiry.reference.lower(), filed.secret.lower().replace("-", " "))
    assert back.stage == "received"
    sentences = set()
    for reference, secret in ((filed.enquiry.reference, "x" * 25), ("2222-2222", filed.secret), ("", "")):
        with pytest.raises(NoSuchEnquiry) as told:
            services.come_back(reference, secret)
        sentences.add(str(told.value))
    assert len(sentences) == 1


def test_what_cannot_be_filed_names_each_part_and_keeps_nothing(instance: Instance) -> None:
    bad = filing(
        enquirer=Teller(names=(), relation="neighbour"),
        sought=[("name", Given({"kind": "nickname"}, basis="family-choice")), ("death.cause", NAMED[1])],
        consent=Agreed("", date.today() + timedelta(days=9)),  # noqa: DTZ011 (a day far enough off on any clock)
        portraits=[Likeness(b"<svg onload=alert(1)>"), Likeness(picture())],
        shares=["everybody"],
    )
    with pytest.raises(BadEnquiry) as told:
        services.file(bad, factories.operator())
    assert set(told.value.parts) == {"names", "relation", "name", "sought", "consent", "portrait-1", "shares"}
    assert not Enquiry.objects.exists()
    assert [path for path in instance.vault.rglob("*") if path.is_file()] == []


def test_a_withdrawal_counts_at_once_and_once(instance: Instance) -> None:
    filed = services.file(filing(), factories.operator())
    told: list[EnquiryWithdrawn] = []

    def hear(event: EnquiryWithdrawn, **_: object) -> None:
        told.append(event)

    withdrawn.connect(hear)
    try:
        services.withdraw_on_pages(filed.enquiry.reference, filed.secret)
        services.withdraw(filed.enquiry, factories.operator())
    finally:
        withdrawn.disconnect(hear)
    assert told == [EnquiryWithdrawn(filed.enquiry.pk, "portal:enquirer")]
    enquiry = Enquiry.objects.get()
    assert (enquiry.stage, enquiry.withdrawn_at is None) == ("closed", False)
    services.push_stage(enquiry, "answered", factories.operator())
    assert Enquiry.objects.get().stage == "closed"
    assert Entry.objects.filter(action="intake:enquiry:withdraw").count() == 1


def test_stages_are_pushed_and_listed(instance: Instance) -> None:
    who = factories.operator()
    filed = [services.file(filing(), who).enquiry for _ in range(3)]
    services.push_stage(filed[1], "looked-at", who)
    with pytest.raises(BadEnquiry):
        services.push_stage(filed[1], "found-dead", who)
    page = queries.enquiries(who, limit=2)
    assert [line.pk for line in page.lines] == [filed[2].pk, filed[1].pk]
    assert page.lines[0].names == ("Vyr Ostap",)
    assert page.lines[0].portraits == 1
    rest = queries.enquiries(who, after=page.after)
    assert ([line.pk for line in rest.lines], rest.after) == ([filed[0].pk], None)
    assert [line.pk for line in queries.enquiries(who, stages=["looked-at"]).lines] == [filed[1].pk]


def test_another_agency_finds_no_enquiry(instance: Instance) -> None:
    enquiry, other = services.file(filing(), factories.operator()).enquiry, elsewhere()
    assert queries.enquiries(other).lines == ()
    for call in (
        lambda: queries.enquiry(other, enquiry.pk),
        lambda: services.withdraw(enquiry, other),
        lambda: services.push_stage(enquiry, "closed", other),
        lambda: services.looked(enquiry, other),
    ):
        with pytest.raises(NoSuchEnquiry):
            call()
    nobody = access.add_operator("nobody", factories.operator().agency, "operator:1")
    with pytest.raises(Refused):
        services.file(filing(), nobody)
    with pytest.raises(Refused):
        services.looked(enquiry, nobody)


def test_an_erased_enquiry_leaves_no_row_key_or_file(instance: Instance) -> None:
    enquiry = services.file(filing(), factories.operator()).enquiry
    portrait = EnquiryPortrait.objects.get().pk
    services.erase(enquiry, factories.operator().actor)
    vault_tasks.complete_shreds()
    assert not Enquiry.objects.exists()
    assert not EnquiryPortrait.objects.exists()
    with pytest.raises(KeyGone):
        store.open(str(portrait))
    assert [path for path in instance.vault.rglob("*") if path.is_file()] == []


@given(
    st.builds(
        Teller,
        names=st.lists(st.text(max_size=20), max_size=7).map(tuple),
        relation=st.sampled_from(["mother", "twin", "stranger"]),
        contacts=st.lists(
            st.builds(Contact, channel=st.sampled_from(["phone", "email", "tweet"]), value=st.text(max_size=20)),
            max_size=3,
        ).map(tuple),
        hours=st.text(max_size=20),
        contact_by=st.lists(st.sampled_from(["partners", "own-agency", "press"]), max_size=3).map(tuple),
        note=st.text(max_size=20),
    )
)
def test_a_teller_is_refused_with_sentences_or_kept_in_one_form(told: Teller) -> None:
    try:
        kept = tellers.checked(told)
    except BadEnquiry as refused:
        fault = refused
        kept = None
    if kept is None:
        assert fault.parts
        assert all(sentence.strip() for sentence in fault.parts.values())
        return
    assert tellers.checked(kept) == kept
    assert Teller.of(kept.as_json()) == kept
    assert all(name == name.strip() and name for name in kept.names)
