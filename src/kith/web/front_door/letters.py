"""What was decided about a message, as a letter to the family: never who told us, nor what they said.

A decision that is told in person alone (a strategy discussion) has no words in `told_to_family.csv`, and so
no copy for the family. The reason is a worker's own writing, and stands in a copy only where it is let in.
"""

from collections.abc import Sequence

from django.http import Http404

from kith.record.frontdoor import codes
from kith.record.frontdoor.models import DecidedFor, Decision
from kith.record.frontdoor.queries import decided_for, message_of
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, shown
from kith.record.versions import current_matters, parts_of
from kith.record.visits.reading import names_of, without
from kith.standards.dates import long_date
from kith.standards.working_days import legal_day
from kith.web.letters.kinds import Letter, LetterKind, Offered, Reader

REASON = "reason"
IN_PERSON = "What was decided is not told to a family by letter: tell them in person, when it is safe."


def _decision(user: User, person: Person, thread: int, reader: Reader | None) -> Letter:
    decision = current_matters(Decision, [thread]).get(thread)
    parts = parts_of(DecidedFor, [thread], "person")[thread] if decision else []
    own = next((part for part in parts if part.person_id in same_person_ids(person)), None)
    if decision is None or own is None:
        raise Http404("It is not on this file")
    message = message_of(decision.message_thread)
    others = [part.person_id for part in parts if part != own]
    names = names_of(others, but_not={person.pk})
    code = own.decision or decision.decision
    reason = without(own.reason or decision.reason, names)
    on = own.decided_on
    return Letter(
        title=f"What we decided on {long_date(on)}",
        template="kith/front_door/letter.html",
        context={
            "child": shown([person.pk])[person.pk],
            "told_on": legal_day(message.received_at) if message else None,
            "told": codes.told_to_family(code, on),
            "decision": codes.words_of(codes.DECISIONS, code, on),
            "reason": reason,
            "by": decision.decided_by,
        },
        held_out=_held_out(others),
        look_for=["who told us, and what could tell who it was"],
        let_in=[(REASON, "The reason, as it was written")] if reason else [],
        not_for_family="" if codes.told_to_family(code, on) else IN_PERSON,
    )


def _held_out(others: Sequence[int]) -> list[str]:
    out = ["Who told us, and what they said."]
    return [*out, "What was decided for the other children."] if others else out


def _decisions(user: User, person: Person, ids: Sequence[int]) -> list[Offered]:
    found = [(one, codes.words_of(codes.DECISIONS, one.decision, one.decided_on)) for one in decided_for(ids)]
    return [Offered(one.matter_thread, words, one.decided_on) for one, words in reversed(found)]


LETTERS = [LetterKind("decision", "Decisions of the front door", _decision, _decisions)]
