"""How the SSDA903's tables and the fact tables hold the same things: its headings, named here once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

import polars as pl

from kith.dataset.years import first_day, last_day
from kith.standards.years import known_year, return_column

CHILD = "CHILD"
WORKERS = "SWEpisodes"
WORKERS_FROM = known_year(return_column("903", "SWEpisodes", "SW_ID").first_year, "social worker spells")
ONLY_IN_CARE = frozenset({"PrevPerm"})  # told of children looked after in the year, not of all
# Told of those who were looked after on 31 March, and then of the whole year (rules SW12STG2 and SW17STG2).
ONLY_IN_CARE_ON_THE_LAST_DAY = frozenset({WORKERS})

EPISODE_FIELDS = {
    "DECOM": "start",
    "RNE": "new_reason",
    "LS": "legal_status",
    "CIN": "need",
    "PLACE": "placement_type",
    "PLACE_PROVIDER": "provider",
    "DEC": "end",
    "REC": "end_reason",
    "REASON_PLACE_CHANGE": "change_reason",
    "HOME_POST": "home_postcode",
    "PL_POST": "postcode",
    "URN": "urn",
}


@dataclass(frozen=True)
class Mapped:
    """How one table of the return and one table of facts hold the same thing.

    `key` are the headings that, with the child, tell one fact from another; `is_yearly` adds the year.
    `constants` are columns of the facts that the return leaves unsaid. `since` and `until` head the dates
    between which the fact was so, and `while_open` what is not known until it has ended.
    """

    table: str
    facts: str
    id: str
    person: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    is_yearly: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    while_open: tuple[str, ...] = ()


MAPPED = (
    Mapped(
        table="Reviews",
        facts="ssd_cla_reviews",
        id="clar_cla_review_id",
        person="kith_person_id",
        columns={"REVIEW": "clar_cla_review_date", "REVIEW_CODE": "clar_cla_review_participation"},
        key=("REVIEW",),
        since="REVIEW",
        until="REVIEW",
    ),
    Mapped(
        table="Missing",
        facts="ssd_missing",
        id="miss_table_id",
        person="miss_person_id",
        columns={
            "MISSING": "miss_missing_episode_type",
            "MIS_START": "miss_missing_episode_start_date",
            "MIS_END": "miss_missing_episode_end_date",
        },
        key=("MIS_START",),
        since="MIS_START",
        until="MIS_END",
    ),
    Mapped(
        table="OC2",
        facts="kith_health_years",
        id="kith_health_year_id",
        person="kith_person_id",
        columns={
            "SDQ_SCORE": "kith_sdq_score",
            "SDQ_REASON": "kith_sdq_reason",
            "CONVICTED": "kith_is_convicted",
            "HEALTH_CHECK": "kith_is_health_check_up_to_date",
            "IMMUNISATIONS": "kith_are_immunisations_up_to_date",
            "TEETH_CHECK": "kith_are_teeth_checked",
            "HEALTH_ASSESSMENT": "kith_is_health_assessed",
            "SUBSTANCE_MISUSE": "kith_is_misusing_substances",
            "INTERVENTION_RECEIVED": "kith_is_intervention_received",
            "INTERVENTION_OFFERED": "kith_is_intervention_offered",
        },
        is_yearly=True,
    ),
    Mapped(
        table="OC3",
        facts="kith_care_leaver_years",
        id="kith_care_leaver_year_id",
        person="kith_person_id",
        columns={
            "IN_TOUCH": "kith_in_touch",
            "ACTIV": "kith_activity",
            "ACCOM": "kith_accommodation",
        },
        is_yearly=True,
    ),
    Mapped(
        table="UASC",
        facts="ssd_immigration_status",
        id="immi_immigration_status_id",
        person="immi_person_id",
        columns={"DUC": "immi_immigration_status_end_date"},
        constants={"immi_immigration_status": "UASC"},
        until="DUC",
    ),
    Mapped(
        table="AD1",
        facts="kith_adoptions",
        id="kith_adoption_id",
        person="kith_person_id",
        columns={
            "DATE_INT": "kith_decision_date",
            "DATE_MATCH": "kith_match_date",
            "FOSTER_CARE": "kith_by_foster_carer",
            "NB_ADOPTR": "kith_adopters",
            "SEX_ADOPTR": "kith_adopters_sex",
            "LS_ADOPTR": "kith_adopters_legal_status",
        },
        is_yearly=True,
    ),
    Mapped(
        table="PlacedAdoption",
        facts="kith_adoption_decisions",
        id="kith_adoption_decision_id",
        person="kith_person_id",
        columns={
            "DATE_PLACED": "kith_decision_date",
            "DATE_PLACED_CEASED": "kith_reversal_date",
            "REASON_PLACED_CEASED": "kith_reversal_reason",
        },
        key=("DATE_PLACED",),
        since="DATE_PLACED",
        until="DATE_PLACED_CEASED",
        while_open=("REASON_PLACED_CEASED",),
    ),
    Mapped(
        table="PrevPerm",
        facts="ssd_cla_previous_permanence",
        id="lapp_table_id",
        person="lapp_person_id",
        columns={
            "PREV_PERM": "lapp_previous_permanence_option",
            "LA_PERM": "lapp_previous_permanence_la",
            "DATE_PERM": "lapp_previous_permanence_order_date",
        },
    ),
    Mapped(
        table="SWEpisodes",
        facts="ssd_involvements",
        id="invo_involvements_id",
        person="invo_person_id",
        columns={
            "SW_ID": "invo_professional_id",
            "SW_DECOM": "invo_involvement_start_date",
            "SW_DEC": "invo_involvement_end_date",
            "SW_REASON": "invo_worker_change_reason",
        },
        key=("SW_ID", "SW_DECOM"),
        constants={"invo_professional_role_id": "social_worker"},
        since="SW_DECOM",
        until="SW_DEC",
    ),
    Mapped(
        table="DoLo",
        facts="kith_liberty_orders",
        id="kith_liberty_order_id",
        person="kith_person_id",
        columns={"DOLO_START": "kith_start_date", "DOLO_END": "kith_end_date"},
        key=("DOLO_START",),
        since="DOLO_START",
        until="DOLO_END",
    ),
)


def touches(mapped: Mapped, year: int) -> pl.Expr:
    """True for rows that were so at some time in `year`; a date that is not told rules nothing out."""
    rules = [pl.lit(True)]
    if mapped.since:
        rules.append(pl.col(mapped.since).is_null() | (pl.col(mapped.since) <= last_day(year)))
    if mapped.until:
        rules.append(pl.col(mapped.until).is_null() | (pl.col(mapped.until) >= first_day(year)))
    return reduce(pl.Expr.and_, rules)
