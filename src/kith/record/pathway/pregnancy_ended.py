"""A pregnancy that ends without a child who lives: told once, and everything for a birth stops.

What happened is kept in the family's own words. No clock runs any more and no plan is left open for the
child; what the family itself is helped with goes on until it is ended with them.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.chronology.permissions import check_can_act
from kith.record.chronology.policies import LONGEST_PREGNANCY, Life, WrongDate, life_of
from kith.record.chronology.services import tell
from kith.record.pathway import doubles, life_over
from kith.record.pathway.life_over import PREGNANCY_ENDED
from kith.record.pathway.pregnancy import LATEST, NotExpected
from kith.record.people import services as people_room
from kith.record.people.models import Person, PersonDetails, PregnancyEnd, User
from kith.record.people.policies import check_reason
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words


@transaction.atomic
def pregnancy_ended(
    *,
    child: Person,
    on: date,
    how: str,
    by: User,
    in_their_words: str = "",
    closes_case: bool = False,
    ends_work: bool = False,
    expected: int | None = None,
) -> PersonDetails:
    """Return the details of a child who is not expected any more, each of twins apart.

    Help, plans, the assessment, a conference and what was owed for this child end that day. `closes_case`
    closes the case too, and `ends_work` ends the work of whoever is allocated. Those who work with the
    family are told at once. The day expected stays for the return of the year, and is shown nowhere. Raises
    NotAllowed, NotExpected, NotPossible, WrongDate and VersionClash.
    """
    check_can_act("keep_people", by, [child])
    life = life_of(child)
    if not life.is_unborn:
        raise NotExpected("This child is not on record as expected.", "Look at the child’s page again.")
    _check_day(on, life)
    if how not in PregnancyEnd.values:
        raise NotPossible("Nobody said what happened.", "Choose it, or that the family does not want to say.")
    told = life_over.who_has_to_know(child, by)
    details = people_room.correct_details(
        child, by=by, because=PREGNANCY_ENDED.because, expected=expected, pregnancy_ended_on=on,
        pregnancy_ended_as=how, pregnancy_ended_words=in_their_words.strip(),
    )  # fmt: skip
    tell(details)
    doubles.ask_at_once(child, by)
    life_over.end_what_was_for(child=child, on=on, why=PREGNANCY_ENDED, by=by)
    messages.tell(
        told,
        "A pregnancy in a family you work with has ended. Read the child’s page before you ring, visit or "
        "write. Nothing about a birth is due any more.",
        link=messages.page("story", child.pk),
    )
    life_over.close(
        child=child, on=on, why=PREGNANCY_ENDED, by=by, closes_case=closes_case, ends_work=ends_work
    )
    return details


@transaction.atomic
def close_after_it(*, child: Person, by: User, closes_case: bool = False, ends_work: bool = False) -> None:
    """Close what is still open for a child who is not expected any more.

    Raises NotAllowed, NotPossible, WrongDate.
    """
    life_over.check_can_close(by, child)
    on = life_of(child).pregnancy_ended_on
    if on is None:
        raise NotPossible("No end of a pregnancy is on record.", "Look at the child’s page again.")
    life_over.end_what_was_for(child=child, on=on, why=PREGNANCY_ENDED, by=by)
    life_over.close(
        child=child, on=on, why=PREGNANCY_ENDED, by=by, closes_case=closes_case, ends_work=ends_work
    )


@transaction.atomic
def goes_on_after_all(*, child: Person, because: str, by: User) -> PersonDetails:
    """Return the details of a child whose pregnancy was said to have ended, and had not.

    The child is expected again, the clocks run, and what was ended is open as it was. Those who work with
    the family are told. Raises NotAllowed, NotPossible and VersionClash.
    """
    check_can_act("keep_people", by, [child])
    check_reason(because)
    if life_of(child).pregnancy_ended_on is None:
        raise NotPossible("No end of a pregnancy is on record.", "Look at the child’s page again.")
    since = life_over.written_down_at(PersonDetails.current.get(person=child), "pregnancy_ended_on")
    details = people_room.correct_details(
        child, by=by, because=because, pregnancy_ended_on=None, pregnancy_ended_as="",
        pregnancy_ended_words="",
    )  # fmt: skip
    tell(details)
    life_over.open_again(child=child, why=PREGNANCY_ENDED, since=since, because=because, by=by)
    messages.tell(
        life_over.who_has_to_know(child, by),
        "A pregnancy was written down as ended by mistake: the child is expected. Look at what is open.",
        link=messages.page("story", child.pk),
    )
    return details


def _check_day(on: date, life: Life) -> None:
    if on > timezone.localdate():
        raise WrongDate(f"{day_in_words(on)} has not come yet.", "Check the day.")
    if life.expected_on and not life.expected_on - LONGEST_PREGNANCY <= on <= life.expected_on + LATEST:
        raise WrongDate(
            f"{day_in_words(on)} is far from {day_in_words(life.expected_on)}, the day expected.",
            "Check the day; if the day expected is wrong, mend that first.",
        )
