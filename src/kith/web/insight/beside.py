"""What figures are compared with: what is there, since when, and giving a file of it."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kith.dataset.readers.files import CannotRead
from kith.insight.lookups import BadLookup
from kith.record.documents.scanning import NotScannedClean
from kith.record.figures import comparisons
from kith.record.figures.comparisons import KINDS, MEGABYTE
from kith.record.importer.jobs import check_clean_or_tell, safe_name
from kith.record.people.models import User
from kith.record.people.queries import authorities_known
from kith.web.returns.uploads import bounded
from kith.web.returns.views import names_of
from kith.web.who_may import power, user_of

WHAT_EACH_IS = {
    "populations": (
        "One line for each year: authority, year (2026 for 2025-26) and children, those aged 0 to 17. For "
        "groups, more lines with breakdown (ethnicity or deprivation) and group."
    ),
    "areas": (
        "One line for each postcode, or the first part of one: postcode, area, and decile (1 is the most "
        "deprived tenth)."
    ),
    "neighbours": "The DfE’s list of statistical neighbours, or lines of authority and neighbour.",
    "published": "A CSV file of Explore Education Statistics, as it was downloaded.",
}
MISSING = {
    "populations": "Without it, no rate for every 10,000 children can be told.",
    "areas": "Without it, nothing can be told by area or by how deprived an area is.",
    "neighbours": "Without it, figures stand beside England and the region alone.",
    "published": "Without it, England’s figures end with 2019-20.",
}


class GiveForm(forms.Form):
    """What a file is of, and the file."""

    use_required_attribute = False

    what = forms.ChoiceField(
        label="What is it?",
        choices=[(kind.name, kind.title) for kind in KINDS.values()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the file is of"},
    )
    file = forms.FileField(
        label="The file",
        help_text="A CSV file, at most 10 MB; of neighbours 1 MB, and of England’s figures 50 MB.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Save it again, and look at it before you send it.",
        },
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a file larger than what it is said to be of may be."""
        answers = super().clean() or {}
        kind, file = KINDS.get(answers.get("what", "")), answers.get("file")
        if kind and file and file.size > kind.most * MEGABYTE:
            raise forms.ValidationError(
                {"file": f"The file holds more than {kind.most} MB. Give the lines of this authority alone."}
            )
        return answers


def _refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return _page(request, GiveForm(), words, status)


@power("give_comparisons")
@bounded(_refused)
def beside(request: HttpRequest) -> HttpResponse:
    """What there is, and a file given in its place."""
    form = GiveForm(request.POST or None, request.FILES or None) if request.method == "POST" else GiveForm()
    if request.method == "POST" and form.is_valid():
        try:
            outcome = _given(form, user_of(request))
        except (BadLookup, CannotRead, NotScannedClean) as fault:
            form.add_error("file", str(fault))
        else:
            messages.success(request, " ".join(outcome.words))
            for note in outcome.notes:
                messages.warning(request, note)
            return redirect("beside")
    return _page(request, form, "", 422 if form.errors else 200)


def _given(form: GiveForm, user: User) -> comparisons.Outcome:
    sent = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / safe_name(sent.name or "file").name
        with place.open("wb") as kept:
            for piece in sent.chunks():
                kept.write(piece)
        check_clean_or_tell(Path(folder), user, 1)
        return comparisons.give(form.cleaned_data["what"], place, by=user)


def _page(request: HttpRequest, form: GiveForm, refusal: str, status: int) -> HttpResponse:
    held = comparisons.held()
    names = names_of([each.by_id for each in held])
    context = {
        "form": form,
        "refusal": refusal,
        "held": [
            (
                each,
                names[each.by_id] if each.by_id else "",
                WHAT_EACH_IS[each.kind.name],
                MISSING[each.kind.name],
            )
            for each in held
        ],
        "authorities": authorities_known(),
    }
    return render(request, "kith/insight/beside.html", context, status=status)
