"""Who is asked from which agency, and the form that says which took part, and who came from each."""

from typing import Any

from django import forms

from kith.web.task_pages.forms import TaskForm, ticks

# Who takes part in a strategy discussion, in the words of practice; codes of `agency_types`.
TAKE_PART = (
    ("police", "Police"),
    ("nhs_provider", "Health: hospital or clinic"),
    ("gp", "Health: family doctor"),
    ("health_visiting", "Health: health visitor or school nurse"),
    ("midwifery", "Health: midwife"),
    ("camhs", "Health: children’s mental health"),
    ("school", "School or college"),
    ("early_years", "Nursery or child minder"),
    ("la_housing", "Housing"),
    ("domestic_abuse", "Domestic abuse service"),
    ("probation", "Probation"),
    ("legal", "Legal"),
)
COMES_AS = (("", "Family, or no agency"), ("la_csc", "Children’s social care"), *TAKE_PART)


def _who_came(agency: str) -> str:
    """What the form calls the name of who came from an agency."""
    return f"who-{agency}"


def _names_of_who_came() -> dict[str, forms.Field]:
    """A name for each agency; beside its box, so that the box alone says its agency in full."""
    return {
        _who_came(agency): forms.CharField(
            label=f"Who came ({said.rpartition(': ')[2]})", required=False, max_length=200,
            widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": " "}),
        )
        for agency, said in TAKE_PART
    }  # fmt: skip


class WhoCameForm(TaskForm):
    """Each agency that took part, with the name of who came from it; a name alone says that it came."""

    took_part = ticks(
        "Who took part, beside children’s social care?", TAKE_PART, "Choose each agency that took part"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_names_of_who_came())

    def clean(self) -> dict[str, Any]:
        """The answers, with `took_part` as the record keeps it: an agency and who spoke for it, each once."""
        told = super().clean() or self.cleaned_data
        ticked = told.get("took_part", [])
        names = {agency: told.pop(_who_came(agency), "").strip() for agency, _ in TAKE_PART}
        told["took_part"] = [
            {"agency": agency, "who": who} for agency, who in names.items() if who or agency in ticked
        ]
        if told["took_part"] and "took_part" in self.errors:
            del self.errors["took_part"]
        return told

    def agencies(self) -> list[tuple[Any, Any]]:
        """The box of each agency, with the field for the name beside it."""
        boxes = zip(self["took_part"].subwidgets, TAKE_PART, strict=True)
        return [(box, self[_who_came(agency)]) for box, (agency, _) in boxes]
