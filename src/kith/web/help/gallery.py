"""A plan, in every state. Everybody here is invented."""

from datetime import date, timedelta
from typing import Any

from kith.record.planning.models import Goal, Plan, PlanAction, PlanKind
from kith.record.planning.queries import GoalShown, PlanShown


def examples(today: date) -> dict[str, Any]:
    """What the gallery shows of this piece."""
    plan = Plan(kind=PlanKind.FAMILY_HELP, started_on=today - timedelta(weeks=4))
    week = timedelta(weeks=1)
    sleep = [
        PlanAction(what="Get a second bed", owner_in_words="Sal, their mum", due_on=today + week),
        PlanAction(what="Ring the landlord", owner_in_words="Ada Osei", due_on=today - week),
        PlanAction(what="Mend the lamp", owner_in_words="Nan", done_on=today - week),
        PlanAction(what="Borrow a cot", owner_in_words="Nan", not_needed_because="The bed comes"),
    ]
    goals = [
        GoalShown(Goal(what="Everybody sleeps at night"), sleep),
        GoalShown(Goal(what="Amira goes to breakfast club", reached_on=today), []),
        GoalShown(Goal(what="A garden", set_aside_because="They moved to a flat"), []),
        GoalShown(None, [PlanAction(what="Write to the school", owner_in_words="Ada Osei")]),
    ]
    return {"plan": PlanShown(plan, [], goals), "empty": PlanShown(plan, []), "today": today}
