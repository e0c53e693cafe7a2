"""The queries that the DfE's rules will raise about an authority's returns because its history means them.

Worked out of the diary's acts, not of the rules: what was late, what the turn of a year parts in two, and
what the return cannot tell of earlier years. A rule that finds anything else of an invented return has met
an error: in the history, in the making of the return, or in the rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from kith.dataset.returns import Kind
from kith.dataset.years import first_day, last_day
from kith.invented.authority import Authority
from kith.invented.diary import Act
from kith.standards.dates import turns
from kith.standards.working_days import working_days_between

ASSESSMENT_DAYS = 45  # working days, as the census asks of an assessment
CONFERENCE_DAYS = 15  # working days from the strategy discussion
THIRTEEN_WEEKS = 91  # days in care since 14 that make a care leaver
_SHORT_BREAKS = ("V3", "V4")
_AFTER_ASSESSMENT = ("RC8", "RC9")
_NOTHING_FOUND = "21"


@dataclass(frozen=True, slots=True, order=True)
class IntendedQuery:
    """A rule that will find something of a child in one year's return, once for each time it is listed."""

    kind: Kind
    year: int
    rule: str
    child: str


@dataclass(slots=True)
class _Assessment:
    started_on: date
    authorised_on: date | None = None
    factors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Enquiry:
    started_on: date
    needs_conference: bool = True  # until it is concluded that it does not
    conference_on: date | None = None


@dataclass(slots=True)
class _Referral:
    child: str
    received_on: date
    closed_on: date | None = None
    reason: str = ""
    assessments: list[_Assessment] = field(default_factory=list)
    enquiries: list[_Enquiry] = field(default_factory=list)


@dataclass(slots=True)
class _Care:
    """One period of care; `changes` are the days on which its episodes begin."""

    changes: list[date]
    ended_on: date | None = None


@dataclass(slots=True)
class _Young:
    """What the diary tells of one child that a query can be about."""

    born_on: date | None = None
    expected_on: date | None = None
    care: list[_Care] = field(default_factory=list)
    health_years: set[int] = field(default_factory=set)
    told_as_care_leaver: set[int] = field(default_factory=set)


def intended_queries(authority: Authority) -> list[IntendedQuery]:
    """Every query that the histories mean to raise in the authority's returns, in order.

    Those of the SSDA903 hold for a check that was given last year's return, for the first year too.
    """
    heard = _Heard(authority)
    return sorted(
        query
        for year in range(authority.first_year, authority.last_year + 1)
        for query in (*_of_the_census(heard, year), *_of_children(heard, year))
    )


class _Heard:
    """The diary told again as referrals and as children, for those acts that a query can come of."""

    def __init__(self, authority: Authority) -> None:
        self.children: dict[str, _Young] = {}
        self.referrals: dict[str, _Referral] = {}
        self._assessments: dict[str, _Assessment] = {}
        self._enquiries: dict[str, _Enquiry] = {}
        for act in authority.diary:
            hear = getattr(self, f"_{act.act}", None)
            if hear:
                hear(act)

    def _register_person(self, act: Act) -> None:
        if act.facts["is_child"]:
            self.children[act.person] = _Young(
                act.facts["date_of_birth"], act.facts["expected_date_of_birth"]
            )

    def _record_birth(self, act: Act) -> None:
        child = self.children[act.person]
        child.born_on, child.expected_on = act.facts["date_of_birth"], None

    def _receive_referral(self, act: Act) -> None:
        self.referrals[act.facts["reference"]] = _Referral(act.person, act.on)

    def _close_referral(self, act: Act) -> None:
        referral = self.referrals[act.facts["referral"]]
        referral.closed_on, referral.reason = act.on, act.facts["reason"]

    def _start_assessment(self, act: Act) -> None:
        assessment = self._assessments[act.facts["reference"]] = _Assessment(act.on)
        self.referrals[act.facts["referral"]].assessments.append(assessment)

    def _authorise_assessment(self, act: Act) -> None:
        assessment = self._assessments[act.facts["assessment"]]
        assessment.authorised_on, assessment.factors = act.on, act.facts["factors"]

    def _start_section_47(self, act: Act) -> None:
        enquiry = self._enquiries[act.facts["reference"]] = _Enquiry(act.on)
        self.referrals[act.facts["referral"]].enquiries.append(enquiry)

    def _conclude_section_47(self, act: Act) -> None:
        self._enquiries[act.facts["enquiry"]].needs_conference = act.facts["is_conference_required"]

    def _hold_initial_conference(self, act: Act) -> None:
        if act.facts["enquiry"]:
            self._enquiries[act.facts["enquiry"]].conference_on = act.on

    def _start_care(self, act: Act) -> None:
        if act.facts["legal_status"] not in _SHORT_BREAKS:
            self.children[act.person].care.append(_Care([act.on]))

    def _change_legal_status(self, act: Act) -> None:
        self.children[act.person].care[-1].changes.append(act.on)

    def _place_child(self, act: Act) -> None:
        self.children[act.person].care[-1].changes.append(act.on)

    def _end_care(self, act: Act) -> None:
        care = self.children[act.person].care
        if care and care[-1].ended_on is None:
            care[-1].ended_on = act.on

    def _record_health_year(self, act: Act) -> None:
        self.children[act.person].health_years.add(act.facts["year"])

    def _record_care_leaver_year(self, act: Act) -> None:
        self.children[act.person].told_as_care_leaver.add(act.facts["year"])


def _of_the_census(heard: _Heard, year: int) -> Iterator[IntendedQuery]:
    children = set()
    for referral in heard.referrals.values():
        if _is_told(referral.received_on, referral.closed_on, year):
            children.add(referral.child)
            for rule in _of_a_referral(referral, year):
                yield IntendedQuery("cin", year, rule, referral.child)
    for key in children:
        if _is_expected_long_ago(heard.children[key], year):
            yield IntendedQuery("cin", year, "8530Q", key)


def _of_a_referral(referral: _Referral, year: int) -> Iterator[str]:
    last = last_day(year)
    assessments = [one for one in referral.assessments if _is_told(one.started_on, one.authorised_on, year)]
    enquiries = [
        one
        for one in referral.enquiries
        if _is_told(one.started_on, one.conference_on or one.started_on, year)
    ]
    yield from ("8670Q" for one in assessments if _is_late(one, last))
    yield from ("8675Q" for one in enquiries if _is_late_for_conference(one, last))
    if enquiries and not assessments:
        yield "2991Q"  # its assessment was done before the year, or began after it
    reason = referral.reason if _was_by(referral.closed_on, last) else ""
    if reason in _AFTER_ASSESSMENT and not assessments:
        yield "8825Q"  # assessed in the last days of March, closed in the first of April
    if len(assessments) == 1 and _found_nothing(assessments[0], last) and reason not in _AFTER_ASSESSMENT:
        yield "8873Q"  # the same, seen from the year before


def _is_told(since: date, until: date | None, year: int) -> bool:
    """Whether what was so from a day to a day was so at some time in the year."""
    return since <= last_day(year) and (until is None or until >= first_day(year))


def _was_by(day: date | None, last: date) -> bool:
    return day is not None and day <= last


def _is_late(assessment: _Assessment, last: date) -> bool:
    """Past its 45 working days when the year ended, and not authorised by then."""
    had = working_days_between(assessment.started_on, last)
    return not _was_by(assessment.authorised_on, last) and had >= ASSESSMENT_DAYS


def _is_late_for_conference(enquiry: _Enquiry, last: date) -> bool:
    """Past its 15 working days when the year ended, with a conference that was to come."""
    had = working_days_between(enquiry.started_on, last)
    waits = enquiry.needs_conference and not _was_by(enquiry.conference_on, last)
    return waits and had >= CONFERENCE_DAYS


def _found_nothing(assessment: _Assessment, last: date) -> bool:
    return _was_by(assessment.authorised_on, last) and _NOTHING_FOUND in assessment.factors


def _is_expected_long_ago(child: _Young, year: int) -> bool:
    """Referred unborn and never heard of again: the birth was due before the March of the census day."""
    due = child.expected_on
    return due is not None and not date(year, 3, 1) <= due <= date(year, 12, 31)


def _of_children(heard: _Heard, year: int) -> Iterator[IntendedQuery]:
    for key, child in heard.children.items():
        if year in child.told_as_care_leaver and (rule := _of_a_care_leaver(child, year)):
            yield IntendedQuery("903", year, rule, key)
        if year in child.health_years and _is_seventeen_all_year(child, year):
            yield IntendedQuery("903", year, "197B", key)


def _of_a_care_leaver(child: _Young, year: int) -> str | None:
    """Of a young person whose time in care lies, all of it or most, before last year's return."""
    episodes = [episode for care in child.care for episode in _episodes(care, year)]
    if not episodes:
        return "1002"
    return None if _makes_a_care_leaver(child, episodes) else "1001"


def _is_seventeen_all_year(child: _Young, year: int) -> bool:
    """Born on 1 April: rule 189 wants no SDQ of a child who is 17 when the year begins, and 197B wants one of
    a child who is 17 when it ends."""
    return child.born_on is not None and turns(child.born_on, 17) == first_day(year)


def _episodes(care: _Care, year: int) -> list[tuple[date, date]]:
    """First and last day of each episode that this year's return or last year's tells."""
    last = last_day(year)
    end = min(care.ended_on or last, last)
    days = [day for day in sorted(set(care.changes)) if day < end] + [end]
    return [(start, until) for start, until in pairwise(days) if until >= first_day(year - 1)]


def _makes_a_care_leaver(child: _Young, episodes: list[tuple[date, date]]) -> bool:
    assert child.born_on is not None
    fourteen, sixteen = turns(child.born_on, 14), turns(child.born_on, 16)
    days = sum(max((until - max(start, fourteen)).days, 0) for start, until in episodes)
    return days >= THIRTEEN_WEEKS and any(until > sixteen for _, until in episodes)
