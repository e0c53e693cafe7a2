"""What a rule of the CIN census sees from a row: its own referral, and what else belongs to that."""

import polars as pl
import pytest

from kith.checks import check
from kith.checks.collection import Collection
from kith.checks.door.typing import made_ready
from kith.checks.examples import parsed_example
from kith.checks.views import Views

TABLES = """
    Header
    Year | ReferenceDate |
    2026 | 2026-03-31    |

    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2025-05-01      |
    1         | 2            | 2025-09-01      |
    2         | 1            | 2025-06-01      |

    Assessments
    LAchildID | CINdetailsID | AssessmentsID | AssessmentActualStartDate |
    1         | 2            | 1             | 2025-09-02                |
    1         | 2            | 2             | 2025-09-03                |
    2         | 1            | 3             | 2025-06-02                |

    Section47
    LAchildID | CINdetailsID | Section47ID | S47ActualStartDate |
    1         | 2            | 1           | 2025-09-04         |
    1         | 1            | 2           | 2025-05-04         |
"""


@pytest.fixture
def views():
    tables = parsed_example(TABLES).tables
    ready = {name: made_ready(frame, name, "cin") for name, frame in tables.items()}
    return Views(ready, Collection("cin", 2026))


def test_a_row_sees_the_referral_it_belongs_to(views):
    assert views.column("Assessments", "CINdetails.row").to_list() == [1, 1, 2]


def test_a_row_sees_the_first_enquiry_of_its_own_referral(views):
    assert views.column("CINdetails", "Section47.row").to_list() == [1, 0, None]


def test_every_row_sees_the_one_header(views):
    assert views.column("CINdetails", "Header.Year").to_list() == [2026, 2026, 2026]


def test_the_rows_of_a_referral_are_counted_apart_from_the_child_s_others(views):
    assert views.column("CINdetails", "referral.Assessments.count").to_list() == [0, 2, 1]
    assert views.column("CINdetails", "Assessments.count").to_list() == [2, 2, 1]


def test_rows_of_one_referral_have_its_number(views):
    numbers = views.frame("Assessments", frozenset({"referral"}))
    assert numbers.select(pl.col("referral").rle_id()).to_series().to_list() == [0, 0, 1]


def test_factors_that_name_no_assessment_stop_their_rules_and_no_other() -> None:
    assessments = pl.DataFrame({"AssessmentAuthorisationDate": ["2025-05-01"]})
    factors = pl.DataFrame({"AssessmentFactor": ["21"]})
    tables = {"Assessments": assessments, "AssessmentFactors": factors}
    outcome = check(tables, return_="cin", year=2026, only=["8898"]).outcome("8898")
    assert outcome.status == "could not run"
    assert outcome.missing == "a column that says which assessment a factor belongs to (AssessmentsID)"
