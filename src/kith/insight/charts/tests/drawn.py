"""Reads a drawing back: its elements, and the box about each."""

import re
from dataclasses import dataclass

from lxml import etree

from kith.insight.charts.letters import BOLD, ROOM, width_of

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Drawn:
    name: str
    left: float
    top: float
    right: float
    bottom: float
    words: str
    attributes: dict[str, str]

    def meets(self, other: "Drawn") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def root_of(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def size_of(svg: str) -> tuple[float, float]:
    _, _, width, height = map(float, root_of(svg).get("viewBox").split())
    return width, height


def drawn(svg: str, name: str = "") -> list[Drawn]:
    """What is drawn, in order; only elements of one name if it is given."""
    elements = [each for each in root_of(svg) if each.tag not in {f"{SVG}title", f"{SVG}desc", f"{SVG}defs"}]
    every = [_read(each) for each in elements]
    return [each for each in every if not name or each.name == name]


def said(svg: str) -> list[str]:
    """The words on the drawing."""
    return [each.words for each in drawn(svg, "text")]


def _read(element: etree._Element) -> Drawn:
    name = element.tag.removeprefix(SVG)
    attributes = dict(element.attrib)
    words = "".join(element.xpath("text() | */following-sibling::text()")) if name == "text" else ""
    return Drawn(name, *_box(name, attributes, words), words, attributes)


def _box(name: str, has: dict[str, str], words: str) -> tuple[float, float, float, float]:
    def number(key: str) -> float:
        return float(has[key])

    if name == "line":
        across, down = sorted((number("x1"), number("x2"))), sorted((number("y1"), number("y2")))
        return across[0], down[0], across[1], down[1]
    if name == "rect":
        x, y = number("x"), number("y")
        return x, y, x + number("width"), y + number("height")
    if name == "circle":
        x, y, radius = number("cx"), number("cy"), number("r")
        return x - radius, y - radius, x + radius, y + radius
    if name in {"polyline", "polygon"}:
        numbers = [float(each) for each in re.split("[ ,]", has["points"])]
        return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])
    assert name == "text", name
    return _text_box(has, words)


def _text_box(has: dict[str, str], words: str) -> tuple[float, float, float, float]:
    x, y, size = float(has["x"]), float(has["y"]), float(has["font-size"])
    # Without the room the layout leaves over, so that what it made just fit is not called touching.
    long = width_of(words, size) / ROOM * (BOLD if has.get("font-weight") == "700" else 1)
    if "transform" in has:
        return x - size * 0.72, y - long, x + size * 0.2, y
    left = x - {"start": 0, "middle": long / 2, "end": long}[has["text-anchor"]]
    return left, y - size * 0.72, left + long, y + size * 0.2
