"""The operations of version 1, a module for each thing of the field."""

from __future__ import annotations

from ninja import Router

from antigone.api.v1 import (
    agency,
    agreements,
    cases,
    custody,
    enquiries,
    fields,
    finding,
    found,
    holdings,
    jobs,
    ledger,
    open_source,
    person_statements,
    persons,
    photographs,
    portraits,
    problem_kinds,
    register_facts,
    relatives,
    samples,
    searches,
    sites,
    subject_statements,
    subjects,
)

# By the tag under which the document lists them; several modules may stand under one.
ROUTERS: tuple[tuple[str, Router], ...] = (
    ("agency", agency.router),
    ("agreements", agreements.router),
    ("vocabulary", fields.router),
    # Before the records: "find" is no number.
    ("finding", finding.router),
    ("holdings", holdings.router),
    ("persons", persons.router),
    ("persons", person_statements.router),
    ("relatives", relatives.router),
    ("persons", register_facts.router),
    ("portraits", portraits.router),
    ("cases", cases.router),
    ("searches", searches.router),
    ("subjects", subjects.router),
    ("subjects", subject_statements.router),
    ("photographs", photographs.router),
    ("subjects", custody.router),
    ("samples", samples.router),
    ("found with the dead", found.router),
    ("open source", open_source.router),
    ("sites", sites.router),
    ("enquiries", enquiries.router),
    ("jobs", jobs.router),
    ("ledger", ledger.router),
    ("problems", problem_kinds.router),
)
