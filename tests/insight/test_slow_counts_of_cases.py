"""The slow counts of referrals, enquiries and plans, on tables small enough to count by hand."""

from datetime import date

import pytest

from insight.by_hand import dated, of_everyone, told
from insight.slow_counts.days import age_on, birthday, months_after, months_before, working_days
from insight.slow_counts.told import flag, outcomes


def test_days_and_months_are_those_of_the_calendar() -> None:
    assert months_before(date(2020, 8, 31), 6) == date(2020, 2, 29)
    assert months_after(date(2019, 11, 30), 3) == date(2020, 2, 29)
    assert months_after(date(2019, 11, 30), 15) == date(2021, 2, 28)
    assert working_days(date(2019, 12, 24), date(2020, 1, 2)) == 4  # 27, 30 and 31 December, and 2 January
    assert working_days(date(2020, 1, 4), date(2020, 1, 4)) == 0


def test_somebody_born_on_29_february_is_older_on_1_march() -> None:
    born = date(2004, 2, 29)
    assert birthday(born, 18) == date(2022, 3, 1)
    assert (age_on(born, date(2022, 2, 28)), age_on(born, date(2022, 3, 1))) == (17, 18)
    assert age_on(born, date(2003, 1, 1)) is None


def test_flags_and_outcomes_are_read_in_every_spelling() -> None:
    assert [flag(text) for text in ("Y", "1", "No", "?", None, False)] == [
        True,
        True,
        False,
        None,
        None,
        False,
    ]
    assert outcomes('["A", "B"]') == {"A", "B"}
    assert outcomes('{"A": "Y", "B": "N"}') == {"A"}
    assert outcomes("A") == {"A"}
    assert outcomes("[broken") is outcomes("") is outcomes(None) is None


REFERRALS = {
    "ssd_cin_episodes": "cine_referral_id cine_person_id cine_referral_date cine_close_date "
    "cine_close_reason cine_referral_nfa"
}


def test_referrals_and_what_came_of_them() -> None:
    reading = told(
        REFERRALS,
        ssd_cin_episodes=dated(
            "a 1 2018-05-01 2018-06-01 RC7 N",
            "b 1 2019-05-01 - - N",  # a year to the day after
            "c 1 2019-05-01 2019-07-01 RC8 N",  # the same one, with its end: this one counts
            "d 2 2018-04-30 2018-06-01 RC7 N",
            "e 2 2019-05-01 - - Y",  # a year and a day after
            "f 3 2020-04-01 - - N",
            "g 4 2019-06-01 2019-05-01 RC7 N",  # ends before it begins
            "h 5 2019-08-01 2020-03-31 RC7 -",
            "i 6 2019-09-01 - - N",
        ),
    )
    assert of_everyone("referrals", reading) == (4, None, 4.0)
    assert of_everyone("re_referrals", reading) == (1, 4, 25.0)
    assert of_everyone("referrals_with_no_further_action", reading) == (1, 3, pytest.approx(100 / 3))
    assert of_everyone("referrals_assessed_and_not_in_need", reading) == (1, 4, 25.0)
    assert of_everyone("children_in_need", reading) == (1, None, 1.0)
    assert of_everyone("children_in_need_any_point", reading) == (2, None, 2.0)
    assert of_everyone("children_no_longer_in_need", reading) == (1, None, 1.0)
    assert of_everyone("length_of_a_case", reading) == (1, None, 243.0)


INVESTIGATIONS = REFERRALS | {
    "ssd_s47_enquiry": "s47e_s47_enquiry_id s47e_person_id s47e_s47_start_date s47e_s47_end_date "
    "s47e_s47_outcome_json",
    "ssd_initial_cp_conference": "icpc_icpc_id icpc_person_id icpc_s47_enquiry_id icpc_icpc_date "
    "icpc_icpc_outcome_cp_flag icpc_icpc_transfer_in",
    "ssd_cp_plans": "cppl_cp_plan_id cppl_person_id cppl_cp_plan_start_date cppl_cp_plan_end_date "
    "cppl_cp_plan_ola",
    "ssd_cp_reviews": "cppr_cp_review_id cppr_cp_plan_id cppr_cp_review_date",
}


def test_an_enquiry_leads_to_the_plan_that_begins_within_three_months() -> None:
    reading = told(
        INVESTIGATIONS,
        ssd_s47_enquiry=dated(
            "a 1 2019-05-01",
            "b 1 2019-06-01",  # the latest before the plan: it is this one's
            "c 2 2019-05-01",
            "d 3 2019-05-01",  # on a plan already
            "e 4 2019-05-01",  # another authority's plan
        ),
        ssd_cp_plans=dated(
            "p 1 2019-08-31 -",
            "q 2 2019-08-02 -",
            "r 3 2019-01-01 2019-05-02",
            "s 4 2019-04-01 - Y",
            "t 5 2019-07-01 2019-07-01",  # no day
        ),
    )
    assert of_everyone("section47_enquiries", reading) == (5, None, 5.0)
    assert of_everyone("section47_enquiries_with_no_plan", reading) == (2, 3, pytest.approx(200 / 3))
    assert of_everyone("section47_enquiries_less_plans_started", reading) == (3, 5, 60.0)
    assert of_everyone("section47_enquiries_repeated", reading) == (1, 5, 20.0)
    assert of_everyone("children_on_a_child_protection_plan", reading) == (2, None, 2.0)


def test_conferences_are_in_time_within_15_working_days() -> None:
    reading = told(
        INVESTIGATIONS,
        ssd_s47_enquiry=dated("a 1 2019-06-03", "b 2 2019-06-03", "c 3 2019-06-03"),
        ssd_initial_cp_conference=dated(
            "i 1 a 2019-06-24 Y N", "j 2 b 2019-06-25 N N", "k 3 - 2019-06-10 - Y", "l 4 - 2019-06-10 - N"
        ),
        ssd_cp_plans=dated("p 4 2019-06-15 -"),
    )
    assert of_everyone("initial_conferences", reading) == (4, None, 4.0)
    assert of_everyone("conferences_in_time", reading) == (1, 2, 50.0)
    assert of_everyone("conferences_with_no_plan", reading) == (1, 3, pytest.approx(100 / 3))
    assert of_everyone("section47_enquiries_to_conference", reading) == (2, 3, pytest.approx(200 / 3))


def test_reviews_of_a_plan_are_due_after_three_months_and_then_six() -> None:
    plans = dated("p 1 2019-01-01 -", "q 2 2019-01-01 -", "r 3 2019-01-01 -", "s 4 2020-01-01 -")
    reading = told(
        INVESTIGATIONS,
        ssd_cp_plans=plans,
        ssd_cp_reviews=dated(
            "1 p 2019-04-01", "2 p 2019-10-01", "3 q 2019-04-02", "4 q 2019-10-02", "5 r 2019-04-01"
        ),
    )
    assert of_everyone("plan_reviews_in_time", reading) == (1, 3, pytest.approx(100 / 3))


def test_plans_that_were_not_the_first() -> None:
    columns = {"ssd_cp_plans": f"{INVESTIGATIONS['ssd_cp_plans']} kith_previous_plans"}
    rows = dated(
        "p 1 2019-05-01 2019-08-01 -",
        "q 1 2020-01-01 - -",
        "r 2 2019-05-01 - -",
        "s 3 2019-05-01 - -",
    )
    before = (None, None, 2, 0)
    reading = told(columns, ssd_cp_plans=[(*row, told) for row, told in zip(rows, before, strict=True)])
    assert of_everyone("second_child_protection_plans", reading) == (2, 4, 50.0)
    assert of_everyone("second_child_protection_plans_within_two_years", reading) == (1, 4, 25.0)
    assert of_everyone("child_protection_plan_ended_within_three_months", reading) == (1, 1, 100.0)
    assert of_everyone("referrals_closed_that_came_back", reading) == (0, 0, None)
