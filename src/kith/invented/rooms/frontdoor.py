"""The messages from which the first pass's contacts came, and what was decided about each.

The contacts and referrals are the first pass's own: a message here has its decision beside them, and makes
none of its own. Only of the last year: the record writes down no message of years ago. In no table.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, TypedDict

from kith.invented.diary import Act
from kith.invented.rates import rates, rows
from kith.invented.rooms import Room, Told
from kith.standards.working_days import add_working_days

_YEAR = timedelta(days=365)
_HOURS = (9, 10, 11, 12, 13, 14)
_DECIDED_AT = 15
_SOON = timedelta(days=3)  # an enquiry that begins so soon was decided at the front door
_PARTNERS = frozenset(["2A", "3A", "3B", "3E", "3F", "5A", "5B", "5C", "5D", "6", "7"])
_THRESHOLDS = {"assess": "4", "strategy": "4", "referral_no_action": "3", "advice": "2", "nothing": "1"}


class WriteMessage(TypedDict):
    """Somebody told us something on `Act.on` about these children."""

    reference: str
    hour: int
    way: str
    source: str  # code list `referral_source`
    what_was_said: str
    children: list[str]


class DecideMessage(TypedDict):
    """What was decided; `referrals` are those that the first pass tells, by child."""

    message: str
    hour: int
    decision: str
    threshold: str
    reason: str
    consent_position: str
    lawful_basis: str
    is_replied: bool
    referrals: dict[str, str]


def tell(told: Told, rng: Random) -> Iterator[Act]:
    """A message for what was one contact, and its decision: on the day or the next working day, mostly."""
    referrals = {act.facts["contact"]: act for act in told.acts if act.act == "receive_referral"}
    enquiries = {act.on for act in told.acts if act.act == "start_section_47"}
    contacts: dict[Any, list[Act]] = {}
    for act in told.acts:
        if act.act == "receive_contact" and told.until - _YEAR < act.on < told.until:
            contacts.setdefault((act.on, act.together or act.facts["reference"]), []).append(act)
    for of in contacts.values():
        yield from _message(rng, told, of, referrals, enquiries)


def _message(
    rng: Random, told: Told, of: Sequence[Act], referrals: dict[Any, Act], enquiries: set[date]
) -> Iterator[Act]:
    first = of[0]
    reference, source = f"{first.facts['reference']}M", first.facts["source"]
    message = WriteMessage(
        reference=reference,
        hour=rng.choice(_HOURS),
        way=rng.choice(("letter", "letter", "phone") if source in _PARTNERS else ("phone", "phone", "visit")),
        source=source,
        what_was_said=_words(rng, "said"),
        children=[act.person for act in of],
    )
    yield Act(first.on, first.person, "write_message", dict(message))
    late = rng.random() < rates()["late_decision"]
    after = rng.randint(2, 3) if late else rng.choice((0, 0, 1))
    decided_on = add_working_days(first.on, after) if after else first.on
    if decided_on < told.until:
        begun = {
            act.person: referrals[act.facts["reference"]] for act in of if act.facts["reference"] in referrals
        }
        facts = _decision(rng, first, reference, begun, enquiries)
        yield Act(decided_on, first.person, "decide_message", dict(facts))


def _decision(
    rng: Random, first: Act, reference: str, begun: dict[str, Act], enquiries: set[date]
) -> DecideMessage:
    decision = _decided(first, begun, enquiries)
    knows = rng.choice(("agree", "agree", "will_be_told", "disagree"))
    return DecideMessage(
        message=reference,
        hour=_DECIDED_AT,
        decision=decision,
        threshold=_THRESHOLDS[decision],
        reason=_words(rng, decision),
        consent_position="not_told_risk" if decision == "strategy" else knows,
        lawful_basis="protect" if decision == "strategy" else "help",
        is_replied=rng.random() >= rates()["reply_left_out"],
        referrals={child: act.facts["reference"] for child, act in begun.items()},
    )


def _decided(first: Act, begun: dict[str, Act], enquiries: set[date]) -> str:
    """What the first pass's own acts say was decided."""
    if not begun:
        return "advice" if first.facts["outcome"] == "ADVICE_FLAG" else "nothing"
    if any(act.facts["is_no_further_action"] for act in begun.values()):
        return "referral_no_action"
    is_at_once = any(first.on <= on <= first.on + _SOON for on in enquiries)
    return "strategy" if is_at_once else "assess"


def _words(rng: Random, kind: str) -> str:
    return rng.choice(_sentences(kind))


@cache
def _sentences(kind: str) -> tuple[str, ...]:
    return tuple(row["words"] for row in rows("message_words") if row["kind"] == kind)


ROOM = Room("frontdoor", {"write_message": WriteMessage, "decide_message": DecideMessage}, tell)
