"""How many children in care of each kind every authority has, and what England's are made up of.

A child in care at any time in the year is of one of six kinds: in care all year ("stayed"), and those who
"left"; who "came" and those who "came_and_left"; and those who left and came in again, having been in care
when the year began ("left_and_came") or not ("came_left_came"). The last two are what the published numbers
leave: without them those in care at the start, at the end, starting, ceasing and at any time do not agree,
each child being counted once.
"""

from kith.invented.england.apportion import balanced, spread, spread_within
from kith.invented.england.published import Published

LEFT_AND_CAME, CAME_LEFT_CAME = 470, 560
CAME_AND_LEFT = 0.25  # of those who came; nothing is published of it
KINDS = ("stayed", "left_and_came", "came", "came_left_came", "left", "came_and_left")
IN_CARE = KINDS[:4]
CAME = ("came", "came_left_came", "left_and_came", "came_and_left")
HOMES = {
    "foster": "cla_placement_foster",
    "childrens_homes": "cla_placement_childrens_and_secure_homes",
    "independent": "cla_placement_independent_semi",
    "parents": "cla_placement_parents",
    "other_residential": "cla_placement_other_residential",
    "other": "cla_placement_other",
}
_OFF = {"foster": 4, "parents": 3}  # the published homes come to 10 more than the children
_LEAVERS_ASKED = 0.15  # of care leavers; how many could have stayed with foster carers is not published
_FEWER_WHERE_SUITABLE = -3
_FAR_WITHIN_AT_MOST = 0.12  # of an authority's children, where it is wide enough

Counts = dict[str, list[int]]


def counts_of_care(published: Published, is_wide: list[bool]) -> Counts:
    """Counts by kind, each a list in the order of the authorities.

    `is_wide` says in which authorities somebody can live over 20 miles from home and still be in its area.
    """
    held = published.counts("cla_at_31_march")
    kinds = _kinds(published, held)
    three = spread_within(
        round(published.england["cla_three_plus_placements"]),
        *_no_more(published.limits("cla_three_plus_placements_pct", held), kinds["stayed"]),
        "Three or more placements",
    )
    return {**kinds, "three_or_more": three, **_homes(published, held), **_far(published, held, is_wide)}


def _no_more(
    limits: tuple[list[float], list[int], list[int]], most: list[int]
) -> tuple[list[float], list[int], list[int]]:
    wished, low, high = limits
    return wished, low, [min(pair) for pair in zip(high, most, strict=True)]


def _kinds(published: Published, held: list[int]) -> Counts:
    starting, ceasing = published.counts("cla_starting"), published.counts("cla_ceasing")
    again = spread_within(
        LEFT_AND_CAME + CAME_LEFT_CAME,
        starting,
        [0] * len(held),
        [min(s, c) // 3 for s, c in zip(starting, ceasing, strict=True)],
        "Children who came in again",
    )
    left_and_came = spread(LEFT_AND_CAME, again)
    counts: Counts = {kind: [] for kind in KINDS}
    for stock, new, gone, twice, first in zip(held, starting, ceasing, again, left_and_came, strict=True):
        short = min(round(CAME_AND_LEFT * new), new - twice, gone - twice)
        short = max(short, new - stock)
        counts["left_and_came"].append(first)
        counts["came_left_came"].append(twice - first)
        counts["came_and_left"].append(short)
        counts["came"].append(new - twice - short)
        counts["stayed"].append(stock - new + short)
        counts["left"].append(gone - twice - short)
    return counts


def _homes(published: Published, held: list[int]) -> Counts:
    """Children in each kind of home, within the published percentages; "the_rest" are placed for adoption or
    at residential schools.
    """
    totals = [round(published.england[name]) - _OFF.get(home, 0) for home, name in HOMES.items()]
    names = [f"{name}_pct" for name in HOMES.values()]
    limits = [published.limits(name, held) for name in names]
    low = [[limit[1][at] for limit in limits] + [0] for at in range(len(held))]
    high = [[limit[2][at] for limit in limits] + [whole] for at, whole in enumerate(held)]
    shares = [total / sum(held) for total in totals] + [1 - sum(totals) / sum(held)]
    table = []
    for at, whole in enumerate(held):
        wished = [limit[0][at] for limit in limits] + [whole * shares[-1]]
        is_told = [published.authorities[name][at] is not None for name in names] + [False]
        wished = [
            wish if told else whole * share for wish, told, share in zip(wished, is_told, shares, strict=True)
        ]
        table.append(spread_within(whole, wished, low[at], high[at], f"Homes in {published.codes[at]}"))
    table = balanced(table, low, high, [*totals, sum(held) - sum(totals)], "Homes")
    return {home: [row[at] for row in table] for at, home in enumerate((*HOMES, "the_rest"))}


def _far(published: Published, held: list[int], is_wide: list[bool]) -> Counts:
    england = published.england
    limits = published.limits("cla_over_20_miles_out_of_area_pct", held)
    outside = spread_within(
        round(england["cla_over_20_miles_out_of_area"]), *limits, "Over 20 miles away and out of area"
    )
    most = [
        round(whole * _FAR_WITHIN_AT_MOST) if wide else 0 for whole, wide in zip(held, is_wide, strict=True)
    ]
    within = min(round(england["cla_over_20_miles"]) - sum(outside), sum(most))
    return {
        "far_outside": outside,
        "far_within": spread_within(within, most, [0] * len(most), most, "Over 20 miles away in the area"),
    }


def counts_of_care_leavers(published: Published, held: list[int]) -> Counts:
    """Care leavers aged 19 to 21 by how they are doing.

    How many an authority has is not published. In line with its children in care England's percentages would
    not come to the published ones, so there are more where more work or study and fewer have a suitable home;
    and a number that the authority's percentages can be of.
    """
    england = published.england
    asked = ["care_leavers_19_21_eet_pct", "care_leavers_19_21_suitable_accommodation_pct"]
    told = [published.authorities[name] for name in asked]
    weights = [
        whole * (work or england[asked[0]]) * (home or england[asked[1]]) ** _FEWER_WHERE_SUITABLE
        for whole, work, home in zip(held, *told, strict=True)
    ]
    wished = spread(round(england["care_leavers_19_21"]), weights)
    leavers = [_count_that_can_be(whole, [each[at] for each in told]) for at, whole in enumerate(wished)]
    biggest = max(range(len(leavers)), key=leavers.__getitem__)
    leavers[biggest] += round(england["care_leavers_19_21"]) - sum(leavers)
    working, suitable = (_near_the_share(published, name, leavers) for name in asked)
    most = [whole - some for whole, some in zip(leavers, working, strict=True)]
    neither = round(sum(leavers) * england["care_leavers_19_21_neet_pct"] / 100)
    touch = spread(round(sum(leavers) * england["care_leavers_19_21_in_touch_pct"] / 100), leavers)
    not_in_touch = spread(round(sum(leavers) * england["care_leavers_19_21_not_in_touch_pct"] / 100), leavers)
    return {
        "leavers": leavers,
        "working": working,
        "suitable": suitable,
        "not_working": spread_within(neither, most, [0] * len(most), most, "Care leavers not working"),
        "in_touch": touch,
        "not_in_touch": [
            min(no, whole - yes) for no, whole, yes in zip(not_in_touch, leavers, touch, strict=True)
        ],
        **_staying(published, leavers),
    }


def _near_the_share(published: Published, name: str, out_of: list[int]) -> list[int]:
    """Counts within each authority's percentage, in all as near to England's as these let them be."""
    wished, low, high = published.limits(name, out_of)
    total = round(sum(out_of) * published.england[name] / 100)
    return spread_within(min(max(total, sum(low)), sum(high)), wished, low, high, name)


def _staying(published: Published, leavers: list[int]) -> Counts:
    name = "staying_put_19_20_pct"
    given = published.authorities[name]
    asked = [
        min(_count_that_can_be(round(whole * _LEAVERS_ASKED), [value]), whole * 2 // 3)
        for whole, value in zip(leavers, given, strict=True)
    ]
    stayed = _near_the_share(published, name, asked)
    return {"could_stay": asked, "stayed_put": stayed}


def _count_that_can_be(about: int, percentages: list[float | None]) -> int:
    """The number nearest to `about` of which whole children can be each of these whole percentages."""
    told = [value for value in percentages if value is not None]
    nearby = sorted(range(max(1, about - 40), about + 200), key=lambda count: abs(count - about))
    return next(
        count
        for count in nearby
        if all(abs(100 * round(count * value / 100) / count - value) < 0.5 for value in told)
    )
