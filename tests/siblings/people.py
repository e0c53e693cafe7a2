"""What is said of one child alone among the people on record: their details, and a home kept hidden."""

from kith.record.people import services as people


def fill(siblings):
    """One secret word for each of these fields of each child."""
    by = siblings.family.worker
    for child in siblings.children:
        people.correct_details(
            child,
            by=by,
            because="Told by the child",
            know_before_ringing=siblings.secret(child, "know before ringing"),
            likes_to_be_called=siblings.secret(child, "likes to be called"),
            first_language=siblings.secret(child, "first language"),
        )
        people.live_at(
            child,
            by=siblings.family.manager,
            lines=siblings.secret(child, "address kept hidden", is_shown=False),
            postcode="NB1 4AA",
            is_confidential=True,
            started_on=siblings.family.ago(20),
        )
