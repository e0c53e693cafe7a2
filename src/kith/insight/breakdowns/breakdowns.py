"""Every breakdown by name, with its groups in order and what it needs."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from kith.insight.breakdowns.care import (
    ALONE,
    NOT_ALONE,
    group_of_alone,
    group_of_legal_status,
    group_of_placement,
    group_of_provider,
)
from kith.insight.breakdowns.people import (
    NOT_KNOWN,
    age_groups,
    ethnic_groups,
    group_of_age,
    group_of_ethnicity,
    group_of_sex,
    sexes,
)
from kith.insight.breakdowns.places import fifths, group_of_area, group_of_decile, group_of_fifth
from kith.insight.facts import Facts
from kith.standards.codes import code_list

GroupOf = Callable[[Facts, pl.DataFrame], pl.Series]


class NoSuchBreakdown(LookupError):
    """Figures cannot be broken down in that way; the message lists the ways that there are."""


@dataclass(frozen=True)
class Breakdown:
    """One way to break figures down.

    `group_of` gives each row's group; `NOT_KNOWN` where it is not told. `groups` are all of its groups in
    order, so that one with nobody in it is shown as none; empty where they are found in the facts. `needs`
    are what the sources must tell for it, and `column` the column of an indicator's rows that it reads.
    """

    name: str
    words: str
    group_of: GroupOf
    groups: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    column: str = ""


def _as_told(column: str) -> GroupOf:
    return lambda facts, units: units[column].fill_null(NOT_KNOWN)


def _group_of_need(facts: Facts, units: pl.DataFrame) -> pl.Series:
    labels = {code.code: code.label for code in code_list("need_codes").codes}
    return units["need"].replace_strict(labels, default=NOT_KNOWN, return_dtype=pl.String)


BREAKDOWNS: dict[str, Breakdown] = {
    each.name: each
    for each in (
        Breakdown("age", "Age", group_of_age, age_groups(), ("ssd_person.pers_dob",)),
        Breakdown("sex", "Sex", group_of_sex, sexes(), ("ssd_person.pers_sex",)),
        Breakdown(
            "ethnicity", "Ethnic group", group_of_ethnicity, ethnic_groups(), ("ssd_person.pers_ethnicity",)
        ),
        Breakdown("need", "Main need", _group_of_need, column="need"),
        Breakdown("team", "Team", _as_told("team"), column="team"),
        Breakdown("worker", "Worker", _as_told("worker"), column="worker"),
        Breakdown("kind", "Kind", _as_told("kind"), column="kind"),
        Breakdown(
            "unaccompanied",
            "Came to this country alone",
            group_of_alone,
            (ALONE, NOT_ALONE),
            ("ssd_immigration_status",),
        ),
        Breakdown("legal_status", "Legal status", group_of_legal_status, needs=("ssd_legal_status",)),
        Breakdown("placement", "Placement", group_of_placement, needs=("ssd_cla_placement",)),
        Breakdown(
            "provider",
            "Who provides the placement",
            group_of_provider,
            needs=("ssd_cla_placement.clap_cla_placement_provider",),
        ),
        Breakdown("area", "Area of home", group_of_area),
        Breakdown("deprivation", "Deprivation of home area", group_of_decile),
        Breakdown("fifth", "Fifth of home areas by deprivation", group_of_fifth, fifths()),
    )
}


def breakdown_called(name: str) -> Breakdown:
    """The breakdown of this name. Raises NoSuchBreakdown."""
    try:
        return BREAKDOWNS[name]
    except KeyError:
        raise NoSuchBreakdown(
            f"Figures cannot be broken down by “{name}”. They can be by {', '.join(BREAKDOWNS)}."
        ) from None
