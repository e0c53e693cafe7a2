"""The SSDA903 returns made from the diary break none of the return's rules; each test names the rules."""

from datetime import date

import polars as pl
import pytest

from kith.dataset.years import first_day, last_day

from .made import northbrook, tables

FOSTER = ["U1", "U2", "U3", "U4", "U5", "U6"]
TEMPORARY = ["T0", "T1", "T2", "T3", "T4"]
NO_URN = ["P1", "P3", "R1", "R2", "R5", *TEMPORARY, "Z11", "Z12", "Z13", "Z14"]


@pytest.fixture(scope="module")
def episodes() -> pl.DataFrame:
    header = tables("903", "Header").select("CHILD", "year", "DOB", "SEX", "MOTHER")
    return (
        tables("903", "Episodes")
        .join(header, on=["CHILD", "year"], how="left")
        .sort("CHILD", "year", "DECOM")
    )


def none(frame: pl.DataFrame) -> None:
    assert frame.is_empty(), frame.head(5).to_dicts()


def age(on: str) -> pl.Expr:
    day, born = pl.col(on), pl.col("DOB")
    return (
        day.dt.year() - born.dt.year() - (day.dt.strftime("%m%d") < born.dt.strftime("%m%d")).cast(pl.Int32)
    )


def years() -> list[int]:
    return list(range(northbrook().first_year, northbrook().last_year + 1))


def test_every_table_has_rows_of_every_year() -> None:
    for table in ("Header", "Episodes", "Reviews", "OC2", "OC3", "PrevPerm", "Missing", "UASC"):
        assert set(tables("903", table)["year"]) == set(years()), table


def test_every_child_of_any_table_is_in_the_header_once() -> None:  # INT01 to INT36
    header = tables("903", "Header")
    assert not header.select("CHILD", "year").is_duplicated().any()
    for table in (
        "Episodes",
        "Reviews",
        "UASC",
        "OC2",
        "OC3",
        "AD1",
        "PlacedAdoption",
        "PrevPerm",
        "Missing",
    ):
        none(tables("903", table).join(header, on=["CHILD", "year"], how="anti"))
    for table in ("AD1", "OC2", "OC3", "PrevPerm", "UASC"):
        assert not tables("903", table).select("CHILD", "year").is_duplicated().any(), table


def test_who_is_in_the_header_was_in_care_or_left_it() -> None:  # EPI
    of_care = pl.concat(
        [tables("903", "Episodes").select("CHILD", "year"), tables("903", "OC3").select("CHILD", "year")]
    )
    none(tables("903", "Header").join(of_care, on=["CHILD", "year"], how="anti"))


def test_dates_of_an_episode_are_in_order(episodes: pl.DataFrame) -> None:  # 148, 302, 352, 355, 356, 359
    none(episodes.filter(pl.col("DEC") <= pl.col("DECOM")))
    none(episodes.filter(pl.col("DEC").is_null() != pl.col("REC").is_null()))
    none(episodes.filter(pl.col("DECOM") < pl.col("DOB")))
    none(episodes.filter((pl.col("RNE") == "S") & (age("DECOM") >= 18)))
    none(episodes.filter(pl.col("DEC") > pl.col("DOB").dt.offset_by("18y")))


def test_episodes_follow_one_another(episodes: pl.DataFrame) -> None:  # 142, 357, 388, 431 to 433, 501, 504
    after = episodes.with_columns(
        pl.col("DECOM").shift(-1).over("CHILD", "year").alias("next_start"),
        pl.col("RNE").shift(-1).over("CHILD", "year").alias("next_rne"),
        pl.col("CIN").shift(-1).over("CHILD", "year").alias("next_need"),
    )
    none(after.filter(pl.col("next_start").is_not_null() & pl.col("DEC").is_null()))
    none(after.filter(pl.col("next_start") < pl.col("DEC")))
    goes_on = pl.col("REC") == "X1"
    none(
        after.filter(goes_on & (pl.col("next_start").ne_missing(pl.col("DEC")) | (pl.col("next_rne") == "S")))
    )
    none(after.filter(goes_on & (pl.col("next_need") != pl.col("CIN"))))
    none(after.filter(~goes_on & pl.col("next_start").is_not_null() & (pl.col("next_rne") != "S")))
    none(after.filter(~goes_on & (pl.col("next_start") == pl.col("DEC"))))


def test_an_episode_open_at_the_year_end_comes_again_the_same(episodes: pl.DataFrame) -> None:  # 502, 503A-J
    same = ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "HOME_POST", "PL_POST", "URN"]
    for year in years()[:-1]:
        open_then = episodes.filter((pl.col("year") == year) & pl.col("DEC").is_null())
        next_year = episodes.filter(pl.col("year") == year + 1)
        assert open_then.height
        none(open_then.join(next_year, on=same, how="anti", nulls_equal=True))


def test_legal_statuses_keep_to_their_limits(episodes: pl.DataFrame) -> None:  # 358, 361 to 363, 378
    length = (pl.col("DEC") - pl.col("DECOM")).dt.total_days()
    for status, most in (("L1", 3), ("L2", 21), ("L3", 7)):
        none(episodes.filter((pl.col("LS") == status) & (length > most)))
    none(episodes.filter(pl.col("LS").is_in(["J1", "J2", "J3"]) & (age("DECOM") < 10)))
    none(episodes.filter((pl.col("LS") == "V2") & (pl.col("PLACE") == "P1")))


def test_short_breaks_are_short_and_tell_no_place(
    episodes: pl.DataFrame,
) -> None:  # 214, 365 to 367, 399, 426
    breaks = episodes.filter(pl.col("LS").is_in(["V3", "V4"]))
    assert breaks.height
    single = breaks.filter(pl.col("LS") == "V3")
    none(single.filter((pl.col("DEC") - pl.col("DECOM")).dt.total_days() > 17))
    none(single.filter((pl.col("RNE") != "S") | (pl.col("REC") == "X1")))
    none(breaks.filter(pl.col("PL_POST").is_not_null() | pl.col("URN").is_not_null()))
    none(breaks.filter(pl.col("HOME_POST").is_not_null() | pl.col("MOTHER").is_not_null()))
    none(breaks.group_by("CHILD", "year").agg(pl.col("LS").n_unique()).filter(pl.col("LS") > 1))
    days = single.group_by("CHILD", "year").agg((pl.col("DEC") - pl.col("DECOM")).dt.total_days().sum())
    none(days.filter(pl.col("DEC") > 75))


def test_placements_suit_the_childs_age(episodes: pl.DataFrame) -> None:  # 371 to 374
    for codes, youngest in ((["K3", "H5"], 16), (["R5"], 10), (["S1"], 4)):
        none(episodes.filter(pl.col("PLACE").is_in(codes) & (age("DECOM") < youngest)))


def test_placement_codes_are_those_of_their_day(episodes: pl.DataFrame) -> None:  # 146, 217t, 230, 371
    none(episodes.filter(pl.col("PLACE").is_in(["P2", "Z1"])))
    none(
        episodes.filter(
            (pl.col("PLACE") == "H5")
            & (pl.col("DEC").fill_null(date(2099, 1, 1)) > date(2024, 4, 1))
            & (pl.col("year") > 2024)
        )
    )
    none(episodes.filter((pl.col("PLACE") == "K3") & (pl.col("DECOM") < date(2024, 4, 1))))
    assert episodes.filter(pl.col("PLACE") == "K3").height


def test_provider_and_urn_are_there_where_they_must_be(
    episodes: pl.DataFrame,
) -> None:  # 213, 218, 222, 526-531, 550
    homes = episodes.filter(~pl.col("LS").is_in(["V3", "V4"]))
    none(homes.filter(pl.col("PLACE").is_in(TEMPORARY) != pl.col("PLACE_PROVIDER").is_null()))
    none(homes.filter((pl.col("PLACE_PROVIDER") == "PR0") != (pl.col("PLACE") == "P1")))
    none(homes.filter(pl.col("PLACE_PROVIDER").is_in(["PR1", "PR2"]) & pl.col("PLACE").is_in(["R2", "R5"])))
    none(homes.filter((pl.col("PLACE_PROVIDER") == "PR3") & pl.col("PLACE").str.contains("^[AKU]")))
    none(homes.filter(pl.col("PLACE").is_in(NO_URN) & pl.col("URN").is_not_null()))
    registered = homes.filter(~pl.col("PLACE").is_in([*NO_URN, "H5"]))
    none(registered.filter(pl.col("URN").is_null()))


def test_urns_match_the_provider_list(episodes: pl.DataFrame) -> None:  # 219, 221, 224, 227, 1008
    listed = {provider.urn: provider for provider in northbrook().providers}
    for row in episodes.filter(pl.col("URN").is_not_null() & (pl.col("URN") != "XXXXXXX")).iter_rows(
        named=True
    ):
        provider = listed[row["URN"]]
        assert row["PLACE_PROVIDER"] == provider.provider, row
        assert provider.opened_on <= row["DECOM"], row
        if provider.kind in ("childrens_home", "secure_home", "family_centre", "supported_accommodation"):
            assert row["PL_POST"] == provider.postcode, row


def test_postcodes_are_there_and_differ(episodes: pl.DataFrame) -> None:  # 392b, 392d, 406
    alone = tables("903", "UASC").select("CHILD").unique()
    others = episodes.filter(~pl.col("LS").is_in(["V3", "V4"])).join(alone, on="CHILD", how="anti")
    none(others.filter(pl.col("HOME_POST").is_null() | pl.col("PL_POST").is_null()))
    none(others.filter((pl.col("PLACE") != "P1") & (pl.col("HOME_POST") == pl.col("PL_POST"))))
    none(episodes.join(alone, on="CHILD", how="semi").filter(pl.col("HOME_POST").is_not_null()))


def test_temporary_placements_go_out_and_come_back(episodes: pl.DataFrame) -> None:  # 375 to 377, 379 to 383
    cut = episodes.with_columns(
        *(
            pl.col(name).shift(by).over("CHILD", "year").alias(f"{name}{by}")
            for name in ("PLACE", "PL_POST", "RNE")
            for by in (1, -1)
        )
    )
    away = cut.filter(
        pl.col("PLACE").is_in(TEMPORARY) & pl.col("DEC").is_not_null() & pl.col("PLACE1").is_not_null()
    )
    assert away.height
    none(away.filter((pl.col("RNE") != "P") | (pl.col("REC") != "X1") | (pl.col("RNE-1") != "P")))
    none(away.filter((pl.col("PLACE1") != pl.col("PLACE-1")) | (pl.col("PL_POST1") != pl.col("PL_POST-1"))))
    length = (pl.col("DEC") - pl.col("DECOM")).dt.total_days()
    for code, most in (("T1", 42), ("T3", 21), ("T4", 7)):
        none(away.filter((pl.col("PLACE") == code) & (length > most)))


def test_a_reason_is_given_for_a_change_of_placement(episodes: pl.DataFrame) -> None:  # 225, 226, 233, 234
    after = episodes.with_columns(
        pl.col("RNE").shift(-1).over("CHILD", "year").alias("next"),
        pl.col("PLACE").shift(-1).over("CHILD", "year").alias("next_place"),
    )
    moved = (
        (pl.col("REC") == "X1")
        & pl.col("next").is_in(["P", "T", "B", "U"])
        & ~pl.col("PLACE").is_in(TEMPORARY)
        & ~pl.col("next_place").is_in(TEMPORARY)
    )
    none(after.filter(moved & pl.col("REASON_PLACE_CHANGE").is_null()))
    none(after.filter(~moved & pl.col("REASON_PLACE_CHANGE").is_not_null()))


def test_every_reason_for_a_new_episode_is_used(episodes: pl.DataFrame) -> None:  # 434 to 436
    assert set(episodes["RNE"]) >= {"S", "L", "P", "T", "B"}
    compared = ("LS", "PLACE", "PLACE_PROVIDER", "PL_POST", "URN")
    cut = episodes.with_columns(
        pl.col(name).shift(1).over("CHILD", "year").alias(f"{name}_before") for name in compared
    )
    cut = cut.filter(pl.col("LS_before").is_not_null() & (pl.col("RNE") != "S"))
    placed = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in compared[1:])
    ordered = pl.col("LS") != pl.col("LS_before")
    none(cut.filter((pl.col("RNE") == "L") & (placed | ~ordered)))
    none(cut.filter(pl.col("RNE").is_in(["P", "T"]) & (ordered | ~placed)))
    none(cut.filter(pl.col("RNE").is_in(["B", "U"]) & ~(ordered & placed)))


def test_care_ends_for_a_reason_that_fits(
    episodes: pl.DataFrame,
) -> None:  # 386, 387, 389, 390, 407, 460, 516
    def ended(*codes: str) -> pl.DataFrame:
        return episodes.filter(pl.col("REC").is_in(codes))

    adopted = ended("E11", "E12")
    assert adopted.height
    none(adopted.filter((age("DEC") >= 18) | ~pl.col("PLACE").is_in(["A3", "A4", "A5", "A6"])))
    none(ended("E45", "E46", "E47", "E48").filter(age("DEC") >= 18))
    none(ended("E45", "E46").filter(~pl.col("PLACE").is_in(FOSTER)))
    none(ended("E5", "E6").filter(age("DEC") < 14))
    none(ended("E7").filter(age("DEC") < 16))
    none(ended("E17").filter(age("DEC") < 18))
    none(ended("E9").filter(age("DEC") < 10))


def test_adoption_goes_step_by_step(
    episodes: pl.DataFrame,
) -> None:  # 217, 331 to 336, 408, 521 to 524, 551 to 554
    placed = episodes.filter(pl.col("PLACE").is_in(["A3", "A4", "A5", "A6"]))
    decided = tables("903", "PlacedAdoption").select("CHILD", "year", "DATE_PLACED", "DATE_PLACED_CEASED")
    joined = placed.join(decided, on=["CHILD", "year"], how="left")
    none(joined.filter(pl.col("DATE_PLACED").is_null() | (pl.col("DATE_PLACED") > pl.col("DECOM"))))
    none(placed.filter(pl.col("PLACE").is_in(["A5", "A6"]) & (pl.col("LS") != "E1")))
    none(placed.filter(pl.col("PLACE").is_in(["A3", "A5"]) & ~pl.col("RNE").is_in(["S", "T", "U"])))
    adopted = episodes.filter(pl.col("REC").is_in(["E11", "E12"])).join(
        tables("903", "AD1"), on=["CHILD", "year"], how="full", coalesce=True
    )
    none(adopted.filter(pl.col("DATE_INT").is_null() | pl.col("REC").is_null()))
    none(
        adopted.filter((pl.col("DATE_INT") > pl.col("DATE_MATCH")) | (pl.col("DATE_MATCH") > pl.col("DECOM")))
    )
    none(adopted.filter((pl.col("FOSTER_CARE") == 1) != pl.col("PLACE").is_in(["A3", "A5"])))
    none(adopted.filter((pl.col("NB_ADOPTR") == 2) != pl.col("SEX_ADOPTR").is_in(["MM", "FF", "MF"])))
    same = pl.col("SEX_ADOPTR").is_in(["MM", "FF"])
    none(adopted.filter(pl.col("LS_ADOPTR").is_in(["L12", "L4"]) & ~same))
    none(adopted.filter(pl.col("LS_ADOPTR").is_in(["L11", "L3"]) & same))
    none(adopted.filter((pl.col("LS_ADOPTR") == "L0") == (pl.col("NB_ADOPTR") == 2)))


def test_a_decision_that_came_to_nothing_was_reversed(episodes: pl.DataFrame) -> None:  # 118, 119, 525, 557
    decided = tables("903", "PlacedAdoption")
    none(decided.filter(pl.col("DATE_PLACED_CEASED").is_null() != pl.col("REASON_PLACED_CEASED").is_null()))
    left = episodes.filter(pl.col("REC").is_not_null() & (pl.col("REC") != "X1"))
    both = decided.join(left, on=["CHILD", "year"])
    none(both.filter(~pl.col("REC").is_in(["E11", "E12"]) & pl.col("DATE_PLACED_CEASED").is_null()))
    none(both.filter(pl.col("REC").is_in(["E11", "E12"]) & pl.col("DATE_PLACED_CEASED").is_not_null()))


def test_girls_in_care_say_whether_they_are_mothers(
    episodes: pl.DataFrame,
) -> None:  # 165, 393, 611, 612, 620, 625
    girls = episodes.filter(pl.col("SEX").is_in(["2", "F"]) & ~pl.col("LS").is_in(["V3", "V4"]))
    none(girls.filter(pl.col("MOTHER").is_null()))
    header = tables("903", "Header")
    none(header.filter(pl.col("SEX").is_in(["1", "M"]) & pl.col("MOTHER").is_not_null()))
    none(header.filter((pl.col("MOTHER") == 1) != pl.col("MC_DOB").is_not_null()))
    none(header.filter(pl.col("MC_DOB") > pl.date(pl.col("year"), 3, 31)))


def test_health_is_told_of_those_looked_after_all_year(
    episodes: pl.DataFrame,
) -> None:  # 157, 186 to 193, 197, 542 to 546
    told = tables("903", "OC2").with_columns(
        pl.date(pl.col("year"), 3, 31).alias("last"), pl.date(pl.col("year") - 1, 4, 1).alias("first")
    )
    for year in years():
        of_year = episodes.filter((pl.col("year") == year) & ~pl.col("LS").is_in(["V3", "V4"]))
        spans = of_year.group_by("CHILD").agg(
            pl.col("DECOM").min(),
            (pl.col("RNE") == "S").and_(pl.col("DECOM") > first_day(year)).any().alias("began"),
            (pl.col("DEC").is_null() | (pl.col("DEC") == last_day(year))).any().alias("is_open"),
        )
        whole = spans.filter((pl.col("DECOM") <= first_day(year)) & ~pl.col("began") & pl.col("is_open"))
        assert set(whole["CHILD"]) == set(told.filter(pl.col("year") == year)["CHILD"]), year
    none(
        told.filter(
            (age("last") < 4) & (pl.col("SDQ_SCORE").is_not_null() | pl.col("SDQ_REASON").is_not_null())
        )
    )
    none(told.filter((age("first") >= 4) & (age("last") < 17) & pl.col("SDQ_SCORE").is_null()))
    none(told.filter(pl.col("SDQ_SCORE").is_not_null() & pl.col("SDQ_REASON").is_not_null()))
    none(told.filter((age("last") >= 10) != pl.col("CONVICTED").is_not_null()))
    none(told.filter((age("last") < 5) != pl.col("HEALTH_CHECK").is_not_null()))
    none(told.filter((pl.col("SUBSTANCE_MISUSE") == 1) != pl.col("INTERVENTION_RECEIVED").is_not_null()))
    none(
        told.filter(
            (pl.col("INTERVENTION_RECEIVED") == 0).fill_null(False)
            != pl.col("INTERVENTION_OFFERED").is_not_null()
        )
    )


def test_missing_spells_are_within_care_and_apart(episodes: pl.DataFrame) -> None:  # 567, 571, 574, 575, 577
    missing = tables("903", "Missing").sort("CHILD", "year", "MIS_START")
    assert missing.height
    none(missing.filter(pl.col("MIS_END") < pl.col("MIS_START")))
    apart = missing.with_columns(pl.col("MIS_START").shift(-1).over("CHILD", "year").alias("next"))
    none(
        apart.filter(
            pl.col("next").is_not_null()
            & (pl.col("MIS_END").is_null() | (pl.col("next") < pl.col("MIS_END")))
        )
    )
    left = episodes.filter(pl.col("REC").is_not_null() & (pl.col("REC") != "X1")).select(
        "CHILD", "year", "DEC"
    )
    none(
        missing.join(left, on=["CHILD", "year"]).filter(
            (pl.col("MIS_START") <= pl.col("DEC")) & pl.col("MIS_END").is_null()
        )
    )


def test_care_leavers_had_left_and_answers_agree() -> (
    None
):  # 344, 345, 347, 391, 1007, 1012, 1014, 1016, 3001
    leavers = tables("903", "OC3")
    birthday = pl.date(pl.col("year") - 1, pl.col("DOB").dt.month(), pl.col("DOB").dt.day().clip(1, 28))
    turned = (
        pl.when(birthday < pl.date(pl.col("year") - 1, 4, 1))
        .then(pl.col("year"))
        .otherwise(pl.col("year") - 1)
        - pl.col("DOB").dt.year()
    )
    leavers = leavers.with_columns(turned.alias("turned"))
    assert set(leavers["turned"]) <= {17, 18, 19, 20, 21}
    none(
        leavers.filter((pl.col("IN_TOUCH") == "YES") == ((pl.col("ACTIV") == "0") | (pl.col("ACCOM") == "0")))
    )
    none(leavers.filter((pl.col("turned") < 18) & pl.col("ACCOM").is_in(["T1", "T2", "Z1", "Z2"])))
    episodes = tables("903", "Episodes").select("CHILD", "year").unique()
    only_left = leavers.join(episodes, on=["CHILD", "year"], how="anti")
    for table in ("UASC", "OC2", "AD1", "PrevPerm", "Reviews", "Missing", "PlacedAdoption"):
        none(tables("903", table).join(only_left, on=["CHILD", "year"], how="semi"))


def test_pupil_numbers_are_right_and_nobodys_twice() -> None:  # 209, 442, 444, 1510
    header = tables("903", "Header")
    none(header.filter(pl.col("UPN").is_null()))
    school_age = header.with_columns(pl.date(pl.col("year"), 3, 31).alias("last")).filter(age("last") >= 5)
    none(school_age.filter(pl.col("UPN") == "UN1"))
    numbers = header.filter(~pl.col("UPN").str.starts_with("UN")).select("CHILD", "UPN").unique()
    assert not numbers["UPN"].is_duplicated().any()
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for upn in numbers["UPN"]:
        assert upn[0] == letters[sum(int(digit) * place for place, digit in enumerate(upn[1:], 2)) % 23]


def test_reviews_are_in_care_and_fit_the_age() -> None:  # 440, 441, 399
    reviews = tables("903", "Reviews")
    none(reviews.filter((age("REVIEW") < 4) != (pl.col("REVIEW_CODE") == "PN0")))


def test_previous_permanence_is_told_of_who_started(episodes: pl.DataFrame) -> None:  # 630, 632, 634, 635
    told = tables("903", "PrevPerm")
    started = episodes.filter((pl.col("RNE") == "S") & (pl.col("DECOM") >= pl.date(pl.col("year") - 1, 4, 1)))
    none(started.join(told, on=["CHILD", "year"], how="anti"))
    none(told.filter((pl.col("PREV_PERM") == "Z1") == pl.col("DATE_PERM").is_not_null()))


def test_workers_follow_without_a_gap(episodes: pl.DataFrame) -> None:  # SW01 to SW17
    spells = tables("903", "SWEpisodes").sort("CHILD", "year", "SW_DECOM")
    assert set(spells["year"]) == {2024, 2025, 2026}
    none(spells.filter(~pl.col("SW_ID").str.starts_with("SW") | pl.col("SW_REASON").is_null()))
    none(spells.filter(pl.col("SW_DEC") <= pl.col("SW_DECOM")))
    follow = spells.with_columns(pl.col("SW_DECOM").shift(-1).over("CHILD", "year").alias("next"))
    none(
        follow.filter(
            pl.col("next").is_not_null() & (pl.col("SW_DEC").is_null() | (pl.col("SW_DEC") > pl.col("next")))
        )
    )
    in_care = episodes.filter(
        pl.col("DEC").is_null() & (pl.col("year") >= 2024) & ~pl.col("LS").is_in(["V3", "V4"])
    )
    none(in_care.join(spells.filter(pl.col("SW_DEC").is_null()), on=["CHILD", "year"], how="anti"))
    inside = in_care.group_by("CHILD", "year").agg(pl.col("DECOM").min())
    gaps = follow.join(inside, on=["CHILD", "year"]).filter(pl.col("SW_DEC") >= pl.col("DECOM"))
    none(gaps.filter(pl.col("next").is_not_null() & (pl.col("next") != pl.col("SW_DEC"))))


def test_unaccompanied_status_ends_by_eighteen() -> None:  # 231, 304
    alone = tables("903", "UASC")
    none(alone.filter(pl.col("DUC") > pl.col("DOB").dt.offset_by("18y")))
    assert not alone.filter(pl.col("year") - pl.col("DOB").dt.year() < 11).height
