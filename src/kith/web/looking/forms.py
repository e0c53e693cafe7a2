"""Forms for opening a record without a working relationship, and for saying whether that was right."""

from typing import Any

from django import forms

from kith.record.access.services import LONGEST_HOURS


class BreakGlassForm(forms.Form):
    """Why, and for how long. Neither is filled in beforehand (decision 0013)."""

    reason = forms.CharField(
        label="Why do you need to open this record?",
        help_text="A manager reads this. For example: police have brought the child to the station.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why you need to open this record"},
    )
    hours = forms.IntegerField(
        label="For how many hours?",
        help_text=f"It closes by itself. At most {LONGEST_HOURS}.",
        min_value=1,
        max_value=LONGEST_HOURS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Write for how many hours",
            "invalid": "Write the hours as a whole number, such as 2",
            "min_value": "At least 1 hour",
            "max_value": f"At most {LONGEST_HOURS} hours; you can ask again after that",
        },
    )
    with_family = forms.BooleanField(
        label="This reason holds for the other children of the family and the home too",
        help_text="Their records open with it, each look written down for each. One kept back stays closed.",
        required=False,
    )


class ReviewGlassForm(forms.Form):
    """Was it right to open the record? Nothing is chosen beforehand."""

    was_right = forms.TypedChoiceField(
        label="Was it right to open this record?",
        choices=[("yes", "Yes, the reason holds"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was right"},
    )
    note = forms.CharField(
        label="What you found",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what you found"},
    )
    for_all = forms.BooleanField(label="The same holds for the others named above", required=False)

    def __init__(self, *args: Any, has_others: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_others:
            del self.fields["for_all"]


class AnswerMatchForm(forms.Form):
    """What a custodian tells somebody whose search met a record they keep. They read it as a message."""

    answer = forms.CharField(
        label="What you tell them",
        help_text="Ring first. Say here only what may be read: for example, “I rang you at 14:10.”",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write what you tell them"},
    )
