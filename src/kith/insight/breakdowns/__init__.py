"""The ways in which a figure can be broken down: each gives the group that every counted row is in."""

from kith.insight.breakdowns.breakdowns import BREAKDOWNS, Breakdown, NoSuchBreakdown, breakdown_called
from kith.insight.breakdowns.people import NOT_KNOWN

__all__ = ["BREAKDOWNS", "NOT_KNOWN", "Breakdown", "NoSuchBreakdown", "breakdown_called"]
