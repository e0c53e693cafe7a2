"""A death: told once; nobody is reminded of anything more, and what was open is closed in the same act."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.chronology.permissions import check_can_act
from kith.record.chronology.policies import Life, WrongDate, life_of, life_told
from kith.record.chronology.services import tell
from kith.record.pathway import doubles, life_over
from kith.record.pathway.life_over import DIED
from kith.record.pathway.services import record_death
from kith.record.people import services as people
from kith.record.people.models import Person, PersonDetails, User
from kith.record.people.policies import check_reason
from kith.record.people.queries import same_person_ids
from kith.record.refusals import NotPossible
from kith.record.visits.queries import last_seen
from kith.standards.dates import day_in_words

TOLD = (
    "Somebody in a family you work with has died. Read their page before you ring, visit or write. "
    "Nothing is due for them any more."
)
TAKEN_BACK = "A death in a family you work with was written down by mistake. Look at what is open again."


class NoDeath(NotPossible):
    """No death is on record, where an act is about one; or one is already."""


class SeenLater(WrongDate):
    """A visit saw somebody after the day on which they are said to have died."""


def seen_after(child: Person, on: date) -> date | None:
    """The last day after `on` on which a visit saw somebody in person; None where none did."""
    seen = [day for day in last_seen(same_person_ids(child)).values() if day > on]
    return max(seen, default=None)


def asks_about(seen_on: date) -> tuple[str, str]:
    """(what is asked, what to do) where a visit saw somebody after the day of their death."""
    return (
        f"A visit on {day_in_words(seen_on)} saw them: that is after this day.",
        "Check the day. If it is right, say so, and have the visit put right.",
    )


@transaction.atomic
def died(
    *,
    child: Person,
    on: date,
    by: User,
    closes_case: bool = False,
    ends_work: bool = False,
    is_day_checked: bool = False,
    expected: int | None = None,
) -> PersonDetails:
    """Return the details of somebody who died on a day.

    Their plans, help, care, assessment, conference and what was owed about them end with it; those of
    brothers and sisters go on. `closes_case` closes the case too, with its enquiries, and `ends_work` ends
    the work of whoever is allocated. Those who work with the family are told at once.
    `is_day_checked` is said of a day after which a visit saw them: one of the two days is wrong.
    Raises NotAllowed, NoDeath, WrongDate, SeenLater, VersionClash.
    """
    check_can_act("keep_people", by, [child])
    _check_may_have_died(life_of(child), on)
    seen_on = seen_after(child, on)
    if seen_on and not is_day_checked:
        raise SeenLater(*asks_about(seen_on))
    details = record_death(person=child, on=on, by=by, expected=expected)
    messages.tell(life_over.who_has_to_know(child, by), TOLD, link=messages.page("story", child.pk))
    doubles.ask_at_once(child, by)
    life_over.end_what_was_for(child=child, on=on, why=DIED, by=by)
    life_over.close(child=child, on=on, why=DIED, by=by, closes_case=closes_case, ends_work=ends_work)
    return details


@transaction.atomic
def close_after_death(*, child: Person, by: User, closes_case: bool = False, ends_work: bool = False) -> None:
    """Close what is still open for somebody whose death is on record.

    Raises NotAllowed, NoDeath, WrongDate.
    """
    life_over.check_can_close(by, child)
    on = life_of(child).died_on
    if on is None:
        raise NoDeath("No death is on record.", "Look at the page again.")
    life_over.end_what_was_for(child=child, on=on, why=DIED, by=by)
    life_over.close(child=child, on=on, why=DIED, by=by, closes_case=closes_case, ends_work=ends_work)


@transaction.atomic
def did_not_die(*, child: Person, because: str, by: User, expected: int | None = None) -> PersonDetails:
    """Return the details of somebody who was said to have died, and had not; what was closed is open again.

    Those who work with the family are told. Raises NotAllowed, NoDeath, NotPossible, VersionClash.
    """
    check_can_act("keep_people", by, [child])
    check_reason(because)
    if life_of(child).died_on is None:
        raise NoDeath("No death is on record.", "Look at the page again.")
    since = life_over.written_down_at(PersonDetails.current.get(person=child), "date_of_death")
    details = people.correct_details(child, by=by, because=because, expected=expected, date_of_death=None)
    tell(details)
    life_over.open_again(child=child, why=DIED, since=since, because=because, by=by)
    messages.tell(life_over.who_has_to_know(child, by), TAKEN_BACK, link=messages.page("story", child.pk))
    return details


def may_have_died(person: Person) -> bool:
    """Whether a death can be written down: none is yet, and they are born as far as anybody knows."""
    life = life_told(person)
    return not life.is_unborn and not life.is_over


def _check_may_have_died(life: Life, on: date) -> None:
    if life.died_on is not None:
        raise NoDeath(
            f"A death is on record already, on {day_in_words(life.died_on)}.", "Look at the page again."
        )
    if life.is_unborn or life.pregnancy_ended_on:
        raise NoDeath(
            "This child is not on record as born.",
            "Write down on their page that the pregnancy ended; or write down the birth first.",
        )
    if on > timezone.localdate():
        raise WrongDate(f"{day_in_words(on)} has not come yet.", "Check the day.")
    if life.born_on and on < life.born_on:
        raise WrongDate(
            f"{day_in_words(on)} is before the day of birth, {day_in_words(life.born_on)}.", "Check the day."
        )
