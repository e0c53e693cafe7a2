"""A period of care written down as acts: placements and orders, reviews, missing, health, motherhood."""

from datetime import date

from kith.invented.care import Period
from kith.invented.families import Child
from kith.invented.rates import rates
from kith.invented.story import Story, days, return_year, working_day
from kith.standards.working_days import add_months, add_working_days

LIBERTY_ORDERS_FROM = date(2026, 4, 1)  # in the SSDA903 from 2026-27
_PERMANENCE_FROM = date(2016, 4, 1)  # the return asks it of those who started from this day
_FIRST_REVIEW = 20  # working days
_PARTICIPATION = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
_PARTICIPATION_WEIGHTS = (58, 4, 2, 4, 10, 16, 6)


def write_period(story: Story, period: Period, together: str) -> None:
    """Write down a whole period of care."""
    _placements_and_orders(story, period, together)
    if period.start >= _PERMANENCE_FROM and period.child.key not in story.told_permanence:
        story.told_permanence.add(period.child.key)
        _previous_permanence(story, period)
    if not period.is_short_break:
        if period.child.is_unaccompanied:
            ends = period.child.turns(18)
            story.add(period.start, period.child, "record_unaccompanied", ended_on=ends)
        _adoption(story, period)
        _reviews(story, period)
        _missing(story, period)
        _years(story, period)
        _liberty_orders(story, period)
    by = story.world.staff.on_day(story.rng, "care", period.end)
    story.add(period.end, period.child, "end_care", by=by, reason=period.reason)


def _previous_permanence(story: Story, period: Period) -> None:
    child, rng = period.child, story.rng
    option, authority, ordered = "Z1", None, None
    if child.age_on(period.start) >= 3 and not child.is_unaccompanied and story.chance("previous_permanence"):
        option = rng.choices(("P1", "P2", "P3"), (25, 55, 20))[0]
        authority = rng.choice(story.world.places.la_codes)
        day = child.turns(1) + days(rng.randint(0, (period.start - child.turns(1)).days - 200))
        ordered = rng.choices((f"{day:%d/%m/%Y}", f"zz/{day:%m/%Y}", f"zz/zz/{day:%Y}"), (70, 20, 10))[0]
    story.add(
        period.start,
        child,
        "record_previous_permanence",
        option=option,
        authority=authority,
        ordered_on=ordered,
    )


def _placements_and_orders(story: Story, period: Period, together: str) -> None:
    child, first = period.child, period.stays[0].home
    by = story.world.staff.on_day(story.rng, "care", period.start)
    story.add(
        period.start,
        child,
        "start_care",
        by=by,
        together=together,
        reference=story.reference(child, "C"),
        need=period.need,
        home_postcode=period.home_postcode,
        legal_status=period.legal[0][1],
        placement_type=first.placement_type,
        provider=first.provider,
        urn=first.urn,
        postcode=first.postcode,
        carer=first.carer,
    )
    for start, status in period.legal[1:]:
        story.add(start, child, "change_legal_status", by=by, legal_status=status)
    for number, stay in enumerate(period.stays[1:]):
        home = stay.home
        story.add(
            stay.start,
            child,
            "place_child",
            by=story.world.staff.on_day(story.rng, "care", stay.start),
            placement_type=home.placement_type,
            provider=home.provider,
            urn=home.urn,
            postcode=home.postcode,
            carer=home.carer,
            change_reason=period.stays[number].left_because,
        )


def _adoption(story: Story, period: Period) -> None:
    steps, child, rng = period.adoption, period.child, story.rng
    if steps is None:
        return
    story.add(steps.decided_on, child, "decide_adoption")
    if steps.reversed_on is not None:
        story.add(steps.reversed_on, child, "reverse_adoption_decision", reason=steps.reversal_reason)
    if period.reason not in ("E11", "E12"):
        return
    sex = rng.choices(("MF", "MM", "FF", "F1", "M1"), (78, 6, 5, 10, 1))[0]
    statuses = {"MF": ("L11", "L11", "L11", "L3", "L2"), "MM": ("L12", "L12", "L2", "L4"), "F1": ("L0",)}
    status = rng.choice(statuses.get({"FF": "MM", "M1": "F1"}.get(sex, sex), ("L0",)))
    story.add(
        period.end,
        child,
        "record_adoption",
        decided_on=steps.decided_on,
        matched_on=steps.matched_on,
        is_by_foster_carer=steps.is_by_foster_carer,
        adopters=1 if sex in ("F1", "M1") else 2,
        adopters_sex=sex,
        adopters_legal_status=status,
    )


def _reviews(story: Story, period: Period) -> None:
    rng, child = story.rng, period.child
    due = add_working_days(period.start, _FIRST_REVIEW)
    months = 3
    while True:
        held = working_day(
            due + days(rng.randint(3, 25))
            if story.chance("late_care_review")
            else due - days(rng.randint(0, 6))
        )
        if held >= period.end:
            return
        code = "PN0" if child.age_on(held) < 4 else rng.choices(_PARTICIPATION, _PARTICIPATION_WEIGHTS)[0]
        chair = story.world.staff.of_role(rng, "reviewing_officer", held)
        story.add(held, child, "hold_care_review", by=chair, participation=code)
        due, months = add_months(held, months), 6


def _missing(story: Story, period: Period) -> None:
    """Times missing, each within one placement, with at least a day between them."""
    rng, child = story.rng, period.child
    day = max(period.start, child.turns(11)) + days(rng.randint(1, 30))
    while day + days(3) < period.end:
        year_end = day + days(365)
        is_young = child.age_on(day) < 12 and rng.random() < 0.7
        if is_young or not story.chance("missing_young_person"):
            day = year_end
            continue
        for _ in range(1 + int(rng.expovariate(1 / rates()["missing_times"]))):
            day += days(2 + rng.expovariate(1 / 25))
            last = min(period.end, year_end)
            if day + days(1) >= last:
                break
            stay_end = period.stay_ends(period.stay_on(day))
            if period.stay_on(day).home.placement_type[0] in "TRA":
                continue
            back = min(
                day + days(rng.choices((0, 1, 2, 3, 6, 12), (30, 40, 14, 8, 5, 3))[0]),
                stay_end,
                period.end - days(1),  # who is missing on the last day leaves care for no other reason (580)
            )
            story.add(day, child, "go_missing", kind="M" if rng.random() < 0.88 else "A")
            story.add(back, child, "return_from_missing")
            day = back
        day = max(year_end, day + days(2))


def _years(story: Story, period: Period) -> None:
    """What is told once a year: health of those looked after all year, and motherhood of girls."""
    child = period.child
    baby: date | None = None
    for year in range(return_year(period.start), return_year(period.end) + 1):
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        if period.start <= first and period.end >= last:  # to 31 March is all the year (rule 191)
            _health_year(story, child, year)
        if child.sex == "F":
            baby = baby or _baby(story, period, max(first, period.start), min(last, period.end))
            on = min(last, period.end)
            story.add(
                on,
                child,
                "record_motherhood",
                year=year,
                is_mother=baby is not None,
                child_born_on=baby,
            )


def _baby(story: Story, period: Period, start: date, end: date) -> date | None:
    if period.child.age_on(start) < 15 or not story.chance("mother_in_care") or (end - start).days < 3:
        return None
    return start + days(story.rng.randint(1, (end - start).days - 1))


def _health_year(story: Story, child: Child, year: int) -> None:
    rng = story.rng
    last = date(year, 3, 31)
    age, age_before = child.age_on(last), child.age_on(date(year - 1, 4, 1))
    score, reason = None, None
    if age_before >= 4 and age < 17:
        score = min(40, max(0, int(rng.gauss(14, 7))))
    elif age >= 4 and age_before < 17:
        # Turned 4 or 17 in the year: a score, or why not.
        score = min(40, max(0, int(rng.gauss(13, 7)))) if rng.random() < 0.6 else None
        reason = None if score is not None else rng.choice(("SDQ1", "SDQ4", "SDQ5"))
    misuse = age >= 12 and rng.random() < 0.06
    received = rng.random() < 0.6 if misuse else None
    story.add(
        last,
        child,
        "record_health_year",
        year=year,
        sdq_score=score,
        sdq_reason=reason,
        is_convicted=rng.random() < 0.04 if age >= 10 else None,
        is_health_check_up_to_date=rng.random() < 0.88 if age < 5 else None,
        are_immunisations_up_to_date=rng.random() < 0.88,
        are_teeth_checked=rng.random() < 0.86,
        is_health_assessed=rng.random() < 0.90,
        is_misusing_substances=misuse,
        is_intervention_received=received,
        is_intervention_offered=rng.random() < 0.7 if received is False else None,
    )


def _liberty_orders(story: Story, period: Period) -> None:
    """Court orders that deprive a child of liberty, in a children's home, from 2026-27."""
    rng, child = story.rng, period.child
    for stay in period.stays:
        start = max(stay.start, LIBERTY_ORDERS_FROM, child.turns(12)) + days(rng.randint(5, 90))
        room = (period.stay_ends(stay) - start).days
        if stay.home.placement_type != "K2" or room < 30 or not story.chance("liberty_order"):
            continue
        reference = story.reference(child, "L")
        story.add(start, child, "record_liberty_order", reference=reference)
        end = start + days(rng.randint(28, min(90, room)))
        story.add(end, child, "end_liberty_order", order=reference)
