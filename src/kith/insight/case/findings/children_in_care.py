"""Children in care: how many, who came and who left."""

from kith.insight.case.finding import Chart, Finding
from kith.insight.case.look import Look
from kith.insight.case.words import beside, number, ranged, rate, since, some, why_not

INDICATORS = (
    "children_in_care",
    "children_starting_care",
    "children_ceasing_care",
    "teenagers_in_care",
    "unaccompanied_children_in_care",
    "children_returning_home",
)


def finding(look: Look) -> Finding:
    """How many children are in care, how many came and left in the year, and who they are."""
    in_care, per_child = look.of("children_in_care"), look.of("children_in_care", "rate")
    came, left = look.of("children_starting_care"), look.of("children_ceasing_care")
    teenagers, alone = look.of("teenagers_in_care"), look.of("unaccompanied_children_in_care")
    home = look.of("children_returning_home")
    both = came.is_told and left.is_told
    return Finding(
        id="children_in_care",
        title="Children in care",
        question="How many children are in care, and are more coming than leaving?",
        sentences=some(
            f"{number(in_care, 'children')} were in care on the last day{rate(per_child)}."
            if in_care.is_told
            else "",
            since(look, "children_in_care", "rate"),
            f"{number(came, 'children')} came into care and {number(left, 'children')} left." if both else "",
            f"{ranged(teenagers)} are 13 or older." if teenagers.is_told else "",
            f"{ranged(alone)} came to this country alone to seek asylum." if alone.is_told else "",
            f"Of those who left, {ranged(home)} went home to their parents." if home.is_told else "",
        ),
        beside=some(
            beside(look, "children_in_care", "rate"),
            beside(look, "children_starting_care", "rate"),
        ),
        unknown=(
            *why_not([in_care, came, left, teenagers, alone, home]),
            "Children who live with relatives without an order, and why each child came.",
        ),
        caution="More children in care can mean that they are safer, or that fewer could leave.",
        charts=(Chart("children_in_care", "rate"), Chart("children_in_care", "number", "age")),
        indicators=INDICATORS,
        is_held=in_care.is_told,
    )
