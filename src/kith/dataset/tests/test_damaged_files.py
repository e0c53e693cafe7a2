"""Whatever happens to a file, each line of it that holds anything ends in a table or in the rejects."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.dataset.readers.cin_xml import read_cin_xml
from kith.dataset.readers.files import CannotRead
from kith.dataset.readers.ssda903_csv import read_903_csv
from kith.dataset.tests.samples import EPISODE, EPISODE_HEADINGS, SAMPLES, csv

WHOLE = csv(
    *(EPISODE.replace("123", str(child)) for child in range(12)),
    '"13",09/04/2017,S,L3,N1,U4,PR1,31/10/2017,E7,"","V28 5OY",H8 7NR,1679094',
    headings=EPISODE_HEADINGS,
)
PIECES = st.sampled_from(
    [
        b"",
        b'"',
        b'""',
        b",",
        b"\n",
        b"\r\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xa3",
        b"\xe2\x80\xa8",
        b"31/02/2017",
        b"x" * 600,
    ]
)
BODY = len(EPISODE_HEADINGS) + 1


@st.composite
def damaged_files(draw: st.DrawFn) -> bytes:
    data = WHOLE
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(BODY, len(data)))
        cut = draw(st.integers(0, 30))
        data = data[:at] + draw(PIECES) + data[at + cut :]
    return data[: draw(st.integers(BODY, len(data)))]


def lines_with_something(data: bytes) -> set[int]:
    """The numbers of the lines below the headings that hold more than blanks, commas and quotation marks."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {at for at, line in enumerate(lines, 1) if at > 1 and line.strip(' \t,"\u00a0\ufeff')}


@settings(max_examples=300, deadline=None)
@given(damaged_files())
def test_every_line_of_a_damaged_csv_is_accounted_for(data):
    read = read_903_csv("episodes.csv", data)
    kept, rejected = read.frame["_line"].to_list(), [reject.line for reject in read.rejects]
    assert read.file.rows == len(kept) + len(rejected)
    assert len({*kept, *rejected}) == read.file.rows
    assert {*kept, *rejected} <= lines_with_something(data)
    if b'"' not in data:
        assert {*kept, *rejected} == lines_with_something(data)


@settings(max_examples=150, deadline=None)
@given(damaged_files())
def test_the_careful_path_reads_what_the_quick_path_reads(data):
    plain = data.replace(b'"', b"")
    quick = read_903_csv("episodes.csv", plain)
    careful = read_903_csv("episodes.csv", plain + b'\n"LAST"')
    assert careful.frame.equals(quick.frame)
    assert careful.rejects[:-1] == quick.rejects


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_that_are_no_file_at_all_get_a_reason(data):
    for name in ("x.csv", "episodes.csv"):
        try:
            read_903_csv(name, data)
        except CannotRead as reason:
            assert str(reason).endswith(".")
        else:
            raise AssertionError("no table has such headings")


class OfBytes:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int, /) -> bytes:
        piece, self.data = self.data[:size], self.data[size:]
        return piece


def test_a_census_cut_anywhere_keeps_the_children_before_the_cut():
    whole = (SAMPLES / "cin_fake" / "fake_CIN_data.xml").read_bytes()
    cuts = random.Random(1).sample(range(1_000, len(whole) - 20), 12)
    for cut in cuts:
        half = whole[:cut]
        read = read_cin_xml("x.xml", OfBytes(half))
        assert read.tables["Children"].height == half.count(b"</Child>")
        assert "cut short" in read.rejects[-1].reason
        assert read.rejects[-1].line == half.count(b"\n") + 1


def test_a_file_whose_last_line_has_no_end_may_be_cut_short_and_says_so():
    whole = read_903_csv("reviews.csv", csv("1,05/06/2010,01/05/2018,PN1"))
    cut = read_903_csv("reviews.csv", csv("1,05/06/2010,01/05/2018,PN1").rstrip(b"\n"))
    assert whole.file.note == ""
    assert "cut short" in cut.file.note
    assert cut.frame.height == 1
