"""The rows of the route table, one module for each area; each has ROUTES."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from tests.web.table import Route

ROUTES: list[Route] = [
    route
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    for route in import_module(f"{__name__}.{found.name}").ROUTES
]
