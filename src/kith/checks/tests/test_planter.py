"""What is planted in a return can be found in it, in the form in which it is written."""

from random import Random

from kith.checks import check, rules_of
from kith.checks.planter import Planted, not_found, planted
from kith.dataset.formats import tables_903


def codes(planting: list[Planted]) -> set[str]:
    return {one.rule.code for one in planting}


def test_rules_about_the_whole_return_are_not_planted() -> None:
    everything = planted(rules_of("cin", 2026), 500, Random(1))
    of_the_whole = {rule.code for rule in rules_of("cin", 2026) if rule.is_of_the_whole_return}
    assert of_the_whole == {"2886Q", "2887Q", "2888Q"}
    assert not codes(everything) & of_the_whole
    assert {"8670Q", "8842Q"} & codes(everything) == {"8842Q"}  # 8670Q's example has a year of its own


def test_what_the_form_has_no_column_for_is_not_planted() -> None:
    columns = {table.name: table.headings for table in tables_903().values()}
    everywhere, in_csv = (codes(planted(rules_of("903", 2027), 700, Random(1), of)) for of in (None, columns))
    only_in_xml = {"164", "205A", "205C", "231", "303", "406", "420", "452", "503G", "503J"}
    assert only_in_xml <= everywhere - in_csv
    assert in_csv > {"141", "356", "503A"}


def test_what_was_planted_and_not_found_is_told() -> None:
    [one] = planted([rule for rule in rules_of("903", 2027) if rule.code == "356"], 1, Random(1))
    whole = check(one.tables, return_="903", year=2027)
    assert not_found([one], whole) == []
    assert not_found(
        [one], check({"Episodes": one.tables["Episodes"].clear()}, return_="903", year=2027)
    ) == [one]
