"""`antigone bench pages`: which pages it finds, and that it tells a page whose queries grow."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from antigone.access.models import Agency
from antigone.casework.models import Case
from antigone.instance import Instance
from antigone.missing.models import Person, PersonName, PersonToken
from antigone.site import urls as site_urls
from antigone.upkeep import bench_pages, bench_routes
from antigone.upkeep.bench_names import SCRIPTS, Namer
from antigone.upkeep.bench_pages import Cost, Measured, Result
from antigone.upkeep.bench_records import Filler, Size


def measured(small: int, full: int) -> Measured:
    return Measured("web:missing:list", "/missing/", "auditor", 1, Cost(small, 4.0), Cost(full, 8.0))


def result(*pages: Measured, failed: tuple[str, ...] = ()) -> Result:
    return Result((1, 2), (1, 2), pages, ("web:job",), failed, "a machine", 1.0)


def test_a_page_whose_queries_grow_is_told_and_is_not_sound() -> None:
    assert result(measured(7, 7)).sound
    assert result(measured(9, 7)).sound, "fewer are no fault"
    grown = result(measured(7, 7), measured(7, 8))
    assert not grown.sound
    assert [each.full.queries for each in grown.growing] == [8]
    assert "The queries of 1 pages grow." in bench_pages.render_text(grown)
    assert "7 > 8" in bench_pages.render_text(grown)
    assert grown.as_json()["pages"][0]["ratio"] == 2.0
    assert not result().sound, "nothing was measured"
    assert not result(measured(1, 1), failed=("web:desk",)).sound


def test_names_are_the_same_for_a_seed_and_in_several_scripts() -> None:
    drawn = [Namer(7).name() for _time in range(2)]
    assert drawn[0] == drawn[1]
    namer = Namer(7)
    assert {namer.name().script for _number in range(200)} == set(SCRIPTS)


@pytest.mark.slow
def test_an_instance_is_filled_and_filled_on(instance: Instance) -> None:
    filler = Filler(Agency.objects.earliest("pk"), said=lambda _line: None)
    filler.fill(Size(1_000, 60))
    assert (Person.objects.count(), Case.objects.count()) == (1_000, 58)
    filler.fill(Size(1_500, 90))
    assert (Person.objects.count(), Case.objects.count()) == (1_500, 87)
    assert PersonName.objects.values("person").distinct().count() == 1_500
    assert PersonToken.objects.filter(kind="code").values("person").distinct().count() == 1_500


def test_every_route_with_a_name_is_known_with_its_arguments(instance: Instance) -> None:
    known = {route.name: route for route in bench_routes.routes()}
    assert {"web:desk", "web:missing:list", "web:cases:case"} <= set(known)
    assert list(known["web:missing:history"].converters) == ["pk", "key"]
    assert not any(name.startswith("api") for name in known)


def test_arguments_are_taken_from_records(instance: Instance) -> None:
    Filler(Agency.objects.earliest("pk"), said=lambda _line: None).fill(Size(500, 40))
    route = next(each for each in bench_routes.routes() if each.name == "web:cases:case")
    case = Case.objects.order_by("pk")[1]
    page = bench_routes.page_of(route, lambda address: 200 if address == f"/cases/{case.pk}/" else 404)
    assert page is not None
    assert page.address == f"/cases/{case.pk}/"
    assert bench_routes.page_of(route, lambda _address: 405) is None, "no GET"
    assert bench_routes.page_of(route, lambda _address: 404) is None


def growing(_request: object) -> HttpResponse:
    """A page that asks once for each case."""
    for case in Case.objects.all():
        str(case.subject.code)
    return HttpResponse(b"<p>cases</p>")


urlpatterns = [path("grows/", growing, name="grows"), *site_urls.urlpatterns]


@override_settings(ROOT_URLCONF=__name__)
def test_queries_are_counted_as_they_are_made(instance: Instance) -> None:
    agency = Agency.objects.earliest("pk")
    clients, actors = bench_pages._staff(agency)
    filler = Filler(agency, actors, said=lambda _line: None)
    filler.fill(Size(500, 30))
    client = clients["auditor"]
    few, desk = bench_pages._cost(client, "/grows/"), bench_pages._cost(client, "/")
    filler.fill(Size(500, 60))
    assert bench_pages._cost(client, "/grows/").queries > few.queries > 0
    assert bench_pages._cost(client, "/").queries == desk.queries > 0
