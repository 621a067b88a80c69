"""Where the records lie, as antigone.toml says under [database]: a file of the instance, or a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from antigone.instance import Instance, InstanceError, private_file

FIELDS = ("host", "port", "name", "user", "password_file", "sslmode")
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def of(instance: Instance, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Django's settings of the database; raises InstanceError for lines that cannot be followed."""
    said = settings.get("database")
    return _file(instance) if said is None else _server(instance, said)


def _file(instance: Instance) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": instance.database,
        "OPTIONS": {
            # BEGIN IMMEDIATE: a writer waits its turn at the start, instead of failing at its first write.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=0;"
            ),
        },
    }


def _server(instance: Instance, said: object) -> dict[str, Any]:
    if not isinstance(said, Mapping):
        raise _fault("is a section, [database], with a url, or with host, name, user and password_file")
    if "url" in said:
        if set(said) - {"url", "password_file"}:
            raise _fault("has a url, which says all but the password_file")
        fields = {**_of_url(said["url"]), **{key: said[key] for key in said if key == "password_file"}}
    else:
        fields = dict(said)
    unknown = sorted(set(fields) - {*FIELDS, "password"})
    if unknown or ("password" in fields and "url" not in said):
        raise _fault(f"knows no “{(unknown or ['password'])[0]}”; there are url, {', '.join(FIELDS)}")
    for name in ("host", "name", "user", "password_file", "sslmode"):
        if name in fields and not (isinstance(fields[name], str) and fields[name].strip()):
            raise _fault(f"has a “{name}” that is no text")
    if "name" not in fields:
        raise _fault("names no database (name)")
    port = fields.get("port", 5432)
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port < 65536:
        raise _fault("has a “port” that is no number up to 65535")
    sslmode = fields.get("sslmode", "prefer")
    if sslmode not in SSL_MODES:
        raise _fault(f"has an “sslmode” that is none of {', '.join(SSL_MODES)}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": fields["name"],
        "HOST": fields.get("host", ""),
        "PORT": str(port),
        "USER": fields.get("user", ""),
        "PASSWORD": _password(instance, fields),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": sslmode, "connect_timeout": 10},
    }


def _of_url(url: object) -> dict[str, Any]:
    parts = urlsplit(url) if isinstance(url, str) else None
    try:
        port = parts.port if parts else None
    except ValueError:
        port = -1
    if parts is None or parts.scheme not in ("postgresql", "postgres"):
        raise _fault("has a url that does not begin with postgresql://")
    found: dict[str, Any] = {"name": unquote(parts.path.lstrip("/")), **dict(parse_qsl(parts.query))}
    if parts.hostname:
        found["host"] = unquote(parts.hostname)
    if port is not None:
        found["port"] = port
    if parts.username:
        found["user"] = unquote(parts.username)
    if parts.password:
        found["password"] = unquote(parts.password)
    return found


def _password(instance: Instance, fields: Mapping[str, Any]) -> str:
    if "password_file" not in fields:
        return str(fields.get("password", ""))
    path = instance.root / fields["password_file"]
    try:
        private_file(path, "password file of the database")
        return _first_line(path)
    except (OSError, UnicodeDecodeError):
        raise _fault("names a password_file that is not there, or cannot be read") from None


def _first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0] if path.stat().st_size else ""


def _fault(what: str) -> InstanceError:
    return InstanceError(
        f"antigone.toml, under [database], {what}. Nothing was opened. Mend the lines and try again: "
        "docs/operations.md, PostgreSQL."
    )
