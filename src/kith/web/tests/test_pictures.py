"""The timeline and the genogram as drawings: what stands where, and what is said in words."""

from datetime import date

from kith.web.pictures.genogram import Relative, draw_genogram
from kith.web.pictures.timeline import LABELS, WIDTH, Band, Mark, draw_timeline

TODAY = date(2026, 11, 22)
AMIRA = Relative("a", "Amira Khan", "F")


def test_nothing_to_draw_gives_no_lanes() -> None:
    assert draw_timeline([], [], TODAY).lanes == ()


def test_an_open_band_reaches_today_and_says_since() -> None:
    drawn = draw_timeline([Band("Care", "Looked after", date(2024, 3, 5))], [], TODAY)
    (band,) = drawn.bands
    assert band.is_open
    assert band.x + band.width == WIDTH
    assert band.title == "Looked after: since 5 Mar 2024"


def test_a_band_of_one_day_can_be_seen_and_its_words_are_left_to_the_title() -> None:
    bands = [
        Band("Placement", "Foster care", date(2016, 1, 1), date(2026, 1, 1)),
        Band("Placement", "Hospital", date(2026, 1, 1), date(2026, 1, 1)),
    ]
    _, hospital = draw_timeline(bands, [], TODAY).bands
    assert hospital.width == 3
    assert hospital.label == ""
    assert "Hospital" in hospital.title


def test_neighbouring_bands_differ_in_tone() -> None:
    bands = [
        Band("Placement", "one", date(2024, 1, 1), date(2025, 1, 1)),
        Band("Placement", "two", date(2025, 1, 1)),
    ]
    first, second = draw_timeline(bands, [], TODAY).bands
    assert first.tone != second.tone


def test_everything_stands_inside_the_drawing() -> None:
    marks = [Mark("Reviews", "Review", date(1900, 1, 1)), Mark("Reviews", "Review", date(2030, 1, 1))]
    drawn = draw_timeline([], marks, TODAY)
    assert all(LABELS <= mark.x <= WIDTH for mark in drawn.marks)
    assert len(drawn.ticks) <= 14


def test_a_child_alone_is_still_a_picture() -> None:
    picture = draw_genogram(AMIRA, [], [])
    assert [person.name for person in picture.people] == ["Amira Khan"]
    assert picture.lines == ()


def test_generations_stand_in_rows_from_the_oldest_down() -> None:
    relatives = [
        Relative("m", "Sana Khan", "F", "mother"),
        Relative("g", "Noor Khan", "F", "grandparent"),
        Relative("b", "Bilal Khan", "M", "sibling"),
        Relative("c", "Baby Khan", "", "own_child"),
    ]
    height = {person.name: person.y for person in draw_genogram(AMIRA, relatives, []).people}
    assert height["Noor Khan"] < height["Sana Khan"] < height["Amira Khan"] == height["Bilal Khan"]
    assert height["Baby Khan"] > height["Amira Khan"]


def test_a_half_sister_hangs_from_the_parent_they_share() -> None:
    relatives = [
        Relative("m", "Sana", "F", "mother"),
        Relative("f", "Imran", "M", "father"),
        Relative("h", "Zara", "F", "half_sibling"),
    ]
    picture = draw_genogram(AMIRA, relatives, [("m", "a"), ("f", "a"), ("m", "h")])
    assert len(picture.lines) == 3  # the couple, and a drop to each child
    mother = next(person for person in picture.people if person.name == "Sana")
    assert any(line.points.startswith(f"{mother.x:.0f},") for line in picture.lines[1:])


def test_a_carer_is_joined_by_a_broken_line() -> None:
    picture = draw_genogram(AMIRA, [Relative("n", "Noor", "F", "special_guardian")], [])
    assert [line.is_broken for line in picture.lines] == [True]


def test_sex_not_known_is_a_diamond_and_hostile_names_stay_text() -> None:
    picture = draw_genogram(Relative("x", "<script>alert(1)</script>"), [], [])
    assert picture.people[0].shape == "diamond"
    assert picture.people[0].name == "<script>alert(1)…"
