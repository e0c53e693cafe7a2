"""What is asked of somebody who brings returns in, takes an import out again, or sends a return."""

import json
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator

from kith.standards.years import year_from, year_label

Sent: TypeAlias = "UploadedFile[Any]"
FIRST_YEAR, LAST_YEAR = 1992, 2100  # the first SSDA903 of today's kind was of 1991-92


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files at once, or none; an empty file is let through, to be named beside the others."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Sent]:
        return [one for one in data or [] if one is not None]


class BringInForm(forms.Form):
    """The files of returns, and whose they are. `sent` gives each file with its name and folders."""

    use_required_attribute = False  # files or a folder

    chosen = ManyFiles(
        label="Files",
        help_text="CSV or XML files of the SSDA903 or the CIN census, one or many, or a zip of them. "
        "Several years may come at once.",
    )
    folder = ManyFiles(
        label="Or a whole folder",
        help_text="Everything in it is sent; what holds no return is left alone.",
        widget=ManyFilesInput(attrs={"webkitdirectory": True, "data-paths": "id_paths"}),
    )
    paths = forms.CharField(required=False, widget=forms.HiddenInput)
    authority = forms.CharField(
        label="The authority’s code",
        help_text="Three digits. Children’s ids are kept as this authority’s.",
        validators=[
            RegexValidator(r"^[0-9]{3}\Z", "Write the authority’s code as three digits, such as 999")
        ],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "kith-short"}),
        error_messages={"required": "Write the authority’s code, three digits"},
    )
    year = forms.CharField(
        label="Year",
        required=False,
        help_text="Leave it empty, and Kith reads it off the dates. Where they mislead, write it: "
        '<span class="kith-together">2018-19</span>.',
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "kith-short"}),
    )

    def clean_year(self) -> int | None:
        text = self.cleaned_data["year"]
        if not text:
            return None
        try:
            year = year_from(text)
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(
                f"Write a year from {year_label(FIRST_YEAR)} on, such as 2018-19, or leave it empty"
            )
        return year

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("chosen") and not self.cleaned_data.get("folder"):
            self.add_error("chosen", "Choose the files of a return, or a zip of them")
        return self.cleaned_data

    def sent(self) -> list[tuple[str, Sent]]:
        """Each file by its name, those of a folder with the path that the browser told."""
        files, folder = self.cleaned_data["chosen"], self.cleaned_data["folder"]
        names = _paths(self.cleaned_data["paths"], len(folder)) or [file.name for file in folder]
        return [*((file.name, file) for file in files), *zip(names, folder, strict=True)]


def _paths(text: str, count: int) -> list[str]:
    """The paths that a script sent beside a folder's files; empty where they do not fit the files."""
    try:
        paths = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    fits = isinstance(paths, list) and len(paths) == count and all(isinstance(one, str) for one in paths)
    return paths if fits else []


class UndoForm(forms.Form):
    """Why an import is taken out again."""

    reason = forms.CharField(
        label="Why is this import undone?",
        help_text="Others will read it. For example: the files of the wrong authority.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why this import is undone"},
    )


class ChooseReturnForm(forms.Form):
    """Which return is to be sent; nothing is chosen beforehand but the only authority there is."""

    which = forms.ChoiceField(
        label="Which return?", error_messages={"required": "Choose a return and its year"}
    )
    authority = forms.ChoiceField(
        label="Which authority’s children?", error_messages={"required": "Choose an authority"}
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], authorities: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [("", "Choose"), *((code, code) for code in authorities)]  # type: ignore[attr-defined]
        if len(authorities) == 1:
            self.fields["authority"].initial = authorities[0]

    def clean_which(self) -> tuple[str, int]:
        kind, _, year = self.cleaned_data["which"].partition(":")
        return kind, int(year)


class SendForm(ChooseReturnForm):
    """The return, why it is taken out of the record, and in which form."""

    form = forms.ChoiceField(
        label="As what?",
        widget=forms.RadioSelect,
        choices=[("csv", "A zip of CSV files"), ("xml", "One XML file")],
        error_messages={"required": "Choose CSV files or XML"},
    )
    reason = forms.CharField(
        label="Why is it taken out?",
        help_text="Kept with your name in the audit. For example: for the department’s collection.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write why the return is taken out of the record"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("which", "authority"):
            self.fields[name].widget = forms.HiddenInput()

    def only_xml(self) -> None:
        """A census is sent as XML; there is no choice to make."""
        self.fields["form"].widget = forms.HiddenInput()
        self.fields["form"].initial = "xml"
