"""What is known of a child when somebody tells us about them: help that came before, and how things ended.

Sentences in neutral words, for the page on which a decision is taken and for the record of it. Nothing
here is a score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kith.record.assessment.models import ChildInNeedPlan
from kith.record.care.models import PeriodOfCare
from kith.record.chronology import words
from kith.record.frontdoor import queries as frontdoor
from kith.record.frontdoor.codes import SECTION_17_HELP, words_of
from kith.record.frontdoor.models import Contact, HelpedUnder17, Referral
from kith.record.help.models import HelpEpisode
from kith.record.help.queries import episodes_of
from kith.record.people.queries import merged_under
from kith.record.protection.models import ProtectionPlan, Section47Enquiry
from kith.record.protection.queries import enquiries_of
from kith.record.versions import AnyFact, current_facts
from kith.standards.dates import day_in_words
from kith.standards.working_days import add_months

HELP_OR_ADVICE = frozenset({"OTHER_OUTCOMES_EXIST_FLAG", "ADVICE_FLAG"})


@dataclass(frozen=True)
class Known:
    """What is known of one child before a day. `help` comes first on a page, as help comes first."""

    help: tuple[str, ...]
    past: tuple[str, ...]
    told_before: str  # how often somebody told us within 12 months, as a sentence; "" where nobody did
    is_referred_again: bool

    @property
    def sentences(self) -> list[str]:
        """All of it, as a decision keeps it."""
        again = ["Referred again within 12 months."] if self.is_referred_again else []
        return [*self.help, *self.past, *filter(None, [self.told_before]), *again]


def known_of(person_ids: Iterable[int], on: date) -> dict[int, Known]:
    """What is known of each of these kept persons before `on`; in some queries, however many they are."""
    under = merged_under(person_ids)
    root = {pk: kept for kept, records in under.items() for pk in records}
    ids = list(root)
    contacts = _by_person(root, frontdoor.contacts_of(ids))
    referrals = _by_person(root, frontdoor.earlier_referrals(ids, on))
    plans = _by_person(root, current_facts(ChildInNeedPlan, ids))
    enquiries = _by_person(root, enquiries_of(ids))
    protection = _by_person(root, current_facts(ProtectionPlan, ids))
    given = _by_person(root, current_facts(HelpedUnder17, ids))
    care = _by_person(root, current_facts(PeriodOfCare, ids))
    helped = _by_person(root, episodes_of(ids))
    help = {
        pk: (
            *(_family_help(one) for one in helped.get(pk, ())),
            *(_spell("Child in need plan", one.started_on, one.ended_on) for one in plans.get(pk, ())),
            *_helped(contacts.get(pk, ()), on),
            *(_given(one) for one in given.get(pk, ()) if one.given_on <= on),
        )
        for pk in under
    }
    return {
        pk: Known(
            help=help[pk],
            past=(
                *(_referred(one) for one in referrals.get(pk, ())),
                *(_enquired(one) for one in enquiries.get(pk, ())),
                *(_spell("Protection plan", one.started_on, one.ended_on) for one in protection.get(pk, ())),
                *(_spell("In care", one.started_on, one.ended_on) for one in care.get(pk, ())),
            ),
            told_before=_told_before(contacts.get(pk, ()), on, was_helped=bool(help[pk])),
            is_referred_again=frontdoor.is_referred_again(referrals.get(pk, ()), on),
        )
        for pk in under
    }


def _by_person(root: Mapping[int, int], facts: Iterable[AnyFact]) -> dict[int, list[AnyFact]]:
    found: dict[int, list[AnyFact]] = {}
    for fact in facts:
        found.setdefault(root[fact.person_id], []).append(fact)
    return found


def _spell(what: str, started_on: date | None, ended_on: date | None) -> str:
    began = f"from {day_in_words(started_on)}" if started_on else "since a day nobody knows"
    return f"{what} {began} to {day_in_words(ended_on)}." if ended_on else f"{what} {began}, and still."


def _family_help(one: HelpEpisode) -> str:
    if one.ended_on:
        return _spell("Family help", one.started_on, one.ended_on)
    leads = f"{one.worker} leads" if one.worker else "nobody leads yet"
    return f"Family help now, since {day_in_words(one.started_on)}; {leads}."


def _helped(contacts: Sequence[Contact], on: date) -> list[str]:
    return [
        f"Help or advice was given after a message on {day_in_words(one.received_on)}."
        for one in contacts
        if one.outcome in HELP_OR_ADVICE and one.received_on < on
    ]


def _given(one: HelpedUnder17) -> str:
    said = words_of(SECTION_17_HELP, one.kind, one.given_on)
    return f"Section 17 help on {day_in_words(one.given_on)}: {said[0].lower()}{said[1:]}."


def _referred(one: Referral) -> str:
    came = f"Referred on {day_in_words(one.received_on)}"
    if one.is_no_further_action:
        return f"{came}; nothing more was done."
    if one.closed_on is None:
        return f"{came}; the case is open."
    ended = words.label("cin_closure_reason", one.closure_reason) if one.closure_reason else "no reason given"
    return f"{came}; closed on {day_in_words(one.closed_on)}: {ended[0].lower()}{ended[1:]}."


def _enquired(one: Section47Enquiry) -> str:
    began = f"Section 47 enquiry from {day_in_words(one.started_on)}"
    if one.ended_on is None and not one.is_conference_not_required:
        return f"{began}, and no end is written down."
    until = f" to {day_in_words(one.ended_on)}" if one.ended_on else ""
    needed = {True: "no conference was needed", False: "a conference was needed"}
    how = needed.get(bool(one.is_conference_not_required), "")
    if one.outcome:
        outcome = words.label("s47_outcome", one.outcome)
        how = f"{how}, {outcome[0].lower()}{outcome[1:]}"
    return f"{began}{until}: {how}."


def _told_before(contacts: Sequence[Contact], on: date, *, was_helped: bool) -> str:
    """Neutral words for a repeat: no bold, no colour, no score. No help came: only where none is known."""
    since = add_months(on, -12)
    lately = [one for one in contacts if since <= one.received_on < on]
    if not lately:
        return ""
    times = "once" if len(lately) == 1 else f"{len(lately)} times"
    helped = sum(one.outcome in HELP_OR_ADVICE for one in lately)
    none = "" if was_helped else " No help was offered."
    offered = {0: none, 1: " Help was offered once."}.get(helped, f" Help was offered {helped} times.")
    return f"Someone has told us about this child {times} since {day_in_words(since)}.{offered}"
