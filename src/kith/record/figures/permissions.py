"""Whose figures are exact: each role is given them as an audience, by `data/audiences_of_roles.csv`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kith.insight.disclosure import INSIDE, PARTNERS, PUBLIC
from kith.record.people import queries as people
from kith.record.people.models import User
from kith.standards.tables import rows

FROM_WIDE_TO_NARROW = (INSIDE, PARTNERS, PUBLIC)
_TABLE = Path(__file__).parent / "data" / "audiences_of_roles.csv"


@cache
def audiences_of_roles() -> Mapping[str, str]:
    """The audience of each role that sees figures."""
    return {row["role"]: row["audience"] for row in rows(_TABLE)}


def audience_of(user: User) -> str:
    """As which audience `user` is given figures: the widest of their roles; anybody's for a role without."""
    held = {audiences_of_roles().get(role, PUBLIC) for role in people.roles_of(user)}
    return next((audience for audience in FROM_WIDE_TO_NARROW if audience in held), PUBLIC)


def may_take_away(user: User) -> tuple[str, ...]:
    """The audiences for whom `user` may take figures away: their own, and those that are shown less."""
    return FROM_WIDE_TO_NARROW[FROM_WIDE_TO_NARROW.index(audience_of(user)) :]
