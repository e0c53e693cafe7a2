"""Taking a return out of the record: chosen, seen in numbers, then downloaded with a reason that is kept."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.dataset.returns import Kind, Return
from kith.dataset.writers.cin_xml import write_cin_xml
from kith.dataset.writers.ssda903_csv import write_903_csv
from kith.dataset.writers.ssda903_xml import write_903_xml
from kith.dataset.writers.xml_elements import CannotWrite
from kith.record.checking.queries import latest_check
from kith.record.extract import queries
from kith.record.importer.queries import first_year_told
from kith.record.people.permissions import can
from kith.record.people.queries import authorities_known
from kith.standards.years import CALLED, what_is_known, year_label
from kith.web.returns.forms import ChooseReturnForm, SendForm
from kith.web.who_may import power, user_of

COUNTED = {"903": "looked after", "cin": "with an open referral"}
KINDS: tuple[Kind, ...] = ("903", "cin")


@power("export_returns")
def export_return(request: HttpRequest) -> HttpResponse:
    """Choose a return and year, see what it holds, and download it for a reason."""
    if request.method == "POST":
        return _send(request)
    options = _options()
    if "which" not in request.GET:
        return _page(request, ChooseReturnForm(**options))
    form = ChooseReturnForm(request.GET, **options)
    if not form.is_valid():
        return _page(request, form, status=422)
    send = SendForm(initial={name: request.GET[name] for name in ("which", "authority")}, **options)
    return _preview(request, form, send)


def _options() -> dict[str, Any]:
    """The returns of the years that the record was told of, and the authorities that know its children."""
    choices = [
        (f"{kind}:{year}", f"{_title(kind, year)}: {children:,} {COUNTED[kind]}")
        for kind in KINDS
        if (first := first_year_told(kind)) is not None
        for year, children in queries.years_held(kind).items()
        if year >= first
    ]
    return {"choices": choices, "authorities": authorities_known()}


def _title(kind: str, year: int) -> str:
    return f"{CALLED[kind]} {year_label(year)}"


def _page(request: HttpRequest, form: ChooseReturnForm, status: int = 200) -> HttpResponse:
    has_any = len(form.fields["which"].choices) > 1  # type: ignore[attr-defined]
    return render(request, "kith/returns/send.html", {"form": form, "has_any": has_any}, status=status)


def _preview(
    request: HttpRequest, chosen: ChooseReturnForm, send: SendForm, status: int = 200
) -> HttpResponse:
    kind, year = chosen.cleaned_data["which"]
    authority = chosen.cleaned_data["authority"]
    if kind == "cin":
        send.only_xml()
    held = queries.return_held(kind, year, authority, by=user_of(request))
    context = {
        "form": send,
        "title": _title(kind, year),
        "authority": authority,
        "held": held,
        "filled": [(table, rows) for table, rows in held.rows.items() if rows],
        "empty": [table for table, rows in held.rows.items() if not rows],
        "known": what_is_known(kind, year),
        "check": latest_check(kind, year, authority),
        "may_check": can("check_returns", user_of(request)),
        "which": f"{kind}:{year}",
    }
    return render(request, "kith/returns/send_this.html", context, status=status)


def _send(request: HttpRequest) -> HttpResponse:
    options = _options()
    chosen = ChooseReturnForm(request.POST, **options)
    if not chosen.is_valid():
        return _page(request, chosen, status=422)
    form = SendForm(request.POST, **options)
    if form.is_valid():
        kind, year = form.cleaned_data["which"]
        as_xml = form.cleaned_data["form"] == "xml" or kind == "cin"
        try:
            with transaction.atomic():  # where it cannot be written, nobody took it
                made = queries.export_return(
                    kind,
                    year,
                    form.cleaned_data["authority"],
                    by=user_of(request),
                    reason=form.cleaned_data["reason"],
                )
                return _download(made, form.cleaned_data["authority"], as_xml)
        except CannotWrite as fault:
            form.add_error("form", str(fault))
    return _preview(request, chosen, form, status=422)


def _download(made: Return, authority: str, as_xml: bool) -> HttpResponse:
    name = f"{CALLED[made.kind].replace(' ', '-').lower()}-{year_label(made.year)}-{authority}"
    with tempfile.TemporaryDirectory() as folder:
        if as_xml:
            write = write_cin_xml if made.kind == "cin" else write_903_xml
            content = write(made, Path(folder) / f"{name}.xml").read_bytes()
        else:
            content = _zipped(write_903_csv(made, folder))
    suffix = "xml" if as_xml else "zip"
    said = {"Content-Disposition": f'attachment; filename="{name}.{suffix}"'}
    return HttpResponse(content, content_type=f"application/{suffix}", headers=said)


def _zipped(files: list[Path]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return held.getvalue()
