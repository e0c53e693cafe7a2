"""Section 47 enquiries, conferences, protection plans and their reviews, and powers used at once."""

from kith.record.protection.models.conferences import (
    Conference,
    ConferenceOf,
    Dissent,
    InitialConference,
    Invited,
)
from kith.record.protection.models.emergencies import EmergencyStep
from kith.record.protection.models.enquiries import (
    EnquiryFinding,
    HarmSuspected,
    HarmSuspectedOf,
    Section47Enquiry,
    StrategyDiscussion,
    StrategyDiscussionOf,
)
from kith.record.protection.models.plans import (
    CoreGroup,
    CoreGroupOf,
    LegalPlanningLook,
    PlanReview,
    ProtectionPlan,
    TransferIn,
    TransferOut,
)

__all__ = [
    "Conference",
    "ConferenceOf",
    "CoreGroup",
    "CoreGroupOf",
    "Dissent",
    "EmergencyStep",
    "EnquiryFinding",
    "HarmSuspected",
    "HarmSuspectedOf",
    "InitialConference",
    "Invited",
    "LegalPlanningLook",
    "PlanReview",
    "ProtectionPlan",
    "Section47Enquiry",
    "StrategyDiscussion",
    "StrategyDiscussionOf",
    "TransferIn",
    "TransferOut",
]
