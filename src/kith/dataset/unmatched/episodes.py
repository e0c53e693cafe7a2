"""Why an episode does not come back: it contradicts itself, its neighbours, or a later return."""

from collections.abc import Callable
from datetime import date

from kith.dataset.episodes.history import (
    CONTINUES,
    ONE_ROW_AGREEMENT,
    STARTS_CARE,
    TEMPORARY,
    WITHOUT_PROVIDER,
)
from kith.dataset.episodes.unfold import NEW_REASON
from kith.dataset.merging import YEAR
from kith.dataset.unmatched.case import Case, Row, outside_year, short, shown
from kith.dataset.years import last_day

REASONS = frozenset({STARTS_CARE, *NEW_REASON.values()})
PLACE_HEADINGS = ("PLACE", "PLACE_PROVIDER", "URN", "PL_POST")


def reason_for_episode(case: Case) -> str:
    """The first reason that holds, the plainest first."""
    for rule in WHOLE_ROW if case.back is None else CELLS:
        if reason := rule(case):
            return reason
    return contradicted_by_neighbours(case)


def no_start(case: Case) -> str | None:
    return "The episode has no start date (DECOM)" if case.row["DECOM"] is None else None


def dated_outside_its_year(case: Case) -> str | None:
    return outside_year(case.year, case.row["DECOM"], case.row["DEC"])


def ends_before_a_day_has_passed(case: Case) -> str | None:
    start, end = case.row["DECOM"], case.row["DEC"]
    if end is None or end > start:
        return None
    return "Ends on the day it starts" if end == start else "Ends before it starts"


def starts_with_another(case: Case) -> str | None:
    """Two rows of one return start on the same day; the other one is believed."""
    rival = next((x for x in case.rivals() if x[YEAR] == case.year), None)
    return f"Another episode starts on the same day: {_place(case, rival)}" if rival else None


def overlaps_a_later_return(case: Case) -> str | None:
    for other in case.others:
        if other[YEAR] > case.year and (_overlap(case.row, other) or _is_open_before(other, case.row)):
            return f"A later return says otherwise: it overlaps {_place(case, other)}"
    return None


def overlaps_another(case: Case) -> str | None:
    back = {x["DECOM"] for x in case.of_child}
    overlapping = [x for x in case.others if x[YEAR] == case.year and _overlap(case.row, x)]
    believed = [x for x in overlapping if x["DECOM"] in back] or overlapping
    return f"Overlaps another episode: {_place(case, believed[0])}" if believed else None


def within_an_agreement(case: Case) -> str | None:
    if case.row["LS"] != ONE_ROW_AGREEMENT:
        return None
    return "An agreed series of short breaks (V4) is one row, whatever placements it holds"


def nothing_changed(case: Case) -> str | None:
    """No row starts that day: RNE is none of its codes, and neither status nor placement differs."""
    if case.row["RNE"] in REASONS:
        return None
    return f"RNE is {shown(case.row['RNE'])}, and nothing changed that day"


def open_though_it_had_ended(case: Case) -> str | None:
    """An open row that another follows had ended by then, here before the year began."""
    start = case.row["DECOM"]
    after = [x for x in case.others if x["DECOM"] is not None and x["DECOM"] > start and x[YEAR] >= case.year]
    if case.row["DEC"] is not None or not after:
        return None
    following = min(after, key=lambda x: (x["DECOM"], x[YEAR]))
    return f"Has no end, yet another episode starts: {_place(case, following)}"


def ends_without_a_date(case: Case) -> str | None:
    row = case.row
    return "REC without DEC" if row["DEC"] is None and row["REC"] is not None else None


def ends_after_its_year(case: Case) -> str | None:
    end = case.row["DEC"]
    if end is None or end <= last_day(case.year):
        return None
    return f"Ends after its year: on {short(last_day(case.year))} it was still open"


def told_otherwise(case: Case) -> str | None:
    """A row for the same day, of a later return or of this one, is believed."""
    back = case.back or {}
    for heading in case.differing():
        rival = case.rival_saying(heading, back[heading])
        if rival and rival[YEAR] > case.year:
            return f"A later return says otherwise: {heading} is {shown(back[heading])}, {case.place(rival)}"
        if rival:
            return f"Another episode starts on the same day: {_place(case, rival)}"
    return None


def ends_without_a_reason(case: Case) -> str | None:
    row = case.row
    return "DEC without REC" if row["DEC"] is not None and row["REC"] is None else None


def open_though_another_follows(case: Case) -> str | None:
    if case.row["DEC"] is not None or case.back is None or case.back["DEC"] is None:
        return None
    following = _starting(case, case.back["DEC"])
    where = _place(case, following) if following else f"on {short(case.back['DEC'])}"
    return f"Has no end, yet another episode starts: {where}"


def goes_on_past_its_end(case: Case) -> str | None:
    """It came back longer, because the row that follows makes no episode of its own."""
    end = case.row["DEC"]
    if end is None or case.back is None or case.back["DEC"] == end:
        return None
    following = _starting(case, end)
    where = f": {_place(case, following)}" if following else ""
    if case.row["LS"] == ONE_ROW_AGREEMENT:
        return f"An agreed series of short breaks (V4) is one row, whatever placements it holds{where}"
    return f"Nothing changed on the day it ends, so it goes on{where}"


def provider_where_none_is_given(case: Case) -> str | None:
    if "PLACE_PROVIDER" in case.differing() and case.row["PLACE"] in WITHOUT_PROVIDER:
        return "Gives a provider for a kind of placement that has none (T0 to T4, Z11 to Z14)"
    return None


def need_differs(case: Case) -> str | None:
    if "CIN" not in case.differing() or case.back is None:
        return None
    return (
        f"Need code differs within one period of care: {shown(case.row['CIN'])} and {shown(case.back['CIN'])}"
    )


def home_differs(case: Case) -> str | None:
    if "HOME_POST" not in case.differing() or case.back is None:
        return None
    return "Home postcode differs within one placement, or is blank in one row of a period of care"


def reason_says_other_than_changed(case: Case) -> str | None:
    if "RNE" not in case.differing() or case.back is None:
        return None
    before = _ending(case, case.row["DECOM"])
    changed = _changed(before, case.row) if before else "what changed"
    return f"RNE says {shown(case.row['RNE'])}, but that day makes it {shown(case.back['RNE'])}: {changed}"


def change_reason_beside_temporary(case: Case) -> str | None:
    if not _has_change_reason_too_many(case):
        return None
    following = _starting(case, case.row["DEC"]) if case.row["DEC"] else None
    if case.row["PLACE"] in TEMPORARY or (following and following["PLACE"] in TEMPORARY):
        return "Reason for placement change beside a temporary placement"
    return None


def change_reason_while_open(case: Case) -> str | None:
    if _has_change_reason_too_many(case) and case.row["DEC"] is None:
        return "Reason for placement change, yet the episode is open"
    return None


def change_reason_as_care_ends(case: Case) -> str | None:
    if _has_change_reason_too_many(case) and case.row["REC"] != CONTINUES:
        return "Reason for placement change, yet care ended"
    return None


def change_reason_without_change(case: Case) -> str | None:
    if _has_change_reason_too_many(case):
        return "Reason for placement change, yet the placement went on"
    return None


def contradicted_by_neighbours(case: Case) -> str:
    """What is left: the rows around this one make a cell another than it says."""
    back = case.back or {}
    cells = ", ".join(
        f"{heading} {shown(case.row[heading])} would be {shown(back[heading])}"
        for heading in case.differing()
    )
    return f"The rows around it say otherwise: {cells}"


WHOLE_ROW: tuple[Callable[[Case], str | None], ...] = (
    no_start,
    dated_outside_its_year,
    ends_before_a_day_has_passed,
    starts_with_another,
    overlaps_a_later_return,
    overlaps_another,
    open_though_it_had_ended,
    within_an_agreement,
    nothing_changed,
)
CELLS: tuple[Callable[[Case], str | None], ...] = (
    dated_outside_its_year,
    ends_before_a_day_has_passed,
    ends_without_a_date,
    ends_after_its_year,
    told_otherwise,
    ends_without_a_reason,
    open_though_another_follows,
    goes_on_past_its_end,
    provider_where_none_is_given,
    need_differs,
    reason_says_other_than_changed,
    home_differs,
    change_reason_while_open,
    change_reason_as_care_ends,
    change_reason_beside_temporary,
    change_reason_without_change,
)


def _place(case: Case, episode: Row) -> str:
    return f"the one from {shown(episode['DECOM'])}, {case.place(episode)}"


def _overlap(one: Row, other: Row) -> bool:
    if one["DECOM"] is None or other["DECOM"] is None:
        return False
    if one["DECOM"] == other["DECOM"]:
        return True
    first, second = sorted((one, other), key=lambda row: row["DECOM"])
    return first["DEC"] is not None and first["DEC"] > second["DECOM"]


def _is_open_before(one: Row, other: Row) -> bool:
    return one["DECOM"] is not None and one["DEC"] is None and one["DECOM"] <= other["DECOM"]


def _starting(case: Case, day: date) -> Row | None:
    return next((x for x in case.others if x["DECOM"] == day), None)


def _ending(case: Case, day: date) -> Row | None:
    return next((x for x in case.others if x["DEC"] == day), None)


def _changed(before: Row, after: Row) -> str:
    status = "the legal status changed" if before["LS"] != after["LS"] else ""
    moved = any(before[heading] != after[heading] for heading in PLACE_HEADINGS)
    placement = "the placement changed" if moved else ""
    return " and ".join(x for x in (status, placement) if x) or "neither legal status nor placement changed"


def _has_change_reason_too_many(case: Case) -> bool:
    return (
        case.back is not None
        and case.row["REASON_PLACE_CHANGE"] is not None
        and "REASON_PLACE_CHANGE" in case.differing()
    )
