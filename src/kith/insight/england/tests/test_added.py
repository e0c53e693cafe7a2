"""Later releases, kept in a folder of the authority's own."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.dataset.readers.files import CannotRead
from kith.insight.england.added import add_published
from kith.insight.england.markers import Marker
from kith.insight.england.places import known_places
from kith.insight.england.published import figure, population, published
from kith.insight.england.tests.explore_samples import (
    ENQUIRIES,
    NUMBERS,
    SECTION_47,
    write,
)
from kith.standards.places import authorities


def test_what_was_added_is_published_beside_what_came_with_kith(tmp_path: Path) -> None:
    added = tmp_path / "ours"
    add_published(write(tmp_path, *ENQUIRIES), added)
    frame = published("s47_enquiries", of="805", added=added)
    assert frame["year"].to_list() == [*range(2010, 2021), 2024, 2025]
    assert frame["value"].to_list()[-3:] == [724, 901, 948]
    assert published("s47_enquiries", of="805")["year"].max() == 2020


def test_an_authority_that_began_later_is_known_with_its_region(tmp_path: Path) -> None:
    added = tmp_path / "ours"
    add_published(write(tmp_path, *ENQUIRIES), added)
    assert figure("icpcs", 2025, "E06000063", added=added).value == 441
    assert figure("icpcs", 2025, "942", added=added).place.region == "North West"


def test_rates_are_worked_out_with_the_children_that_were_added(tmp_path: Path) -> None:
    added = tmp_path / "ours"
    add_published(write(tmp_path, *ENQUIRIES), added)
    add_published(write(tmp_path, *NUMBERS), added)
    assert population("805", 2025, added=added).value == 20_000
    rate = figure("s47_rate", 2025, "805", added=added)
    assert (rate.value, rate.derived) == (474.0, True)
    assert figure("cla_rate", 2025, "805", added=added).derived is False
    assert figure("icpc_rate", 2025, "805", added=added).marker is Marker.NOT_AVAILABLE  # its count is hidden


def test_a_region_s_own_figure_is_taken_before_a_sum(tmp_path: Path) -> None:
    added = tmp_path / "ours"
    add_published(write(tmp_path, *ENQUIRIES), added)
    told = figure("s47_enquiries", 2025, "North East", added=added)
    assert (told.value, told.derived) == (13_000, False)


def test_a_region_of_which_the_files_hold_one_authority_is_not_summed(tmp_path: Path) -> None:
    added = tmp_path / "ours"
    add_published(write(tmp_path, *ENQUIRIES), added)
    assert figure("s47_enquiries", 2025, "North West", added=added).marker is Marker.NOT_AVAILABLE


def test_a_region_is_summed_once_all_its_authorities_of_that_year_are_added(tmp_path: Path) -> None:
    region = {place.key: place.region for place in known_places().authorities()}
    later = {"940": "East Midlands", "941": "East Midlands", "942": "North West", "943": "North West"}
    start = "2025,Reporting year,Local authority,E92000001,England,"
    rows = [
        f'{start},{(region | later)[one.dfe_code]},{one.dfe_code},{one.code},"{one.name}",{SECTION_47},10,9,8'
        for one in authorities(date(2025, 3, 31))
    ]
    added = tmp_path / "ours"
    add_published(write(tmp_path, ENQUIRIES[0], *rows), added)
    told = figure("s47_enquiries", 2025, "North West", added=added)
    assert (told.value, told.derived) == (240, True)  # Cumbria became two
    assert "24 authorities" in told.source


def test_adding_a_file_again_changes_nothing(tmp_path: Path) -> None:
    added, file = tmp_path / "ours", write(tmp_path, *ENQUIRIES)
    first = add_published(file, added)
    before = {path.name: path.read_bytes() for path in added.iterdir()}
    second = add_published(file, added)
    assert (first.new, first.unchanged, first.replaced) == (18, 0, ())
    assert (second.new, second.unchanged, second.replaced, second.files) == (0, 18, (), ())
    assert {path.name: path.read_bytes() for path in added.iterdir()} == before
    assert before.keys() == {"s47_enquiries.csv", "s47_children.csv", "icpcs.csv"}


def test_what_may_not_be_written_down_is_not_kept(tmp_path: Path) -> None:
    added = tmp_path / "added"

    def refuse(_told: object) -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        add_published(write(tmp_path, *ENQUIRIES), added, before_writing=refuse)
    assert not added.exists()


def test_a_file_that_another_is_writing_is_left_to_it(tmp_path: Path) -> None:
    added = tmp_path / "added"
    added.mkdir()
    other = added / "s47_enquiries.part"
    other.write_text("half of what somebody else wri")
    add_published(write(tmp_path, *ENQUIRIES), added)
    assert other.read_text() == "half of what somebody else wri"
    assert list(added.glob("*.part")) == [other]


def test_a_revised_year_is_replaced_and_said_to_be(tmp_path: Path) -> None:
    added = tmp_path / "ours"
    add_published(write(tmp_path, *ENQUIRIES), added)
    later = ENQUIRIES[0], ENQUIRIES[6].replace(",901,", ",905,"), ENQUIRIES[3].replace(",c", ",304")
    told = add_published(write(tmp_path, *later, name="c4_later.csv"), added)
    assert told.replaced == (
        "First child protection conferences in the year, 2024-25: 1 figure was replaced by another.",
        "Section 47 enquiries in the year, 2023-24: 1 figure was replaced by another.",
    )
    assert figure("s47_enquiries", 2024, "805", added=added).value == 905
    assert figure("s47_enquiries", 2024, "England", added=added).value == 224_000  # stays
    assert figure("s47_enquiries", 2024, "805", added=added).source.endswith("c4_later.csv")


def test_a_revision_of_a_year_that_came_with_kith_stands_in_its_place(tmp_path: Path) -> None:
    line = ENQUIRIES[3].replace("2025,", "2020,", 1)
    add_published(write(tmp_path, ENQUIRIES[0], line), tmp_path / "ours")
    assert figure("s47_enquiries", 2020, "805").value == 724
    assert figure("s47_enquiries", 2020, "805", added=tmp_path / "ours").value == 948


def test_a_file_that_gives_nothing_changes_nothing(tmp_path: Path) -> None:
    line = ENQUIRIES[3].replace("Local authority", "School")
    with pytest.raises(CannotRead, match="the level “School” is not kept"):
        add_published(write(tmp_path, ENQUIRIES[0], line), tmp_path / "ours")
    assert not (tmp_path / "ours").exists()


def test_numbers_are_kept_as_they_were_published(tmp_path: Path) -> None:
    line = ENQUIRIES[3].replace(",948,", ",0.123456789012,")
    for _ in range(2):
        told = add_published(write(tmp_path, ENQUIRIES[0], line), tmp_path / "ours")
    assert told.unchanged == 3
    assert figure("s47_enquiries", 2025, "805", added=tmp_path / "ours").value == 0.123456789012


def test_no_cell_of_the_folder_is_a_formula(tmp_path: Path) -> None:
    line = ENQUIRIES[4].replace("Cumberland", "=cmd()")
    add_published(write(tmp_path, ENQUIRIES[0], line), tmp_path / "ours")
    assert ",'=cmd()," in (tmp_path / "ours" / "icpcs.csv").read_text()


@pytest.mark.parametrize(
    "name, change",
    [
        ("icpcs.csv", lambda text: text.replace("year,", "years,")),
        ("icpcs.csv", lambda text: text.replace(",441,", ",many,")),
        ("icpcs.csv", lambda text: text.replace(",441,", ",,")),
        ("icpcs.csv", lambda text: text.replace("suppressed", "secret")),
        ("icpcs.csv", lambda text: text.replace("E06000001,805", "E06000001,806")),
        ("icpcs.csv", lambda text: text.replace("authority", "village")),
        ("icpcs.csv", lambda text: text.replace("E12000001", "E12999999")),
        ("icpcs.csv", lambda text: text[: text.index("Cumberland")]),
        ("icpcs.csv", lambda text: text + "2025\n"),
        ("icpcs.csv", lambda text: text.replace(",441,", ",441,,")),
        ("icpcs.csv", lambda text: text.replace(",441,", ",nan,")),
        ("notes.csv", lambda text: text),
    ],
)
def test_a_folder_changed_by_hand_is_told_of_with_the_file(tmp_path: Path, name: str, change) -> None:
    added = tmp_path / "ours"
    add_published(write(tmp_path, *ENQUIRIES), added)
    (added / name).write_text(change((added / "icpcs.csv").read_text()))
    with pytest.raises(CannotRead, match=name):
        published("icpcs", 2025, of="England", added=added)


def test_an_empty_folder_or_none_is_no_figures(tmp_path: Path) -> None:
    assert figure("icpcs", 2020, "England", added=tmp_path / "none").value == 77_470


PIECES = st.sampled_from(
    [b"", b",", b"\n", b'"', b"\0", b"\xff", b"\r", b"nan", b"inf", b"1e999", b"z", b"9" * 30]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 20), PIECES), min_size=1, max_size=5))
def test_no_damaged_folder_raises_anything_but_the_one_named_error(tmp_path: Path, cuts) -> None:
    added = tmp_path / "ours"
    add_published(write(tmp_path, *ENQUIRIES), tmp_path / "whole")
    data = (tmp_path / "whole" / "icpcs.csv").read_bytes()
    for at, length, piece in cuts:
        data = data[:at] + piece + data[at + length :]
    added.mkdir(exist_ok=True)
    (added / "icpcs.csv").write_bytes(data)
    try:
        frame = published("icpcs", of=["England", "805"], added=added)
    except CannotRead as refused:
        assert "icpcs.csv" in str(refused)
    else:
        assert frame["value"].is_null().eq(frame["marker"].is_not_null()).all()
