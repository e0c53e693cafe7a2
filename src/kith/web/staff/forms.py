"""What an administrator is asked: who comes, which role and team, from when, and why somebody goes."""

from typing import Any

from django import forms

from kith.record.people.models import Role, Team
from kith.record.people.queries import teams_of_staff
from kith.web.task_pages.fields import day

CHOOSE = ("", "Choose")


def reason(label: str, help_text: str = "") -> forms.CharField:
    """A field for a reason that is kept in the audit."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write why"},
    )


def role() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Role",
        choices=[CHOOSE, *Role.choices],
        error_messages={"required": "Choose a role"},
    )


class TeamField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A team that staff may be in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Team.objects.none(),
            label="Team",
            empty_label=CHOOSE[1],
            error_messages={"required": "Choose a team"},
            **options,
        )


class WithTeam(forms.Form):
    """A form that asks for a team, and whether they manage it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_of_staff()  # type: ignore[attr-defined]


class AddWorkerForm(WithTeam):
    """Somebody new: how they sign in, what they are here to do, and with whom."""

    name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Write their name"})
    email = forms.EmailField(
        label="Email address",
        help_text="They sign in with it.",
        error_messages={"required": "Write their email address", "invalid": "Write a whole email address"},
    )
    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=30,
        help_text="Others see it beside the children they work with.",
    )
    registration_number = forms.CharField(label="Social Work England number", required=False, max_length=12)
    role = role()
    started_on = day("From", "Write the day from which they hold the role")
    team = TeamField(required=False)
    is_manager = forms.BooleanField(label="They manage this team", required=False)


class GiveRoleForm(forms.Form):
    role = role()
    started_on = day("From", "Write the day from which they hold the role")


class EndForm(forms.Form):
    on = day("From which day no longer?", "Write the day")


class TeamForm(WithTeam):
    """Into a team, or out of one and into another."""

    team = TeamField()
    on = day("From", "Write the day")
    is_manager = forms.BooleanField(label="They manage this team", required=False)


class ReasonForm(forms.Form):
    because = reason("Why?", "Kept in the audit. For example: left on 31 March.")


class MakeTeamForm(forms.Form):
    name = forms.CharField(
        label="Name of the team", max_length=100, error_messages={"required": "Write the name of the team"}
    )
    kind = forms.ChoiceField(
        label="What the team does",
        required=False,
        choices=[CHOOSE, *Team.Kind.choices],
        help_text="Urgent messages go to the managers of the front door, and out of hours to theirs.",
    )
    phone = forms.CharField(label="Phone", required=False, max_length=30)
