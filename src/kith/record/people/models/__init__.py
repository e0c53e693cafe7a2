"""People the record knows, and the people who work here."""

from .local import LocalSetting, OwnAuthority
from .persons import (
    Address,
    DatePrecision,
    Disability,
    Identifier,
    MatchProposal,
    MayFamilyRead,
    Person,
    PersonDetails,
    PersonMerge,
    PersonName,
    PregnancyEnd,
    Relationship,
    SafeContact,
)
from .staff import Allocation, Cover, Decided, Membership, Role, Team, User, UserRole

__all__ = [
    "Address",
    "Allocation",
    "Cover",
    "DatePrecision",
    "Decided",
    "Disability",
    "Identifier",
    "LocalSetting",
    "MatchProposal",
    "MayFamilyRead",
    "Membership",
    "OwnAuthority",
    "Person",
    "PersonDetails",
    "PersonMerge",
    "PersonName",
    "PregnancyEnd",
    "Relationship",
    "Role",
    "SafeContact",
    "Team",
    "User",
    "UserRole",
]
