"""People the record knows, and the people who work here."""

from .persons import (
    Address,
    DatePrecision,
    Disability,
    Identifier,
    MatchProposal,
    Person,
    PersonDetails,
    PersonMerge,
    PersonName,
    Relationship,
)
from .staff import Allocation, Membership, Role, Team, User, UserRole

__all__ = [
    "Address",
    "Allocation",
    "DatePrecision",
    "Disability",
    "Identifier",
    "MatchProposal",
    "Membership",
    "Person",
    "PersonDetails",
    "PersonMerge",
    "PersonName",
    "Relationship",
    "Role",
    "Team",
    "User",
    "UserRole",
]
