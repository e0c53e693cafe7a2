"""The lines that harm outside the home gives a young person's story: what was done, never a name."""

from typing import Any

from kith.record.chronology.telling import Told


def screening(fact: Any) -> list[Told]:
    """That it was looked at; how it was graded stands in the screening."""
    return [Told(fact.screened_on, "outside_screening", "Risk outside the home was looked at")]


def panel_decision(fact: Any) -> list[Told]:
    """That a panel talked about them."""
    return [Told(fact.held_on, "outside_panel", "A panel about harm outside the home met")]


def national_referral(fact: Any) -> list[Told]:
    """That they were referred, and, once it is answered, that it was."""
    told = [
        Told(fact.referred_on, "national_referral", "Referred to the National Referral Mechanism as a victim")
    ]
    if fact.answered_on:
        words = "The National Referral Mechanism answered"
        told.append(Told(fact.answered_on, "national_referral", words))
    return told


def handed_to_adults(fact: Any) -> list[Told]:
    """That somebody goes on with them as an adult."""
    return [Told(fact.handed_on, "handed_to_adults", "Handed over to services for adults")]
