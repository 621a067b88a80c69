"""The operations of version 1, a module for each thing of the field."""

from __future__ import annotations

from ninja import Router

from antigone.api.v1 import agency, enquiries, fields, jobs, ledger, problem_kinds

ROUTERS: dict[str, Router] = {
    "agency": agency.router,
    "vocabulary": fields.router,
    "enquiries": enquiries.router,
    "jobs": jobs.router,
    "ledger": ledger.router,
    "problems": problem_kinds.router,
}
