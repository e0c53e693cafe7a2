"""Three figures as an analyst would write them in pandas, from the same Parquet by year.

Nothing of Kith is used. They answer for the years that were made here (every period of care is dated, and
none goes on under another id), and not for all that real returns hold.
"""

from pathlib import Path

import pandas as pd

LAST_YEAR, YEARS = 2027, 10
BREAKS, TEMPORARY, MANY = ["V3", "V4"], ["T0", "T1", "T2", "T3", "T4"], 3


def of_the_three(folder: Path) -> dict[str, list[float]]:
    """Children in care on 31 March, and the shares of re-referrals and of three or more homes, by year."""
    years = [(pd.Timestamp(year - 1, 4, 1), pd.Timestamp(year, 3, 31)) for year in _years()]
    care = periods_of_care(folder)
    homes = stretches_with_one_carer(folder, care)
    referrals = referrals_with_the_one_before(folder)
    shares_again, shares_moved, numbers = [], [], []
    for first, last in years:
        held = care[(care.since <= last) & (care.until.isna() | (care.until > last))].person.unique()
        numbers.append(float(len(held)))
        own = referrals[(referrals.day >= first) & (referrals.day <= last)]
        again = own.before >= own.day - pd.DateOffset(months=12)
        shares_again.append(100 * again.mean())
        lived = homes[(homes.since <= last) & (homes.until.isna() | (homes.until >= first))]
        counts = lived.groupby("person").size()
        told = counts[counts.index.isin(held)]
        shares_moved.append(100 * (told >= MANY).mean())
    return {
        "children_in_care": numbers,
        "re_referrals": shares_again,
        "children_with_three_or_more_placements": shares_moved,
    }


def _years() -> range:
    return range(LAST_YEAR - YEARS + 1, LAST_YEAR + 1)


def table(folder: Path, name: str, key: str, columns: list[str]) -> pd.DataFrame:
    """The years of a table laid together; of rows with the same key the last year's."""
    files = sorted(folder.glob(f"*/{name}.parquet"))
    rows = pd.concat([pd.read_parquet(file, columns=[key, *columns]) for file in files])
    for column in rows.columns:
        if column.endswith("_date"):
            rows[column] = pd.to_datetime(rows[column])
    return rows.drop_duplicates(key, keep="last")


def periods_of_care(folder: Path) -> pd.DataFrame:
    """Each period of care but for short breaks alone: person, period, since, until."""
    columns = ["kith_person_id", "kith_start_date", "kith_end_date"]
    periods = table(folder, "kith_periods_of_care", "kith_period_id", columns)
    statuses = table(
        folder, "ssd_legal_status", "lega_legal_status_id", ["kith_period_id", "lega_legal_status"]
    )
    is_break = statuses.lega_legal_status.isin(BREAKS).groupby(statuses.kith_period_id).all()
    own = periods[~periods.kith_period_id.map(is_break).fillna(False).astype(bool)]
    own = own.rename(
        columns={
            "kith_person_id": "person",
            "kith_period_id": "period",
            "kith_start_date": "since",
            "kith_end_date": "until",
        }
    )
    return own[own.until.isna() | (own.until > own.since)]


def stretches_with_one_carer(folder: Path, care: pd.DataFrame) -> pd.DataFrame:
    """Each stretch with one carer, temporary stays left out: person, since, until."""
    columns = ["clap_cla_id", "clap_cla_placement_start_date", "clap_cla_placement_end_date"]
    columns += ["clap_cla_placement_type", "kith_carer"]
    rows = table(folder, "ssd_cla_placement", "clap_cla_placement_id", columns)
    rows = rows.merge(care, left_on="clap_cla_id", right_on="period")
    rows = rows.sort_values(
        ["person", "since", "clap_cla_placement_start_date", "clap_cla_placement_end_date"]
    )
    start, end = rows.clap_cla_placement_start_date, rows.clap_cla_placement_end_date
    end = end.fillna(start.groupby(rows.period).shift(-1)).fillna(rows.until)
    rows = rows.assign(start=start, end=end)
    rows = rows[(rows.end.isna() | (rows.end > rows.start)) & ~rows.clap_cla_placement_type.isin(TEMPORARY)]
    is_same = (rows.period == rows.period.shift()) & (rows.kith_carer == rows.kith_carer.shift())
    grouped = rows.groupby((~is_same).cumsum())
    return pd.DataFrame(
        {
            "person": grouped.person.first(),
            "since": grouped.start.first(),
            "until": grouped.end.agg(lambda days: days.iloc[-1]),
        }
    )


def referrals_with_the_one_before(folder: Path) -> pd.DataFrame:
    """Each referral, once a child and day: person, day, before."""
    columns = ["cine_person_id", "cine_referral_date"]
    rows = table(folder, "ssd_cin_episodes", "cine_referral_id", columns)
    rows = rows.rename(columns={"cine_person_id": "person", "cine_referral_date": "day"})
    rows = rows.drop_duplicates(["person", "day"]).sort_values(["person", "day"])
    return rows.assign(before=rows.groupby("person").day.shift())
