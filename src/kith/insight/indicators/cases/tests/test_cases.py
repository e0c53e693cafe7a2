"""What was told is read alike however it was written, and only what can be known is judged."""

from datetime import date, timedelta

import polars as pl
import pytest

from kith.dataset.dataset import Dataset
from kith.dataset.schema import from_rows
from kith.insight.facts import Facts
from kith.insight.indicators.cases.conferences import with_its_conference
from kith.insight.indicators.cases.decisions import made_a_year_before, referrals_closed
from kith.insight.indicators.cases.plans import protection_plans
from kith.insight.indicators.cases.referrals import referrals
from kith.insight.indicators.cases.reviews import plans_and_their_reviews
from kith.insight.indicators.cases.told import codes_told, flag
from kith.insight.indicators.cases.workers import with_their_worker
from kith.insight.periods import Periods, twelve_months_to, year_ending
from kith.insight.sources import Sources, whole_source
from kith.insight.sources.sources import GivenReturn

CENSUS = frozenset({"Children", "CINdetails", "ChildProtectionPlans", "Reviews"})


def facts(until: date = date(2020, 3, 31), **tables: list[dict[str, object]]) -> Facts:
    dataset = Dataset({name: from_rows(name, rows) for name, rows in tables.items()})
    return Facts(dataset, whole_source(dataset, "extract", until))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('["A", "B", "A"]', ["A", "B"]),
        ('{"A": "Y", "B": "N", "C": true, "D": 1, "E": false, "F": null}', ["A", "C", "D"]),
        ("A", ["A"]),
        ("3B, 16A", ["16A", "3B"]),
        ("20", ["20"]),
        ('"A"', ["A"]),
        ("[]", None),
        ("{}", None),
        ("[A", None),
        ("", None),
        ("null", None),
        (None, None),
    ],
)
def test_outcomes_are_read_in_every_form(written: str | None, read: list[str] | None) -> None:
    assert codes_told(pl.Series([written], dtype=pl.String)).to_list() == [read]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *((word, True) for word in ("Y", "y", "1", "T", "true", "Yes", " yes ")),
        *((word, False) for word in ("N", "n", "0", "F", "false", "No")),
        *((word, None) for word in ("", "not known", None)),
    ],
)
def test_flags_are_read_in_every_form(written: str | None, read: bool | None) -> None:
    frame = pl.DataFrame({"told": [written]}, schema={"told": pl.String})
    assert frame.select(flag("told")).item() is read


def test_of_two_referrals_in_one_day_the_closed_one_stands_and_then_the_lowest_id() -> None:
    def told(item: str, closed: date | None) -> dict[str, object]:
        return {
            "cine_referral_id": item,
            "cine_person_id": "1",
            "cine_referral_date": date(2019, 5, 1),
            "cine_close_date": closed,
        }

    day = date(2019, 6, 1)
    rows = [told("a", None), told("c", day), told("b", day)]
    assert referrals(facts(ssd_cin_episodes=rows))["item"].to_list() == ["b"]


def test_what_is_to_begin_after_the_last_day_told_of_is_not_there_yet() -> None:
    rows = [
        {"cppl_cp_plan_id": item, "cppl_person_id": item, "cppl_cp_plan_start_date": day}
        for item, day in (("1", date(2020, 3, 31)), ("2", date(2020, 4, 1)))
    ]
    assert protection_plans(facts(ssd_cp_plans=rows))["item"].to_list() == ["1"]


@pytest.mark.parametrize(
    ("years", "reviewed", "is_in_time"),
    [
        # The plan began in June 2017, and its first review was due in September.
        ((2018, 2019), [date(2018, 6, 1), date(2018, 12, 1)], False),  # that was late, and told of
        ((2019,), [date(2018, 6, 1), date(2018, 12, 1)], True),  # whether it was the first is not known
        ((2019,), [date(2018, 6, 1)], False),  # the next was due in December
        ((2019,), [], False),  # one was due six months after reviews begin to be told of, if not before
    ],
)
def test_reviews_due_before_any_is_told_of_are_not_judged(
    years: tuple[int, ...], reviewed: list[date], is_in_time: bool
) -> None:
    plan = {"cppl_cp_plan_id": "p", "cppl_person_id": "1", "cppl_cp_plan_start_date": date(2017, 6, 1)}
    held = [
        {"cppr_cp_review_id": str(at), "cppr_cp_plan_id": "p", "cppr_cp_review_date": day}
        for at, day in enumerate(reviewed)
    ]
    dataset = Dataset(
        {
            "ssd_cp_plans": from_rows("ssd_cp_plans", [plan]),
            "ssd_cp_reviews": from_rows("ssd_cp_reviews", held),
        }
    )
    told = Facts(dataset, Sources(tuple(GivenReturn("cin", year, CENSUS) for year in years)))
    assert plans_and_their_reviews(told, Periods([year_ending(2019)]))["counts"].to_list() == [is_in_time]


def test_the_worker_of_a_day_is_the_latest_social_worker_then() -> None:
    def had(
        worker: str, since: date, until: date | None = None, role: str | None = None
    ) -> dict[str, object]:
        return {
            "invo_person_id": "1",
            "invo_professional_id": worker,
            "invo_professional_team": f"team of {worker}",
            "invo_professional_role_id": role,
            "invo_involvement_start_date": since,
            "invo_involvement_end_date": until,
        }

    rows = [
        had("first", date(2019, 1, 1), date(2019, 6, 1)),
        had("second", date(2019, 6, 1), None, "CW"),
        had("reviewer", date(2019, 7, 1), None, "IRO"),
        had("XX123", date(2019, 7, 1)),
    ]
    days = [date(2018, 12, 31), date(2019, 5, 31), date(2019, 6, 1), date(2019, 8, 1)]
    asked = pl.DataFrame({"person": ["1"] * 4, "day": days})
    found = with_their_worker(facts(ssd_involvements=rows), asked)
    assert found["worker"].to_list() == [None, "first", "second", "second"]
    assert found["team"].to_list()[-1] == "team of second"


def test_a_referral_closed_at_once_is_its_takers_decision_and_a_later_one_the_last_assessors() -> None:
    def referral(item: str, nfa: str, closed: date | None, reason: str | None) -> dict[str, object]:
        return {
            "cine_referral_id": item,
            "cine_person_id": item,
            "cine_referral_date": date(2018, 5, 1),
            "cine_referral_nfa": nfa,
            "cine_close_date": closed,
            "cine_close_reason": reason,
            "cine_referral_worker_id": "taker",
            "cine_referral_team": "front door",
        }

    def assessment(start: date, worker: str) -> dict[str, object]:
        return {
            "cina_assessment_id": worker,
            "cina_person_id": "b",
            "cina_referral_id": "b",
            "cina_assessment_start_date": start,
            "cina_assessment_worker_id": worker,
        }

    closed = referrals_closed(
        facts(
            ssd_cin_episodes=[
                referral("a", "Y", None, None),
                referral("b", "N", date(2018, 7, 1), "RC8"),
                referral("c", "N", date(2018, 7, 1), "RC9"),
            ],
            ssd_cin_assessments=[
                assessment(date(2018, 5, 2), "first"),
                assessment(date(2018, 6, 2), "second"),
            ],
        )
    )
    told = {row["item"]: (row["worker"], row["team"]) for row in closed.to_dicts()}
    assert told == {"a": ("taker", "front door"), "b": ("second", None), "c": (None, None)}


@pytest.mark.parametrize(
    ("named", "worker"),
    [("k2", "named chair"), (None, "chair of the day"), ("not there", "chair of the day")],
)
def test_a_plan_is_the_decision_of_the_conference_it_names_or_that_of_its_day(
    named: str | None, worker: str
) -> None:
    def conference(item: str, day: date, chair: str) -> dict[str, object]:
        return {
            "icpc_icpc_id": item,
            "icpc_person_id": "1",
            "icpc_icpc_date": day,
            "icpc_icpc_worker_id": chair,
        }

    plan = {
        "cppl_cp_plan_id": "p",
        "cppl_person_id": "1",
        "cppl_icpc_id": named,
        "cppl_cp_plan_start_date": date(2019, 6, 3),
    }
    held = facts(
        ssd_cp_plans=[plan],
        ssd_initial_cp_conference=[
            conference("k1", date(2019, 6, 3), "chair of the day"),
            conference("k2", date(2019, 6, 1), "named chair"),
        ],
    )
    assert with_its_conference(held, protection_plans(held))["worker"].to_list() == [worker]


@pytest.mark.parametrize(
    ("last", "cohort"),
    [
        (date(2020, 3, 31), (date(2018, 4, 1), date(2019, 3, 31))),
        (date(2021, 2, 28), (date(2019, 2, 28), date(2020, 2, 29))),  # no day falls between two cohorts
    ],
)
def test_decisions_are_those_of_the_year_before(last: date, cohort: tuple[date, date]) -> None:
    first, final = cohort
    days = [first - timedelta(days=1), first, final, final + timedelta(days=1)]
    found = made_a_year_before(Periods([twelve_months_to(last)]), pl.DataFrame({"day": days}))
    assert found["day"].to_list() == [first, final]
