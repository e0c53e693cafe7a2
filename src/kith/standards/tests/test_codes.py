"""The code lists as typed values, and what holds for every list."""

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from kith.standards import codes
from kith.standards.codes import UnknownCodeList, code_list, code_list_names

README = (Path(codes.__file__).parent / "data" / "codes" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", code_list_names())
def test_no_code_list_overlaps_itself(name: str) -> None:
    assert len(code_list(name)) > 0
    for one, other in combinations(code_list(name), 2):
        assert one.code != other.code or not one.overlaps(other), one.code


@pytest.mark.parametrize("name", code_list_names())
def test_every_code_has_words_a_use_and_dates_in_order(name: str) -> None:
    for code in code_list(name):
        assert code.code and code.label and code.used_in
        assert code.code == code.code.strip() and code.label == code.label.strip()
        assert (code.valid_from or date.min) <= (code.valid_to or date.max)


@pytest.mark.parametrize("name", code_list_names())
def test_every_list_has_its_source_in_the_readme(name: str) -> None:
    assert f"| {name} |" in README


@pytest.mark.parametrize(
    ("name", "code", "on", "valid"),
    [
        ("placement_type", "P2", date(2023, 10, 27), True),  # its last day
        ("placement_type", "P2", date(2023, 10, 28), False),
        ("placement_type", "K3", date(2024, 3, 31), False),
        ("placement_type", "K3", date(2024, 4, 1), True),  # its first day
        ("placement_type", "Z1", date(2025, 4, 1), False),
        ("placement_type", "Z12", date(2025, 4, 1), True),
        ("placement_type", "U4", date(1990, 1, 1), True),  # no dates known
        ("sex", "1", date(2024, 3, 31), True),
        ("sex", "M", date(2024, 3, 31), False),
        ("legal_status", "X9", date(2024, 1, 1), False),
    ],
)
def test_a_code_is_valid_between_its_days(name: str, code: str, on: date, valid: bool) -> None:
    assert code_list(name).valid(code, on) is valid


def test_a_code_keeps_its_label_after_its_last_day() -> None:
    assert code_list("placement_type").label("P2", date(2026, 1, 1)).startswith("Independent living")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("N1", "Abuse or neglect"),
        ("N77", "not a code Kith knows: N77"),
        ("n1", "not a code Kith knows: n1"),
        ("", "not given"),
        ("  ", "not given"),
        (None, "not given"),
        ("x" * 5000, "not a code Kith knows: " + "x" * 40),
    ],
)
def test_a_label_is_words_for_whatever_a_file_held(code: str | None, words: str) -> None:
    assert code_list("need_codes").label(code) == words


def test_a_blank_code_is_never_valid() -> None:
    assert not code_list("need_codes").valid(None, date(2026, 1, 1))
    assert not code_list("need_codes").valid("", date(2026, 1, 1))


def test_one_use_takes_its_part_of_a_list() -> None:
    needs = code_list("need_codes")
    assert "N0" in needs.used_in("CIN")
    assert "N0" not in needs.used_in("SSDA903")
    assert [code.code for code in code_list("sex").valid_on(date(2025, 1, 1))] == ["M", "F", "U"]


@pytest.mark.parametrize("name", ["no_such_list", "../clocks", ""])
def test_an_unknown_list_says_which_there_are(name: str) -> None:
    with pytest.raises(UnknownCodeList, match="The lists are"):
        code_list(name)
