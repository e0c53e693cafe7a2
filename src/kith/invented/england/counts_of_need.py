"""How many referrals, cases, enquiries and plans of each kind every authority has."""

from collections.abc import Sequence

from kith.invented.england.apportion import spread, spread_within
from kith.invented.england.published import Published

OPENED_AND_CLOSED = 0.45  # of the cases that began in the year; nothing is published of it
PLANS_BEGUN_AND_ENDED = 0.3
NOT_IN_NEED_OF_THE_YEAR_BEFORE = 47_490
"""What the published numbers leave: cases open on 31 March 2019 that are in no figure of 2019-20."""

Counts = dict[str, list[int]]


def counts_of_need(published: Published) -> Counts:
    """Counts by kind, each a list in the order of the authorities."""
    england = published.england
    referrals = published.counts("referrals")
    no_further = spread(round(sum(referrals) * england["referral_nfa_pct"] / 100), referrals)
    began = spread(round(england["cin_starting"]), _less(referrals, no_further))
    not_in_need = _less(_less(referrals, no_further), began)
    open_at_end = published.counts("cin_at_31_march")
    ended = spread(round(england["cin_ending"]), began)
    opened_and_closed = [
        min(max(round(start * OPENED_AND_CLOSED), start - still), start, end)
        for start, still, end in zip(began, open_at_end, ended, strict=True)
    ]
    opened = _less(began, opened_and_closed)
    return {
        "no_further": no_further,
        "not_in_need": not_in_need,
        "opened_and_closed": opened_and_closed,
        "opened": opened,
        "carried_and_closed": _less(ended, opened_and_closed),
        "carried": _less(open_at_end, opened),
        "carried_not_in_need": spread(NOT_IN_NEED_OF_THE_YEAR_BEFORE, referrals),
        "assessments": published.counts("assessments"),
        **_coming_again(published, referrals),
        **_protection(published),
    }


def _less(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [more - less for more, less in zip(one, other, strict=True)]


def _coming_again(published: Published, referrals: list[int]) -> Counts:
    """Children referred again in the year, and those referred once who had been in the year before."""
    wished, low, high = published.limits("rereferral_pct", referrals, off=0.05)
    share = published.england["rereferral_pct"] / 100
    again = spread_within(round(sum(referrals) * share), wished, low, high, "Re-referrals")
    twice = sum(referrals) - round(published.england["children_referred"])
    most = [min(times, whole // 3) for times, whole in zip(again, referrals, strict=True)]
    in_the_year = spread_within(twice, again, [0] * len(again), most, "Children referred twice")
    return {"referred_twice": in_the_year, "referred_the_year_before": _less(again, in_the_year)}


def _protection(published: Published) -> Counts:
    england = published.england
    enquiries, conferences = published.counts("s47_enquiries"), published.counts("icpcs")
    begun, on_a_plan = published.counts("cpp_started"), published.counts("cpp_at_31_march")
    most = [min(number // 2, number - held) for number, held in zip(enquiries, conferences, strict=True)]
    twice = sum(enquiries) - round(england["s47_children"])
    again = spread_within(twice, enquiries, [0] * len(most), most, "Second enquiries")
    ended = spread(round(england["cpp_ended"]), begun)
    begun_and_ended = [
        min(max(round(start * PLANS_BEGUN_AND_ENDED), start - still), start, end)
        for start, still, end in zip(begun, on_a_plan, ended, strict=True)
    ]
    wished, low, high = published.limits("cpp_second_or_subsequent_pct", begun, off=0.05)
    second = round(sum(begun) * england["cpp_second_or_subsequent_pct"] / 100)
    plans_before = spread_within(second, wished, low, high, "Second plans")
    return {
        "children_with_an_enquiry": _less(enquiries, again),
        "second_enquiries": again,
        "conferences": conferences,
        "plans_begun": begun,
        "plans_begun_and_ended": begun_and_ended,
        "plans_carried_and_ended": _less(ended, begun_and_ended),
        "plans_carried": _less(on_a_plan, _less(begun, begun_and_ended)),
        "second_plans": plans_before,
    }
