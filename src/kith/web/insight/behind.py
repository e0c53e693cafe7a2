"""The children behind a figure: those whom this person may see, each written down as shown."""

from collections.abc import Iterable
from typing import Any

import polars as pl
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.insight.indicator import Indicator
from kith.record.access.looking import names_to_show
from kith.record.access.permissions import Access, Level, accesses
from kith.record.figures.queries import going_on
from kith.record.people.models import User
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids, shown
from kith.record.refusals import NotAllowed
from kith.web.insight.broken_down import breakdown_words, breakdowns_of
from kith.web.insight.one_figure import indicator_or_404
from kith.web.insight.reading import Reading, reading_for
from kith.web.who_may import only_reading, power, user_of

CHILDREN_A_PAGE = 50
WHICH = {"counted": "Those who count", "others": "Those who do not"}


@power("open_figures")
def figure_children(request: HttpRequest, indicator: str) -> HttpResponse:
    """The children behind a figure, by name; or, of a share, those who do not count in it."""
    with only_reading(request):
        return _children(request, indicator_or_404(indicator))


def _children(request: HttpRequest, asked: Indicator) -> HttpResponse:
    user = user_of(request)
    reading = reading_for(user, request.GET.get("period", ""))
    context: dict[str, Any] = {"indicator": asked, "reading": reading, "going_on": going_on()}
    if reading is None:
        return render(request, "kith/insight/children.html", context)
    if not reading.is_exact:
        raise NotAllowed("Your figures are rounded, so nobody is shown behind them.", "Ask your manager.")
    by, group = _group_asked(request, asked, reading)
    which = "others" if request.GET.get("which") == "others" and asked.measure == "share" else "counted"
    ids = _behind(reading, asked, by, group, which)
    page, people = _to_show(request, user, ids, f"figure {asked.id}")
    context |= {
        "page": page,
        "people": people,
        "which": which,
        "ways": list(WHICH.items()) if asked.measure == "share" else [],
        "by": by,
        "group": group,
        "by_words": breakdown_words(asked, by) if by else "",
        "sees_all": can("open_every_figure", user),
        "figure": reading.look((asked.id,), (by,) if by else ()).of(
            asked.id, breakdown=by or None, group=group or None
        ),
    }
    return render(request, "kith/insight/children.html", context)


def _group_asked(request: HttpRequest, asked: Indicator, reading: Reading) -> tuple[str, str]:
    by, group = request.GET.get("by", ""), request.GET.get("group", "")
    return (by, group) if by in breakdowns_of(asked, reading) and group else ("", "")


def _behind(reading: Reading, asked: Indicator, by: str, group: str, which: str) -> list[int]:
    """The people behind the figure, by the ids of the record; an id that is none of ours is passed over."""
    answers = reading.answers((asked.id,), (by,) if by else ())
    units = answers.units(asked.id, reading.period.label, by or None, group or None)
    if asked.measure == "share":
        units = units.filter(pl.col("counts") == (which == "counted"))
    elif asked.measure == "difference":
        units = units.filter("counts")
    return person_ids(units["person"].unique().to_list())


def person_ids(ids: Iterable[str | None]) -> list[int]:
    """The ids of the record among those of a dataset."""
    return [int(one) for one in ids if one and one.isascii() and one.isdigit()]


def _to_show(
    request: HttpRequest, user: User, ids: list[int], where: str
) -> tuple[Any, list[tuple[Any, str]]]:
    """The page asked for of those this person may see, each written down as shown, and where each opens."""
    may = may_be_named(user, ids)
    names = {pk: one.name for pk, one in shown(may).items()}
    page = Paginator(sorted(names, key=lambda pk: names[pk]), CHILDREN_A_PAGE).get_page(
        request.GET.get("page")
    )
    seen = names_to_show(user, list(page), where=where)
    people = shown(seen)
    return page, [(people[pk], _opens(pk, seen[pk])) for pk in page if pk in people]


def may_be_named(user: User, ids: Iterable[int]) -> list[int]:
    """The kept people whom `user` is told are behind a figure: those they may open; and for whoever may see
    every child behind a figure, all whose name they may see.
    """
    least = Level.INDEX if can("open_every_figure", user) else Level.RECORD
    seen = accesses(user, set(kept_ids(ids).values()))
    return [pk for pk, access in seen.items() if access.level >= least]


def _opens(pk: int, access: Access) -> str:
    return reverse("story", args=[pk]) if access.level is Level.RECORD else ""
