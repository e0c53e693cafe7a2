"""Names, addresses and providers: invented, of many cultures, and nobody real."""

from collections import Counter
from datetime import date
from random import Random

from kith.invented.names import a_culture, cultures, ethnicity, family_name, given_name
from kith.invented.places import AREA, AUTHORITY_CODE, PLACEMENTS_OF, Places
from kith.invented.rates import rates, rows
from kith.standards.codes import code_list
from kith.standards.places import district_spans

from .made import MadePostcodes, northbrook


def test_every_culture_has_names_enough_to_mix() -> None:
    assert len(cultures()) >= 20
    for culture in cultures():
        assert min(len(culture.boys), len(culture.girls), len(culture.families)) >= 8, culture.name


def test_no_name_is_listed_twice_in_a_culture() -> None:
    for table, key in (("given_names", ("culture", "sex", "name")), ("family_names", ("culture", "name"))):
        counted = Counter(tuple(row[part] for part in key) for row in rows(table))
        assert counted.most_common(1)[0][1] == 1, counted.most_common(2)


def test_ethnic_groups_are_codes_of_the_list() -> None:
    known = {code.code for code in code_list("ethnicity").codes}
    for culture in cultures():
        assert set(culture.ethnicities) <= known
        assert culture.mixed_with_white in known | {""}


def test_a_child_of_two_cultures_is_of_a_mixed_group() -> None:
    by_name = {culture.name: culture for culture in cultures()}
    rng = Random(1)
    assert ethnicity(rng, by_name["british"], by_name["caribbean"]) == "MWBC"
    assert ethnicity(rng, by_name["pakistani"], by_name["british"]) == "MWAS"
    assert ethnicity(rng, by_name["somali"], by_name["polish"]) == "MOTH"


def test_ethnicity_goes_with_the_name_mostly_not_always() -> None:
    rng = Random(1)
    polish = next(culture for culture in cultures() if culture.name == "polish")
    found = Counter(ethnicity(rng, polish, polish) for _ in range(500))
    assert found.most_common(1)[0][0] == "WOTH"
    assert len(found) > 1


def test_names_follow_the_sex_and_an_unborn_child_has_none() -> None:
    rng = Random(2)
    culture = a_culture(rng)
    assert given_name(rng, culture, "U") == ""
    assert given_name(rng, culture, "F").split()[0] in culture.girls
    assert family_name(rng, culture) in culture.families


def test_the_code_belongs_to_no_authority() -> None:
    assert AUTHORITY_CODE not in {span.authority.dfe_code for span in district_spans()}
    assert len(AUTHORITY_CODE) == 3


def test_own_provision_lies_inside_northbrook() -> None:
    for provider in northbrook().providers:
        assert provider.kind in PLACEMENTS_OF
        assert provider.urn.startswith("SC9")
        if provider.provider == "PR1":
            assert provider.district in AREA
    urns = [provider.urn for provider in northbrook().providers]
    assert len(set(urns)) == len(urns)


def test_there_is_a_provider_of_each_kind_from_the_first_day_told() -> None:
    places = Places(MadePostcodes(), Random(3), 40)
    for kind, code in {(provider.kind, provider.provider) for provider in places.providers}:
        assert places.provider(Random(4), kind, code, date(2006, 1, 2)).kind == kind


def test_every_rate_says_where_it_is_from() -> None:
    for row in rows("rates"):
        assert row["source"] in ("England 2019/20 published", "invented"), row
        assert row["note"], row
    assert len(rates()) == len(rows("rates"))
