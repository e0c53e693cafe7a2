"""Why a row of any table but Episodes does not come back."""

from collections.abc import Callable
from datetime import date

from kith.dataset import mapped_903, mapped_cin
from kith.dataset.merging import YEAR
from kith.dataset.persons import NEW_SEX_CODES, OLD_SEX_CODES
from kith.dataset.unmatched.case import Case, Row, outside_year, shown
from kith.dataset.years import last_day, year_name

Rule = Callable[[Case], str | None]

OF_THE_PERSON = frozenset({"SEX", "DOB"})
SEX_HEADINGS = frozenset({"SEX", "Sex", "GenderCurrent"})


def reason_for_row(case: Case, rules: tuple[Rule, ...]) -> str:
    """The first reason that holds, the plainest first."""
    for rule in rules:
        if reason := rule(case):
            return reason
    return said_otherwise(case)


def dated_outside_its_year(case: Case) -> str | None:
    since, until = _dates_of(case)
    return outside_year(case.year, since, until)


def ends_after_its_year(case: Case) -> str | None:
    _, until = _dates_of(case)
    if until is None or until <= last_day(case.year):
        return None
    return f"Ends after its year: on {shown(last_day(case.year))} it was still open"


def child_not_in_the_year(case: Case) -> str | None:
    if case.is_child_back:
        return None
    return "Nothing in this return says that the child was looked after or a care leaver in the year"


def workers_before_they_were_asked_for(case: Case) -> str | None:
    if case.table != mapped_903.WORKERS or case.year >= mapped_903.WORKERS_FROM:
        return None
    return f"Social worker spells are returned from {year_name(mapped_903.WORKERS_FROM)}"


def child_not_looked_after(case: Case) -> str | None:
    if case.of_child:
        return None
    if case.table in mapped_903.ONLY_IN_CARE_ON_THE_LAST_DAY:
        return f"The child was not looked after on {shown(last_day(case.year))}"
    return "The child was not looked after in the year" if case.table in mapped_903.ONLY_IN_CARE else None


def no_referral_in_the_year(case: Case) -> str | None:
    if case.is_child_back:
        return None
    return "The child has no referral that was open in the year"


def referral_outside_the_year(case: Case) -> str | None:
    if case.back is not None:
        return None
    return "Belongs to a referral, assessment or plan that was not open in the year"


def conference_after_its_year(case: Case) -> str | None:
    held = case.row.get("DateOfInitialCPC")
    if held is None or held <= last_day(case.year):
        return None
    last = shown(last_day(case.year))
    return f"Dated outside its year: the initial conference, {shown(held)}, is after {last}"


def death_after_its_year(case: Case) -> str | None:
    died = case.row.get("PersonDeathDate")
    if died is None or died <= last_day(case.year):
        return None
    return f"Dated outside its year: the death, {shown(died)}, is after {shown(last_day(case.year))}"


def reason_for_an_end_without_one(case: Case) -> str | None:
    mapped = _mapped(case)
    if mapped is None or mapped.until is None or case.row[mapped.until] is not None:
        return None
    for heading in mapped.while_open:
        if case.row[heading] is not None and heading in case.differing():
            return f"{heading} without {mapped.until}"
    return None


def sex_in_another_years_code(case: Case) -> str | None:
    for heading in SEX_HEADINGS & set(case.differing()):
        code = case.row[heading]
        if code is not None and (code in OLD_SEX_CODES) == (case.year >= NEW_SEX_CODES):
            return f"{heading} is written {code}: not that year's code of sex"
    if case.back and {"Sex", "GenderCurrent"} <= set(case.differing()):
        return "Sex stands in an element that is not that year's: Sex from 2024-25, GenderCurrent before"
    return None


def not_a_flag(case: Case) -> str | None:
    back = case.back or {}
    for heading in case.differing():
        value = case.row[heading]
        if isinstance(value, int) and value not in (0, 1) and back[heading] is None:
            return f"{heading} is {value}: it can only be 0 or 1"
    return None


def not_what_the_header_says(case: Case) -> str | None:
    """Date of birth and sex are the person's; where tables differ, the Header is believed."""
    for heading in case.differing():
        if heading in OF_THE_PERSON and case.back is not None:
            return (
                f"{heading} is not the one in the Header: "
                f"{shown(case.row[heading])} here, {shown(case.back[heading])} there"
            )
    return None


def told_otherwise(case: Case) -> str | None:
    """A row that tells the same thing, of a later return or of this one, is believed."""
    back = case.back or {}
    for heading in case.differing():
        if rival := case.rival_saying(heading, back[heading]):
            said = f"{heading} is {shown(back[heading])}, {case.place(rival)}"
            return f"{_whose(case, rival)} says otherwise: {said}"
    return None


def told_again(case: Case) -> str | None:
    """What is believed of it, in another row, keeps it out of this year."""
    if case.back is not None or not (rivals := case.rivals()):
        return None
    return f"{_whose(case, rivals[0])} says otherwise: {case.place(rivals[0])}"


def _whose(case: Case, rival: Row) -> str:
    return "A later return" if rival[YEAR] > case.year else "Another row of this return"


def blank_here(case: Case) -> str | None:
    for heading in case.differing():
        if case.row[heading] is None:
            return f"Blank here, but another return tells it: {heading}"
    return None


def said_otherwise(case: Case) -> str:
    """What is left: no cell is wrong in itself, so another return gave the fact that came back."""
    cells = ", ".join(case.differing())
    return (
        f"Another return says otherwise: {cells}" if cells else "A later return does not tell this any more"
    )


PERSON: tuple[Rule, ...] = (sex_in_another_years_code, not_a_flag, told_otherwise, blank_here)
RULES_903: tuple[Rule, ...] = (
    dated_outside_its_year,
    workers_before_they_were_asked_for,
    child_not_in_the_year,
    child_not_looked_after,
    not_what_the_header_says,
    ends_after_its_year,
    reason_for_an_end_without_one,
    not_a_flag,
    told_otherwise,
    told_again,
)
RULES_CIN: tuple[Rule, ...] = (
    dated_outside_its_year,
    conference_after_its_year,
    no_referral_in_the_year,
    ends_after_its_year,
    reason_for_an_end_without_one,
    not_a_flag,
    told_otherwise,
    told_again,
    referral_outside_the_year,
)
RULES: dict[tuple[str, str], tuple[Rule, ...]] = {
    ("903", "Header"): (child_not_in_the_year, *PERSON),
    ("cin", "Children"): (no_referral_in_the_year, death_after_its_year, *PERSON),
}


def rules_for(kind: str, table: str) -> tuple[Rule, ...]:
    """The rules that can explain a row of `table`, in the order in which they are asked."""
    return RULES.get((kind, table), RULES_903 if kind == "903" else RULES_CIN)


def _mapped(case: Case) -> mapped_903.Mapped | mapped_cin.Mapped | None:
    for mapped in (*mapped_903.MAPPED, *mapped_cin.MAPPED):
        if mapped.table == case.table and set(mapped.columns) <= set(case.headings):
            return mapped
    return None


def _dates_of(case: Case) -> tuple[date | None, date | None]:
    mapped = _mapped(case)
    if mapped is None:
        return None, None
    since = case.row[mapped.since] if mapped.since else None
    until = case.row[mapped.until] if mapped.until else None
    if mapped.table == "Section47":
        until = case.row["DateOfInitialCPC"] or since
    return since, until
