"""Who may take contacts and referrals, and who may close a case."""

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.frontdoor.models import Referral
from kith.record.people.models import User
from kith.record.people.permissions import can, check_can


def check_can_receive(by: User) -> None:
    """Anyone at the front door may write down a contact or a referral, whoever the child is."""
    check_can("receive_referrals", by)


def can_receive(by: User) -> bool:
    return can("receive_referrals", by)


def check_can_close(by: User, referral: Referral) -> None:
    """A social worker or manager who works with the child may close the case.

    A referral that social care took no action on gave nobody work with the child: the power is enough.
    """
    check_can_act("close_cases", by, [referral.person], is_independent=referral.is_no_further_action is True)


def can_close(by: User, referral: Referral) -> bool:
    return allows(check_can_close, by, referral)
