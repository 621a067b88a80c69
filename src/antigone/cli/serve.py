"""`antigone serve`: the pages and a worker, for one machine."""

from __future__ import annotations

import errno
import os
import signal
import tempfile
from dataclasses import replace
from types import FrameType
from typing import Any

import click

from antigone.cli.session import WRONG, ask_passphrase, root_of, with_instance
from antigone.upkeep import serving


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), help=f"The port of the pages; by default {serving.PORT}.")
@click.option("--host", help=f"The address to listen at; by default {serving.HOST}, for this machine alone.")
@click.option("--https", is_flag=True, help="People come by HTTPS, which something in front of this ends.")
@click.option("--workers", type=click.IntRange(0, 32), help="How many workers; by default 1.")
@with_instance
def command(
    port: int | None,
    host: str | None,
    https: bool,
    workers: int | None,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Serve the pages of an instance, and do the work that they ask for, until Ctrl-C.

    The passphrase of a locked key is asked for once. What stands in antigone.toml under [serve] holds where no option
    says otherwise. Other machines are served only through something that speaks HTTPS.
    """
    from antigone.instance import Instance
    from antigone.upkeep.opening import open_instance
    from antigone.upkeep.supervision import Workers
    from antigone.upkeep.uploads import incoming

    root = root_of(instance)
    said = serving.of(Instance(root.absolute()).settings())
    chosen = replace(
        said,
        host=host or said.host,
        port=said.port if port is None else port,
        https=https or said.https,
        workers=said.workers if workers is None else workers,
    )
    fault = chosen.fault()
    if fault:
        raise click.UsageError(fault)
    if chosen.https:
        os.environ[serving.HTTPS] = "1"
    given: list[str] = []

    def ask_once() -> str:
        if not given:
            given.append(ask_passphrase())
        return given[0]

    opened = open_instance(root, ask=ask_once)
    # What waitress sets aside of a large upload lies in the instance, as all else does.
    tempfile.tempdir = str(incoming(opened))
    server = _bound(chosen)
    children = Workers(opened.root, chosen.workers, given[0] if given else "", lambda line: click.echo(line, err=True))
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    click.echo(f"The pages of {root} are at {address(chosen, server)}  (Ctrl-C ends)")
    if not serving.is_own(chosen.host) and not chosen.names:
        click.echo(
            "They are answered under the names of this machine alone. Add the name that people type to antigone.toml: "
            'under [serve], names = ["…"]',
            err=True,
        )
    children.start()
    try:
        server.run()
    finally:
        server.close()
        children.end()
    click.echo("Ended. What was asked for and is not done yet goes on at the next start.")


def _stop(signum: int, frame: FrameType | None) -> None:
    signal.signal(signum, signal.SIG_IGN)
    raise SystemExit(0)


def _bound(chosen: serving.Serving) -> Any:
    """The server, bound to its port; ends the command with a sentence where that cannot be had."""
    from django.core.servers.basehttp import get_internal_wsgi_application
    from waitress.server import create_server

    options: dict[str, Any] = {"threads": chosen.threads, "max_request_body_size": chosen.max_upload, "ident": None}
    if chosen.proxy:
        options |= {
            "trusted_proxy": chosen.proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"},
            "clear_untrusted_proxy_headers": True,
        }
    if chosen.https:
        options["url_scheme"] = "https"
    try:
        return create_server(get_internal_wsgi_application(), host=chosen.host, port=chosen.port, **options)
    except (OSError, ValueError) as refused:
        click.echo(_why_not(chosen, refused), err=True)
        raise SystemExit(WRONG) from None


def _why_not(chosen: serving.Serving, refused: Exception) -> str:
    code = getattr(refused, "errno", None)
    if code == errno.EADDRINUSE:
        return (
            f"Port {chosen.port} of {chosen.host} is taken by another program, perhaps by an antigone serve that runs "
            "already. Nothing was started. Name another one with --port."
        )
    if code == errno.EACCES:
        return f"Port {chosen.port} is not for this account. Nothing was started. Name one above 1023 with --port."
    return f"This machine has no address {chosen.host} to listen at. Nothing was started. Name another with --host."


def address(chosen: serving.Serving, server: Any) -> str:
    """Where the pages are, as people type it on this machine."""
    listens = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    host = chosen.host if ":" not in chosen.host else f"[{chosen.host.strip('[]')}]"
    return f"http://{host}:{listens[0][1]}/"
