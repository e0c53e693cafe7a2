"""What the options of `kith insight` ask for: lookups, what a report shows, and what a place is called."""

from typing import TYPE_CHECKING, Any

from kith.cli.terminal import CouldNot

if TYPE_CHECKING:
    from kith.insight.lookups import Lookups
    from kith.insight.report import Asked


def lookups(given: dict[str, Any]) -> "Lookups":
    """The lookups that the options name; the published populations stand behind what was given."""
    from kith.insight.lookups import BadLookup, Lookups, read_areas, read_populations

    try:
        found = Lookups(published=given["published"])
        if given["populations"]:
            found = Lookups(populations=read_populations(given["populations"]), published=given["published"])
        if given["areas"]:
            found = Lookups(found.populations, read_areas(given["areas"]), found.published)
    except BadLookup as problem:
        raise CouldNot(str(problem)) from None
    return found


def asked_of(given: dict[str, Any]) -> "Asked":
    """What the options ask a report to show. Raises CouldNot where one cannot be."""
    from datetime import date

    from kith.insight.breakdowns import NoSuchBreakdown, breakdown_called
    from kith.insight.catalogue import NoSuchIndicator, indicators_called
    from kith.insight.disclosure import NoSuchAudience, audience_called
    from kith.insight.periods import NotAPeriod, period_called
    from kith.insight.report import Asked

    only = given["only"].replace(",", " ").split() if given["only"] else ()
    try:
        for name in given["breakdowns"]:
            breakdown_called(name)
        audience_called(given["audience"], date.max)
        return Asked(
            period=period_called(given["period"]) if given["period"] else None,
            years=given["years"],
            breakdowns=given["breakdowns"],
            indicators=indicators_called(only),
            audience=given["audience"],
            added=given["published"],
        )
    except (NotAPeriod, NoSuchBreakdown, NoSuchIndicator, NoSuchAudience) as problem:
        raise CouldNot(str(problem)) from None


def place_called(code: str | None) -> str:
    """What the authority with this code is called; the code itself where it is not known."""
    from kith.insight.england.places import NoSuchPlace, known_places

    if code is None:
        return "this authority"
    try:
        return known_places().find(code).name
    except NoSuchPlace:
        return code
