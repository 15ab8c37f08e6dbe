"""An operation for each field that leads somewhere from the rows of each list of the schema, with what is below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_non_null_type,
)

GIVEN = {"what": '"信息"', "text": '"信息"', "from": '"2018-01-02"', "repealedOn": '"2018-01-01"'}
"""Arguments that must be given."""
BELOW = 2
"""How many levels below a row's field are selected."""


def operations(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Name and text of each operation; ``$n`` is the size of its page."""
    assert schema.query_type is not None
    for root, definition in schema.query_type.fields.items():
        connection = get_named_type(definition.type)
        if "first" not in definition.args or not isinstance(connection, GraphQLObjectType):
            continue
        arguments = f"({', '.join(['first: $n', *_needed(definition)])})"
        row: Any = get_named_type(connection.fields["nodes"].type)
        for name, field in row.fields.items():
            if not is_composite_type(get_named_type(field.type)):
                continue
            chosen = _field(schema, name, field, BELOW)
            yield f"{root}.{name}", f"query($n: Int) {{ {root}{arguments} {{ nodes {{ {chosen} }} }} }}"


def _needed(definition: GraphQLField) -> list[str]:
    return [f"{name}: {GIVEN[name]}" for name, one in definition.args.items() if is_non_null_type(one.type)]


def _field(schema: GraphQLSchema, name: str, definition: GraphQLField, below: int) -> str:
    given = [*(["first: 2"] if "first" in definition.args else []), *_needed(definition)]
    type_ = get_named_type(definition.type)
    text = f"{name}({', '.join(given)})" if given else name
    return f"{text} {{ {_selected(schema, type_, below)} }}" if is_composite_type(type_) else text


def _selected(schema: GraphQLSchema, type_: Any, below: int) -> str:
    """All leaves of a type, and what is below as far as it goes; the rows of a connection are no level of their own."""
    chosen = ["__typename"]
    page = type_.name.endswith("Connection")
    if isinstance(type_, GraphQLInterfaceType):
        chosen += [f"... on {one.name} {{ {_leaves(one)} }}" for one in schema.get_possible_types(type_)]
    for name, one in type_.fields.items():
        composite = is_composite_type(get_named_type(one.type))
        if composite and (below if page else below - 1) > 0 and name != "edges":
            chosen.append(_field(schema, name, one, below if page else below - 1))
        elif not composite:
            chosen.append(_field(schema, name, one, 0))
    return " ".join(chosen)


def _leaves(type_: GraphQLObjectType) -> str:
    """Leaves under names of their own: kinds may have fields of one name and different types."""
    return " ".join(
        f"{type_.name}_{name}: {_field_text(name, one)}"
        for name, one in type_.fields.items()
        if not is_composite_type(get_named_type(one.type))
    )


def _field_text(name: str, definition: GraphQLField) -> str:
    given = _needed(definition)
    return f"{name}({', '.join(given)})" if given else name
