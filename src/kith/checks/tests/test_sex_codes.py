"""The codes of sex changed with 2024-25: 1 and 2 until then, M, F and U since."""

import polars as pl
import pytest

from kith.checks import check


@pytest.mark.parametrize(
    ("year", "not_codes"),
    [
        (2023, ["M", "F", "U", "0", "9"]),
        (2024, ["M", "F", "U", "0", "9"]),  # the last return with 1 and 2
        (2025, ["1", "2", "0", "9"]),  # the first with letters
        (2027, ["1", "2", "0", "9"]),
    ],
)
def test_sex_is_told_by_the_codes_of_the_year(year: int, not_codes: list[str]) -> None:
    codes = ["1", "2", "M", "F", "U", "0", "9"]
    header = pl.DataFrame({"CHILD": codes, "SEX": codes})
    report = check({"Header": header}, return_="903", year=year, only=["101"])
    assert {finding.values["SEX"] for finding in report.findings()} == set(not_codes)


@pytest.mark.parametrize(("year", "male"), [(2024, "1"), (2025, "M"), (2027, "M")])
def test_a_male_is_known_by_the_code_of_the_year(year: int, male: str) -> None:
    header = pl.DataFrame({"CHILD": ["1"], "SEX": [male], "MC_DOB": ["01/05/2020"]})
    report = check({"Header": header}, return_="903", year=year, only=["174"])
    assert [finding.child for finding in report.findings()] == ["1"]


def test_a_sex_told_by_a_letter_agrees_with_last_year_s_number() -> None:
    header = pl.DataFrame({"CHILD": ["1", "2"], "SEX": ["M", "M"]})
    last = pl.DataFrame({"CHILD": ["1", "2"], "SEX": ["1", "2"]})
    report = check({"Header": header}, return_="903", year=2025, only=["202"], previous={"Header": last})
    assert [finding.child for finding in report.findings()] == ["2"]
