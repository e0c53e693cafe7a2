"""What became of my decisions: for the one who made them, alone; and of a team's together, for its manager.

Never a rank, never somebody else's beside it, and in no file that leaves: a place to learn, and no measure of
anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.insight.case.words import why_not
from kith.insight.catalogue import every_indicator
from kith.insight.indicator import Indicator
from kith.insight.statistics.confidence import USUAL, WIDE
from kith.insight.statistics.funnels import Measure, limits
from kith.record.access.looking import names_to_show
from kith.record.access.permissions import Level
from kith.record.figures.given_out import OF_PEOPLE_WHO_DECIDE
from kith.record.people.models import User
from kith.record.people.queries import memberships_of, shown
from kith.web.insight.behind import may_be_named, person_ids
from kith.web.insight.reading import Reading, exact_reading
from kith.web.who_may import only_reading, power, user_of

FEWEST = 10  # decisions, of which something may be said at all
FEWEST_DECIDERS = 3  # or a team's figure would be one person's
CHILDREN_SHOWN = 30
ONE_IN_TWENTY = 5  # per cent
OTHERS = ("section47_enquiries_with_no_plan", "second_child_protection_plans")


@dataclass(frozen=True)
class Became:
    """What became of decisions of one kind: how many, and how many came back; the whole authority's beside
    it, with what is ordinary for so many; and the children, if they are shown.
    """

    indicator: Indicator
    period: str
    made: int
    back: int
    sentence: str
    beyond: str
    children: tuple[tuple[Any, str], ...] = ()

    @property
    def is_told(self) -> bool:
        return self.made >= FEWEST


@power("see_own_decisions")
def decisions(request: HttpRequest) -> HttpResponse:
    """What became of what this person decided, and of what the teams they manage decided together."""
    with only_reading(request):
        return _decisions(request, user_of(request))


def _decisions(request: HttpRequest, user: User) -> HttpResponse:
    reading = exact_reading()
    context: dict[str, Any] = {"reading": reading, "fewest": FEWEST, "most": CHILDREN_SHOWN}
    if reading is None:
        return render(request, "kith/insight/decisions.html", context)
    asked = [each for each in every_indicator() if _is_shown(each)]
    names = tuple(each.id for each in asked)
    told = [each for each in asked if _names_deciders(reading, names, each)]
    teams = [each.team.name for each in memberships_of(user) if each.is_manager]
    context |= {
        "holds_deciders": bool(told),
        "not_told": why_not([reading.look(names).of(each.id) for each in asked]),
        "own": [found for each in told if (found := _own(reading, names, each, user))],
        "teams": [(team, _of_team(reading, names, told, team)) for team in teams],
    }
    return render(request, "kith/insight/decisions.html", context)


def worker_ids(user: User) -> tuple[str, ...]:
    """How figures name this person: by the registration number, or else Kith's own number."""
    return (user.registration_number or f"K{user.pk}",)


def _is_shown(each: Indicator) -> bool:
    return (
        "worker" in each.by
        and each.measure == "share"
        and (each.topic == OF_PEOPLE_WHO_DECIDE or each.id in OTHERS)
    )


def _units(reading: Reading, names: tuple[str, ...], each: Indicator) -> pl.DataFrame:
    units = reading.answers(names).units(each.id, _told_of(reading, names, each))
    return units.filter(pl.col("counts").is_not_null())


def _told_of(reading: Reading, names: tuple[str, ...], each: Indicator) -> str:
    """The newest period that tells of it: some decisions have to be followed before anything is said."""
    return reading.look(names).newest(each.id).period


def _names_deciders(reading: Reading, names: tuple[str, ...], each: Indicator) -> bool:
    return bool(_units(reading, names, each)["worker"].count())


def _own(reading: Reading, names: tuple[str, ...], each: Indicator, user: User) -> Became | None:
    units = _units(reading, names, each)
    own = units.filter(pl.col("worker").is_in(worker_ids(user)))
    if own.is_empty():
        return None
    period = _told_of(reading, names, each)
    return _became(each, period, own, units, "you", _children(user, own))


def _of_team(reading: Reading, names: tuple[str, ...], told: Sequence[Indicator], team: str) -> list[Became]:
    """The team's decisions together, where enough people made them that none is told of alone."""
    found = []
    for each in told:
        units = _units(reading, names, each)
        own = units.filter(pl.col("team") == team)
        if own.height >= FEWEST and own["worker"].drop_nulls().n_unique() >= FEWEST_DECIDERS:
            period = _told_of(reading, names, each)
            found.append(_became(each, period, own, units, "the team"))
    return found


def _became(
    each: Indicator,
    period: str,
    own: pl.DataFrame,
    everyone: pl.DataFrame,
    who: str,
    children: tuple[tuple[Any, str], ...] = (),
) -> Became:
    made, back = own.height, int(own["counts"].sum())
    share = 100 * int(everyone["counts"].sum()) / everyone.height
    if made < FEWEST:
        return Became(each, period, made, back, "", "", children)
    usual, wide = (limits(Measure.SHARE, share, made, one) for one in (USUAL, WIDE))
    value = 100 * back / made
    beyond = ""
    if value < usual.low or value > usual.high:
        far = value < wide.low or value > wide.high
        side = "more" if value > share else "fewer"
        often = "chance alone would hardly ever give" if far else "chance alone would usually give"
        beyond = f"That is {side} than {often}. The children’s stories say why; the number does not."
    low, high = ceil(usual.low * made / 100 - 1e-9), floor(usual.high * made / 100 + 1e-9)
    ordinary = f"anything from {_many(low)} to {high}" if high > low else _many(low)
    sentence = (
        f"Of {made} that {who} decided, {_many(back)} did. Across the authority it is {_in_twenty(share)}; "
        f"of {made} decisions {ordinary} is ordinary."
    )
    return Became(each, period, made, back, sentence, beyond, children)


def _many(count: int) -> str:
    return str(count) if count else "none"


def _in_twenty(share: float) -> str:
    """A share so that it can be pictured: "4 in 20", "fewer than 1 in 20", "none"."""
    if not share:
        return "none"
    return f"{round(share / 5)} in 20" if share >= ONE_IN_TWENTY else "fewer than 1 in 20"


def _children(user: User, own: pl.DataFrame) -> tuple[tuple[Any, str], ...]:
    """The children of whom it is said, whose record this person may still open; each name is written down."""
    back = own.filter("counts") if own.height >= FEWEST else own
    may = may_be_named(user, person_ids(back["person"].unique().to_list()))
    seen = names_to_show(user, may[:CHILDREN_SHOWN], where="decisions")
    people = sorted(shown(seen).items(), key=lambda pair: pair[1].name)
    return tuple((one, reverse("story", args=[pk])) for pk, one in people if seen[pk].level is Level.RECORD)
