"""In My work: families that wait for an answer, and what somebody has taken on in a plan."""

from typing import Any

from kith.record.access.looking import show_names
from kith.record.access.permissions import Level, accesses
from kith.record.clocks.queries import clocks_about
from kith.record.help.queries import requests_waiting
from kith.record.planning.queries import actions_due_for
from kith.web.my_work import THIS_WEEK
from kith.web.sections import Section

TABLE = "help.helprequest"


def _waiting(work: Any) -> dict[str, Any] | None:
    """Families that asked for help and wait, where this person answers them."""
    if not work.may("answer_help_requests"):
        return None
    waiting = list(requests_waiting()[:10])
    lines = {
        line.fact_thread: line for line in clocks_about(TABLE, [one.thread for one in waiting], work.now)
    }
    due = [(one, lines[one.thread]) for one in waiting if lines[one.thread].is_open]
    return {"waiting": due} if due else None


def _taken_on(work: Any) -> dict[str, Any] | None:
    """What this person said in a plan that they would do, until the end of the week."""
    due = actions_due_for(work.user, work.today, until=work.today + THIS_WEEK)
    ids = {pk for one in due for pk in one.person_ids}
    if not ids:
        return None
    seen = accesses(work.user, ids)
    may = {pk for pk, access in seen.items() if access.level is Level.RECORD}
    named = show_names(work.user, may, where="what is to be done in plans")
    shown = [
        (one, [named[pk] for pk in one.person_ids if pk in named], one.is_overdue(work.today))
        for one in due
        if may.issuperset(one.person_ids)
    ]
    return {"actions": shown} if shown else None


SECTIONS = (
    Section("kith/help/on_my_work.html", _waiting, 35),
    Section("kith/plan/on_my_work.html", _taken_on, 45),
)
