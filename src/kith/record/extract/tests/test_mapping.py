"""The mapping is whole: nothing of the record or of a mapped table is forgotten."""

from django.apps import apps

from kith.dataset.schema import columns_of
from kith.record.extract.mapping import FACTS, SOURCES, not_held
from kith.record.facts import Fact

NO_FACT_OF_A_RETURN: dict[str, str] = {}  # model -> why it is in no dataset table

OF_EVERY_FACT = {
    "id", "thread", "person", "recorded_at", "recorded_by", "batch", "source_rows", "supersedes",
    "superseded_at", "ended_as", "ended_because",
}  # fmt: skip
NOT_IN_A_DATASET = {
    "people.persondetails": {
        "date_of_birth_precision", "likes_to_be_called", "first_language", "know_before_ringing",
    },
    "people.personname": {"given_key", "family_key", "given_sound", "family_sound"},
    "people.identifier": {"authority", "source"},
    "people.address": {"is_confidential"},
    "people.allocation": {"worker", "team"},
    "frontdoor.contact": {"reference"},
    "frontdoor.referral": {"reference", "contact_thread"},
    "protection.section47enquiry": {"is_joint"},
}  # fmt: skip


def columns_in(table):
    links = {link.column for link in table.links}
    ids = {table.id} if table.id else set()
    return {*table.columns, *table.others, *table.constant, *links, *ids, table.person, SOURCES}


def test_every_kind_of_fact_is_mapped_or_listed():
    facts = {model for model in apps.get_models() if issubclass(model, Fact)}
    mapped = {table.model for table in FACTS}
    assert {model._meta.label_lower for model in facts - mapped} == set(NO_FACT_OF_A_RETURN)


def test_every_field_of_a_fact_is_mapped_or_listed():
    for model in {table.model for table in FACTS}:
        mapped = {
            name.removesuffix("_id") for table in FACTS if table.model is model for name in table.fields
        }
        only = {name for table in FACTS if table.model is model for name in table.only}
        fields = {field.name for field in model._meta.concrete_fields}
        left = fields - mapped - only - OF_EVERY_FACT
        assert left <= NOT_IN_A_DATASET.get(model._meta.label_lower, set()), model


def test_every_column_of_a_mapped_table_is_mapped_or_listed_with_why():
    for name in {table.table for table in FACTS}:
        mapped = set().union(*(columns_in(table) for table in FACTS if table.table == name))
        left = {column.name for column in columns_of(name)} - mapped
        assert left == {column for table, column in not_held() if table == name}, name


def test_every_mapped_column_is_one_of_its_table():
    for table in FACTS:
        columns = {column.name for column in columns_of(table.table)} | {"cinf_assessment_factors_json"}
        assert columns_in(table) <= columns


def test_keys_and_ends_are_fields_of_the_fact():
    for table in FACTS:
        assert {*table.key, *table.ends, *table.needs} <= set(table.fields), table.table
