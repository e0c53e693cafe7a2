"""The lines that family help gives a child's story. What a family said stays with the family's help."""

from kith.record.chronology.telling import Told, ended
from kith.record.chronology.words import sentence
from kith.record.help.models import HelpEpisode, SteppedUp
from kith.standards.codes import code_list


def help_episode(fact: HelpEpisode) -> list[Told]:
    """When help began and ended; the need that led to it is the family's, and not told of one child."""
    return [
        Told(fact.started_on, "help_started", "Family help began"),
        *ended(fact.ended_on, "help_ended", sentence("Family help ended", _why(fact.end_reason))),
    ]


def _why(end_reason: str) -> str:
    """Our own code in words; a file may have brought words of its own."""
    known = code_list("help_end_reasons").find(end_reason)
    return known.label.lower() if known else end_reason[:200]


def stepped_up(fact: SteppedUp) -> list[Told]:
    """That somebody who helps the family asked for more; what a manager decided is told by its own facts."""
    return [Told(fact.asked_on, "step_up_asked", "Asked whether more than family help is needed")]
