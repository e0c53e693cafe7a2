"""What a decision at the front door holds of one child alone, taken for all of them together."""

from django.urls import reverse
from django.utils import timezone

from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.queries import concerned_by
from kith.record.frontdoor.services import Named
from kith.record.pathway.deciding_contacts import ForChild, decide_contact


def fill(siblings):
    """One message about all the children, decided with a secret word in each field of each child."""
    family, children = siblings.family, siblings.children
    message = frontdoor.write_message(
        children=[Named(person=child, given_names=_called(siblings, child)) for child in children],
        what_was_said="All of them were at home.",
        way="phone",
        source="2A",
        received_at=timezone.now(),
        by=family.worker,
    )
    rows = concerned_by([message.thread])[message.thread]
    own = {
        row.thread: ForChild(
            reason=siblings.secret(row.person, "why for this child"),
            child_said=siblings.secret(row.person, "what the child said of it"),
        )
        for row in rows
    }
    decide_contact(
        message=message,
        decision="existing",
        threshold="3",
        reason="It is added to the work that is open.",
        consent_position="agree",
        lawful_basis="help",
        by=family.manager,
        children=own,
    )
    frontdoor.give_section_17_help(message=message, kind="food", by=family.manager)
    for child in children:
        frontdoor.read_message(
            message=message,
            child=child,
            what_next=siblings.secret(child, "what the worker will do"),
            by=family.worker,
        )
        siblings.page(child, reverse("say_need", args=[child.pk]))


def _called(siblings, child):
    """The name a message used for a child: only the message's own page shows it, which is about them all."""
    return siblings.secret(child, "name as it was told", is_shown=False)
