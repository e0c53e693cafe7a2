"""The mapping is whole: nothing of the record or of a mapped table is forgotten."""

from django.apps import apps

from kith.dataset.schema import columns_of
from kith.record.extract.mapping import FACTS, SOURCES, not_held, not_in_dataset
from kith.record.facts import Version
from kith.record.people.models import Team, User

OF_EVERY_FACT = {
    "id", "thread", "person", "recorded_at", "recorded_by", "batch", "source_rows", "supersedes",
    "superseded_at", "ended_as", "ended_because",
}  # fmt: skip


def columns_in(table):
    links = {link.column for link in table.links}
    ids = {table.id} if table.id else set()
    return {*table.columns, *table.others, *table.constant, *links, *ids, table.person, SOURCES}


def test_every_kind_of_fact_is_mapped_or_listed():
    kept = {model for model in apps.get_models() if issubclass(model, Version)}
    mapped = {table.model for table in FACTS}
    assert {model._meta.label_lower for model in kept - mapped} == {
        model for model, field in not_in_dataset() if not field
    }


def test_what_is_in_no_dataset_says_why_and_names_what_there_is():
    for (label, field), why in not_in_dataset().items():
        model = apps.get_model(label)
        assert why
        assert not field or model._meta.get_field(field)


def test_every_field_of_a_fact_is_mapped_or_listed():
    for model in {table.model for table in FACTS}:
        mapped = {
            name.removesuffix("_id") for table in FACTS if table.model is model for name in table.fields
        }
        only = {name for table in FACTS if table.model is model for name in table.only}
        staff = [link for table in FACTS if table.model is model for link in table.staff]
        mapped |= {link.ours.removesuffix("_id") for link in staff}
        fields = {field.name for field in model._meta.concrete_fields}
        left = fields - mapped - only - OF_EVERY_FACT
        listed = {name for label, name in not_in_dataset() if label == model._meta.label_lower}
        assert left <= listed, model


def test_every_column_of_a_mapped_table_is_mapped_or_listed_with_why():
    for name in {table.table for table in FACTS}:
        mapped = set().union(*(columns_in(table) for table in FACTS if table.table == name))
        left = {column.name for column in columns_of(name)} - mapped
        assert left == {column for table, column in not_held() if table == name}, name


def test_every_mapped_column_is_one_of_its_table():
    for table in FACTS:
        columns = {column.name for column in columns_of(table.table)} | {"cinf_assessment_factors_json"}
        assert columns_in(table) <= columns


def test_a_worker_or_team_is_held_as_the_id_given_and_as_our_own():
    links = [(table, link) for table in FACTS for link in table.staff]
    assert len(links) == 15
    for table, link in links:
        given, ours = (table.model._meta.get_field(name) for name in (link.field, link.ours))
        assert given.get_internal_type() == "CharField"
        assert ours.related_model is (Team if link.is_team else User)


def test_keys_and_ends_are_fields_of_the_fact():
    for table in FACTS:
        assert {*table.key, *table.ends, *table.needs} <= set(table.fields), table.table
