"""The forms of the team around a family, and of who leads."""

from collections.abc import Iterable
from typing import Any

from kith.web.help.forms.fields import line
from kith.web.task_pages.forms import TaskForm, choice, day


class TeamMemberForm(TaskForm):
    """Somebody of the team around the family."""

    name = line("Name", "Write the name")
    does_what = line("What do they do for the family?", longest=300)
    phone = line("Phone", longest=40)


class LeftTeamForm(TaskForm):
    """The day on which somebody's part in the team ended."""

    on = day("When did their part end?", "Write when their part ended", is_filled=True)


class LeadForm(TaskForm):
    """Who leads the help for a family."""

    on = day("From", "Write from when", is_filled=True)

    def __init__(self, *args: Any, workers: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker = choice("Who leads?", [(str(pk), name) for pk, name in workers], "Choose who leads")
        self.fields = {"worker": worker, **self.fields}
