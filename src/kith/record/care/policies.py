"""When care may start, change and end; where a child may be placed; in what order things happen."""

from datetime import date, datetime

from kith.record.care.models import (
    AdoptionDecision,
    LegalStatus,
    LibertyOrder,
    MissingEpisode,
    PeriodOfCare,
    Placement,
    Reply,
    ReturnInterview,
    RiskGrade,
)
from kith.record.chronology.policies import (
    Life,
    WrongDate,
    check_code,
    check_day,
    check_is_born,
    check_not_before,
)
from kith.record.chronology.words import words_for
from kith.record.refusals import NotPossible
from kith.record.said import NotSaid
from kith.standards import limits
from kith.standards.dates import day_in_words

SHORT_BREAKS = frozenset({"V3", "V4"})  # code list `legal_status`
AWAY_FROM_PLACEMENT = "A"  # code list `missing_type`


class WrongAge(NotPossible):
    """The child is too young or too old for this."""


class NotTogether(NotPossible):
    """Two choices that exclude each other."""


class AlreadyLookedAfter(NotPossible):
    """The child is looked after already."""


class NotLookedAfter(NotPossible):
    """The child is not looked after."""


class OverlappingPlacement(NotPossible):
    """A placement that would begin before, or with, the one it follows."""


class OverlappingStatus(NotPossible):
    """A legal status that would begin before, or with, the one it follows, or is the same."""


class AlreadyMissing(NotPossible):
    """The child is missing or away already."""


class NotMissing(NotPossible):
    """The child is not recorded as missing or away."""


class AlreadyDecided(NotPossible):
    """The decision, order or yearly record is there already."""


class NotDecided(NotPossible):
    """There is no decision or order that could end."""


class OutOfRange(NotPossible):
    """A number that cannot be right."""


def is_short_break(legal_status: str) -> bool:
    """Whether a child under this legal status has breaks from home, and lives there otherwise."""
    return legal_status in SHORT_BREAKS


def check_in_life(on: date, life: Life, what: str, *, is_an_ending: bool = False) -> None:
    """Raise WrongDate unless `on` is a day of this record and the child was born by then."""
    check_day(on, life, is_an_ending=is_an_ending)
    check_is_born(on, life, what)


def check_age(code_list: str, code: str, on: date, life: Life) -> None:
    """Raise WrongAge where the age limit of a code (standards, age_limits.csv) does not allow it on that day.

    A child whose date of birth is not known passes: nobody can be refused for an age not known.
    """
    limit, age = limits.age_limit(code_list, code, on), life.age_on(on)
    if limit is None or age is None or limit.allows(age):
        return
    what = "starting care" if code_list == limits.STARTS_CARE else f"“{words_for(code_list, code)}”"
    bounds = f"from age {limit.least_age}" if limit.least_age else f"before age {limit.below_age}"
    raise WrongAge(
        f"This child was {age} on {day_in_words(on)}, and {what} is possible only {bounds} ({limit.source}).",
        "Check the day and the choice; if the date of birth is wrong, correct that first.",
    )


def check_choice(code_list: str, code: str, on: date, life: Life, what: str) -> None:
    """Raise WrongCode or WrongAge unless the code is known on that day and right for the child's age."""
    check_code(code_list, code, on, what)
    check_age(code_list, code, on, life)


def check_together(choices: dict[str, str], on: date) -> None:
    """Raise NotTogether where two of the choices (code list to code) exclude each other."""
    for pair in limits.pairs_not_allowed():
        chosen = all(choices.get(code_list) == code for code_list, code in (pair.first, pair.second))
        if chosen and pair.holds_on(on):
            first, second = (words_for(*side) for side in (pair.first, pair.second))
            raise NotTogether(
                f"“{first}” and “{second}” cannot go together: {pair.why}.", "Change one of them."
            )


def check_can_start(on: date, life: Life, last: PeriodOfCare | None) -> None:
    """Raise unless care may start that day: born, under 18, not looked after, not before the last ended."""
    check_in_life(on, life, "care")
    check_age(limits.STARTS_CARE, "", on, life)
    if last is None:
        return
    if last.ended_on is None:
        raise AlreadyLookedAfter(
            f"This child has been looked after since {day_in_words(last.started_on)}.",
            "Change the legal status or the placement instead.",
        )
    check_not_before(on, last.ended_on, "the end of the last time in care")


def check_looked_after(period: PeriodOfCare | None, on: date) -> PeriodOfCare:
    """The open period; raises NotLookedAfter or WrongDate where the child is not in care on that day."""
    if period is None:
        raise NotLookedAfter("This child is not looked after.", "Start care first, or check the child.")
    check_not_before(on, period.started_on, "the start of care")
    return period


def check_new_status(code: str, on: date, life: Life, current: LegalStatus | None) -> None:
    """Raise unless this legal status may follow the current one on that day."""
    check_choice("legal_status", code, on, life, "a legal status")
    if current is None:
        return
    if on <= current.started_on:
        raise OverlappingStatus(
            f"The current legal status began on {day_in_words(current.started_on)}, "
            f"so another cannot begin on {day_in_words(on)}.",
            "Change the date, or correct the current legal status.",
        )
    if code == current.code:
        raise OverlappingStatus(
            f"The legal status is {words_for('legal_status', code)} already.", "Choose the new one."
        )


def check_placement_start(on: date, current: Placement | None) -> None:
    """Raise OverlappingPlacement unless a placement may follow the current one on that day."""
    if current is not None and on <= current.started_on:
        raise OverlappingPlacement(
            f"The current placement began on {day_in_words(current.started_on)}, "
            f"so another cannot begin on {day_in_words(on)}.",
            "Change the date, or correct the current placement first.",
        )


def check_placement(
    *, placement_type: str, provider: str, legal_status: str, on: date, life: Life, change_reason: str = ""
) -> None:
    """Raise unless the kind of placement fits its provider, the legal status, the day and the age."""
    check_choice("placement_type", placement_type, on, life, "a kind of placement")
    if provider:
        check_code("placement_provider", provider, on, "a provider")
    if change_reason:
        check_choice("reason_placement_change", change_reason, on, life, "a reason for a move")
    choices = {
        "placement_type": placement_type,
        "placement_provider": provider,
        "legal_status": legal_status,
    }
    check_together(choices, on)


def check_end_reason(reason: str, on: date, life: Life) -> None:
    """Raise WrongCode or WrongAge unless care may end for this reason; X1 ends an episode, never care."""
    check_choice(
        "reason_episode_ceased", "" if reason == "X1" else reason, on, life, "a reason for leaving care"
    )


def check_can_go(on: date, open_now: MissingEpisode | None) -> None:
    """Raise AlreadyMissing where the child is missing already: time missing does not overlap."""
    if open_now is not None:
        raise AlreadyMissing(
            f"This child is recorded as missing or away since {day_in_words(open_now.started_on)}.",
            "Record that they came back first, or correct that day.",
        )


def check_can_return(on: date, open_now: MissingEpisode | None) -> MissingEpisode:
    """The open episode; raises NotMissing or WrongDate where the child cannot come back on that day."""
    if open_now is None:
        raise NotMissing("This child is not recorded as missing or away.", "Record that they went first.")
    check_not_before(on, open_now.started_on, "the day they went missing")
    return open_now


def check_moment(at: datetime, now: datetime) -> None:
    """Raise WrongDate for a moment that has not come."""
    if at > now:
        raise WrongDate("That time has not come yet.", "Check the day and the hour.")


def check_after(at: datetime, before: datetime) -> None:
    """Raise WrongDate for a moment before what it follows."""
    if at < before:
        raise WrongDate("That is before what it follows.", "Check the day and the hour.")


def check_came_back(episode: MissingEpisode) -> None:
    """Raise NotMissing where a child is missing still: there is nothing to come back from."""
    if episode.ended_on is None:
        raise NotMissing("This child is recorded as missing still.", "Record that they came back first.")


def check_grade(risk: str) -> None:
    """Raise NotSaid for a grade of risk that there is not; none at all may not be known yet."""
    if risk and risk not in RiskGrade:
        raise NotSaid("This is no grade of risk.", "Choose one of those shown.")


def check_reply(reply: str, because: str) -> None:
    """Raise NotSaid for no reply at all, or for a child not reached with nothing said of the tries."""
    if reply not in Reply:
        raise NotSaid("Nobody said what the child answered.", "Choose what comes nearest.")
    if reply == Reply.NOT_REACHED and not because.strip():
        raise NotSaid(
            "Nobody said how the child was tried to be reached.", "Say when and how, and what comes next."
        )


def check_held(interview: ReturnInterview, held_by: str) -> None:
    """Raise NotSaid or NotPossible unless an interview that waits is told with who held it."""
    if interview.held_at is not None:
        raise NotPossible("This return interview was held already.", "Correct that one, with a reason.")
    if not held_by.strip():
        raise NotSaid("Nobody is named.", "Say who talked with the child.")


def check_health(sdq_score: int | None) -> None:
    """Raise OutOfRange unless the wellbeing score (SDQ) runs from 0 to 40."""
    if sdq_score is not None and not 0 <= sdq_score <= 40:
        raise OutOfRange(f"A wellbeing score (SDQ) of {sdq_score} cannot be.", "It runs from 0 to 40.")


def check_year(year: int, on: date) -> None:
    """Raise OutOfRange unless `year`, the END year of a return, has begun by `on`."""
    if not 1990 <= year <= on.year + 1:
        raise OutOfRange(
            f"{year} is not a year this can be recorded for.", "Give the year in which the return ends."
        )


def check_reversal(decision: AdoptionDecision | None, on: date, reason: str) -> AdoptionDecision:
    """The standing decision; raises NotDecided, WrongDate or WrongCode where it cannot be reversed."""
    if decision is None:
        raise NotDecided("No plan for adoption stands for this child.", "Check the child, or the decision.")
    check_not_before(on, decision.decided_on, "the decision")
    check_code("adoption_reason_no_longer_placed", reason, on, "a reason for ending the plan for adoption")
    return decision


def check_not_decided(decision: AdoptionDecision | None) -> None:
    """Raise AlreadyDecided where a plan for adoption stands."""
    if decision is not None:
        raise AlreadyDecided(
            f"Adoption was decided for this child on {day_in_words(decision.decided_on)}.",
            "If that has changed, reverse that decision first.",
        )


def check_no_order(order: LibertyOrder | None) -> None:
    """Raise AlreadyDecided where a deprivation of liberty order is in force."""
    if order is not None:
        raise AlreadyDecided(
            f"An order is in force already, since {day_in_words(order.started_on)}.", "End that one first."
        )


def check_order_open(order: LibertyOrder | None, on: date) -> LibertyOrder:
    """The order in force; raises NotDecided or WrongDate where none can end on that day."""
    if order is None:
        raise NotDecided("No deprivation of liberty order is in force for this child.", "Check the child.")
    check_not_before(on, order.started_on, "the order")
    return order


def check_recorded_once(is_there: bool, what: str) -> None:
    """Raise AlreadyDecided where this is recorded already; `what` names it (`Health in 2024`)."""
    if is_there:
        raise AlreadyDecided(f"{what} is recorded already.", "To change it, correct what is there.")
