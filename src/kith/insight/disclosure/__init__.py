"""What may leave: rounding, and keeping back what is small or would give away what is (decision 20)."""

from kith.insight.disclosure.attack import Narrow, audit
from kith.insight.disclosure.audience import (
    INSIDE,
    PARTNERS,
    PUBLIC,
    Audience,
    NoSuchAudience,
    audience_called,
)
from kith.insight.disclosure.fixed_periods import NotForThisAudience, kind_of_period
from kith.insight.disclosure.release import Ranges, Released, release, what_was_done
from kith.insight.disclosure.releases import Declared, NoSuchRelease, part, release_all, releases_on
from kith.insight.disclosure.sums import Sum, declared_sums

__all__ = [
    "INSIDE",
    "PARTNERS",
    "PUBLIC",
    "Audience",
    "Declared",
    "Narrow",
    "NoSuchAudience",
    "NoSuchRelease",
    "NotForThisAudience",
    "Ranges",
    "Released",
    "Sum",
    "audience_called",
    "audit",
    "declared_sums",
    "kind_of_period",
    "part",
    "release",
    "release_all",
    "releases_on",
    "what_was_done",
]
