"""How the pages of an instance are reached, as antigone.toml says under [serve]; read before Django starts."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from antigone.instance import InstanceError

HOST, PORT = "127.0.0.1", 8000
# Set by `antigone serve --https` for its own process, before Django reads its settings.
HTTPS = "ANTIGONE_HTTPS"
MIB = 2**20
# A case's photographs come together; each of them is bounded by what imaging allows.
MAX_UPLOAD = 256 * MIB

HOST_NAME = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")


@dataclass(frozen=True)
class Serving:
    """Address and door: `https` says that people come by it, `proxy` names the one machine whose word on that counts.

    `names` are the host names that are answered besides those of the machine itself; `max_upload` is in bytes.
    """

    host: str = HOST
    port: int = PORT
    https: bool = False
    proxy: str = ""
    names: tuple[str, ...] = ()
    workers: int = 1
    threads: int = 8
    max_upload: int = MAX_UPLOAD

    @property
    def secure(self) -> bool:
        """Whether cookies may go over encrypted connections alone."""
        return self.https or bool(self.proxy)

    def fault(self) -> str | None:
        """Why pages may not be served so, as a sentence; None when they may."""
        if not is_own(self.host) and not self.secure:
            return (
                f"The address {self.host} can be reached from other machines, and what people type and see would go "
                "over the wire in clear. Nothing was started. Put a proxy that speaks HTTPS in front and name it in "
                "antigone.toml (under [serve], proxy), or say --https where something else encrypts the way: "
                "docs/operations.md, Pages."
            )
        return None


def is_own(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def of(settings: Mapping[str, Any]) -> Serving:
    """What antigone.toml says; raises InstanceError for a line that cannot be followed."""
    said = settings.get("serve", {})
    if not isinstance(said, Mapping):
        raise _fault("serve", "is a section, [serve]")
    for name, value in said.items():
        if name not in _RULES:
            raise _fault(name, f"is not known; there are {', '.join(_RULES)}")
        holds, needs = _RULES[name]
        if not holds(value):
            raise _fault(name, needs)
    return Serving(**{**said, "names": tuple(said.get("names", ()))})


def _is_ip(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def _is_address(value: str) -> bool:
    return _is_ip(value.strip("[]")) or HOST_NAME.fullmatch(value) is not None


def _within(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and HOST_NAME.fullmatch(each) for each in value)


_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "host": (
        lambda value: isinstance(value, str) and _is_address(value),
        "is an address of this machine, such as 127.0.0.1",
    ),
    "port": (_within(0, 65535), "is a number up to 65535"),
    "https": (lambda value: isinstance(value, bool), "is true or false"),
    "proxy": (
        lambda value: isinstance(value, str) and (not value or _is_ip(value)),
        "is the IP address of the proxy in front",
    ),
    "names": (_are_names, "is a list of host names"),
    "workers": (_within(1, 32), "is a number from 1 to 32"),
    "threads": (_within(1, 128), "is a number from 1 to 128"),
    "max_upload": (_within(MIB, 2**34), "is a number of bytes, 1048576 at least"),
}


def _fault(name: str, needs: str) -> InstanceError:
    return InstanceError(
        f"In antigone.toml, under [serve], “{name}” {needs}. Nothing was started. Mend the line and try again."
    )
