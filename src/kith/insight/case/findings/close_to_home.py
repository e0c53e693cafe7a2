"""Close to home and together: are children kept near, settled, and with their brothers and sisters?"""

from kith.insight.case.finding import Chart, Finding
from kith.insight.case.look import Look
from kith.insight.case.words import beside, ranged, since, some, why_not

INDICATORS = (
    "children_placed_over_20_miles_from_home",
    "children_placed_over_20_miles_and_out_of_area",
    "children_with_three_or_more_placements",
    "children_settled_for_two_years",
    "children_living_with_kin_foster_carers",
    "children_parted_from_brothers_and_sisters",
    "school_moves",
)


def finding(look: Look) -> Finding:
    """How many live far away, have been moved, are settled, with kin, and parted from brothers and
    sisters.
    """
    far, moved = look.of(INDICATORS[0]), look.of("children_with_three_or_more_placements")
    settled, kin = (
        look.of("children_settled_for_two_years"),
        look.of("children_living_with_kin_foster_carers"),
    )
    parted, schools = look.of("children_parted_from_brothers_and_sisters"), look.of("school_moves")
    return Finding(
        id="close_to_home",
        title="Close to home and together",
        question="Are children kept close to home, settled, and with their brothers and sisters?",
        sentences=some(
            f"{ranged(far)} of children in care live more than 20 miles from home." if far.is_told else "",
            f"{ranged(moved)} had three or more homes in the year." if moved.is_told else "",
            since(look, "children_with_three_or_more_placements"),
            f"Of those with a brother or sister in care, {ranged(parted)} live apart from at least one."
            if parted.is_told
            else "",
            f"{ranged(settled)} of those long in care have been in one home for two years."
            if settled.is_told
            else "",
            f"{ranged(kin)} live with relatives or friends." if kin.is_told else "",
        ),
        beside=some(
            beside(look, INDICATORS[0]),
            beside(look, "children_with_three_or_more_placements"),
            beside(look, "children_settled_for_two_years"),
        ),
        unknown=(
            *why_not([far, moved, settled, kin, parted, schools]),
            "Whether living apart was the safer choice, and brothers and sisters who are not in care.",
        ),
        caution="One family of five can move this figure; and miles are as the crow flies.",
        charts=(Chart(INDICATORS[0], "share"), Chart("children_with_three_or_more_placements", "share")),
        indicators=INDICATORS,
        is_held=any(figure.is_told for figure in (far, moved, settled, kin, parted)),
    )
