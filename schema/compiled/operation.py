"""One query, compiled: its root fields are resolved as ever, what they answer is built by generated functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import (
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLSchema,
    OperationDefinitionNode,
    is_non_null_type,
    located_error,
)

from catalog.errors import MuluError
from schema.compiled.documents import Document
from schema.compiled.introspection import ROOTS
from schema.compiled.run import Raw, Run, forget, together
from schema.compiled.writer import Completion, Unsupported, Writer
from schema.context import Context, Limits
from schema.errors import formatted
from schema.selection import Selected

FIELD = 2_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """What compiling sees of the context: no request is kept with what is compiled."""

    limits: Limits


@dataclass(frozen=True, slots=True)
class Scope:
    """What the selections of a compiled operation hang on."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variable_values: Mapping[str, Any]
    context: Bounds


class RootRaw(Raw):
    """What the resolver of a root field sees of its place."""

    __slots__ = ("schema", "variable_values")

    def __init__(self, context: Context, schema: GraphQLSchema, variables: dict[str, Any]) -> None:
        self.context, self.schema, self.variable_values = context, schema, variables


@dataclass(frozen=True, slots=True)
class Root:
    """A root field: its selection, and how what it answers is completed."""

    field: Selected
    completion: Completion

    async def resolve(self, context: Context, schema: GraphQLSchema, variables: dict[str, Any]) -> Any:
        """What the resolver answers."""
        known = self.field
        raw: Any = RootRaw(context, schema, variables)
        raw.field_name = known.name
        raw.selected = Selected(
            known.name, known.key, known.trail, known.nodes, known.definition, raw, below=known.below, memo=known.memo
        )
        given = raw.selected.given
        resolver = known.definition.extensions["strawberry-definition"].base_resolver
        if any(isinstance(value, dict) for value in given.values()):
            resolve: Any = known.definition.resolve  # Strawberry makes objects of what is given for inputs
            found = resolve(None, raw, **given)
        else:
            nothing: Any = None
            named = {
                known.definition.args[name].extensions["strawberry-definition"].python_name: given[name]
                for name in given
            }
            found = resolver(None, strawberry.Info(_raw_info=raw, _field=nothing), **named)
        return await found if hasattr(found, "__await__") else found


class Operation:
    """A compiled query. Raises Unsupported, when it is run, for what is left to graphql-core."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: Document,
        query: OperationDefinitionNode,
        limits: Limits,
        variables: Mapping[str, Any],
    ) -> None:
        self.schema = schema
        self.writer = Writer(schema)
        scope: Any = Scope(schema, document.fragments, variables, Bounds(limits))
        root, whole = schema.query_type, query
        assert root is not None
        nodes: Any = (whole,)
        fields = Selected("", "", (), nodes, GraphQLField(root), scope).select(root)
        self.typenames = {one.key: root.name for one in fields if one.name == "__typename"}
        self.keys = [one.key for one in fields]
        self.roots: list[Root] = []
        for one in fields:
            if one.name != "__typename":
                one.nodes = tuple({id(node): node for node in one.nodes}.values())
                one.select()
                self.roots.append(Root(one, self.writer.completion(one)))
        self.writer.flush()

    @property
    def weight(self) -> int:
        """About how many bytes it takes, as measured: each field its code, its selection and its part of a shape."""
        return 24_000 + FIELD * self.writer.fields

    async def answer(self, context: Context, variables: dict[str, Any]) -> dict[str, Any]:
        """The response. Any exception means that graphql-core has to find out what to answer."""
        if any(one.field.name in ROOTS for one in self.roots):
            raise Unsupported("introspection beside data")
        run = Run(context)
        values = await together([one.resolve(context, self.schema, variables) for one in self.roots])
        failed = [
            (one, value) for one, value in zip(self.roots, values, strict=True) if isinstance(value, BaseException)
        ]
        data: dict[str, Any] = {key: self.typenames.get(key) for key in self.keys}
        try:
            if len(failed) > 1:  # in which order they are told, only graphql-core knows
                raise failed[0][1]
            for one, value in zip(self.roots, values, strict=True):
                if not isinstance(value, BaseException):
                    run.put(data, one.field.key, value, one.completion)
            await run.settle()
        except BaseException:
            run.forget()
            forget(values)
            raise
        return self._failed(*failed[0], data) if failed else {"data": data}

    def _failed(self, one: Root, error: BaseException, data: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(error, MuluError):
            raise error
        located = located_error(error, list(one.field.nodes), [one.field.key])
        required = is_non_null_type(one.field.definition.type)
        return {"errors": [formatted(located)], "data": None if required else data}
