"""The six findings of a place, and what stands out: its case for change."""

from collections.abc import Callable
from dataclasses import dataclass

from kith.insight.case.finding import Finding, Largest, Worry
from kith.insight.case.findings import (
    carers,
    children_in_care,
    close_to_home,
    fair_to_all,
    help_and_investigation,
    same_worker,
)
from kith.insight.case.largest import largest
from kith.insight.case.look import Look
from kith.insight.case.standing_out import MOST_WORRIES, worries
from kith.insight.indicator import Indicator

FINDINGS: tuple[Callable[[Look], Finding], ...] = (
    help_and_investigation.finding,
    children_in_care.finding,
    close_to_home.finding,
    same_worker.finding,
    carers.finding,
    fair_to_all.finding,
)
_MODULES = (help_and_investigation, children_in_care, close_to_home, same_worker, carers, fair_to_all)
BREAKDOWNS_NEEDED = ("age", "kind", "ethnicity", "fifth")
MONTHS_NEEDED = 24  # looked back over, to tell a change from the ordinary up and down
SHOULD_BE_SMALL = (
    "children_parted_from_brothers_and_sisters",
    "children_placed_over_20_miles_from_home",
    "children_with_three_or_more_placements",
    "children_with_three_or_more_social_workers",
)
"""The shares of the findings of which less is better, each told in one of them."""
NOTHING = "Nothing here stands out from its own past or from England."


@dataclass(frozen=True)
class CaseForChange:
    """The findings in the order of the page; what there is to worry about, at most three, often nothing; and
    as many of the largest shares that should be small as make it three.
    """

    findings: tuple[Finding, ...]
    worries: tuple[Worry, ...]
    largest: tuple[Largest, ...] = ()

    @property
    def not_known(self) -> tuple[str, ...]:
        """The titles of the findings of which nothing can be told."""
        return tuple(finding.title for finding in self.findings if not finding.is_held)


def case_for_change(look: Look) -> CaseForChange:
    """The case for change of the place and period looked at."""
    findings = tuple(finding(look) for finding in FINDINGS)
    worried = worries(look, indicators_needed())
    named = {worry.indicator for worry in worried}
    others = [name for name in SHOULD_BE_SMALL if name not in named]
    return CaseForChange(findings, worried, largest(look, others, MOST_WORRIES - len(worried)))


def indicators_needed() -> tuple[str, ...]:
    """The ids of every indicator that the findings are told from, each once."""
    named = (name for module in _MODULES for name in module.INDICATORS)
    return tuple(dict.fromkeys((*named, "where_children_in_care_live")))


def is_needed_by_month(indicator: Indicator) -> bool:
    """Whether its months are looked at for a change: those of a share of which more or less is better."""
    return indicator.measure == "share" and indicator.way != "neither"
