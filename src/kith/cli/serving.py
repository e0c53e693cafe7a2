"""`kith run` and `kith administrator`: Kith for the browser, and who may sign in first."""

import os
import secrets
import socket
import sys
from contextlib import nullcontext, redirect_stdout

import click

from kith.cli.terminal import (
    COULD_NOT,
    DONE,
    CouldNot,
    as_json,
    on_database,
    one_start_at_a_time,
    progress,
    start_django,
    tell,
)


@click.command(short_help="Start Kith in the browser.")
@click.option(
    "--demo", is_flag=True, help="Fill an empty record with an invented authority, and offer its sign-ins."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to answer; this machine only.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Web processes.")
@on_database
@as_json
def run(demo: bool, host: str, port: int, workers: int, database: str | None, as_json: bool) -> int:
    """Start Kith: the web pages, and the worker that does background jobs. Ctrl+C stops both.

    With --json the object is printed as the pages come up, and says where they are.
    """
    check_port_is_free(host, port, demo=demo)
    if demo:
        os.environ["KITH_DEMO"] = "1"
    start_django(database)
    from kith.web import serve

    if demo:
        with one_start_at_a_time():
            if serve.is_empty():
                click.echo("Inventing the authority of Northbrook first: a minute or two.", err=True)
            with progress("Making the invented authority of Northbrook", machine=as_json) as step:
                serve.fill_with_an_invented_authority(step)
        check_port_is_free(host, port, demo=demo)  # inventing takes minutes: another may have come since
    _tell_of_first_sign_in()
    if as_json:
        tell({"address": f"http://{host}:{port}/", "demo": demo}, [], machine=True)
        sys.stdout.flush()
    try:
        with redirect_stdout(sys.stderr) if as_json else nullcontext():
            status = serve.serve(host, port, workers)
    except KeyboardInterrupt:  # before the pages were up; from then on the server ends by itself
        return DONE
    return DONE if status == 0 else COULD_NOT


def check_port_is_free(host: str, port: int, *, demo: bool = False) -> None:
    """Raise CouldNot where nothing can answer at `host` and `port`; with the way to start elsewhere."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except PermissionError as fault:
        raise CouldNot(f"You may not answer on port {port}. Choose one above 1023: --port 8000.") from fault
    except socket.gaierror as fault:
        raise CouldNot(f"There is no address {host} on this machine. Try --host 127.0.0.1.") from fault
    except OSError as fault:
        other = port % 65_535 + 1
        instead = (
            f"make run PORT={other}, or kith run --demo --port {other}"
            if demo
            else f"kith run --port {other}"
        )
        raise CouldNot(
            f"Port {port} at {host} cannot be had: something else answers there, or the address is not this "
            f"machine's. Stop the other, or choose another: {instead}"
        ) from fault


def _tell_of_first_sign_in() -> None:
    from kith.record.people.models import User

    if not User.objects.exists():
        click.echo("Nobody can sign in yet. In another window: kith administrator EMAIL NAME", err=True)


@click.command(short_help="Make the first administrator.")
@click.argument("email")
@click.argument("name")
@on_database
@as_json
def administrator(email: str, name: str, database: str | None, as_json: bool) -> None:
    """Make the first administrator of an empty record, and print a password, changed at the first sign-in.

    An administrator lets everyone else in: kith worker.
    """
    start_django(database)
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from kith.record.people.staff import add_first_administrator

    try:
        validate_email(email)
    except ValidationError as problem:
        raise CouldNot(
            f"“{email}” is not an email address. Give one such as name@example.gov.uk."
        ) from problem
    password = secrets.token_urlsafe(12)
    add_first_administrator(email=email, name=name, password=password)
    tell(
        {"email": email, "password": password},
        [
            f"{name} may sign in as {email} with the password {password}",
            "Kith asks for another at the first sign-in.",
        ],
        machine=as_json,
    )
