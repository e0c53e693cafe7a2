"""Pages as well-set PDF, where the machine has the libraries for it; elsewhere people print the page."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils._os import safe_join

from kith.standards.dates import long_date

OUR_HOST = "kith.invalid"  # stands for this Kith while a page is set; nothing answers there
TAKEN = "This copy was made by {who} on {when}. It holds personal information: keep it safe."


@cache
def can_make_pdf() -> bool:
    """Whether WeasyPrint and the libraries it draws with are on this machine."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def pdf_response(request: HttpRequest, html: str, name: str) -> HttpResponse:
    """The page `html` as a tagged PDF to download, with who took it and when at its foot.

    Styles come from Kith's own files; nothing is fetched from anywhere else.
    """
    from weasyprint import CSS, HTML

    now = timezone.localtime()
    foot = TAKEN.format(who=getattr(request.user, "name", ""), when=f"{long_date(now.date())}, {now:%H:%M}")
    at_foot = f"@bottom-left {{ content: {_quoted(foot)}; font-size: 8pt }}"
    page = CSS(string=f"@page {{ size: A4; margin: 16mm 14mm; {at_foot} }}")
    document = HTML(string=html, base_url=f"http://{OUR_HOST}/", url_fetcher=_only_ours)
    body = document.write_pdf(stylesheets=[page], pdf_variant="pdf/ua-1")
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _quoted(words: str) -> str:
    """Words as a CSS string; quotes, backslashes and line ends cannot leave it."""
    kept = "".join(" " if ord(letter) < 32 else letter for letter in words)
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _file(name: str) -> Path | None:
    """A static file by the name that pages use: its own, or the one it was gathered under."""
    if found := finders.find(name):
        return Path(found)
    gathered = Path(safe_join(settings.STATIC_ROOT, name))
    return gathered if gathered.is_file() else None


def _only_ours(url: str, *args: Any, **kwargs: Any) -> Any:
    """Kith's static files, and nothing else: a picture from elsewhere is left out of the page."""
    from weasyprint.urls import URLFetcherResponse

    parts = urlsplit(url)
    is_ours = parts.hostname == OUR_HOST and parts.path.startswith(settings.STATIC_URL)
    file = _file(parts.path.removeprefix(settings.STATIC_URL)) if is_ours else None
    if file:
        return URLFetcherResponse(url, file.read_bytes())
    raise ValueError(f"{url} is not one of Kith's own files")
