"""The API as one object: its operations, its errors, and the OpenAPI document that describes both."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from antigone.api import problems, telling
from antigone.api.bearer import FORM
from antigone.api.strict import StrictParser
from antigone.api.v1 import ROUTERS

PREFIX = "/api/v1/"

DESCRIPTION = """\
What programs of an agency may do with Antigone: the same services that the staff pages use, under the same rules.

Every request carries `Authorization: Bearer TOKEN`; sessions of browsers are not accepted. A token belongs to one
agency and sees that agency's records alone; another agency's record does not exist here (404). There is no search by
face outside a case and its mandate, no list that holds a picture, and no way to read many pictures at once.

A request that makes something carries `Idempotency-Key`; one that changes a statement carries `If-Match`. Lists are
walked by `cursor`. Whatever goes wrong is told as `application/problem+json` (RFC 9457)."""

PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "enum": [problems.ADDRESS + code for code in problems.KINDS]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence: what happened, what was kept safe, what to do."},
        "instance": {"type": "string", "description": "The number of this request, as X-Request-ID has it."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "RFC 6901"},
                    "in": {"type": "string", "enum": ["body", "file", "form", "header", "path", "query"]},
                    "detail": {"type": "string"},
                },
            },
        },
        "current": {"description": "What stands now, where somebody changed it meanwhile."},
    },
}


class Door(NinjaAPI):
    """ninja's API, whose document also tells of problems, idempotency keys and preconditions."""

    document: OpenAPISchema | None = None

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        # It is asked for without a token, and the same for everybody: made once.
        if self.document is None:
            with translation.override("en"):
                document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
                document["components"]["schemas"]["Problem"] = PROBLEM
                for ways in document["paths"].values():
                    for described in ways.values():
                        _complete(described)
            self.document = document
        return self.document


def _complete(described: dict[str, Any]) -> None:
    """Add to an operation's description what its decorator says and ninja has no word for."""
    needs, creates = described.pop("x-needs", None), described.pop("x-creates", False)
    refuses = described.pop("x-refuses", False)
    precondition, as_bytes = described.pop("x-precondition", False), described.pop("x-bytes", [])
    if needs:
        described["description"] = f"{described.get('description', '')}\n\nNeeds the permission `{needs}`.".strip()
        described["security"] = [{name: [needs] for name in scheme} for scheme in described["security"]]
    statuses = {401, 422, 429, 500, 503} if "security" in described else {500, 503}
    if needs or refuses:
        statuses.add(403)
    if refuses or any(each["in"] == "path" for each in described["parameters"]):
        statuses.add(404)
    if "requestBody" in described:
        statuses |= {400, 404, 413, 415}
    if any(each["in"] == "query" for each in described["parameters"]):
        statuses.add(400)
    if creates:
        described["parameters"].append(_header("Idempotency-Key", "New for each new record; the same when sent again."))
        statuses |= {400, 404, 409}
    if precondition:
        described["parameters"].append(
            _header("If-Match", 'The etag of what you saw, "0" where there was no statement, or * for whichever.')
        )
        statuses |= {400, 409, 428}
    for status, answer in described["responses"].items():
        answer["headers"] = {
            "X-Request-ID": {"schema": {"type": "string"}, "description": "The number of this request."}
        }
        if as_bytes and status < 300:
            answer["content"] = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in as_bytes}
    for status in sorted(statuses):
        titles = sorted({str(kind.title) for kind in problems.KINDS.values() if kind.status == status})
        described["responses"][status] = {
            "description": "; ".join(titles),
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    form = described.get("requestBody", {}).get("content", {})
    if "application/x-www-form-urlencoded" in form:
        form[FORM] = form.pop("application/x-www-form-urlencoded")


def _header(name: str, text: str) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": True,
        "description": text,
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    }


def _tell(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.respond(request, telling.told(error))


def make() -> Door:
    """The API with all its operations."""
    api = Door(
        title="Antigone",
        version="1",
        description=DESCRIPTION,
        # ninja's documentation page loads its scripts from another house.
        docs_url=None,
        urls_namespace="api",
        parser=StrictParser(),
    )
    for error in telling.TELLINGS:
        api.add_exception_handler(error, _tell)
    for name, router in ROUTERS:
        api.add_router("", router, tags=[name])
    return api
