"""Help and investigation: is this place helping, or investigating?"""

from kith.insight.case.finding import Chart, Finding
from kith.insight.case.look import Look
from kith.insight.case.words import beside, number, of_whom, ranged, rate, since, some, why_not

INDICATORS = (
    "section47_enquiries",
    "section47_enquiries_with_no_plan",
    "section47_enquiries_less_plans_started",
    "help_before_investigation",
    "re_referrals",
)


def finding(look: Look) -> Finding:
    """How many enquiries there were, how many led to no plan, and what help came before."""
    enquiries, per_child = look.of("section47_enquiries"), look.of("section47_enquiries", "rate")
    no_plan, help_before = (
        look.newest("section47_enquiries_with_no_plan"),
        look.newest("help_before_investigation"),
    )
    again = look.of("re_referrals")
    return Finding(
        id="help_and_investigation",
        title="Help and investigation",
        question="Are families helped, or investigated?",
        sentences=some(
            f"{number(enquiries, 'section 47 enquiries')} began{rate(per_child)}."
            if enquiries.is_told
            else "",
            since(look, "section47_enquiries", "rate"),
            f"{of_whom(no_plan, look, 'enquiries')} that could be followed, {ranged(no_plan)} led to no "
            "protection plan."
            if no_plan.is_told
            else "",
            f"In {ranged(help_before)} of them the child had been helped in the year before."
            if help_before.is_told
            else "",
            f"{ranged(again)} of referrals came within a year of an earlier one." if again.is_told else "",
        ),
        beside=some(
            beside(look, "section47_enquiries", "rate"),
            beside(look, "section47_enquiries_less_plans_started", "share"),
            beside(look, "re_referrals"),
        ),
        unknown=(
            *why_not([enquiries, no_plan, help_before, again]),
            "What families felt, and help that others gave.",
        ),
        caution="An enquiry that led to no plan may still have kept a child safe.",
        charts=(Chart("section47_enquiries", "rate"), Chart("section47_enquiries_with_no_plan", "share")),
        indicators=INDICATORS,
        is_held=enquiries.is_told,
    )
