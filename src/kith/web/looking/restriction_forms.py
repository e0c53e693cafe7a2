"""What is asked when a record is kept from others: why, by whom, who may see it, until when."""

from collections.abc import Iterable
from typing import Any

from django import forms

from kith.record.access.models import Restriction
from kith.record.people.models import Role, User
from kith.record.people.queries import holders_of
from kith.web.staff.forms import CHOOSE, reason
from kith.web.task_pages.fields import day


class OneWorker(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who works here, by name; two of one name are told apart by their address."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.email})"


def _until(help_text: str) -> forms.DateField:
    until = day("Until", "")
    until.required, until.help_text = False, f"{help_text} For example, 3/3/2026."
    return until


class RestrictForm(forms.Form):
    """Why only some people may open the record, who keeps it, and who may go on seeing it."""

    kind = forms.ChoiceField(
        label="Why is it kept from others?",
        choices=Restriction.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is kept from others"},
    )
    reason = reason("Say more", "Its custodian and those who may see the record read this.")
    custodian = OneWorker(
        queryset=User.objects.none(),
        label="Custodian",
        help_text="They say who may see the record, and hear at once when a search meets it.",
        empty_label=CHOOSE[1],
        error_messages={"required": "Choose a custodian"},
    )
    allowed = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label="Who works with them now, and may go on seeing the record?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ends_on = _until("Leave it empty, and it holds until its custodian lifts it.")

    def __init__(self, *args: Any, working: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        custodians = holders_of([Role.CUSTODIAN]).order_by("name")
        self.fields["custodian"].queryset = custodians  # type: ignore[attr-defined]
        working_with = User.objects.filter(pk__in=[user.pk for user in working]).order_by("name")
        if working_with:
            self.fields["allowed"].queryset = working_with  # type: ignore[attr-defined]
        else:
            del self.fields["allowed"]


class KeepApartForm(forms.Form):
    """Which worker may not see the record, and why: it is their own, their family's, a neighbour's."""

    user = OneWorker(
        queryset=User.objects.none(),
        label="Worker",
        empty_label=CHOOSE[1],
        error_messages={"required": "Choose the worker"},
    )
    because = reason("Why may they not see it?", "For example: her sister’s child.")
    ends_on = _until("Leave it empty, and it holds until somebody ends it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]


class AllowForm(forms.Form):
    """Who else may see a restricted record."""

    user = OneWorker(
        queryset=User.objects.none(),
        label="Allow somebody to see this record",
        empty_label=CHOOSE[1],
        error_messages={"required": "Choose somebody"},
    )

    def __init__(self, *args: Any, but: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(pk__in=[user.pk for user in but])
        self.fields["user"].queryset = others.order_by("name")  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why a restriction is lifted, or a worker may see a record again."""

    because = reason("Why does it end?")
