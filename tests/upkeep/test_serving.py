"""What antigone.toml may say about serving, and about the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from antigone.instance import Instance, InstanceError
from antigone.upkeep import databases, serving


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "127.9.9.9"])
def test_this_machine_alone_needs_no_https(host: str) -> None:
    assert serving.of({"serve": {"host": host}}).fault() is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "antigone.example.org"])
def test_others_are_served_by_https_or_behind_a_proxy(host: str) -> None:
    said = serving.of({"serve": {"host": host}})
    assert "in clear" in (said.fault() or "")
    assert not said.secure
    for door in ({"https": True}, {"proxy": "192.0.2.9"}):
        found = serving.of({"serve": {"host": host, **door}})
        assert found.fault() is None
        assert found.secure


@pytest.mark.parametrize(
    "line",
    [
        {"port": 70000}, {"port": True}, {"port": "80"}, {"https": "yes"}, {"proxy": "a.example.org"}, {"proxy": "*"},
        {"names": "antigone.example.org"}, {"names": ["*"]}, {"names": ["a b"]}, {"workers": 0}, {"max_upload": 1},
        {"host": ""}, {"host": "a b"}, {"colour": "red"},
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_followed_is_named(line: dict[str, Any]) -> None:
    with pytest.raises(InstanceError, match=f"“{next(iter(line))}”.*Nothing was started"):
        serving.of({"serve": line})


def test_the_default_database_is_a_file_of_the_instance(tmp_path: Path) -> None:
    found = databases.of(Instance(tmp_path), {})
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == tmp_path / "data" / "antigone.sqlite3"


def test_fields_and_url_name_the_same_server(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text("s/e:c\nsecond line\n")
    fields = {"host": "db.example.org", "port": 5433, "name": "antigone", "user": "ann", "password_file": "secret"}
    by_fields = databases.of(Instance(tmp_path), {"database": {**fields, "sslmode": "verify-full"}})
    url = "postgresql://ann:s%2Fe%3Ac@db.example.org:5433/antigone?sslmode=verify-full"
    assert databases.of(Instance(tmp_path), {"database": {"url": url}}) == by_fields
    assert by_fields["PASSWORD"] == "s/e:c"
    secret.chmod(0o640)
    with pytest.raises(InstanceError, match="other accounts"):
        databases.of(Instance(tmp_path), {"database": fields})


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("postgresql://x/y", "section"),
        ({"host": "x"}, "names no database"),
        ({"name": "a", "password": "b"}, "password"),
        ({"name": "a", "port": 0}, "port"),
        ({"name": "a", "sslmode": "perhaps"}, "sslmode"),
        ({"name": 5}, "name"),
        ({"url": "mysql://x/y"}, "postgresql://"),
        ({"url": "postgresql://x:99999999/y"}, "port"),
        ({"url": "postgresql://x/y", "name": "z"}, "url"),
        ({"url": "postgresql://x/y?options=-c"}, "options"),
        ({"name": "a", "password_file": "nowhere"}, "password_file"),
    ],
)
def test_a_database_that_cannot_be_meant_is_refused(said: object, word: str, tmp_path: Path) -> None:
    with pytest.raises(InstanceError, match=f"{word}.*Nothing was opened"):
        databases.of(Instance(tmp_path), {"database": said})
