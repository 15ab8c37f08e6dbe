"""What a place of an operation selects: fields by answer key, fragments and directives resolved, arguments coerced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    Undefined,
    get_argument_values,
    get_directive_values,
    get_named_type,
)
from graphql.execution.values import VariableValues

from schema.context import Info

Raw: TypeAlias = "GraphQLResolveInfo[Any]"


@dataclass(frozen=True, slots=True)
class Selected:
    """A selected field: ``key`` is its key in the answer, ``trail`` the keys from the root to it."""

    name: str
    key: str
    trail: tuple[str, ...]
    nodes: tuple[FieldNode, ...]
    definition: GraphQLField
    raw: Raw

    @property
    def arguments(self) -> dict[str, Any]:
        """The coerced arguments; one with a default has it where it is left out or null."""
        given = get_argument_values(self.definition, self.nodes[0], _variables(self.raw))
        for name, argument in self.definition.args.items():
            if given.get(name) is None and argument.default_value is not Undefined:
                given[name] = argument.default_value
        return given

    @property
    def type(self) -> GraphQLNamedType:
        """The named type below lists and non-nulls."""
        return get_named_type(self.definition.type)

    def select(self, type_: GraphQLNamedType | None = None) -> list[Selected]:
        """The fields selected of this field's type, or of one of its possible types."""
        parent = type_ or self.type
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return []
        found: dict[str, list[FieldNode]] = {}
        for node in self.nodes:
            for child in _fields(self.raw, parent, node.selection_set):
                found.setdefault((child.alias or child.name).value, []).append(child)
        return [
            Selected(nodes[0].name.value, key, (*self.trail, key), tuple(nodes), definition, self.raw)
            for key, nodes in found.items()
            if (definition := parent.fields.get(nodes[0].name.value)) is not None
        ]

    def child(self, name: str) -> list[Selected]:
        """The selections of one field, under whatever aliases."""
        return [one for one in self.select() if one.name == name]


def selected(info: Info) -> Selected:
    """The field that is being resolved."""
    raw = info._raw_info  # Strawberry's own selected_fields lacks fragments' types, defaults and merged selections
    trail = tuple(key for key in raw.path.as_list() if isinstance(key, str))
    definition = raw.parent_type.fields[raw.field_name]
    return Selected(raw.field_name, str(raw.path.key), trail, tuple(raw.field_nodes), definition, raw)


def _fields(raw: Raw, parent: GraphQLNamedType, selection_set: SelectionSetNode | None) -> Iterator[FieldNode]:
    for node in selection_set.selections if selection_set else ():
        if _skipped(raw, node):
            continue
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            if condition is None or _applies(raw, parent, condition.name.value):
                yield from _fields(raw, parent, node.selection_set)
        elif isinstance(node, FragmentSpreadNode):
            fragment = raw.fragments[node.name.value]
            if _applies(raw, parent, fragment.type_condition.name.value):
                yield from _fields(raw, parent, fragment.selection_set)


def _variables(raw: Raw) -> VariableValues:
    """The coerced variables as graphql-core has them: Strawberry's resolvers are given the plain dict."""
    return VariableValues({}, cast("dict[str, Any]", raw.variable_values))


def _skipped(raw: Raw, node: SelectionNode) -> bool:
    if not node.directives:
        return False
    skip = get_directive_values(GraphQLSkipDirective, node, _variables(raw))
    include = get_directive_values(GraphQLIncludeDirective, node, _variables(raw))
    return bool(skip and skip["if"]) or bool(include and not include["if"])


def _applies(raw: Raw, parent: GraphQLNamedType, condition: str) -> bool:
    if condition == parent.name:
        return True
    return isinstance(parent, GraphQLObjectType) and any(one.name == condition for one in parent.interfaces)


def wanted(fields: Iterable[Selected], *names: str) -> bool:
    """Whether any of the names is among the selected fields."""
    return any(field.name in names for field in fields)
