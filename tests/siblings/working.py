"""What is said of one child alone as they are handed over, and why something of theirs is late."""

from django.utils import timezone

from kith.record.clocks.queries import due_for_people
from kith.record.workload import services


def fill(siblings):
    """One secret word in each line that goes with a child, and in each reason of something due."""
    by = siblings.family.worker
    for child in siblings.children:
        services.write_handover(
            child=child,
            to=siblings.family.manager,
            handed_by=by,
            by=by,
            on=siblings.family.today,
            what_matters=siblings.secret(child, "what matters to the child"),
            promised=siblings.secret(child, "what was promised"),
            comes_next=siblings.secret(child, "what comes next"),
            family_told_by=siblings.secret(child, "who told the family"),
            family_told_on=siblings.family.today,
        )
        for line in due_for_people([child.pk], timezone.now())[:1]:
            services.say_why_late(lines=[line], because=siblings.secret(child, "why it is late"), by=by)
            services.put_aside(
                lines=[line],
                because=siblings.secret(child, "why it is not needed"),
                by=siblings.family.manager,
            )
