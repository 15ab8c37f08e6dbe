"""Reading the contract's SDL, which is shortened for people, and comparing ours with it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    print_ast,
    specified_scalar_types,
)

ROOT = Path(__file__).parents[2]


def shared() -> Path:
    """The folder with the contract."""
    return Path(os.environ.get("MULU_SHARED", ROOT.parent / "shared"))


def contract(text: str) -> GraphQLSchema:
    """The contract as a schema: the connections and edges that it only describes are added."""
    text = re.sub(r"#.*", "", text)
    text = re.sub(r"\bclocks: \[Clock!\]!\s*\n?\s*impact", "clocks: [Clock!]!\n  impact", text)
    names = sorted(set(re.findall(r"\b(\w+)Connection\b", text)) | set(re.findall(r"\[(\w+)Edge!\]", text)))
    for name in names:
        if not re.search(rf"type {name}Connection\b", text):
            text += f"\ntype {name}Connection {{ edges: [{name}Edge!]! nodes: [{name}!]! pageInfo: PageInfo! totalCount: Int! }}"
        text += f"\ntype {name}Edge {{ cursor: String! node: {name}! }}"
    return build_schema(text)


def differences(ours: GraphQLSchema, theirs: GraphQLSchema) -> Iterator[str]:
    """Everything of the contract that ours lacks or says otherwise."""
    for name, type_ in theirs.type_map.items():
        if name.startswith("__") or name in specified_scalar_types:
            continue
        mine = ours.type_map.get(name)
        if mine is None:
            yield f"{name} is missing"
        elif type(mine).__name__ != type(type_).__name__:
            yield f"{name} is a {type(mine).__name__}, not a {type(type_).__name__}"
        elif isinstance(type_, GraphQLEnumType) and isinstance(mine, GraphQLEnumType):
            yield from (f"{name}.{value} is missing" for value in type_.values if value not in mine.values)
        elif isinstance(type_, GraphQLInputObjectType) and isinstance(mine, GraphQLInputObjectType):
            yield from _inputs(name, mine.fields, type_.fields)
        elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            assert isinstance(mine, GraphQLObjectType | GraphQLInterfaceType)
            yield from (f"{name} does not implement {i.name}" for i in type_.interfaces
                        if i.name not in {m.name for m in mine.interfaces})  # fmt: skip
            yield from _fields(name, mine, type_)


def _fields(
    name: str, mine: GraphQLObjectType | GraphQLInterfaceType, theirs: GraphQLObjectType | GraphQLInterfaceType
) -> Iterator[str]:
    for field, definition in theirs.fields.items():
        own = mine.fields.get(field)
        if own is None:
            yield f"{name}.{field} is missing"
            continue
        if str(own.type) != str(definition.type):
            yield f"{name}.{field} is {own.type}, not {definition.type}"
        yield from _inputs(f"{name}.{field}", own.args, definition.args)
        yield from (f"{name}.{field}({extra}:) is required, the contract has none" for extra, argument in own.args.items()
                    if extra not in definition.args and str(argument.type).endswith("!") and _default(argument) is None)  # fmt: skip


def _inputs(name: str, mine: dict, theirs: dict) -> Iterator[str]:
    for argument, definition in theirs.items():
        own = mine.get(argument)
        if own is None:
            yield f"{name}({argument}:) is missing"
            continue
        # the contract writes `first: Int = 20`; a non-null type with a default accepts all the same but null
        if str(own.type).rstrip("!") != str(definition.type).rstrip("!") or (
            str(definition.type).endswith("!") and not str(own.type).endswith("!")
        ):
            yield f"{name}({argument}:) is {own.type}, not {definition.type}"
        if (default := _default(definition)) not in (None, _default(own)):
            yield f"{name}({argument}:) defaults to {_default(own)}, not {default}"


def _default(argument: Any) -> str | None:
    """The default as written, None where there is none: graphql-core keeps it as a literal."""
    return print_ast(argument.default.literal) if argument.default is not None else None
