"""Statistical neighbours from a file, and an authority's figure beside others'."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.dataset.readers.files import CannotRead
from kith.insight.england.comparison import comparison
from kith.insight.england.markers import Marker
from kith.insight.england.neighbours import Neighbour, Neighbours, read_neighbours
from kith.insight.england.published import figure
from kith.insight.england.series import NoSuchSeries
from kith.insight.england.tests.explore_samples import write

WIDE = (
    "old_la_code,la_name,region_ind,region_name,SN_1,SN_1P,SN_2,SN_2P,SN_3,SN_3P",
    "805,Hartlepool,4,North East,807,Very close,394,Very close,393,Close ",
    "201,City of London,3,London,202,Not close,205,Not close,,",
)


def file(folder: Path, *lines: str) -> Path:
    return write(folder, *lines, name="neighbours.csv")


def test_the_dfe_s_wide_layout(tmp_path: Path) -> None:
    read = read_neighbours(file(tmp_path, *WIDE))
    assert read.of("805") == (
        Neighbour("807", 1, "Very close"),
        Neighbour("394", 2, "Very close"),
        Neighbour("393", 3, "Close"),
    )
    assert [one.dfe_code for one in read.of("E09000001")] == ["202", "205"]
    assert read.of("301") == ()
    assert read.not_taken == ()


def test_a_row_for_each_neighbour_in_the_order_of_their_ranks(tmp_path: Path) -> None:
    lines = "Authority,Neighbour,Rank,Closeness", "805,394,2,", "E06000001,E06000003,1,Very close"
    assert read_neighbours(file(tmp_path, *lines)).of("805") == (
        Neighbour("807", 1, "Very close"),
        Neighbour("394", 2, None),
    )


def test_without_ranks_the_order_is_that_of_the_file(tmp_path: Path) -> None:
    lines = "authority code,neighbour code", "805,394", "805,807"
    assert [one.dfe_code for one in read_neighbours(file(tmp_path, *lines)).of("805")] == ["394", "807"]


@pytest.mark.parametrize(
    "row, reason",
    [
        ("805,Sunderland,1", "“Sunderland” is not the code of an authority"),
        ("Hartlepool,394,1", "“Hartlepool” is not the code of an authority"),
        ("805,,1", "“” is not the code"),
        ("805,805,1", "its own neighbour"),
        ("805,E06000001,1", "its own neighbour"),
        ("805,807,2", "807 stands twice among the neighbours of 805"),
        ("805,394,first", "the rank “first” is not a number"),
        ("805,394,0", "the rank “0” is not a number"),
        ("805,394,1", "two neighbours of 805 have the rank 1"),
        ("805,394", "2 of its 3 cells"),
    ],
)
def test_a_neighbour_that_cannot_be_taken_is_told_of(tmp_path: Path, row: str, reason: str) -> None:
    read = read_neighbours(file(tmp_path, "authority,neighbour,rank", "805,807,1", row))
    assert [one.dfe_code for one in read.of("805")] == ["807"]
    assert [one.line for one in read.not_taken] == [3]
    assert reason in read.not_taken[0].reason


@pytest.mark.parametrize(
    "lines, words",
    [
        ([], "empty"),
        (["a,b", "1,2"], "no column of the authority's code"),
        (["authority,name", "805,x"], "no column of neighbours"),
        (["authority,neighbour"], "no neighbour that could be taken"),
        (["authority,neighbour", "805,x"], "“x” is not the code"),
        (["authority,neighbour,neighbour", "805,1,2"], "stands more than once"),
        (["authority,neighbour,_raw", "805,807,2"], "stands more than once"),
        (["<html>", "<p>"], "web page"),
    ],
)
def test_a_file_without_neighbours_is_refused_in_words(tmp_path: Path, lines: list[str], words: str) -> None:
    with pytest.raises(CannotRead, match=words):
        read_neighbours(file(tmp_path, *lines))


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="nothing at"):
        read_neighbours(tmp_path / "none.csv")
    with pytest.raises(CannotRead, match="folder"):
        read_neighbours(tmp_path)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 200),
            st.integers(0, 20),
            st.sampled_from(
                [b",", b"\n", b'"', b"\0", b"\xff", b"_line", b"_raw", b"^a$", b"*", b"805", b"SN_2"]
            ),
        ),
        max_size=6,
    )
)
def test_no_damaged_file_raises_anything_but_the_one_named_error(tmp_path: Path, cuts) -> None:
    data = "\n".join((*WIDE, "")).encode()
    for at, length, piece in cuts:
        data = data[:at] + piece + data[at + length :]
    path = tmp_path / "neighbours.csv"
    path.write_bytes(data)
    try:
        read = read_neighbours(path)
    except CannotRead as refused:
        assert str(refused)
    else:
        assert all(near for near in read.of_each.values())


NEAR = Neighbours(
    {"805": (Neighbour("807", 1), Neighbour("394", 2), Neighbour("393", 3), Neighbour("942", 4))}
)


def test_a_figure_stands_beside_england_the_region_and_the_neighbours() -> None:
    told = comparison("cla_rate", 2020, "E06000001", NEAR)
    values = [figure("cla_rate", 2020, code).value for code in ("807", "394", "393")]
    assert told.own == figure("cla_rate", 2020, "805")
    assert told.england.value == 68
    assert told.region == figure("cla_rate", 2020, "North East")
    assert [one.value for one in told.neighbours] == [*values, None]
    assert told.neighbours[3].marker is Marker.NOT_AVAILABLE  # Cumberland began in 2023
    assert (told.lowest, told.median, told.highest) == tuple(sorted(values))
    assert told.held == 3


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    near = Neighbours({"805": (Neighbour("807", 1), Neighbour("394", 2))})
    values = [figure("cla_rate", 2020, code).value for code in ("807", "394")]
    assert comparison("cla_rate", 2020, "805", near).median == pytest.approx(sum(values) / 2)


def test_without_neighbours_there_is_no_median_and_no_range() -> None:
    told = comparison("cla_rate", 2020, "805")
    assert (told.neighbours, told.held, told.median, told.lowest, told.highest) == ((), 0, None, None, None)


def test_what_the_dfe_hides_is_marked_in_a_comparison() -> None:
    assert comparison("cla_three_plus_placements_pct", 2020, "201").own.marker is Marker.SUPPRESSED


def test_an_invented_authority_stands_beside_england_alone() -> None:
    told = comparison("cla_rate", 2020, "999", NEAR)
    assert (told.own.value, told.own.marker, told.own.place.name) == (None, Marker.NOT_AVAILABLE, "999")
    assert (told.england.value, told.region, told.neighbours) == (68, None, ())


def test_an_unknown_figure_is_refused_for_an_invented_authority_too() -> None:
    with pytest.raises(NoSuchSeries):
        comparison("unicorns", 2020, "999")


def test_the_frame_says_what_each_row_stands_for() -> None:
    frame = comparison("referral_rate", 2020, "805", NEAR).frame
    assert frame["stands_for"].to_list() == ["own", "England", "region", *["neighbour"] * 4]
    assert frame["name"].to_list()[:3] == ["Hartlepool", "England", "North East"]
    assert frame["value"].is_null().eq(frame["marker"].is_not_null()).all()
