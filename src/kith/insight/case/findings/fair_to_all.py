"""Fair to all: who is investigated, and who comes into care?"""

from kith.insight.case.finding import Chart, Finding
from kith.insight.case.look import Figure, Look
from kith.insight.case.words import multiple, some, why_not

ETHNIC = ("ethnic_disparity_in_children_in_care", "ethnic_disparity_in_section47_enquiries")
DEPRIVED = ("deprivation_gap_in_children_in_care", "deprivation_gap_in_section47_enquiries")
INDICATORS = (*ETHNIC, *DEPRIVED)
MOST_DEPRIVED = "Most deprived fifth"


def finding(look: Look) -> Finding:
    """How much more likely children of one group are to be in care or investigated than those of another."""
    care, gap = look.groups(ETHNIC[0], "ethnicity", "ratio"), look.groups(DEPRIVED[0], "fifth", "ratio")
    told = {group: figure for group, figure in care.items() if figure.is_held}
    gaps = {group: figure for group, figure in gap.items() if figure.is_held and group == MOST_DEPRIVED}
    return Finding(
        id="fair_to_all",
        title="Fair to all",
        question="Are some children more likely to be in care than others?",
        sentences=some(
            *(_ethnic(group, figure) for group, figure in told.items()),
            *(_deprived(group, figure) for group, figure in gaps.items()),
        ),
        beside=(),
        unknown=(
            *why_not([look.of(name, "ratio") for name in INDICATORS if not _is_told(look, name)]),
            "What children needed, and how being poor and belonging to a group work together.",
        ),
        caution="A ratio of few children swings widely: read its range, not the number.",
        charts=(Chart(ETHNIC[0], "ratio", "ethnicity"), Chart(DEPRIVED[0], "ratio", "fifth")),
        indicators=INDICATORS,
        is_held=bool(told or gaps),
    )


def _is_told(look: Look, name: str) -> bool:
    by = look.of(name, "ratio").indicator.by[0]
    return any(figure.is_held for figure in look.groups(name, by, "ratio").values())


def _ethnic(group: str, figure: Figure) -> str:
    if figure.low is None or figure.high is None or figure.low <= 1 <= figure.high:
        return f"For {group} children no difference from White children can be told."
    likely = "more" if figure.low > 1 else "less"
    return (
        f"{group} children are {multiple(figure)} as likely to be in care as White children, {likely} by "
        f"more than chance ({figure.range_words})."
    )


def _deprived(group: str, figure: Figure) -> str:
    if figure.low is None or figure.high is None or figure.low <= 1 <= figure.high:
        told = f" ({multiple(figure)} as likely; {figure.range_words})" if figure.range_words else ""
        return f"No clear difference can be told between the {group.lower()} of areas and the least{told}."
    return (
        f"Children in the {group.lower()} of areas are {multiple(figure)} as likely to be in care as those "
        f"in the least ({figure.range_words})."
    )
