"""The clocks that run in care: its reviews, short legal statuses, and coming back from missing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import cast

from kith.record.care.models import LegalStatus, MissingEpisode, PeriodOfCare, Reply, ReturnInterview
from kith.record.care.policies import is_short_break
from kith.record.care.queries import interviews_of, missing_episodes, periods_of, reviews_held, statuses_in
from kith.record.clocks.running import Running, is_written_here
from kith.standards.clocks import Moment
from kith.standards.tables import rows

FIRST_REVIEW, SECOND_REVIEW, LATER_REVIEWS = "CR-01", "CR-02", "CR-03"
RETURN_INTERVIEW, SAFE_AND_WELL = "MI-01", "MI-02"
RECENT = timedelta(days=30)
HALF_A_YEAR = timedelta(days=183)
_CLOCKS = Path(__file__).parent / "data" / "legal_status_clocks.csv"


@cache
def clocks_of_legal_statuses() -> Mapping[str, str]:
    """The clock of each legal status that may last only so long, by its code."""
    return {row["legal_status"]: row["clock"] for row in rows(_CLOCKS)}


def running(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """What runs in open care. Short breaks are reviewed by the clock of their series, which is not held."""
    periods = periods_of(person_ids, on)
    statuses = statuses_in(periods, person_ids)
    reviews = reviews_held(period.person_id for period in periods)
    for period in periods:
        of_period = [status for status in statuses[period.thread] if status.started_on <= on]
        if not of_period or not is_short_break(of_period[-1].code):
            held = [day for day in reviews.get(period.person_id, []) if period.started_on <= day <= on]
            yield from _care_reviews(period, held, on)
        yield from _short_statuses(of_period)
    yield from _after_missing(person_ids, on)


def _care_reviews(period: PeriodOfCare, held: Sequence[date], on: date) -> Iterator[Running]:
    """20 working days, 3 months, then every 6; only the last where the first are not on record."""
    table = period._meta.label_lower

    def review(clock: str, started: date, met: date | None = None, events: Sequence[date] = ()) -> Running:
        return Running(clock, period.person_id, started, table, period.thread, met=met, events=tuple(events))

    if not _are_first_reviews_known(period, held, on):
        if held:
            yield review(LATER_REVIEWS, held[0], events=held[1:])
        return
    first, second, *later = [*held[:2], None, None][:2] + list(held[2:])
    yield review(FIRST_REVIEW, period.started_on, met=first)
    if first is not None:
        yield review(SECOND_REVIEW, first, met=second)
    if second is not None:
        yield review(LATER_REVIEWS, second, events=[day for day in later if day])


def _are_first_reviews_known(period: PeriodOfCare, held: Sequence[date], on: date) -> bool:
    """Whether the record would hold the first reviews. Imported care may begin before the first file."""
    if not period.is_start_known:
        return False
    if period.batch_id is None:
        return True
    return (held[0] if held else on) - period.started_on <= HALF_A_YEAR


def _short_statuses(statuses: Sequence[LegalStatus]) -> Iterator[Running]:
    """The statuses that may last only so long; the one in force, or the last."""
    for status in statuses[-1:]:
        if clock := clocks_of_legal_statuses().get(status.code):
            table = status._meta.label_lower
            yield Running(
                clock, status.person_id, status.started_on, table, status.thread, met=status.ended_on
            )


def _after_missing(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """A return interview within 72 hours, and a check that the child is safe, after each time missing."""
    episodes = [
        episode
        for episode in missing_episodes(person_ids)
        if episode.ended_on is not None and on - RECENT <= episode.ended_on <= on
    ]
    held = interviews_of(person_ids) if episodes else {}
    for episode in episodes:
        yield _interview(episode, held.get(episode.thread))
        if is_written_here(episode):
            yield _check(episode)


def _interview(episode: MissingEpisode, interview: ReturnInterview | None) -> Running:
    """Met when it was held; a child who said no has been offered it, and the duty falls away."""
    refused = interview is not None and interview.reply == Reply.REFUSED
    return Running(
        RETURN_INTERVIEW,
        episode.person_id,
        _back_at(episode),
        episode._meta.label_lower,
        episode.thread,
        met=interview.held_at if interview else None,
        ended=interview.offered_at if interview and refused else None,
        can_be_met=is_written_here(episode),
        act="Write down the talk" if interview else "Offer a return interview",
        url_name="hold_return_interview" if interview else "offer_return_interview",
        url_args=(episode.person_id, episode.thread),
    )


def _check(episode: MissingEpisode) -> Running:
    return Running(
        SAFE_AND_WELL,
        episode.person_id,
        _back_at(episode),
        episode._meta.label_lower,
        episode.thread,
        met=episode.checked_at,
        act="Say who saw them",
        url_name="seen_safe",
        url_args=(episode.person_id, episode.thread),
    )


def _back_at(episode: MissingEpisode) -> Moment:
    """When the child came back, which is known of each of these: to the minute where it was said."""
    return episode.ended_at or cast(date, episode.ended_on)
