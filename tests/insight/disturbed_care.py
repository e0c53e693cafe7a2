"""Slips in time in care, homes, workers, health, reviews and going missing."""

from datetime import date, timedelta
from random import Random

from insight.slips import NEVER, NO, YES, Row, Tables, doubled, set_in, slips, some


def care(tables: Tables, chance: Random, until: date) -> None:
    split(tables, chance)
    set_in(tables, chance, "ssd_legal_status", 12, "lega_legal_status", ["V3", "V4", "J1", None])
    periods = tables["kith_periods_of_care"]
    set_in(tables, chance, "kith_periods_of_care", 12, "kith_start_known", [False, None])
    set_in(tables, chance, "kith_periods_of_care", 8, "kith_need_code", [None, "N1"])
    for row in some(chance, periods, 25):
        if row["kith_end_date"]:
            row["kith_end_reason"] = chance.choice(["X1", None, "E4", "E4B", "E4A", "E43", "E8", "E3", "E12"])
    for row in some(chance, periods, 5):
        if row["kith_end_date"]:
            row["kith_end_date"] = row["kith_start_date"] - timedelta(days=chance.randrange(2))
    for row in some(chance, list(periods), 20):
        if row["kith_end_date"] and row["kith_end_date"] > row["kith_start_date"]:
            back(tables, chance, row, until)
    asylum = tables["ssd_immigration_status"]
    for row in some(chance, periods, 15):
        first = row["kith_start_date"] + timedelta(days=chance.randrange(-30, 200))
        asylum.append(
            {
                "immi_immigration_status_id": f"alone {row['kith_period_id']}",
                "immi_person_id": row["kith_person_id"],
                "immi_immigration_status": chance.choice(
                    ["UASC", "uasc", "Unaccompanied asylum-seeking child", "Refugee", None]
                ),
                "immi_immigration_status_start_date": chance.choice([None, first]),
                "immi_immigration_status_end_date": chance.choice([None, first + timedelta(days=700)]),
            }
        )
    set_in(
        tables,
        chance,
        "ssd_cla_previous_permanence",
        40,
        "lapp_previous_permanence_option",
        ["P1", "P2", "P3", "P4", None],
    )
    for row in some(chance, periods, 12):
        decided = row["kith_start_date"] + timedelta(days=chance.randrange(30, 500))
        tables["kith_adoption_decisions"].append(
            {
                "kith_adoption_decision_id": f"decision {row['kith_period_id']}",
                "kith_person_id": row["kith_person_id"],
                "kith_decision_date": decided,
                "kith_reversal_date": chance.choice([None, decided + timedelta(days=300)]),
                "kith_reversal_reason": chance.choice(["RD1", "RD2", "RD3", "RD4", None]),
            }
        )


OF_PERIOD = (
    (
        "ssd_legal_status",
        "kith_period_id",
        "lega_legal_status_id",
        "lega_legal_status_start_date",
        "lega_legal_status_end_date",
    ),
    (
        "ssd_cla_placement",
        "clap_cla_id",
        "clap_cla_placement_id",
        "clap_cla_placement_start_date",
        "clap_cla_placement_end_date",
    ),
)


def split(tables: Tables, chance: Random) -> None:
    """Some periods of care as two that touch, as a system that does not know of the first would have them."""
    for row in some(chance, tables["kith_periods_of_care"], 15):
        end = row["kith_end_date"]
        if end is None or (end - row["kith_start_date"]).days < 20:
            continue
        middle = row["kith_start_date"] + (end - row["kith_start_date"]) / 2
        old, new = row["kith_period_id"], f"{row['kith_period_id']}x"
        tables["kith_periods_of_care"].append(
            row | {"kith_period_id": new, "kith_start_date": middle, "kith_start_known": False}
        )
        row.update(kith_end_date=middle, kith_end_reason=chance.choice(["X1", None]))
        for table, period, id, first, last in OF_PERIOD:
            for part in [one for one in tables[table] if one[period] == old]:
                if part[first] >= middle:
                    part[period] = new
                elif part[last] is None or part[last] > middle:
                    tables[table].append(part | {period: new, first: middle, id: f"{part[id]}x"})
                    part[last] = middle


def back(tables: Tables, chance: Random, row: Row, until: date) -> None:
    """The child in care again after a period, the same day or later."""
    start = row["kith_end_date"] + timedelta(days=chance.choice([0, 1, 20, 200, 365, 366, 400]))
    if start > until:
        return
    end = chance.choice([None, start + timedelta(days=chance.randrange(1, 900))])
    new = f"{row['kith_period_id']}y"
    tables["kith_periods_of_care"].append(
        row
        | {
            "kith_period_id": new,
            "kith_start_date": start,
            "kith_end_date": end,
            "kith_end_reason": "E4A" if end else None,
        }
    )
    for table, period, id, first, last in OF_PERIOD:
        of_old = [one for one in tables[table] if one[period] == row["kith_period_id"]]
        for part in of_old[-1:]:
            tables[table].append(part | {period: new, id: f"{part[id]}y", first: start, last: end})


def homes(tables: Tables, chance: Random, until: date) -> None:
    places = "ssd_cla_placement"
    set_in(tables, chance, places, 8, "clap_cla_placement_type", ["T0", "T2", "T4"])
    set_in(
        tables,
        chance,
        places,
        8,
        "clap_cla_placement_type",
        ["P1", "Z1", "K1", "S1", "R5", "P3", "H5", "P2", None],
    )
    set_in(tables, chance, places, 12, "kith_carer", [None])
    set_in(tables, chance, places, 12, "clap_cla_placement_urn", [None])
    set_in(tables, chance, places, 10, "clap_cla_placement_provider", [None, "PR4", "PR0"])
    set_in(tables, chance, places, 12, "clap_cla_placement_postcode", [None])
    set_in(tables, chance, places, 20, "clap_cla_placement_distance", [19.9, 20.0, 20.1, 70.0, 999.9])
    set_in(tables, chance, "kith_periods_of_care", 10, "kith_home_postcode", [None])
    slips(tables, chance, places, "clap_cla_placement_start_date", "clap_cla_placement_end_date")
    for row in some(chance, tables[places], 15):
        row["clap_cla_placement_change_reason"] = chance.choice([None, "CREQB", "CARPL"])
    for row in some(chance, tables["kith_periods_of_care"], 10):
        tables.setdefault("kith_liberty_orders", []).append(
            {
                "kith_liberty_order_id": f"order {row['kith_period_id']}",
                "kith_person_id": row["kith_person_id"],
                "kith_start_date": row["kith_start_date"] + timedelta(days=50),
                "kith_end_date": chance.choice([None, row["kith_start_date"] + timedelta(days=150)]),
            }
        )
    kinds = ["sibling", "half_sibling", "step_sibling", "mother", "adoptive_parent"]
    for row in some(chance, tables["kith_relationships"], 6):
        row["kith_kind"] = chance.choice(kinds)
        row["kith_end_date"] = chance.choice([None, until - timedelta(days=chance.randrange(1500))])


def workers(tables: Tables, chance: Random, until: date) -> None:
    table = "ssd_involvements"
    set_in(tables, chance, table, 6, "invo_professional_id", ["XX1", "SW1"])
    set_in(tables, chance, table, 8, "invo_professional_role_id", [None, "CW", "IRO"])
    set_in(tables, chance, table, 10, "invo_worker_change_reason", [None, "SWDIED", "OTHERS"])
    slips(tables, chance, table, "invo_involvement_start_date", "invo_involvement_end_date")
    doubled(tables, chance, table, "invo_involvements_id")
    for row in tables["ssd_professionals"]:
        row["prof_professional_caseload"] = chance.choice([None, 0, 9, 14, 22])
        row["prof_full_time_equivalency"] = chance.choice([None, 0.5, 0.8, 1.0])


HELD_YEARLY = (
    "kith_is_convicted",
    "kith_is_health_check_up_to_date",
    "kith_are_immunisations_up_to_date",
    "kith_are_teeth_checked",
    "kith_is_health_assessed",
    "kith_is_misusing_substances",
)
HOMES = ("B1", "C2", "K1", "S2", "T2", "U1", "V2", "W1", "X2", "Y1", "Z1", "Z2", "0", "R1", None)


def years(tables: Tables, chance: Random, until: date) -> None:
    for column in HELD_YEARLY:
        set_in(tables, chance, "kith_health_years", 15, column, [None, True, False])
    set_in(tables, chance, "kith_health_years", 15, "kith_sdq_score", [None, 0, 16, 17, 40, 41])
    set_in(tables, chance, "kith_health_years", 10, "kith_sdq_reason", [None, "SDQ1", "SDQ3"])
    leavers = "kith_care_leaver_years"
    set_in(tables, chance, leavers, 30, "kith_in_touch", ["YES", "NO", "REFU", "NREQ", "DIED", "RHOM", None])
    set_in(tables, chance, leavers, 40, "kith_activity", ["F1", "P5", "G4", "G6", "0", None])
    set_in(tables, chance, leavers, 50, "kith_accommodation", HOMES)


def beside(tables: Tables, chance: Random, until: date) -> None:
    """Reviews, going missing, and visits."""
    reviews = "ssd_cla_reviews"
    whose = {row["kith_person_id"]: row["kith_period_id"] for row in tables["kith_periods_of_care"]}
    for row in some(chance, tables[reviews], 15):
        row["clar_cla_review_date"] += timedelta(days=chance.randrange(-60, 120))
    for row in some(chance, tables[reviews], 10):
        row["clar_cla_id"] = whose.get(row["kith_person_id"])
        row["kith_person_id"] = None if row["clar_cla_id"] else row["kith_person_id"]
    set_in(tables, chance, reviews, 8, "clar_cla_review_cancelled", [*YES, *NO, *NEVER])
    set_in(tables, chance, reviews, 8, "clar_cla_review_participation", [None, "PN0", "PN7"])
    doubled(tables, chance, reviews, "clar_cla_review_id", clar_cla_review_participation=None)
    gone, came = "miss_missing_episode_start_date", "miss_missing_episode_end_date"
    set_in(tables, chance, "ssd_missing", 10, "miss_missing_episode_type", [None, "A", "M"])
    set_in(tables, chance, "ssd_missing", 60, "miss_missing_rhi_offered", [*YES, *NO, "NA", None])
    slips(tables, chance, "ssd_missing", gone, came)
    doubled(tables, chance, "ssd_missing", "miss_table_id", **{came: None})
    tables["ssd_cla_visits"] = [
        {
            "clav_cla_visit_id": f"visit {row['kith_period_id']} {number}",
            "clav_person_id": row["kith_person_id"],
            "clav_cla_visit_date": row["kith_start_date"]
            + timedelta(days=40 * number + chance.randrange(30)),
            "clav_cla_visit_seen": chance.choice([*YES, *YES, *NO, *NEVER]),
        }
        for row in tables["kith_periods_of_care"]
        for number in range(80)
        if row["kith_start_date"] + timedelta(days=40 * number + 30) <= until
    ]
