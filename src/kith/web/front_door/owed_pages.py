"""Where what the front door leaves owed is done."""

from collections.abc import Iterable

from django.urls import reverse

from kith.record.frontdoor.models import Decision
from kith.record.owed.models import Owed


def _of_message(name: str, owed: Owed) -> str:
    """The page `name` of the message that something is owed of, or of whose decision it is."""
    thread = owed.fact_thread
    if owed.fact_table == "frontdoor.decision":
        decision = Decision.current.filter(thread=thread).first()
        thread = decision.message_thread if decision else thread
    return reverse(name, args=[thread])


def _page(name: str):  # type: ignore[no-untyped-def]
    return lambda owed, person_ids: _of_message(name, owed)


def _of_child(name: str):  # type: ignore[no-untyped-def]
    def page(owed: Owed, person_ids: Iterable[int]) -> str:
        first = next(iter(person_ids), None)
        return reverse(name, args=[first]) if first else ""

    return page


def _of_ask(owed: Owed, person_ids: Iterable[int]) -> str:
    """Where a partner is asked again, or what they say by phone is written down."""
    return reverse("ask_given", args=[owed.fact_thread])


def _told(owed: Owed, person_ids: Iterable[int]) -> str:
    """Where it is said who told the family: of a conference, beside each who is asked to it."""
    if owed.fact_table == "frontdoor.decision":
        return reverse("family_told", args=[owed.thread])
    address: str = _of_child("conference_of_child")(owed, person_ids)
    return address


PAGES = {
    "family_told": _told,
    "reply_to_referrer": _page("reply"),
    "contact_details": _page("complete_message"),
    "decision_details": _page("complete_message"),
    "managers_agreement": _page("message"),
    "pass_on": _page("send_elsewhere"),
    "read_message": _page("read_message"),
    "primary_need": _of_child("say_need"),
    "partner_silent": _of_ask,
    "their_plan": _of_child("transfer_in"),
    "undo_case": _of_child("close_case"),
}
