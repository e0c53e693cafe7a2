"""The pieces of a task's page in every state. Everybody here is invented."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from kith.web.task_pages.clashing import Clash, Line, Taken
from kith.web.task_pages.forms import PerChild, TaskForm, choice, day, moment, ticks, words, yes_no

SEEN = (("alone", "Seen alone"), ("not_alone", "Seen, not alone"), ("not_seen", "Not seen"))
WHO = ["Family or friend", "Child or young person", "School", "Health", "Police", "Housing", "Council"]
TOLD_US = [(who.lower(), who) for who in [*WHO, "Another area", "Someone else", "A charity", "A court"]]


class VisitForm(TaskForm):
    """Every kind of field, as a visit would ask them; never saved."""

    when = moment("When", is_filled=True)
    told = choice("Who told us?", TOLD_US, "Choose who told us")
    children = ticks(
        "Which children?", [(1, "Amira"), (2, "Yusuf"), (3, "Sana")], "Choose the children", with_all=True
    )
    joint = yes_no("Was it a joint visit?")
    how = choice("How?", [("there", "In person"), ("video", "By video")], across=True)
    each = PerChild(
        "Each child",
        for_all="seen",
        seen=choice("Was {name} seen?", SEEN, "Choose whether {name} was seen"),
        own_words=words("{name}’s own words", rows=2),
        private=words("Only for {name}’s record", rows=2),
    )
    what = words("What happened?", "Write what happened", rows=3)
    again_on = day("Next visit")


class NightForm(TaskForm):
    """A moment that came twice."""

    at = moment("When was it?", "Write when it was")


def examples(today: date) -> dict[str, Any]:
    """What the gallery shows of these pieces."""
    children = [
        _child(1, "Amira Khan", today, 7),
        _child(2, "Yusuf Khan", today, 5),
        _child(3, "Sana Khan", today, 2),
    ]
    alike = [_child(4, "Sam Lee", today, 9), _child(5, "Sam Lee", today, 4)]
    sent = VisitForm(
        {"told": "a court", "joint": "no", "each-1-seen": "alone", "again_on": "31/31/2026"},
        children=children,
        auto_id="sent-%s",
    )
    night = NightForm({"at_day": "25/10/2026", "at_time": "01:30"}, auto_id="night-%s")
    for form in (sent, night):
        form.is_valid()
    return {
        "empty": VisitForm(children=children, auto_id="empty-%s"),
        "sent": sent,
        "night": night,
        "alike": VisitForm(children=alike, auto_id="alike-%s"),
        "clocks": [
            SimpleNamespace(
                what="Decide about the contact", words="Due today, by 17:00", is_late=False, is_open=True
            ),
            SimpleNamespace(
                what="Strategy discussion", words="Was due Tue 3 Mar 2026", is_late=True, is_open=True
            ),
            SimpleNamespace(what="Visit", words="Met Mon 2 Mar 2026", is_late=False, is_open=False),
        ],
        "clash": _clash(),
        "nothing_to_pick": Clash("Sade Bankole saved this at 14:03.", [], [], [], "{}", is_gone=False),
        "gone": Clash(
            "Sade Bankole saved this at 14:03.", [], [], [("what", "He rang.")], "{}", is_gone=True
        ),
    }


def _clash() -> Clash:
    words_of_both = Line(
        "what", "What happened?", "She was at home.", "She was at home with her aunt.",
        "She was at home.\n\nHer mother rang at four.", True, [],
    )  # fmt: skip
    choice_of_both = Line("how", "How?", "Nothing", "In person", "By video", False, [])
    taken = Taken("Next visit", "3/3/2026", "10/3/2026")
    said = "Sade Bankole saved this at 14:03 on 3 Mar, after you opened it."
    return Clash(said, [words_of_both, choice_of_both], [taken], [], "{}", is_gone=False, missing=True)


def _child(pk: int, name: str, today: date, years: int) -> SimpleNamespace:
    return SimpleNamespace(person_id=pk, name=name, date_of_birth=today - timedelta(days=years * 366))
