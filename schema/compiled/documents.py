"""Documents parsed and validated once, and which of their variables decide how an operation is compiled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    parse,
    validate,
)

from schema import bulk

LETTER = 120
"""About how many bytes a parsed document takes for each of its characters, as measured."""
PAGING = ("first", "last")
"""Arguments of a root field that decide its cost; its others are read anew for each request."""


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document: its queries by name, and its fragments."""

    length: int
    node: DocumentNode
    queries: dict[str | None, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    shaping: frozenset[str]

    @property
    def weight(self) -> int:
        """About how many bytes it takes."""
        return 4_000 + LETTER * self.length

    def query(self, name: str | None) -> OperationDefinitionNode | None:
        """The query of this name, or the only operation there is; None where there is none such."""
        if name is not None:
            return self.queries.get(name)
        operations = [one for one in self.node.definitions if isinstance(one, OperationDefinitionNode)]
        if len(operations) != 1:
            return None
        return self.queries.get(operations[0].name.value if operations[0].name else None)


def read(text: str, schema: GraphQLSchema, tokens: int) -> Document:
    """The document of a text.

    Raises GraphQLError (syntax), TooCostly (:mod:`schema.bulk`), or ExceptionGroup of what validation finds.
    """
    node = parse(text, max_tokens=tokens)
    bulk.check(node)
    if not _queries_alone(node):
        return Document(len(text), node, {}, {}, frozenset())
    errors = validate(schema, node, max_errors=bulk.ERRORS)
    if errors:
        raise ExceptionGroup("the document is not valid", errors)
    queries, fragments = {}, {}
    for one in node.definitions:
        if isinstance(one, OperationDefinitionNode):
            queries[one.name.value if one.name else None] = one
        elif isinstance(one, FragmentDefinitionNode):
            fragments[one.name.value] = one
    root = schema.query_type
    assert root is not None
    return Document(len(text), node, queries, fragments, frozenset(_shaping(node, root.name)))


def _queries_alone(node: DocumentNode) -> bool:
    return all(
        one.operation is OperationType.QUERY for one in node.definitions if isinstance(one, OperationDefinitionNode)
    )


def _shaping(document: DocumentNode, root: str) -> Iterator[str]:
    """The variables that are used anywhere but in the plain arguments of root fields."""
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode):
            yield from _of_roots(one.selection_set, root)
        elif isinstance(one, FragmentDefinitionNode):
            at_root = one.type_condition.name.value == root
            yield from _of_roots(one.selection_set, root) if at_root else _variables(one)


def _of_roots(selections: SelectionSetNode, root: str) -> Iterator[str]:
    for one in selections.selections:
        yield from _of_root(one, root)


def _of_root(one: SelectionNode, root: str) -> Iterator[str]:
    for directive in one.directives or ():
        yield from _variables(directive)
    if isinstance(one, FieldNode):
        for argument in one.arguments or ():
            if argument.name.value in PAGING:
                yield from _variables(argument)
        if one.selection_set:
            yield from _variables(one.selection_set)
    elif not isinstance(one, FragmentSpreadNode):
        inner: Any = one
        yield from _of_roots(inner.selection_set, root)


def _variables(node: Node) -> Iterator[str]:
    below: list[Any] = [node]
    while below:
        one = below.pop()
        if isinstance(one, VariableNode):
            yield one.name.value
        elif isinstance(one, Node):
            below += (getattr(one, key) for key in one.keys if key != "loc")
        elif isinstance(one, list | tuple):
            below += one
