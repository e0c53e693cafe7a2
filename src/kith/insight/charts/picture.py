"""A drawing under way: an SVG element that says what it is, made of presentation attributes alone.

No style attribute, style element, class or script is needed, so that one drawing serves a page under a strict
content policy, a report opened from a disk, and paper. The XML writer escapes words.
"""

import re
from dataclasses import dataclass

from lxml import etree

from kith.insight.charts.letters import clean, shorten

INK = "#0b0c0c"
SOFT_INK = "#484e52"
RULE = "#dfe3e3"
EDGE = "#8a9296"  # an axis, the edge of something pale
TEAL = "#14504c"
PALE_TEAL = "#cfe1df"
ENGLAND = "#5b6469"
PAPER = "#ffffff"

_SVG = "{http://www.w3.org/2000/svg}"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

# The pages' own letters, said again: those who set paper do not hand a page's letters on to a drawing in it.
FONT = "'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True)
class Frame:
    """How wide a drawing is in its own units, and the size of its letters in them."""

    name: str
    width: int
    text: int = 13

    @property
    def is_narrow(self) -> bool:
        return self.width < 500


WIDE = Frame("wide", 680)  # a column of a page, and paper
NARROW = Frame("narrow", 340)  # a phone: shown 340 wide or more, its letters are 13 px or more


class Picture:
    """An SVG drawing to which lines, shapes and words are added; `svg` ends it.

    `prefix` begins every id in it and is unique on its page; ValueError if it cannot begin an id.
    """

    def __init__(self, frame: Frame, prefix: str, title: str, description: str) -> None:
        if not _ID.fullmatch(prefix):
            raise ValueError(f"{prefix!r} cannot begin an id")
        self.frame = frame
        self.prefix = prefix
        self.root = etree.Element(_SVG + "svg", nsmap={None: _SVG.strip("{}")})
        self.root.set("role", "img")
        self.root.set("font-family", FONT)
        self.root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
        for name, words in (("title", title), ("desc", description)):
            element = etree.SubElement(self.root, _SVG + name, {"id": f"{prefix}-{name}"})
            element.text = clean(words) or "Chart"
        self._definitions: etree._Element | None = None
        self._hatches: dict[str, str] = {}

    def add(self, name: str, says: str = "", **attributes: str | float) -> None:
        """Add an element; `says` is shown when a mouse rests on it. Underscores stand for hyphens."""
        element = etree.SubElement(
            self.root,
            _SVG + name,
            {key.replace("_", "-"): _written(value) for key, value in attributes.items()},
        )
        if says:
            etree.SubElement(element, _SVG + "title").text = clean(says)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1, dash: str = ""
    ) -> None:
        """Add a straight line."""
        dashed = {"stroke_dasharray": dash} if dash else {}
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, **dashed)

    def way(self, points: list[tuple[float, float]], stroke: str, width: float = 2, dash: str = "") -> None:
        """Add a line through the points, in their order; nothing for fewer than two."""
        if len(points) < 2:
            return
        dashed = {"stroke_dasharray": dash} if dash else {}
        written = " ".join(f"{_written(x)},{_written(y)}" for x, y in points)
        self.add(
            "polyline",
            points=written,
            fill="none",
            stroke=stroke,
            stroke_width=width,
            stroke_linejoin="round",
            **dashed,
        )

    def area(self, points: list[tuple[float, float]], fill: str) -> None:
        """Add a filled shape with the points as its corners."""
        self.add("polygon", points=" ".join(f"{_written(x)},{_written(y)}" for x, y in points), fill=fill)

    def words(
        self,
        x: float,
        y: float,
        words: str,
        fill: str = INK,
        anchor: str = "start",
        bold: bool = False,
        room: float = 0,
        turned: bool = False,
        says: str = "",
    ) -> None:
        """Add words standing on the line `y`, cut to `room` where it is given; `turned` runs them upwards.

        `says` is shown when a mouse rests on them; words that were cut say themselves whole.
        """
        size = self.frame.text
        written = clean(words)
        shown = shorten(written, room, size, bold) if room else written
        more: dict[str, str | float] = {"font_weight": 700} if bold else {}
        if turned:
            more["transform"] = f"rotate(-90 {_written(x)} {_written(y)})"
        self.add(
            "text",
            says=written if shown != written else says,
            x=x,
            y=y,
            fill=fill,
            font_size=size,
            text_anchor=anchor,
            **more,
        )
        text = self.root[-1]
        if len(text):
            text[0].tail = shown
        else:
            text.text = shown

    def hatch(self, name: str) -> str:
        """A fill of fine lines: "missing" leans one way, "rest" the other, told apart without colour."""
        if name not in self._hatches:
            turn, gap, stroke = {"missing": ("45", "6", RULE), "rest": ("-45", "5", "#b9c3c4")}[name]
            if self._definitions is None:
                self._definitions = etree.Element(_SVG + "defs")
                self.root.insert(2, self._definitions)
            pattern = etree.SubElement(
                self._definitions,
                _SVG + "pattern",
                {
                    "id": f"{self.prefix}-{name}",
                    "width": gap,
                    "height": gap,
                    "patternUnits": "userSpaceOnUse",
                    "patternTransform": f"rotate({turn})",
                },
            )
            etree.SubElement(
                pattern,
                _SVG + "line",
                {"x1": "0", "y1": "0", "x2": "0", "y2": gap, "stroke": stroke, "stroke-width": "2"},
            )
            self._hatches[name] = f"url(#{self.prefix}-{name})"
        return self._hatches[name]

    def svg(self, height: float) -> str:
        """The whole drawing, `height` units high."""
        self.root.set("viewBox", f"0 0 {self.frame.width} {_written(height)}")
        self.root.set("width", "100%")
        return etree.tostring(self.root, encoding="unicode")


def _written(value: str | float) -> str:
    if isinstance(value, str):
        return clean(value)
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
