"""Every slow count, gathered: importing this puts each among COUNTS."""

from insight.slow_counts import (  # noqa: F401
    assessment,
    care,
    conferences,
    decisions,
    distance,
    front_door,
    home,
    investigation,
    leaving,
    missing,
    permanence,
    protection,
    reviews_and_health,
    siblings,
    workers,
)
from insight.slow_counts.counting import COUNTS, Counted, count

__all__ = ["COUNTS", "Counted", "count"]
