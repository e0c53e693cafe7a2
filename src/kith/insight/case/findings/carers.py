"""Carers gained and lost: are there homes for children, and with whom?"""

from kith.insight.case.finding import Chart, Finding
from kith.insight.case.look import Look
from kith.insight.case.words import beside, ranged, since, some, why_not

HOMES = (
    "children_in_foster_homes",
    "children_living_with_kin_foster_carers",
    "children_placed_with_private_providers",
)
FUNNEL = (
    "fostering_enquiries",
    "fostering_applications",
    "fostering_approvals",
    "fostering_households_gained_and_lost",
)

INDICATORS = (*HOMES, *FUNNEL)
_NOTHING_OF_CARERS = (
    "How many people asked to foster, and how many homes were gained and lost, cannot be told yet."
)


def finding(look: Look) -> Finding:
    """How many live in foster homes, with whom, and what is known of carers who asked, began and left."""
    foster, kin, private = (look.of(name) for name in HOMES)
    funnel = [look.of(name) for name in FUNNEL]
    return Finding(
        id="carers",
        title="Carers gained and lost",
        question="Are foster carers coming, and staying?",
        sentences=some(
            "" if any(figure.is_told for figure in funnel) else _NOTHING_OF_CARERS,
            f"{ranged(foster)} of children in care live in foster homes." if foster.is_told else "",
            since(look, "children_in_foster_homes"),
            f"{ranged(kin)} live with relatives or friends." if kin.is_told else "",
            f"{ranged(private)} live with private providers." if private.is_told else "",
        ),
        beside=some(
            beside(look, "children_in_foster_homes"),
            beside(look, "children_placed_with_private_providers"),
            *(beside(look, name) for name in FUNNEL),
        ),
        unknown=(*why_not([foster, kin, private, *funnel]), "Homes that stand empty, and why carers leave."),
        caution="A gap here is facts that are missing, not carers that are missing.",
        charts=(
            Chart("children_in_foster_homes", "share"),
            Chart("where_children_in_care_live", "share", "kind"),
        ),
        indicators=INDICATORS,
        is_held=foster.is_told,
    )
