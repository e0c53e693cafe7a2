"""Tenths and fifths of areas by deprivation: 1 is the most deprived tenth."""

FIFTHS = {
    "Most deprived fifth": (1, 2),
    "Second fifth": (3, 4),
    "Middle fifth": (5, 6),
    "Fourth fifth": (7, 8),
    "Least deprived fifth": (9, 10),
}
