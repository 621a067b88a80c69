"""Which units are of one person: said, split off, merged and undone, each with its reason, and nothing forgotten."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from antigone.access.rules import Role
from antigone.remains.models import AssociationEvent, Individual
from tests.web import found
from tests.web.people import Agencies, ClientAs


def sent(client: Any, name: str, *args: object, **data: Any) -> Any:
    return client.post(reverse(f"web:remains:{name}", args=args), data)


def test_units_are_associated_by_their_codes_and_split_and_undone(agencies: Agencies, client_as: ClientAs) -> None:
    one, other, third = (found.body(agencies.ours) for _each in range(3))
    client = client_as(Role.BOARD_MEMBER)
    assert "searched and judged anew" in client.get(reverse("web:remains:associate", args=[one.pk])).content.decode()
    answer = sent(client, "associate", one.pk, codes=f"{other.code.lower()}, {third.code}", reason="one bag", once="a")
    individual = Individual.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("web:remains:individual", args=[individual.pk]))
    shown = client.get(answer["Location"]).content.decode()
    assert all(unit.code in shown for unit in (one, other, third))
    assert "one bag" in shown
    assert "individual" in client.get(reverse("web:remains:subject", args=[one.pk])).content.decode()
    split = sent(client, "split", individual.pk, units=[str(third.pk)], reason="two left femurs", once="b")
    assert split.status_code == 302
    apart = Individual.objects.exclude(pk=individual.pk).get()
    assert split["Location"] == reverse("web:remains:individual", args=[apart.pk])
    decision = AssociationEvent.objects.get(deed="split")
    asked = client.get(reverse("web:remains:undo", args=[decision.pk])).content.decode()
    assert "are recalled" in asked
    assert sent(client, "undo", decision.pk, reason="wrong bone", once="c").status_code == 302
    shown = client.get(reverse("web:remains:individual", args=[individual.pk])).content.decode()
    assert third.code in shown.partition("How that came")[0]
    assert "two left femurs (undone on" in shown
    assert sent(client, "undo", decision.pk, reason="again", once="d").status_code == 422


def test_two_individuals_are_merged_by_number_or_by_a_code(agencies: Agencies, client_as: ClientAs) -> None:
    one, other = found.individual(agencies.ours), found.individual(agencies.ours)
    client = client_as(Role.BOARD_MEMBER)
    code = other.associations.first().unit.code  # type: ignore[union-attr]
    assert sent(client, "merge", one.pk, other="9999", reason="dna", once="a").status_code == 422
    assert sent(client, "merge", one.pk, other=str(one.pk), reason="dna", once="b").status_code == 422
    assert sent(client, "merge", one.pk, other=code, reason="dna", once="c").status_code == 302
    merged = client.get(reverse("web:remains:individual", args=[other.pk])).content.decode()
    assert f"individual {one.pk}</a>" in merged
    assert "Add units" not in merged


def test_a_code_that_is_not_here_is_told_and_nothing_is_saved(agencies: Agencies, client_as: ClientAs) -> None:
    one, theirs = found.body(agencies.ours), found.body(agencies.theirs, "THEIRS-A-001")
    client = client_as(Role.BOARD_MEMBER)
    for code in (theirs.code, "NOBODY-A-001"):
        answer = sent(client, "associate", one.pk, codes=code, reason="one bag", once=code)
        assert answer.status_code == 422
        assert f"There is no unit {code} here" in answer.content.decode()
    living = found.living(agencies.ours)
    assert sent(client, "associate", one.pk, codes=living.code, reason="one bag", once="l").status_code == 422
    assert not Individual.objects.exists()


def test_who_does_not_decide_reads_and_is_offered_nothing(agencies: Agencies, client_as: ClientAs) -> None:
    individual = found.individual(agencies.ours)
    client = client_as(Role.MORTUARY_EXAMINER)
    shown = client.get(reverse("web:remains:individual", args=[individual.pk])).content.decode()
    for words in ("Split off units", "Merge with another", "Undo it"):
        assert words not in shown
    assert f"Individual {individual.pk}" in client.get(reverse("web:remains:individuals")).content.decode()
