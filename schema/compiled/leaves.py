"""Leaf values as source: the same coercion as graphql-core's, without a call where the value passes as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from graphql import GraphQLEnumType, GraphQLLeafType

PASSING = frozenset({"String", "ID", "Boolean"})
"""Scalars whose values stand in rows and objects as they are answered: the field table declares their types."""
LARGEST = 2**31 - 1


def leaf(type_: GraphQLLeafType, constant: Callable[[Any], str], name: str) -> str:
    """The expression that coerces the value of a local name, which is not None."""
    if type_.name in PASSING:
        return name
    if isinstance(type_, GraphQLEnumType):
        return f"{constant(words(type_))}[{name}]"
    slow = f"{constant(type_.coerce_output_value)}({name})"
    if type_.name == "Int":
        return f"({name} if {name}.__class__ is int and -{LARGEST} <= {name} <= {LARGEST} else {slow})"
    if type_.name in ("Date", "DateTime"):
        return f"({name} if {name}.__class__ is str else {slow})"
    return slow


@cache
def words(type_: GraphQLEnumType) -> Mapping[Any, str]:
    """What an enum's values are answered as; rows hold them as plain words, objects as members."""
    return {held: name for name, value in type_.values.items() for held in (value.value, name)}
