"""The styles that charts need on a page: of two drawings they show the one that fits."""

from importlib.resources import files


def styles() -> str:
    """The styles for charts on a page, as CSS."""
    return files("kith.insight.charts").joinpath("static/kith/charts.css").read_text(encoding="utf-8")
