"""Pages as well-set PDF, where the machine has the libraries for it; elsewhere people print the page."""

from functools import cache
from mimetypes import guess_type
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
VARIANT = "pdf/ua-1"  # tagged, with a language, a title and headings, for those who listen to it
TAKEN = "This copy was made by {who} on {when}. It holds personal information: keep it safe."
_PAGE = """
@page {{
  size: A4;
  margin: 16mm 14mm 20mm;
  @bottom-left {{ content: {foot}; font-size: 8pt; width: 150mm; text-align: left }}
  @bottom-right {{ content: counter(page) " of " counter(pages); font-size: 9pt; white-space: nowrap }}
}}
"""
_USUAL = ""
_CLOSER = """
@page { margin: 12mm 14mm 17mm }
body, .kith-letter { line-height: 1.25 }
p, li, .kith-letter p, .kith-letter li { margin-bottom: 3pt }
"""


@cache
def can_make_pdf() -> bool:
    """Whether WeasyPrint and the libraries it draws with are on this machine."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def pdf_response(request: HttpRequest, html: str, name: str) -> HttpResponse:
    """The page `html` as a tagged PDF to download: who took it, when, and "2 of 3" at the foot of each page.

    Styles come from Kith's own files; nothing is fetched from anywhere else.
    """
    now = timezone.localtime()
    foot = TAKEN.format(who=getattr(request.user, "name", ""), when=f"{long_date(now.date())}, {now:%H:%M}")
    body = well_set(html, foot).write_pdf(pdf_variant=VARIANT)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def well_set(html: str, foot: str) -> Any:
    """The page laid out on A4, as WeasyPrint's document, with `foot` and the page's number under each page.

    Where a little less air saves a page, it is set so: nobody gets a last page with two lines on it.
    """
    as_usual = _laid_out(html, foot, _USUAL)
    if len(as_usual.pages) == 1:
        return as_usual
    closer = _laid_out(html, foot, _CLOSER)
    return closer if len(closer.pages) < len(as_usual.pages) else as_usual


def _laid_out(html: str, foot: str, more: str) -> Any:
    from weasyprint import CSS, HTML

    page = CSS(string=_PAGE.format(foot=_quoted(foot)) + more)
    document = HTML(string=html, base_url=f"http://{OUR_HOST}/", url_fetcher=_only_ours)
    return document.render(stylesheets=[page], pdf_variant=VARIANT)


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
        kind = guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})
    raise ValueError(f"{url} is not one of Kith's own files")
