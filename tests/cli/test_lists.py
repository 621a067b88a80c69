"""The lists of the terminal: cases with what they wait for, persons and portraits by reference and SHA-256."""

from __future__ import annotations

from click.testing import CliRunner
from django.utils import timezone

from antigone.casework.models import RankedView
from antigone.cli.main import main
from antigone.instance import Instance
from antigone.missing.models import PersonName, Portrait
from tests import factories
from tests.casework.test_queries import opened, photographed, searched, stranger


def said(instance: Instance, *words: str, status: int = 0) -> str:
    done = CliRunner().invoke(main, ["-i", str(instance.root), *words])
    assert done.exit_code == status, done.output
    return done.output


def test_cases_are_listed_with_what_they_wait_for(instance: Instance) -> None:
    assert "There are no cases yet" in said(instance, "case", "list")
    opened("LIMEN-A-001")
    case = opened("LIMEN-A-002")
    photographed(case)
    found = searched(case, none_of_these=True)
    text = said(instance, "case", "list")
    assert "LIMEN-A-001  deceased  quay  open  0 photographs  0 searches" in text
    assert "waits for photographs" in text
    assert "LIMEN-A-002  deceased  quay  open  1 photograph  1 search  last searched" in text
    # Who examines is not told what a search came to, until they have seen its ranked output.
    assert "UTC: " not in text
    RankedView.objects.create(case=case, actor=factories.operator().actor, search=found, at=timezone.now())
    assert "UTC: none of these" in said(instance, "case", "list")
    said(instance, "case", "close", "LIMEN-A-002", "--reason", "over")
    assert "LIMEN-A-002" not in said(instance, "case", "list", "--open")
    assert "There are no such cases" in said(instance, "case", "list", "--code", "PIER")


def test_persons_are_listed_by_reference_and_portraits_by_digest(instance: Instance) -> None:
    assert "Nobody is recorded yet" in said(instance, "report", "list")
    factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2)})
    person = Portrait.objects.get(person__ref="M-1").person
    PersonName.objects.create(person=person, text="Oksana Petrenko", script="Latn")
    text = said(instance, "report", "list", "--portraits")
    assert "M-1  holding  open  1 portrait" in text
    assert all(digest in text for digest in Portrait.objects.values_list("sha256", flat=True))
    assert "Petrenko" not in text
    said(instance, "report", "close", "M-1", "--state", "found")
    assert "M-1" not in said(instance, "report", "list", "--state", "open")
    assert "M-2" in said(instance, "report", "list", "--holding", "holding")
    assert "no holding" in said(instance, "report", "list", "--holding", "other", status=2)
    stranger()
    assert "Nobody is recorded yet" in said(instance, "--as", "stranger", "report", "list")
