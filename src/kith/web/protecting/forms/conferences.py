"""The forms of a conference that is planned: its day, its chair, those who are asked, their reports."""

from collections.abc import Sequence

from django import forms

from kith.record.people.models import SafeContact
from kith.web.protecting.forms.agencies import COMES_AS
from kith.web.task_pages.forms import TaskForm, choice, day, moment, words, yes_no

SENT_BY = (
    (SafeContact.Way.IN_PERSON.value, "Handed over"),
    (SafeContact.Way.LETTER.value, "By post"),
    (SafeContact.Way.EMAIL.value, "By email"),
)


class MoveForm(TaskForm):
    """Moving a conference."""

    planned_for = moment("The new day and time", "Write the new day and time")
    because = words("Why does it move?", "Say why it moves", rows=2)
    safe_until_then = words(
        "What keeps the children safe until then?", "Say what keeps the children safe until then", rows=3
    )


def name_chair_form(chairs: Sequence[tuple[str, str]]) -> type[TaskForm]:
    """Who holds a conference: one of those who are independent of its children."""

    class NameChairForm(TaskForm):
        chair = choice("Who chairs it?", chairs, "Choose who chairs it")

    return NameChairForm


class CallOffForm(TaskForm):
    because = words("Why is it called off?", "Say why it is called off", rows=3)


class AskForm(TaskForm):
    """One more person to be asked."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write their name"})
    job = forms.CharField(label="Their work, or who they are to the children", required=False, max_length=100)
    agency = choice("From where?", COMES_AS[1:])
    is_report_wanted = yes_no("Is a report asked of them?")


class InvitedForm(TaskForm):
    """What happened with one person who is asked."""

    told_on = day("When were they told in person?")
    told_by = forms.CharField(label="Who told them?", required=False, max_length=150)
    apart = forms.CharField(
        label="If they must not meet somebody: how do they come?", required=False, max_length=300
    )
    invited_on = day("When did the invitation go?")
    invited_how = choice("How did it go?", SENT_BY)
    although = words("If it is not known to be safe for them: why does it go all the same?", rows=2)
    report_received_on = day("When did their report come?")
    report_shared_on = day("When was it shared with the family?")
    report_shared_how = forms.CharField(
        label="With whom, and in which language?", required=False, max_length=300
    )


class ReportForm(TaskForm):
    report = words("Your report for the conference", "Write your report", rows=12, longest=100_000)
