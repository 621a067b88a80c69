"""The pages of a URL map that can be asked for with GET, each with the number or key of a record that it shows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from antigone.description.catalogue import blocks
from antigone.description.fields import Side

NOT_PAGES = ("api",)
"""Programs come in by another door."""

ROOMS = ("casework", "missing", "remains", "intake", "access", "jobs", "ledger", "vault")
"""Whose records pages show."""

MOST_TRIED = 400


@dataclass(frozen=True)
class Page:
    """A route with its arguments; `address` is what is asked for."""

    name: str
    address: str


@dataclass(frozen=True)
class Route:
    """A named route, and the converters of its arguments by their names."""

    name: str
    converters: dict[str, Any] = field(default_factory=dict)


def routes() -> list[Route]:
    """Every named route that leads to a page of the staff."""
    return list(_routes(get_resolver(), (), {}))


def _routes(resolver: URLResolver, within: tuple[str, ...], taken: dict[str, Any]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        converters = {**taken, **each.pattern.converters}
        if isinstance(each, URLResolver):
            spaces = (*within, each.namespace) if each.namespace else within
            if not (spaces and spaces[0].startswith(NOT_PAGES)):
                yield from _routes(each, spaces, converters)
        elif isinstance(each, URLPattern) and each.name:
            yield Route(":".join((*within, each.name)), converters)


def page_of(route: Route, answers: Callable[[str], int]) -> Page | None:
    """The route with the first arguments for which it answers 200; None where it does for none that was tried."""
    named = list(route.converters)
    choices = [list(_candidates(route, name, route.converters[name])) for name in named]
    for values in itertools.islice(_combined(choices), MOST_TRIED):
        try:
            address = reverse(route.name, kwargs=dict(zip(named, values, strict=True)))
        except NoReverseMatch:
            continue
        status = answers(address)
        if status == 200:
            return Page(route.name, address)
        if status == 405 or (status != 404 and not named):
            return None
    return None


def _combined(choices: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Every choice of arguments, those of few first places first."""
    whole = itertools.product(*(list(enumerate(each)) for each in choices))
    ordered = sorted(itertools.islice(whole, 50_000), key=lambda each: sum(place for place, _value in each))
    return (tuple(value for _place, value in each) for each in ordered)


def _candidates(route: Route, name: str, converter: Any) -> Iterator[Any]:
    """What an argument may be: keys of records for numbers, keys of the catalogue for words."""
    if not isinstance(converter, IntConverter | UUIDConverter):
        for side in Side:
            for block in blocks(side):
                yield block.key
                yield from (each.key for each in block.fields[:1])
        return
    wanted = UUIDConverter if isinstance(converter, UUIDConverter) else IntConverter
    seen = set()
    for model in sorted(_models(), key=lambda each: _unlike(each, route, name)):
        if (model._meta.pk.get_internal_type() == "UUIDField") != (wanted is UUIDConverter):
            continue
        for pk in _some(model):
            if pk not in seen:
                seen.add(pk)
                yield pk


def _models() -> list[type[Model]]:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def _unlike(model: type[Model], route: Route, argument: str) -> tuple[int, int]:
    """How far a model is from what a route shows, by their words."""
    words = set(f"{route.name} {argument}".lower().replace(":", " ").replace("-", " ").replace("_", " ").split())
    name = model._meta.model_name or ""
    near = 0 if name in words else 1 if any(name in word or word in name for word in words if len(word) > 3) else 2
    return near, 0 if model._meta.app_label in words else 1


def _some(model: type[Model]) -> list[Any]:
    """The first and the last few of a model's records."""
    keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
    return list(dict.fromkeys((*keys[:3], *keys.reverse()[:2])))
