"""What holds of every chart in every state it has: see samples.py."""

import re
from itertools import combinations
from typing import Any

import pytest

from kith.insight.charts.picture import NARROW, WIDE, Picture
from kith.insight.charts.spark import SMALL
from kith.insight.charts.tests.drawn import SVG, drawn, root_of, size_of
from kith.insight.charts.tests.sample_figures import HOSTILE
from kith.insight.charts.tests.samples import SAMPLES

NEAR = 0.02  # places are written to a hundredth
DRAWS = {"svg", "title", "desc", "defs", "pattern", "line", "rect", "circle", "polyline", "polygon", "text"}
ATTRIBUTES = {
    *("id", "role", "aria-labelledby", "viewBox", "width", "height", "x", "y", "x1", "x2", "y1", "y2"),
    *("cx", "cy", "r", "rx", "points", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray"),
    *("stroke-linejoin", "font-family", "font-size", "font-weight", "text-anchor", "transform"),
    *("patternUnits", "patternTransform"),
}


def frames(module: Any) -> tuple[Any, ...]:
    return (SMALL,) if module.__name__.endswith("spark") else (WIDE, NARROW)


DRAWINGS = [
    pytest.param(module, chart, frame, id=f"{name} {frame.name}")
    for name, module, chart in SAMPLES
    for frame in frames(module)
]


@pytest.mark.parametrize("module, chart, frame", DRAWINGS)
def test_a_drawing_says_what_it_is_and_carries_only_presentation(module, chart, frame):
    svg = module.draw(chart, "one", frame)
    root = root_of(svg)
    title, desc = root[0], root[1]
    assert root.get("role") == "img"
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text and desc.text == module.words(chart)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= DRAWS
    assert {name for each in root.iter() for name in each.attrib} <= ATTRIBUTES
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids)) and all(each.startswith("one-") for each in ids)
    fills = re.findall(r"url\(#([^)]*)\)", svg)
    assert set(fills) <= set(ids)
    assert "nan" not in re.findall(r'="([^"]*)"', svg) and "inf" not in re.findall(r'="([^"]*)"', svg)


@pytest.mark.parametrize("module, chart, frame", DRAWINGS)
def test_all_that_is_drawn_lies_on_the_drawing(module, chart, frame):
    svg = module.draw(chart, "one", frame)
    width, height = size_of(svg)
    assert width == frame.width
    for each in drawn(svg):
        assert each.left >= -NEAR and each.right <= width + NEAR, each
        assert each.top >= -NEAR and each.bottom <= height + NEAR, each


@pytest.mark.parametrize("module, chart, frame", DRAWINGS)
def test_words_are_large_enough_and_do_not_touch(module, chart, frame):
    words = drawn(module.draw(chart, "one", frame), "text")
    assert all(float(each.attributes["font-size"]) >= 12 for each in words)
    for one, other in combinations(words, 2):
        assert not one.meets(other), (one.words, other.words)


@pytest.mark.parametrize("name, module, chart", [pytest.param(*each, id=each[0]) for each in SAMPLES])
def test_words_and_table_can_be_shown_anywhere(name, module, chart):
    words, table = module.words(chart), module.table(chart)
    cells = [table.caption, *table.headings, *table.notes, *(cell for row in table.rows for cell in row)]
    assert words.endswith(".") and "None" not in words.replace("None to count", "").replace("None at all", "")
    assert all(len(row) == len(table.headings) for row in table.rows)
    assert not any(set(each) & set("\x00\x1b\u202e") for each in (words, *cells))


def test_two_drawings_on_a_page_share_no_id():
    ids = [
        each.get("id")
        for number, (_, module, chart) in enumerate(SAMPLES)
        for frame in frames(module)
        for each in root_of(module.draw(chart, f"c{number}-{frame.name}", frame)).iter()
        if each.get("id")
    ]
    assert len(ids) == len(set(ids))


def test_hostile_words_are_only_words():
    hostile = [(module, chart) for name, module, chart in SAMPLES if name.endswith("hostile")]
    assert len(hostile) == len({module for _, module, _ in SAMPLES})
    for module, chart in hostile:
        svg = module.draw(chart, "one")
        assert "<script" not in svg and "<style" not in svg and svg.count("</svg>") == 1
        assert "&lt;script&gt;" in svg


@pytest.mark.parametrize("prefix", ["", "1", 'a" onload="x', "a b", HOSTILE])
def test_a_prefix_that_cannot_begin_an_id_is_refused(prefix):
    with pytest.raises(ValueError, match="cannot begin an id"):
        Picture(WIDE, prefix, "title", "words")
