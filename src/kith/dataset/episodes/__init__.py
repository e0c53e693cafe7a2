"""Episodes and the history behind them: `fold` and `unfold` (D5)."""

from kith.dataset.episodes.fold import fold
from kith.dataset.episodes.history import CareHistory, Episode, LegalStatus, PeriodOfCare, Placement
from kith.dataset.episodes.unfold import cut_to_year, unfold

__all__ = [
    "CareHistory",
    "Episode",
    "LegalStatus",
    "PeriodOfCare",
    "Placement",
    "cut_to_year",
    "fold",
    "unfold",
]
