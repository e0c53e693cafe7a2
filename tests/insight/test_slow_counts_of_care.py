"""The slow counts of children in care and care leavers, on tables small enough to count by hand."""

import pytest

from insight.by_hand import FIRST, LAST, dated, of_everyone, told
from insight.slow_counts.every import count
from insight.slow_counts.told import Told

CARE = {
    "ssd_person": "pers_person_id pers_dob",
    "kith_periods_of_care": "kith_period_id kith_person_id kith_start_date kith_end_date kith_end_reason",
    "ssd_legal_status": "kith_period_id lega_legal_status lega_legal_status_start_date "
    "lega_legal_status_end_date",
    "ssd_cla_placement": "clap_cla_placement_id clap_cla_id clap_cla_placement_type kith_carer "
    "clap_cla_placement_start_date clap_cla_placement_end_date clap_cla_placement_postcode",
    "kith_relationships": "kith_relationship_id kith_person_id kith_other_person_id kith_kind",
    "ssd_cla_reviews": "clar_cla_review_id kith_person_id clar_cla_review_date",
    "ssd_missing": "miss_table_id miss_person_id miss_missing_episode_type "
    "miss_missing_episode_start_date miss_missing_episode_end_date",
    "ssd_involvements": "invo_involvements_id invo_person_id invo_professional_id "
    "invo_professional_role_id invo_involvement_start_date invo_involvement_end_date",
}


def test_who_is_in_care_comes_and_leaves() -> None:
    reading = told(
        CARE,
        kith_periods_of_care=dated(
            "a 1 2018-05-01 2019-06-01 X1",
            "b 1 2019-06-01 - -",  # the same time in care
            "c 2 2019-05-01 2020-03-31 E4A",
            "d 3 2019-05-01 2019-07-01 E4B",
            "e 3 2019-07-01 - -",  # care had ended: another
            "f 4 2019-05-01 - -",  # short breaks
            "g 5 2018-05-01 - -",  # short breaks at first
            "h 6 2019-05-01 2019-05-01 E4A",  # no day
            "i 7 2018-05-01 2019-12-01 X1",  # went on, and is seen no more
        ),
        ssd_legal_status=dated(
            "f V3 2019-05-01 -", "g V4 2018-05-01 2019-06-01", "g V2 2019-06-01 -", "c C1 2019-05-01 -"
        ),
    )
    assert of_everyone("children_in_care", reading) == (3, None, 3.0)
    assert of_everyone("children_starting_care", reading) == (3, None, 3.0)
    assert of_everyone("children_ceasing_care", reading) == (2, None, 2.0)
    assert of_everyone("children_in_care_at_any_time", reading) == (5, None, 5.0)
    assert of_everyone("children_starting_care_by_agreement", reading) == (1, 2, 50.0)


HOMES = (
    "1 a U6 A 2017-01-01 2019-05-01 LS1",
    "2 a T3 T 2019-05-01 2019-05-10 LS9",
    "3 a U4 A 2019-05-10 2019-06-01 LS1",  # back to the same carer
    "4 a K2 B 2019-06-01 2019-06-01 LS2",  # no day
    "5 a K2 C 2019-06-01 2019-09-01 LS3",
    "6 a U1 D 2019-09-01 - LS4",
    "7 b U6 A 2017-01-01 2018-04-01 LS1",
    "8 b U6 E 2018-04-01 - LS5",
    "9 c U6 F 2017-01-01 2018-03-31 LS1",
    "10 c U6 G 2018-03-31 2020-03-01 LS4",
    "11 c T1 T 2020-03-01 - LS9",
)


def homes() -> Told:
    return told(
        CARE,
        ssd_person=dated("1 2010-01-01", "2 2010-01-01", "3 2010-01-01"),
        kith_periods_of_care=dated("a 1 2017-01-01 - -", "b 2 2017-01-01 - -", "c 3 2017-01-01 - -"),
        ssd_cla_placement=dated(*HOMES),
        kith_relationships=dated("x 1 2 sibling", "y 1 9 mother", "z 3 9 mother", "s 2 3 step_sibling"),
    )


def test_homes_are_counted_by_carer() -> None:
    assert of_everyone("children_with_three_or_more_placements", homes()) == (1, 3, pytest.approx(100 / 3))
    assert of_everyone("placement_moves", homes()) == (3, None, pytest.approx(2 / 3))
    assert of_everyone("children_settled_for_two_years", homes()) == (1, 3, pytest.approx(100 / 3))
    assert of_everyone("children_living_with_kin_foster_carers", homes()) == (1, 3, pytest.approx(100 / 3))


def test_brothers_and_sisters_live_together_where_their_homes_are_one() -> None:
    """1 lives with 3, to whose home 3 will return, and apart from 2; step-siblings are none."""
    assert of_everyone("children_parted_from_brothers_and_sisters", homes()) == (2, 3, pytest.approx(200 / 3))
    assert of_everyone("children_parted_from_all_brothers_and_sisters", homes()) == (
        1,
        3,
        pytest.approx(100 / 3),
    )


def test_reviews_are_due_in_20_working_days_then_three_months_then_six() -> None:
    reading = told(
        CARE,
        kith_periods_of_care=dated("a 1 2019-06-03 - -", "b 2 2019-06-03 2019-07-01 E4A"),
        ssd_cla_reviews=dated("1 1 2019-07-01", "2 1 2019-10-02"),
    )
    # Of 1 due on 1 July (met), 1 October (held a day late) and 2 April; of 2 on the day care ended.
    assert of_everyone("reviews_in_time", reading) == (1, 2, 50.0)


def test_going_missing_is_counted_where_it_begins_in_care() -> None:
    reading = told(
        CARE,
        kith_periods_of_care=dated("a 1 2018-06-03 - -", "b 2 2018-06-03 2019-07-01 E4A"),
        ssd_missing=dated(
            "1 1 M 2019-05-01 2019-05-10",
            "2 1 M 2019-05-05 2019-05-06",  # within the first
            "3 1 - 2019-05-10 2019-05-12",  # touches it
            "4 1 A 2019-06-01 2019-06-02",
            "5 2 M 2019-07-01 2019-07-02",  # care had ended
        ),
    )
    assert of_everyone("missing_incidents", reading) == (2, None, 2.0)
    assert of_everyone("children_missing_from_care", reading) == (1, 2, 50.0)


def test_workers_follow_one_another() -> None:
    reading = told(
        CARE,
        kith_periods_of_care=dated("a 1 2018-06-03 - -", "b 2 2018-06-03 - -"),
        ssd_involvements=dated(
            "1 1 w1 social_worker 2018-06-03 2019-05-01",
            "2 1 w2 - 2019-05-01 2019-08-01",
            "3 1 w2 CW 2019-08-01 2020-01-01",  # the same
            "4 1 w1 social_worker 2020-01-01 -",
            "5 1 w9 IRO 2019-05-01 -",
            "6 2 XX1 social_worker 2019-05-01 -",
        ),
    )
    assert of_everyone("social_worker_changes", reading) == (1, None, 2.0)
    assert of_everyone("children_with_three_or_more_social_workers", reading) == (0, 1, 0.0)
    assert of_everyone("children_in_care_with_no_social_worker", reading) == (1, 2, 50.0)
    assert of_everyone("months_with_the_same_social_worker", reading)[2] == pytest.approx(90 / 30.4375)


def test_a_return_home_is_looked_at_a_year_later() -> None:
    reading = told(
        CARE,
        ssd_person=dated("1 2010-01-01", "2 2010-01-01", "3 2010-01-01", "4 2002-01-01"),
        kith_periods_of_care=dated(
            "a 1 2017-01-01 2018-05-01 E4A",
            "b 1 2019-05-01 - -",
            "c 2 2017-01-01 2018-05-01 E4B",
            "d 2 2019-05-02 - -",
            "e 3 2017-01-01 2019-05-01 E4A",
            "f 4 2017-01-01 2019-01-02 E4A",  # seventeen
        ),
    )
    assert of_everyone("children_back_in_care_within_a_year_of_going_home", reading) == (1, 2, 50.0)


def test_care_leavers_are_those_of_19_to_21_who_are_still_counted() -> None:
    columns = CARE | {
        "kith_care_leaver_years": "kith_care_leaver_year_id kith_person_id kith_year kith_in_touch "
        "kith_activity kith_accommodation"
    }
    rows = [
        ("1", "1", 2020, "YES", "F1", "B1"),
        ("2", "2", 2020, "NO", "G4", "S2"),
        ("3", "3", 2020, "DIED", None, None),
        ("4", "4", 2020, None, None, None),
        ("5", "5", 2020, "YES", "F1", "B1"),
    ]
    reading = told(
        columns,
        ssd_person=dated("1 2000-06-01", "2 1998-04-01", "3 2000-06-01", "4 2000-06-01", "5 2002-06-01"),
        kith_care_leaver_years=rows,
    )
    assert of_everyone("care_leavers", reading) == (3, None, 3.0)
    for name in ("in_touch", "in_education_work_or_training", "in_suitable_homes", "with_no_settled_home"):
        assert of_everyone(f"care_leavers_{name}", reading) == (1, 3, pytest.approx(100 / 3))


def test_groups_are_as_of_the_unit_s_day() -> None:
    reading = told(
        CARE | {"ssd_person": "pers_person_id pers_dob pers_sex pers_ethnicity"},
        ssd_person=dated("1 2014-05-01 M CHNE", "2 2014-04-30 F WBRI", "3 - U odd"),
        kith_periods_of_care=dated("a 1 2019-04-30 - -", "b 2 2019-04-30 - -", "c 3 2019-04-30 - -"),
    )
    found = count("children_starting_care", reading, FIRST, LAST, ("age", "sex", "ethnicity"))
    numbers = {key: counted.numerator for key, counted in found.items() if key[0]}
    assert numbers == {
        ("age", "1 to 4"): 1,
        ("age", "5 to 9"): 1,
        ("age", "Not known"): 1,
        ("sex", "Boys"): 1,
        ("sex", "Girls"): 1,
        ("sex", "Not known"): 1,
        ("ethnicity", "Asian or Asian British"): 1,
        ("ethnicity", "White"): 1,
        ("ethnicity", "Not known"): 1,
    }
