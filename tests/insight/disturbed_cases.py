"""Slips in contacts, referrals, assessments, enquiries, conferences and plans."""

from datetime import date, timedelta
from random import Random

from insight.slips import NEVER, NO, YES, Tables, doubled, outcomes_respelt, respelt, set_in, slips, some

CONTACTS = ("NEW_REFERRAL_FLAG", "EXISTING_REFERRAL_FLAG", "NFA_FLAG", "ADVICE_FLAG")


def doors(tables: Tables, chance: Random, until: date) -> None:
    referred, closed = "cine_referral_date", "cine_close_date"
    outcomes_respelt(tables, chance, "ssd_contacts", "cont_contact_outcome_json", CONTACTS)
    doubled(tables, chance, "ssd_contacts", "cont_contact_id", cont_contact_outcome_json=None)
    respelt(tables, chance, "ssd_cin_episodes", "cine_referral_nfa")
    set_in(tables, chance, "ssd_cin_episodes", 5, "cine_cin_primary_need_code", [None, "N0", "N9"])
    set_in(tables, chance, "ssd_cin_episodes", 2, referred, [None])
    doubled(
        tables, chance, "ssd_cin_episodes", "cine_referral_id", **{closed: None, "cine_close_reason": None}
    )
    slips(tables, chance, "ssd_cin_episodes", referred, closed)
    slips(tables, chance, "ssd_cin_assessments", "cina_assessment_start_date", "cina_assessment_auth_date")
    set_in(tables, chance, "ssd_cin_assessments", 5, "cina_referral_id", [None, "nobody's"])
    set_in(tables, chance, "ssd_cin_assessments", 20, "cina_assessment_outcome_nfa", [*YES, *NO, *NEVER])
    doubled(tables, chance, "ssd_cin_assessments", "cina_assessment_id", cina_assessment_auth_date=None)
    for row in some(chance, tables["ssd_cin_episodes"], 30):
        if row[referred]:
            tables.setdefault("ssd_early_help_episodes", []).append(
                {
                    "earl_episode_id": f"help {row['cine_referral_id']}",
                    "earl_person_id": row["cine_person_id"],
                    "earl_episode_start_date": row[referred] - timedelta(days=chance.randrange(700)),
                    "earl_episode_end_date": chance.choice(
                        [None, row[referred] - timedelta(days=chance.randrange(400))]
                    ),
                }
            )


OUTCOMES = (
    "CP_CONFERENCE_FLAG",
    "LEGAL_ACTION_FLAG",
    "PROV_OF_SERVICES_FLAG",
    "PROV_OF_SB_CARE_FLAG",
    "NFA_CONTINUE_SINGLE_FLAG",
    "MONITOR_FLAG",
    "NFA_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
)


def investigations(tables: Tables, chance: Random, until: date) -> None:
    start, end = "s47e_s47_start_date", "s47e_s47_end_date"
    outcomes_respelt(tables, chance, "ssd_s47_enquiry", "s47e_s47_outcome_json", OUTCOMES)
    set_in(tables, chance, "ssd_s47_enquiry", 10, "s47e_s47_nfa", [*YES, *NO, *NEVER])
    slips(tables, chance, "ssd_s47_enquiry", start, end)
    doubled(
        tables,
        chance,
        "ssd_s47_enquiry",
        "s47e_s47_enquiry_id",
        **{end: None, "s47e_s47_outcome_json": None},
    )
    again = []
    for row in some(chance, tables["ssd_s47_enquiry"], 25):
        if row[start]:
            days = chance.randrange(1, 500)
            other = {start: row[start] + timedelta(days=days), "s47e_s47_enquiry_id": f"again {len(again)}"}
            if row[end]:
                other[end] = row[end] + timedelta(days=days)
            again.append(row | other)
    tables["ssd_s47_enquiry"] += [row for row in again if row[start] <= until]
    set_in(tables, chance, "ssd_initial_cp_conference", 25, "icpc_s47_enquiry_id", [None, "nobody's"])
    respelt(tables, chance, "ssd_initial_cp_conference", "icpc_icpc_transfer_in")
    set_in(tables, chance, "ssd_initial_cp_conference", 10, "icpc_icpc_transfer_in", YES)
    respelt(tables, chance, "ssd_initial_cp_conference", "icpc_icpc_outcome_cp_flag")
    set_in(tables, chance, "ssd_initial_cp_conference", 15, "icpc_icpc_outcome_cp_flag", [None, "N"])
    doubled(tables, chance, "ssd_initial_cp_conference", "icpc_icpc_id", icpc_icpc_outcome_cp_flag=None)


def plans(tables: Tables, chance: Random, until: date) -> None:
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    set_in(tables, chance, "ssd_cp_plans", 15, "cppl_cp_plan_ola", [*YES, *NO, *NEVER])
    set_in(tables, chance, "ssd_cp_plans", 40, "kith_previous_plans", [None])
    set_in(tables, chance, "ssd_cp_plans", 5, "cppl_cp_plan_latest_category", [None, "odd"])
    slips(tables, chance, "ssd_cp_plans", start, end)
    doubled(tables, chance, "ssd_cp_plans", "cppl_cp_plan_id", **{end: None})
    again = []
    for row in some(chance, tables["ssd_cp_plans"], 40):
        if row[end]:
            since = row[end] + timedelta(days=chance.randrange(0, 900))
            again.append(
                row
                | {
                    "cppl_cp_plan_id": f"again {len(again)}",
                    start: since,
                    end: chance.choice([None, since + timedelta(days=chance.randrange(1, 800))]),
                }
            )
    tables["ssd_cp_plans"] += [row for row in again if row[start] <= until]
    for row in some(chance, tables["ssd_cp_reviews"], 15):
        row["cppr_cp_review_date"] = row["cppr_cp_review_date"] + timedelta(days=chance.randrange(-40, 90))
    slips(tables, chance, "ssd_cin_plans", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date")
    tables["ssd_cp_visits"] = [
        {
            "cppv_cp_visit_id": f"visit {row['cppl_cp_plan_id']} {number}",
            "cppv_person_id": row["cppl_person_id"],
            "cppv_cp_plan_id": row["cppl_cp_plan_id"],
            "cppv_cp_visit_date": row[start] + timedelta(days=15 * number + chance.randrange(10)),
            "cppv_cp_visit_seen": chance.choice([*YES, *YES, *NO, *NEVER]),
        }
        for row in tables["ssd_cp_plans"]
        if row[start]
        for number in range(60)
        if row[start] + timedelta(days=15 * number + 10) <= until
    ]
    set_in(tables, chance, "ssd_pre_proceedings", 40, "prep_pre_pro_outcome", [None, "STEPDOWN", "ISSUE"])
    set_in(tables, chance, "ssd_pre_proceedings", 40, "kith_fgdm_offered", [None, False])
