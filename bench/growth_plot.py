"""Draws growth curves as SVG: what was measured at each size, and the straight line nearest to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

WIDTH, HEIGHT = 440, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 44, 52
INK, LINE, GRID = "#0b0c0c", "#1d70b8", "#dcdddf"


@dataclass(frozen=True)
class Curve:
    """One chart: its title, what is along and up it, and what was measured (along, up)."""

    title: str
    along: str
    up: str
    points: Sequence[tuple[float, float]]


def straight_line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The start and slope of the line nearest to the points (least squares)."""
    count = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0
    return mean_y - slope * mean_x, slope


def as_svg(heading: str, curves: Sequence[Curve]) -> str:
    """The charts side by side as one SVG, with every figure in its description."""
    told = "; ".join(f"{curve.title}: {_in_words(curve)}" for curve in curves)
    width, height = WIDTH * len(curves), HEIGHT + 28
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="Arial, sans-serif" font-size="12" fill="{INK}">',
        f"<title>{escape(heading)}</title><desc>{escape(told)}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="22" font-size="15" font-weight="bold">{escape(heading)}</text>',
        *(
            f'<g transform="translate({WIDTH * at} 28)">{_chart(curve)}</g>'
            for at, curve in enumerate(curves)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _in_words(curve: Curve) -> str:
    return ", ".join(f"{up:,.1f} {curve.up} at {along:,.2f} {curve.along}" for along, up in curve.points)


def _chart(curve: Curve) -> str:
    most_x, most_y = (max(point[at] for point in curve.points) for at in (0, 1))
    ticks_x, ticks_y = _ticks(most_x), _ticks(most_y)

    def place(x: float, y: float) -> tuple[float, float]:
        across = LEFT + x / ticks_x[-1] * (WIDTH - LEFT - RIGHT)
        return across, HEIGHT - BOTTOM - y / ticks_y[-1] * (HEIGHT - TOP - BOTTOM)

    parts = [f'<text x="{LEFT}" y="{TOP - 16}" font-weight="bold">{escape(curve.title)}</text>']
    for tick in ticks_y:
        x, y = place(0, tick)
        parts.append(f'<path d="M{x:.1f} {y:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>')
        parts.append(f'<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{tick:,g}</text>')
    for tick in ticks_x:
        x, y = place(tick, 0)
        parts.append(f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{tick:,g}</text>')
    start, slope = straight_line(curve.points)
    (x1, y1), (x2, y2) = place(0, max(0.0, start)), place(most_x, start + slope * most_x)
    parts.append(
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{LINE}" stroke-dasharray="5 4" fill="none"/>'
    )
    for point in curve.points:
        x, y = place(*point)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{LINE}"/>')
        parts.append(f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{point[1]:,.1f}</text>')
    across = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{across}" y="{HEIGHT - 12}" text-anchor="middle">{escape(curve.along)}</text>')
    return "".join(parts)


def _ticks(most: float) -> list[float]:
    """Round numbers from 0 to just over `most`, four to nine of them."""
    if most <= 0:
        return [0.0, 1.0]
    ten = 10.0 ** floor(log10(most))
    step = next(part * ten for part in (0.2, 0.25, 0.5, 1.0, 2.0) if most * 1.08 <= part * ten * 7)
    count = 0
    while step * count < most * 1.08:
        count += 1
    return [step * at for at in range(count + 1)]
