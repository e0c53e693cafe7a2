"""On My work: what a manager has to decide, what is owed by us and by others, and what was handed over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from kith.record.access.looking import show_names
from kith.record.access.permissions import Level, accesses
from kith.record.assessment.models import FamilyAssessment, Stage
from kith.record.frontdoor.models import Decision, Message
from kith.record.frontdoor.queries import waiting_messages
from kith.record.help.queries import asked_step_ups_of, steps_undecided
from kith.record.owed.queries import OwedLine, owed_by
from kith.record.people.queries import covers_for, kept_ids
from kith.record.planning.queries import ActionDue, actions_late_of_others
from kith.record.sharing.queries import open_asks_of
from kith.record.workload.queries import to_read
from kith.web.my_work import Work
from kith.web.sections import Section
from kith.web.working.begun import begun
from kith.web.working.owed import url_of
from kith.web.working.together import once_for_family

DECISIONS = {"managers_agreement": "decide_contacts"}  # what is owed by deciding: the power to decide it
PROTECTS = {
    "strategy_discussion",
    "single_or_joint",
    "whole_discussion",
    "child_seen",
}  # owed for a child’s safety
DECIDED_BESIDE = {"finding_agreed": "agree_enquiry_outcome"}  # has its own buttons, in the part of protection
MESSAGES_SHOWN = 5
NOW = "now"  # a message whose teller says that somebody is in danger now


@dataclass(frozen=True)
class StillOwed:
    """One thing owed, of whom, and where it is done.

    `each` are those of brothers and sisters that it stands for, where it stands for several.
    """

    line: OwedLine
    names: str
    url: str
    child_id: int | None
    instead_of: str = ""  # the colleague whose work it is, while this person covers for them
    message_url: str = ""  # the message that it was left of, for who may read messages
    each: tuple["StillOwed", ...] = ()


@dataclass(frozen=True)
class ToDecide:
    """One thing that waits for a decision: in words, since when, and where this person goes on with it."""

    words: str
    since: datetime
    url: str
    is_danger: bool = False
    act: str = "Decide"


@dataclass(frozen=True)
class Waiting:
    """Something that somebody else has not done yet, and the page or the press that asks again."""

    words: str
    since: datetime
    url: str
    chase: str = ""  # the address that asks again at one press


@dataclass(frozen=True)
class LateOfOthers:
    """Something in a plan that somebody else has not done by its day; `chase` is "" for who is not staff."""

    due: ActionDue
    names: str
    url: str
    chase: str


def _owed(work: Work) -> list[StillOwed]:
    """What this person owes, and whoever they cover for, the latest first; asked for once a page."""
    if "still owed" not in work.asked:
        mine = [(line, "") for line in work.owes]
        for cover in covers_for(work.user):
            mine += [(line, cover.for_user.name) for line in owed_by(cover.for_user, work.now)]
        work.asked["still owed"] = _of_families(_named(work, mine))
    found: list[StillOwed] = work.asked["still owed"]
    return found


def _named(work: Work, lines: Iterable[tuple[OwedLine, str]]) -> list[StillOwed]:
    held = list(lines)
    kept = kept_ids({pk for line, _ in held for pk in line.person_ids})
    shown = show_names(work.user, set(kept.values()), where="my work") if kept else {}
    told = _messages_of(held) if work.may("receive_referrals") else {}
    found = []
    for line, instead_of in held:
        ids = [kept[pk] for pk in line.person_ids if kept[pk] in shown]
        first = ids[0] if ids else None
        names = ", ".join(dict.fromkeys(shown[pk].name for pk in ids))
        thread = told.get(line.owed.fact_thread) if ids or not line.person_ids else None
        message_url = page("message", thread) if thread else ""
        found.append(StillOwed(line, names, url_of(line, first), first, instead_of, message_url))
    return found


def _of_families(found: Iterable[StillOwed]) -> list[StillOwed]:
    """The same, with one line where one act left the same thing owed for brothers and sisters."""
    groups = once_for_family(found, lambda one: one.child_id, _same)
    return [
        replace(group[0], names=", ".join(dict.fromkeys(one.names for one in group)), each=tuple(group))
        if len(group) > 1
        else group[0]
        for group in groups
    ]


def _same(one: StillOwed) -> tuple[object, ...]:
    owed = one.line.owed
    return (owed.what, owed.fact_table, owed.because, one.line.due_on, one.instead_of, one.message_url)


def _messages_of(held: Iterable[tuple[OwedLine, str]]) -> dict[int, int]:
    """The message of which each of these is left, by the thread of the message or of its decision."""
    facts = [(line.owed.fact_table, line.owed.fact_thread) for line, _ in held]
    decisions = {thread for table, thread in facts if table == "frontdoor.decision"}
    found = {thread: thread for table, thread in facts if table == "frontdoor.message"}
    if decisions:
        of = Decision.current.filter(thread__in=decisions).values_list("thread", "message_thread")
        found |= dict(of)
    return found


def _decisions(work: Work) -> dict[str, Any] | None:
    """What waits for this person to decide, danger first: messages, steps up, and what others did at once."""
    may_decide = work.may("decide_contacts")
    answers = work.may("decide_urgent") and work.may("answer_calls")
    if not (may_decide or answers):
        return None
    messages: list[Message] = []  # whoever decides about them reads them in the front door’s own part
    if answers and not may_decide:
        messages = list(waiting_messages().filter(danger=NOW)[: MESSAGES_SHOWN + 1])
    waiting = [
        ToDecide(
            "Somebody may be in danger now" if one.danger == NOW else "A message waits for a decision",
            one.received_at, page("message", one.thread), one.danger == NOW, "Read it and act",
        )  # whoever answers calls may start an enquiry there at once, and may not decide
        for one in messages[:MESSAGES_SHOWN]
    ]  # fmt: skip
    waiting += _steps_up() if may_decide else []
    decided_here = _decided(work, DECISIONS)
    owed = [each for each in _owed(work) if each.line.owed.what in decided_here]
    if not waiting and not owed:
        return None
    return {
        "waiting": waiting,
        "owed": owed,
        "more": len(messages) > MESSAGES_SHOWN,
        "all": page("front_door"),
    }


def _steps_up() -> list[ToDecide]:
    return [
        ToDecide(
            "Family help asks whether more is needed", one.asked_at, page("help_step_up_decide", one.thread)
        )
        for one in steps_undecided()
    ]


def _decided(work: Work, decisions: Mapping[str, str]) -> set[str]:
    """What is owed by decisions that this person has the power to take."""
    return {what for what, power in decisions.items() if work.may(power)}


def _owed_first(work: Work) -> dict[str, Any] | None:
    """What is owed for a child’s safety, such as a strategy discussion: before all that can wait."""
    owed = [each for each in _owed(work) if each.line.owed.what in PROTECTS]
    return {"owed": owed} if owed else None


def _still_owed(work: Work) -> dict[str, Any] | None:
    """All that is owed but what stands in another part of the page."""
    elsewhere = _decided(work, DECISIONS | DECIDED_BESIDE) | PROTECTS
    owed = [each for each in _owed(work) if each.line.owed.what not in elsewhere]
    return {"owed": owed} if owed else None


def _handed_over(work: Work) -> dict[str, Any] | None:
    waiting = to_read(work.user)
    kept = kept_ids(one.person_id for one in waiting)
    shown = show_names(work.user, set(kept.values()), where="my work") if waiting else {}
    lines = [(one, shown[kept[one.person_id]]) for one in waiting if kept[one.person_id] in shown]
    groups = once_for_family(
        lines, lambda line: line[1].person_id, lambda line: (line[0].handed_by_id, line[0].from_on)
    )
    return {"handovers": groups} if groups else None


def _waiting_on_others(work: Work) -> dict[str, Any] | None:
    waiting = [
        Waiting(
            f"{ask.asked_of} has not answered", ask.sent_at or ask.asked_at, page("chase_partner", ask.thread)
        )
        for ask in open_asks_of(work.user.pk)
    ]
    sent = FamilyAssessment.current.filter(stage=Stage.ASKED, asked_by=work.user).order_by("asked_at")
    waiting += [
        Waiting(
            "A manager has not read your assessment yet", one.asked_at, page("assessment", one.thread),
            reverse("chase_assessment", args=[one.thread]),
        )
        for one in sent
    ]  # fmt: skip
    waiting += [
        Waiting(
            "A manager has not decided yet whether a family needs more help", one.asked_at,
            page("help_family", one.family_thread), reverse("chase_step_up", args=[one.thread]),
        )
        for one in asked_step_ups_of(work.user)
    ]  # fmt: skip
    late = _late_of_others(work)
    return {"waiting": waiting, "late": late, "number": len(waiting) + len(late)} if waiting or late else None


def _late_of_others(work: Work) -> list[LateOfOthers]:
    """What others said they would do for this worker's children and have not, the longest late first."""
    ids = [card.shown.person_id for card in work.children[0]]
    late = actions_late_of_others(work.user, ids, work.today) if ids else []
    seen = accesses(work.user, {pk for one in late for pk in one.person_ids})
    may = {pk for pk, access in seen.items() if access.level is Level.RECORD}
    open_to_all = [one for one in late if may.issuperset(one.person_ids)]
    about = {pk for one in open_to_all for pk in one.person_ids}
    shown = show_names(work.user, about, where="what others do in plans") if about else {}
    return [
        LateOfOthers(
            one, ", ".join(shown[pk].name for pk in one.person_ids if pk in shown),
            page("plan", one.plan.thread),
            reverse("chase_action", args=[one.action.thread]) if one.action.owner_id else "",
        )
        for one in open_to_all
    ]  # fmt: skip


def page(name: str, *args: int) -> str:
    """The address of a page; "" while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


SECTIONS = (
    Section("kith/working/begun.html", begun, 3),
    Section("kith/working/decisions.html", _decisions, 4),
    Section("kith/working/owed_first.html", _owed_first, 5),
    Section("kith/working/to_read.html", _handed_over, 12),
    Section("kith/working/owed.html", _still_owed, 42),
    Section("kith/working/waiting.html", _waiting_on_others, 48),
)
