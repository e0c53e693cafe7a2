"""Pages for families and for the world: no sign-in, nothing kept on the phone that was used."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def public_page(
    request: HttpRequest, page: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of `kith/public.html`, which no browser keeps."""
    return kept_nowhere(render(request, page, dict(context or {}), status=status))


def kept_nowhere(answer: HttpResponse) -> HttpResponse:
    """The same answer, which no browser or cache may keep."""
    answer["Cache-Control"] = "private, no-store"
    return answer


def leaves_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a public view that answers by redirects too: none of its answers is kept."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return kept_nowhere(view(request, *args, **kwargs))

    return answered
