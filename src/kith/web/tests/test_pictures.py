"""The timeline and the genogram as drawings: what stands where, and what is said in words."""

from datetime import date
from itertools import combinations, pairwise

import pytest

from kith.web.pictures.genogram import Relative, draw_genogram
from kith.web.pictures.timeline import EDGE, LABELS, SHAPES, WIDTH, Band, Mark, draw_timeline

TODAY = date(2026, 11, 22)
AMIRA = Relative("a", "Amira Khan", "F")


def places(line):
    return [tuple(float(part) for part in place.split(",")) for place in line.points.split()]


def first_place(line):
    return places(line)[0]


def test_nothing_to_draw_gives_no_lanes() -> None:
    assert draw_timeline([], [], TODAY).lanes == ()


def test_an_open_band_reaches_today_and_says_since() -> None:
    drawn = draw_timeline([Band("Care", "Looked after", date(2024, 3, 5))], [], TODAY)
    (band,) = drawn.bands
    assert band.is_open
    assert band.x + band.width == WIDTH - EDGE
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


def test_each_kind_of_mark_has_its_own_shape_and_its_own_lane_with_words() -> None:
    marks = [Mark(kind.title(), "It happened", date(2024, 5, 1), kind=kind) for kind in SHAPES]
    drawn = draw_timeline([], marks, TODAY)
    assert len({mark.shape for mark in drawn.marks}) == len(SHAPES)
    assert [(lane.name, lane.shape) for lane in drawn.lanes] == [
        (kind.title(), shape) for kind, shape in SHAPES.items()
    ]


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
    starts = [first_place(line) for line in picture.lines]
    assert any(abs(x - mother.x) == mother.half and y == mother.y for x, y in starts)


def test_a_carer_is_joined_by_a_broken_line() -> None:
    picture = draw_genogram(AMIRA, [Relative("n", "Noor", "F", "special_guardian")], [])
    assert [line.is_broken for line in picture.lines] == [True]


def test_sex_not_known_is_a_diamond_and_hostile_names_stay_text() -> None:
    picture = draw_genogram(Relative("x", "<script>alert(1)</script>"), [], [])
    assert picture.people[0].shape == "diamond"
    assert "".join(words for _, words in picture.people[0].name_lines) == "<script>aler…"


@pytest.mark.parametrize("siblings, is_wide", [(3, False), (4, True)])
def test_a_family_of_four_across_stands_whole_on_a_phone(siblings: int, is_wide: bool) -> None:
    """Names stay above ten pixels on the 358 that a phone has; a wider family is pushed sideways."""
    others = [Relative(f"s{n}", f"Sibling {n}", kind="sibling") for n in range(siblings)]
    picture = draw_genogram(Relative("x", "Ada Okoro"), others, [])
    assert picture.is_wide is is_wide and (13 * 358 / picture.width >= 10) is not is_wide


def big_family():
    """Three generations: a mother with three partners and ten children, all four grandparents, carers."""
    relatives = [
        Relative("gm", "Noor Begum", "F", "grandparent"),
        Relative("gf", "Abdul Begum", "M", "grandparent", is_dead=True),
        Relative("pm", "Hannah Khan-Featherstonehaugh", "F", "special_guardian"),
        Relative("pf", "Bilal Khan", "M", "grandparent"),
        Relative("m", "Sana Khan", "F", "mother"),
        Relative("f", "Imran Khan", "M", "father"),
        Relative("f2", "Karim Rahman", "M", "step_parent"),
        Relative("f3", "Tom Ashby", "M", "partner_of_parent"),
        Relative("aunt", "Rani Begum", "F", "aunt_uncle"),
        Relative("carer", "Maria Conceição Gonçalves", "F", "foster_carer"),
        Relative("own", "Baby Khan", "", "own_child"),
        *(Relative(f"s{n}", f"Sibling Number{n}", "M", "sibling") for n in range(6)),
        *(Relative(f"h{n}", f"Half Sister{n}", "F", "half_sibling") for n in range(2)),
        *(Relative(f"t{n}", f"Half Brother{n}", "M", "half_sibling") for n in range(2)),
    ]
    pairs = [("gm", "m"), ("gf", "m"), ("gm", "aunt"), ("gf", "aunt"), ("pm", "f"), ("pf", "f")]
    for parents, children in (
        ("m f", ["a", *(f"s{n}" for n in range(6))]),
        ("m f2", ["h0", "h1"]),
        ("m f3", ["t0", "t1"]),
        ("a", ["own"]),
    ):
        pairs += [(parent, child) for child in children for parent in parents.split()]
    return draw_genogram(AMIRA, relatives, pairs)


def boxes(picture):
    """Where each person's shape and words are, as (left, top, right, bottom)."""
    for person in picture.people:
        yield (person.x - 22, person.y - 22, person.x + 22, person.y + 22)
        for y, words in person.name_lines:
            half = len(words) * 6.6 / 2
            yield (person.x - half, y - 11, person.x + half, y + 3)


def pieces(picture):
    """Each straight piece of each line, with the number of its line."""
    for number, line in enumerate(picture.lines):
        points = places(line)
        for (x1, y1), (x2, y2) in pairwise(points):
            yield number, (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def test_in_a_big_family_no_two_people_stand_on_each_other() -> None:
    found = list(boxes(big_family()))
    for one, two in combinations(found, 2):
        assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1], (one, two)


def test_in_a_big_family_no_line_runs_through_a_shape_or_a_name() -> None:
    picture = big_family()
    for left, top, right, bottom in boxes(picture):
        for _, (x1, y1, x2, y2) in pieces(picture):
            is_clear = x2 <= left + 1 or x1 >= right - 1 or y2 <= top + 1 or y1 >= bottom - 1
            assert is_clear, ((left, top, right, bottom), (x1, y1, x2, y2))


def test_in_a_big_family_lines_of_different_parents_never_lie_on_each_other() -> None:
    picture = big_family()
    families = [places(line)[-1] for line in picture.lines]
    for (one, a), (two, b) in combinations(pieces(picture), 2):
        if one == two or picture.lines[one].is_broken == picture.lines[two].is_broken is False:
            continue
        along = a[0] == a[2] == b[0] == b[2] and min(a[3], b[3]) - max(a[1], b[1]) > 1
        across = a[1] == a[3] == b[1] == b[3] and min(a[2], b[2]) - max(a[0], b[0]) > 1
        assert not along and not across, (families[one], families[two], a, b)


def test_a_grandmother_who_is_the_special_guardian_stands_among_the_grandparents() -> None:
    heights = {person.name: person.y for person in big_family().people}
    assert heights["Hannah Khan-Featherstonehaugh"] == heights["Bilal Khan"] < heights["Sana Khan"]


def test_records_that_contradict_each_other_are_still_drawn() -> None:
    """Somebody recorded as their own grandchild's child, and as their own parent."""
    relatives = [Relative("m", "Sana", "F", "mother"), Relative("g", "Noor", "F", "grandparent")]
    picture = draw_genogram(AMIRA, relatives, [("g", "m"), ("m", "a"), ("a", "g"), ("m", "m"), ("a", "m")])
    assert len(picture.people) == 3
