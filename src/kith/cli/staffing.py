"""`kith worker`: letting somebody who works here sign in, with their role and their team."""

import secrets
from typing import Any

import click

from kith.cli.terminal import CouldNot, as_json, on_database, start_django, tell

ROLES = "family_help_lead, social_worker, duty_worker, team_manager, analyst, custodian, administrator"


@click.command(short_help="Let somebody who works here sign in.")
@click.argument("email")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, help=f"May be said again. Such as: {ROLES}.")
@click.option("--team", metavar="NAME", help="The team they join; made where there is none of that name.")
@click.option("--manages", is_flag=True, help="They manage that team.")
@click.option("--by", "by", metavar="EMAIL", required=True, help="The administrator who adds them.")
@on_database
@as_json
def worker(
    email: str,
    name: str,
    roles: tuple[str, ...],
    team: str | None,
    manages: bool,
    by: str,
    database: str | None,
    as_json: bool,
) -> None:
    """Let somebody who works here sign in, with their roles and their team.

    Prints a password for them to change when they first sign in. Somebody who signs in already gets the
    roles and the team beside what they have, and no new password. docs/powers.md says what each role may do.
    """
    start_django(database)
    from django.db import transaction

    from kith.record.people.models import User

    administrator = User.objects.filter(email__iexact=by).first()
    if administrator is None:
        raise CouldNot(f"Nobody signs in as {by}. Give the email address of an administrator: --by EMAIL.")
    with transaction.atomic():
        added = _add(email, name, roles, team, manages, administrator)
    said = f"{name} may sign in as {email}"
    tell(
        added,
        [f"{said}: {added['password']}" if added["password"] else f"{said}, as before."],
        machine=as_json,
    )


def _add(
    email: str, name: str, roles: tuple[str, ...], team: str | None, manages: bool, administrator: Any
) -> dict[str, Any]:
    from kith.record.people import staff
    from kith.record.people.models import Role, Team, User

    unknown = [role for role in roles if role not in Role.values]
    if unknown:
        raise CouldNot(f"There is no role {unknown[0]}. The roles are: {', '.join(Role.values)}.")
    user, password = User.objects.filter(email__iexact=email).first(), None
    if user is None:
        password = secrets.token_urlsafe(12)
        user = staff.add_user(by=administrator, email=email, name=name, password=password)
    for role in roles:
        staff.give_role(user, role, by=administrator)
    if team:
        joined = Team.objects.filter(name=team).first() or staff.make_team(by=administrator, name=team)
        staff.join_team(user, joined, by=administrator, is_manager=manages)
    return {"email": email, "password": password, "roles": list(roles), "team": team}
