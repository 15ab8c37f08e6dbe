"""What a place of an operation selects: fields by answer key, fragments and directives resolved, arguments coerced."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar, cast

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
    NullValueNode,
    SelectionNode,
    SelectionSetNode,
    Undefined,
    VariableNode,
    get_argument_values,
    get_directive_values,
    get_named_type,
)
from graphql.execution.values import VariableValues

from schema.context import Info

Raw: TypeAlias = "GraphQLResolveInfo[Any]"
T = TypeVar("T")


class Selected:
    """A selected field: ``key`` is its key in the answer, ``trail`` the types and keys from the root to it.

    What depends on the selection alone (the fields below, shapes) is worked out once: ``memo`` keeps it. A compiled
    operation keeps the memo from one request to the next; so what is below hangs on ``below``, which knows no request.
    """

    __slots__ = ("_arguments", "_given", "below", "definition", "key", "memo", "name", "nodes", "raw", "trail")

    def __init__(
        self,
        name: str,
        key: str,
        trail: tuple[str, ...],
        nodes: tuple[FieldNode, ...],
        definition: GraphQLField,
        raw: Raw,
        *,
        below: Raw | None = None,
        memo: dict[Any, Any] | None = None,
    ) -> None:
        self.name, self.key, self.trail, self.nodes = name, key, trail, nodes
        self.definition, self.raw, self.below = definition, raw, below or raw
        self.memo: dict[Any, Any] = {} if memo is None else memo
        self._arguments: dict[str, Any] | None = None
        self._given: dict[str, Any] | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The coerced arguments as a resolver is given them."""
        if self._given is None:
            self._given = get_argument_values(self.definition, self.nodes[0], _variables(self.raw))
        return self._given

    @property
    def arguments(self) -> dict[str, Any]:
        """The coerced arguments; one with a default has it where it is left out or null."""
        if self._arguments is None:
            given = dict(self.given)
            for name, argument in self.definition.args.items():
                if given.get(name) is None and argument.default_value is not Undefined:
                    given[name] = argument.default_value
            self._arguments = given
        return self._arguments

    def says(self, name: str) -> bool:
        """Whether an argument is given a value here: null is none, nor is a variable that has none."""
        written = (one.value for one in self.nodes[0].arguments or () if one.name.value == name)
        value = next(written, None)
        if isinstance(value, VariableNode):
            return cast("dict[str, Any]", self.raw.variable_values).get(value.name.value) is not None
        return value is not None and not isinstance(value, NullValueNode)

    @property
    def type(self) -> GraphQLNamedType:
        """The named type below lists and non-nulls."""
        return get_named_type(self.definition.type)

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` makes of this selection, made the first time; it must not look at the field's own arguments."""
        if name not in self.memo:
            self.memo[name] = make()
        found: T = self.memo[name]
        return found

    def select(self, type_: GraphQLNamedType | None = None) -> list[Selected]:
        """The fields selected of this field's type, or of one of its possible types."""
        parent = type_ or self.type
        return self.once(("select", parent.name), lambda: self._select(parent))

    def _select(self, parent: GraphQLNamedType) -> list[Selected]:
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return []
        found: dict[str, list[FieldNode]] = {}
        for node in self.nodes:
            for child in _fields(self.below, parent, node.selection_set):
                found.setdefault((child.alias or child.name).value, []).append(child)
        return [
            Selected(
                nodes[0].name.value, key, (*self.trail, f"{parent.name}.{key}"), tuple(nodes), definition, self.below
            )
            for key, nodes in found.items()
            if (definition := self.below.schema.get_field(parent, nodes[0].name.value)) is not None
        ]

    def child(self, name: str) -> list[Selected]:
        """The selections of one field, under whatever aliases."""
        return [one for one in self.select() if one.name == name]


def selected(info: Info) -> Selected:
    """The field that is being resolved."""
    raw = info._raw_info  # Strawberry's own selected_fields lacks fragments' types, defaults and merged selections
    held: Selected | None = getattr(raw, "selected", None)  # a compiled operation knows it already
    if held is not None:
        return held
    trail: list[str] = []
    path: Any = raw.path
    while path is not None:
        if isinstance(path.key, str):
            trail.append(f"{path.typename}.{path.key}")
        path = path.prev
    definition = raw.parent_type.fields[raw.field_name]
    return Selected(raw.field_name, str(raw.path.key), tuple(reversed(trail)), tuple(raw.field_nodes), definition, raw)


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
