"""How messages are told on pages: who told us, and when it came."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone

from kith.record.frontdoor.models import Danger, Message
from kith.standards.codes import code_list
from kith.standards.dates import long_date

register = template.Library()
DANGER = {  # how worried whoever told us is, as they answered
    Danger.NOW: "They say somebody is in danger now.",
    Danger.NOT_TODAY: "Worried; they say nobody is in danger today.",
    Danger.CANNOT_TELL: "Worried; they cannot tell whether somebody is in danger.",
}
NOT_ASKED = "Nobody asked whether somebody is in danger now."
LATER = timedelta(hours=1)  # written down so much after it came, both are shown


@register.filter
def moment_words(moment: datetime) -> str:
    """A moment as pages write it: "Tue 3 Mar 2026, 14:05"."""
    local = timezone.localtime(moment)
    return f"{long_date(local.date())}, {local:%H:%M}"


@register.filter
def source_words(message: Message) -> str:
    """Where a message came from, by its code; "not said yet" where nobody has."""
    return code_list("referral_source").label(message.source) if message.source else "Not said yet"


@register.filter
def teller_words(message: Message) -> str:
    """Who told us: name, what they are, where they work, and where that is in the list of sources."""
    said = [message.teller_name, message.teller_role, message.teller_organisation, source_words(message)]
    way = f" · {message.teller_way_back}" if message.teller_way_back else ""
    return ", ".join(filter(None, said)) + way


@register.filter
def written_later(message: Message) -> bool:
    """Whether a message was written down a good while after it came."""
    return message.written_at - message.received_at > LATER


@register.filter
def worry_words(message: Message) -> str:
    """How worried whoever told us is, in a sentence; that nobody asked is said too."""
    return DANGER.get(Danger(message.danger), NOT_ASKED) if message.danger else NOT_ASKED
