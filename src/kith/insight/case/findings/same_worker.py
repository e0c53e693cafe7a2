"""The same worker: do children know who their social worker is, and for how long?"""

from kith.insight.case.finding import Chart, Finding
from kith.insight.case.look import Look
from kith.insight.case.words import ranged, short, since, some, why_not

INDICATORS = (
    "months_with_the_same_social_worker",
    "children_with_three_or_more_social_workers",
    "social_worker_changes",
    "why_social_workers_changed",
)


def finding(look: Look) -> Finding:
    """How long children have had their worker, and how many had three or more in a year."""
    months, three = look.of(INDICATORS[0]), look.of("children_with_three_or_more_social_workers")
    changes = look.of("social_worker_changes")
    return Finding(
        id="same_worker",
        title="The same worker",
        question="Do children in care keep the same social worker?",
        sentences=some(
            f"Half of children in care have had the same social worker for {ranged(months)} or more."
            if months.is_told
            else "",
            f"{ranged(three)} had three or more in the year." if three.is_told else "",
            since(look, "children_with_three_or_more_social_workers"),
            f"A child had {short(changes)} changes of worker on average." if changes.is_told else "",
        ),
        beside=(),
        unknown=(*why_not([months, three, changes]), "How often they met, and how well it went."),
        caution="A new structure of teams can look like many changes of worker.",
        charts=(
            Chart("children_with_three_or_more_social_workers", "share"),
            Chart("why_social_workers_changed", "share", "kind"),
        ),
        indicators=INDICATORS,
        is_held=months.is_told or three.is_told,
    )
