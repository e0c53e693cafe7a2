"""Pages as well-set PDF, where the machine has the libraries for it; elsewhere people print the page."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils import timezone

from kith.web.look import stylesheets

TAKEN = "This copy was made by {who} on {when}. It holds personal information: keep it safe."


@cache
def can_make_pdf() -> bool:
    """Whether WeasyPrint and the libraries it draws with are on this machine."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def pdf_response(
    request: HttpRequest, html: str, name: str, more_styles: tuple[str, ...] = ()
) -> HttpResponse:
    """The page `html` as a tagged PDF to download, with who took it and when at its foot.

    Styles come from Kith's own files; nothing is fetched from anywhere else.
    """
    from weasyprint import CSS, HTML

    foot = TAKEN.format(
        who=getattr(request.user, "name", ""), when=f"{timezone.localtime():%-d %b %Y, %H:%M}"
    )
    at_foot = f"@bottom-left {{ content: {_quoted(foot)}; font-size: 8pt }}"
    page = CSS(string=f"@page {{ size: A4; margin: 16mm 14mm; {at_foot} }}")
    own = [CSS(filename=str(path)) for name_ in (*stylesheets(), *more_styles) if (path := _file(name_))]
    document = HTML(string=html, base_url="kith:/", url_fetcher=_only_ours)
    body = document.write_pdf(stylesheets=[*own, page], pdf_variant="pdf/ua-1")
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _quoted(words: str) -> str:
    """Words as a CSS string; quotes, backslashes and line ends cannot leave it."""
    kept = "".join(" " if ord(letter) < 32 else letter for letter in words)
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _file(name: str) -> Path | None:
    found = finders.find(name)
    return Path(found) if found else None


def _only_ours(url: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Kith's static files, and nothing else: a picture elsewhere in a page is left out."""
    address = urlsplit(url).path
    if address.startswith(static("")) and (file := _file(address.removeprefix(static("")))):
        return {"string": file.read_bytes()}
    raise ValueError(f"{url} is not one of Kith's own files")
