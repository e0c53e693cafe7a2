"""What is sent to a page of help and read on it, and the lines of a plan."""

from django.urls import reverse

from kith.record.planning import queries as plans

NO_BED = "One bed for three"


def sent(client, who, page, about, /, **said):
    """Send a form as `who`; the answer itself, not the page it leads to."""
    client.force_login(who)
    return client.post(reverse(page, args=[about] if about else []), said)


def read(client, who, page, about=None, /, **query):
    """A page as `who` gets it."""
    client.force_login(who)
    return client.get(reverse(page, args=[about] if about else []), query)


def lines_of(plan):
    """The first goal of a plan, and the actions under it."""
    (each, *_) = plans.shown(plan, []).goals
    return each.goal, each.actions
