from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from dataclasses import fields
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import pytest
from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    ListTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeNode,
    parse,
)

from catalog import value, vocabulary
from catalog.properties import PROPERTIES, VALUES
from catalog.record import Record
from catalog.records import RECORDS
from catalog.table import Cardinality, Property, Ref, Scalar, by_name, camel, reference_paths, rows, value_rows
from catalog.vocabulary import Kind, Term
from graph.rdf.terms import NAMESPACES

SCALARS = {Scalar.TEXT: str, Scalar.INTEGER: int, Scalar.BOOLEAN: bool, Scalar.DATE: dt.date}
DOCUMENTED = {"csvw", "prov", "cpsv", "dqv", "sh", "hydra", "as"}
"""Prefixes of the full view and of paging, which the harvest view does not declare."""
OWNERS: list[Any] = [*PROPERTIES, *VALUES]
ROWS = [
    pytest.param(owner, row, id=f"{getattr(owner, '__name__', owner)}.{row.name}")
    for owner, found in (*PROPERTIES.items(), *VALUES.items())
    for row in found
]


def class_of(owner: Any) -> type[Any]:
    return RECORDS[owner] if isinstance(owner, Kind) else owner


def test_every_record_and_value_class_has_its_rows():
    assert set(PROPERTIES) == set(RECORDS) == set(Kind)
    values = {found for found in vars(value).values() if isinstance(found, type) and found.__module__ == value.__name__}
    assert set(VALUES) == values


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: getattr(owner, "__name__", str(owner)))
def test_rows_are_the_fields_of_the_class(owner):
    found = rows(owner) if isinstance(owner, Kind) else value_rows(owner)
    names = [row.name for row in found]
    assert names == [field.name for field in fields(class_of(owner))] or set(names) == {
        field.name for field in fields(class_of(owner))
    }
    assert list(by_name(owner)) == names
    assert len(set(names)) == len(names)
    assert len({row.graphql for row in found}) == len(names)


@pytest.mark.parametrize(("owner", "row"), ROWS)
def test_a_row_has_the_type_and_cardinality_of_the_annotation(owner, row):
    hint = get_type_hints(class_of(owner))[row.name]
    cardinality = Cardinality.ONE
    if get_origin(hint) is tuple:
        hint, dots = get_args(hint)
        assert dots is Ellipsis
        cardinality = Cardinality.MANY
    elif isinstance(hint, UnionType):
        (hint,) = [arm for arm in get_args(hint) if arm is not NoneType]
        cardinality = Cardinality.OPTIONAL
    assert row.cardinality is cardinality
    assert hint is (str if isinstance(row.type, Ref) else SCALARS.get(row.type, row.type))
    assert row.is_term == (issubclass(hint, Term) if not isinstance(row.type, Ref) else False)
    assert row.value_class is (hint if hint in VALUES else None)


@pytest.mark.parametrize(("owner", "row"), ROWS)
def test_a_row_explains_itself_in_two_languages(owner, row):
    assert row.zh
    assert row.description[0].isupper()
    assert row.description.endswith(f"({row.zh}).")


@pytest.mark.parametrize(("owner", "row"), [case for case in ROWS if cast("Property", case.values[1]).rdf])
def test_predicates_have_a_known_prefix(owner, row):
    assert row.rdf is not None
    prefix, colon, local = row.rdf.predicate.partition(":")
    assert colon
    assert local
    assert prefix in ({*NAMESPACES, *DOCUMENTED} if row.rdf.full_only else NAMESPACES)
    assert row.rdf.datatype is None or row.rdf.datatype.partition(":")[0] in NAMESPACES


@pytest.mark.parametrize("kind", PROPERTIES, ids=str)
def test_no_heading_means_two_properties_of_one_kind(kind):
    headings = Counter(heading for row in rows(kind) for heading in row.headings)
    assert [heading for heading, count in headings.items() if count > 1] == []


@pytest.mark.parametrize("kind", PROPERTIES, ids=str)
def test_no_predicate_means_two_properties_of_one_kind(kind):
    predicates = Counter(row.rdf.predicate for row in rows(kind) if row.rdf)
    assert [predicate for predicate, count in predicates.items() if count > 1] == []


@pytest.mark.parametrize("kind", PROPERTIES, ids=str)
def test_references_lead_to_kinds_and_carry_what_stands_beside(kind):
    paths = reference_paths(kind)
    assert len({path.dotted for path in paths}) == len(paths)
    for path in paths:
        owner: Any = kind
        several = False
        for step in path.path:
            row = by_name(owner)[step]
            several = several or row.cardinality is Cardinality.MANY
            beside, owner = by_name(owner), row.value_class or owner
        assert row.type is path.ref
        assert path.many is several
        assert path.ref.kinds
        assert path.ref.edge == path.ref.edge.upper()
        assert set(path.ref.carries) <= set(beside)


@pytest.mark.parametrize(
    ("name", "graphql"),
    [
        ("name", "name"),
        ("update_frequency", "updateFrequency"),
        ("open_to_public", "openToPublic"),
        ("sha256", "sha256"),
    ],
)
def test_camel(name, graphql):
    assert camel(name) == graphql


def test_terms_have_their_words():
    terms = [found for found in vars(vocabulary).values() if isinstance(found, type) and issubclass(found, Term)]
    assert [term for found in terms for term in found if not (term.zh and term.en and term.value == term.name)] == []


# --- the contract of GraphQL ----------------------------------------------------------------------------------------

COMPUTED: dict[str, set[str]] = {
    "Resource": {"iri", "fields", "conditions", "fulfilledBy", "identityKeys", "version", "gaps"},
    "Field": {"iri"},
    "DataElement": {"iri", "fields", "collectors"},
    "Agency": {"iri", "filledBy", "mentions", "responsibilities", "demands"},
    "Regulation": {"iri", "status", "provisions", "resources", "conditions", "clocks", "impact", "issues"},
    "Provision": {"iri", "children", "citedBy"},
    "Condition": {"iri"},
    "Clock": {"iri", "dueDate"},
    "Demand": {"iri", "replyDue"},
    "Gap": {"iri", "since"},
    "Issue": set(),
    "Origination": {"loaded", "revision"},
    "Citation": {"status"},
    "Responsibility": {"resource"},
}
"""What the contract answers and no record holds: computed, read backwards, or known from the revision."""
RETYPED = {
    ("Resource", "source"), ("Regulation", "source"), ("Issue", "place"), ("Condition", "citation"), ("Clock", "citation"),
}  # fmt: skip
"""Where the contract promises more than a record must hold: an origination, a place to show, a citation (of no
provision, if need be)."""
TYPES: dict[str, Any] = {
    **{kind.value.title().replace("_", ""): kind for kind in RECORDS if kind is not Kind.SOURCE},
    "Origination": Kind.SOURCE,
    **{found.__name__: found for found in VALUES},
}


@pytest.fixture(scope="module")
def contract() -> DocumentNode:
    shared = Path(os.environ.get("MULU_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    path = shared / "schema.graphql"
    if not path.is_file():
        pytest.skip(f"THE CONTRACT WAS NOT CHECKED: there is no {path.name} in MULU_SHARED or ../shared")
    return parse(path.read_text(encoding="utf-8"))


def shape_of(type_: TypeNode) -> Cardinality:
    if not isinstance(type_, NonNullTypeNode):
        return Cardinality.OPTIONAL
    return Cardinality.MANY if isinstance(type_.type, ListTypeNode) else Cardinality.ONE


def name_of(type_: TypeNode) -> str:
    while isinstance(type_, NonNullTypeNode | ListTypeNode):
        type_ = type_.type
    return str(type_.name.value)  # type: ignore[attr-defined]


def type_name(row: Property) -> set[str]:
    """What the contract may call the type of a row."""
    if isinstance(row.type, Ref):
        return {next(name for name, owner in TYPES.items() if owner is kind) for kind in row.type.kinds} | {"Node"}
    if isinstance(row.type, Scalar):
        names = {
            Scalar.TEXT: {"String", "ID"},
            Scalar.INTEGER: {"Int"},
            Scalar.BOOLEAN: {"Boolean"},
            Scalar.DATE: {"Date"},
        }
        return names[row.type]
    return {row.type.__name__}


BEYOND = {"Correspondence", "Period"}
"""The types by which the contract is extended."""


@pytest.mark.parametrize("name", [name for name in TYPES if name not in BEYOND])
def test_rows_are_named_and_typed_as_the_contract_says(contract, name):
    found = [
        node for node in contract.definitions if isinstance(node, ObjectTypeDefinitionNode) and node.name.value == name
    ]
    assert len(found) == 1, f"the contract has no type {name}"
    by_graphql = {row.graphql: row for row in by_name(TYPES[name]).values()}
    asked: dict[str, FieldDefinitionNode] = {field.name.value: field for field in found[0].fields or ()}
    assert set(asked) - set(by_graphql) == COMPUTED.get(name, set())
    for graphql, field in asked.items():
        if graphql in by_graphql and (name, graphql) not in RETYPED:
            row = by_graphql[graphql]
            assert shape_of(field.type) is row.cardinality, graphql
            assert name_of(field.type) in type_name(row), graphql


MORE = {"ClockUnit": {"HOUR"}}
"""What our vocabularies say beside the contract's members: 24小时 is a period that it has no unit for."""


def test_vocabularies_are_those_of_the_contract_and_named_members_more(contract):
    enums = [node for node in contract.definitions if isinstance(node, EnumTypeDefinitionNode)]
    ours = {
        name: found for name, found in vars(vocabulary).items() if isinstance(found, type) and issubclass(found, Enum)
    }
    for node in enums:
        members = [value.name.value for value in node.values or ()]
        if node.name.value == "Kind":
            assert [kind.value for kind in ours["Kind"]][: len(members)] == members  # the others are our own
        elif node.name.value in ours:
            held = [term.value for term in ours[node.name.value]]
            assert held[: len(members)] == members, node.name.value
            assert set(held[len(members) :]) == MORE.get(node.name.value, set()), node.name.value
    questions = {"ResourceAspect", "ResourceOrderBy", "OrderDirection", "CoverageAxis"}
    assert {node.name.value for node in enums} - set(ours) == questions


def test_records_are_kept_in_the_order_in_which_they_refer():
    order = list(RECORDS)
    late = {
        (kind, path.dotted)
        for kind in RECORDS
        for path in reference_paths(kind)
        if not any(order.index(target) <= order.index(kind) for target in path.ref.kinds)
    }
    assert late == {
        (Kind.REGULATION, "basis.provision"),
        (Kind.REGULATION, "relations.citation.provision"),
        (Kind.CONDITION, "clocks"),
    }


def test_every_record_class_is_frozen_and_a_record():
    assert all(issubclass(found, Record) for found in RECORDS.values())
    for found in (*RECORDS.values(), *VALUES):
        assert vars(found)["__dataclass_params__"].frozen
