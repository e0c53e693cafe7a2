"""The case for change: six findings about a place, and at most three things to worry about."""

from kith.insight.case.case import CaseForChange, case_for_change, indicators_needed
from kith.insight.case.finding import Finding, Worry
from kith.insight.case.look import England, Look

__all__ = [
    "CaseForChange",
    "England",
    "Finding",
    "Look",
    "Worry",
    "case_for_change",
    "indicators_needed",
]
