"""What stands above and below a drawing: the key to its shapes, and notes in words."""

from collections.abc import Sequence

from kith.insight.charts.letters import clean, shorten, width_of, wrap
from kith.insight.charts.marks import KeyLine
from kith.insight.charts.picture import SOFT_INK, Picture

SAMPLE = 32  # a sample and the space after it
APART = 18  # between one key line and the next
LINE = 19


def draw_key(picture: Picture, lines: Sequence[KeyLine], top: float = 0) -> float:
    """Draw the key from `top` down, as many rows as it needs; where it ends."""
    size, width = picture.frame.text, picture.frame.width
    x, y = 1.0, top + LINE / 2 + 1
    for line in lines:
        words = shorten(clean(line.words), width - SAMPLE - 2, size)
        needs = SAMPLE + width_of(words, size)
        if x > 1 and x + needs > width:
            x, y = 1.0, y + LINE
        line.sample(picture, x, y)
        picture.words(x + SAMPLE, y + size * 0.35, line.words, room=width - SAMPLE - 2)
        x += needs + APART
    return y + LINE / 2 + 1 if lines else top


def draw_notes(picture: Picture, notes: Sequence[str], top: float) -> float:
    """Write the notes from `top` down, wrapped to the drawing; where they end."""
    y = top
    for note in notes:
        for line in wrap(clean(note), picture.frame.width - 2, picture.frame.text, most=4):
            y += LINE - 1
            picture.words(1, y, line, fill=SOFT_INK, room=picture.frame.width - 2)
    return y + (6 if notes else 0)
