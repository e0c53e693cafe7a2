"""What is asked for a check: a return of the record, or files and what to check them with."""

from typing import Any

from django import forms

from kith.record.extract.queries import years_held
from kith.record.people.queries import authorities_known
from kith.standards.years import CALLED, year_from, year_label
from kith.web.returns.forms import ManyFiles, ManyFilesInput


class CheckRecordForm(forms.Form):
    """Which return of the live record to check."""

    use_required_attribute = False

    which = forms.ChoiceField(label="The return", error_messages={"required": "Choose a return"})
    authority = forms.ChoiceField(label="The authority", error_messages={"required": "Choose an authority"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{kind}:{year}", f"{CALLED[kind]} {year_label(year)}")
            for kind in CALLED
            for year in years_held(kind)  # type: ignore[arg-type]
        ]
        codes = authorities_known()
        self.fields["which"].choices = choices  # type: ignore[attr-defined]
        self.fields["authority"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]


class CheckFilesForm(forms.Form):
    """The files of a return to check, and what to check them with."""

    use_required_attribute = False

    chosen = ManyFiles(
        label="Files",
        help_text="CSV or XML files of one return, or a zip; last year’s files may be with them. "
        "They are checked and not kept.",
        widget=ManyFilesInput,
    )
    providers = forms.FileField(
        label="Ofsted’s list of providers", required=False, help_text="A workbook (xlsx), if you have it."
    )
    authority = forms.CharField(
        label="The authority’s code", max_length=9, widget=forms.TextInput(attrs={"class": "kith-short"})
    )
    year = forms.CharField(
        label="Year",
        required=False,
        help_text="Leave it empty, and Kith reads it off the dates.",
        widget=forms.TextInput(attrs={"class": "kith-short"}),
    )

    def clean_year(self) -> int | None:
        """The END year, or None."""
        text = self.cleaned_data["year"]
        try:
            return year_from(text) if text else None
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean_chosen(self) -> list[Any]:
        """The files, at least one."""
        if not self.cleaned_data["chosen"]:
            raise forms.ValidationError("Choose the files of a return")
        files: list[Any] = self.cleaned_data["chosen"]
        return files
