"""What is said of one child alone in family help and in plans: their words, their needs, their own lines."""

from django.urls import reverse
from django.utils import timezone

from kith.record.help import services as help_room
from kith.record.planning import services as planning


def fill(siblings):
    """One secret word for each of these of each child, in one family's help and one plan for them all."""
    by, today = siblings.family.worker, timezone.localdate()
    help = help_room.begin_help(
        people=siblings.children, basis="voluntary", agreed_by="Grace, their mum", agreed_how="visit", by=by
    )
    plan = help_room.agree_plan(
        help=help, goal="All sleep", action="Beds", owner_in_words="Grace", due_on=None, by=by
    )
    for child in siblings.children:
        help_room.write_childs_view(
            help=help, person=child, on=today, by=by, own_words=siblings.secret(child, "own words in help")
        )
        help_room.write_childs_view(
            help=help,
            person=child,
            on=today,
            by=by,
            not_asked_because=siblings.secret(child, "why not asked"),
        )
        help_room.add_need(
            help=help, kind="health", only_for=child, by=by,
            in_words=siblings.secret(child, "own need", is_shown=False),
        )  # fmt: skip
        goal = planning.set_goal(plan=plan, what=siblings.secret(child, "own goal"), only_for=child, by=by)
        planning.add_action(plan=plan, goal=goal, what=siblings.secret(child, "own action"), owner=by, by=by)
        siblings.page(child, reverse("letter", args=[child.pk, "plan", plan.thread]))
        step = help_room.ask_step_up(
            help=help, people=[child], was_family_told=True, by=by,
            what_has_changed=siblings.secret(child, "why more help", is_shown=False),
        )  # fmt: skip
        assert step.pk
