"""Calling the API as a program does: a token, requests, answers."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from antigone.access import tokens
from antigone.access.models import Operator, Token
from antigone.access.permissions import Permission
from antigone.access.rules import FOR_PEOPLE_ALONE
from antigone.access.services import permissions_held


def issue(holder: Operator, permissions: Iterable[Permission] | None = None, days: int = 30) -> tuple[Token, str]:
    """A token of this operator with these permissions, by default with all that a token of theirs can carry."""
    carried = permissions_held(holder) - FOR_PEOPLE_ALONE if permissions is None else permissions
    token, secret = tokens.issue(holder, "program of the tests", carried, timezone.now() + timedelta(days=days))
    assert secret is not None
    return token, secret


@dataclass
class Program:
    """A program with a token, or without one."""

    secret: str | None = None

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        form: dict[str, Any] | None = None,
        key: str | None = "",
        **headers: str,
    ) -> Any:
        """One request; a POST gets an Idempotency-Key of its own unless `key` is one, or None for none."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret is not None:
            sent["Authorization"] = f"Bearer {self.secret}"
        if method == "POST" and key is not None:
            sent["Idempotency-Key"] = key or str(uuid.uuid4())
        address = path if path.startswith("/") else f"/api/v1/{path}"
        if form is not None:
            return self.client.post(address, form, headers=sent)
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"content_type": "application/json"} if method in ("POST", "PUT", "PATCH") else {}
        return self.client.generic(method, address, data, headers=sent, **given)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **given: Any) -> Any:
        return self.call("POST", path, body, **given)


def picture(data: bytes, name: str = "picture.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=kind)


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem that an answer is, checked to be of this kind."""
    assert answer.status_code == status, answer.content[:600]
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["type"] == f"/api/v1/problems/{code}", body
    assert body["status"] == status
    assert body["detail"]
    assert body["title"]
    return body
