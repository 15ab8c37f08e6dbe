"""From a selection to a Shape: what each kind of GraphQL field asks of the store, and how it answers from a row.

Every field of a record or value type carries a :class:`Plan`. A root field walks the plans of its selection once,
before it reads: so the whole nested answer comes from one read, whatever the size of its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Protocol

from graphql import GraphQLNamedType, GraphQLObjectType

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.vocabulary import Kind
from graph.shape import KeysetKey, Nested, Shape, Test
from schema.context import Context, Info
from schema.selection import Selected, selected

if TYPE_CHECKING:
    from schema.compiled.body import Body

TYPE_NAMES: Mapping[Kind, str] = {
    Kind.RESOURCE: "Resource",
    Kind.FIELD: "Field",
    Kind.AGENCY: "Agency",
    Kind.DATA_ELEMENT: "DataElement",
    Kind.REGULATION: "Regulation",
    Kind.PROVISION: "Provision",
    Kind.CONDITION: "Condition",
    Kind.CLOCK: "Clock",
    Kind.DEMAND: "Demand",
    Kind.GAP: "Gap",
    Kind.CORRESPONDENCE: "Correspondence",
}
"""The GraphQL types that implement Node."""


@dataclass(slots=True)
class Wish:
    """A Shape in the making. ``value`` marks an embedded value: asked for without references it is a plain property."""

    relation: str = ""
    value: bool = False
    first: int | None = None
    after: KeysetKey | None = None
    tests: tuple[Test, ...] = ()
    count: bool = False
    descending: bool = False
    properties: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    nested: dict[str, Wish] = field(default_factory=dict)

    def need(self, *properties: str) -> None:
        """Wants properties that hold no references."""
        self.properties.update(properties)

    def identify(self, *references: str) -> Wish:
        """Wants at least the identifiers of references: the row has each as one, or as a nested row that carries it."""
        self.references.update(references)
        return self

    def reach(self, relation: str, *, key: str | None = None, value: bool = False, **how: Any) -> Wish:
        """Wants the rows along a relation; a second wish under the same key adds to the first."""
        found = self.nested.get(key or relation)
        if found is None:
            found = self.nested[key or relation] = Wish(relation, value, **how)
        found.count |= how.get("count", False)
        return found

    def shape(self) -> Shape:
        """The finished shape, the same for the same wishes in whatever order they came."""
        properties, nested = self.properties | (self.references - self.nested.keys()), []
        for key, wish in sorted(self.nested.items()):
            inner = wish.shape()
            if wish.value and not inner.nested:
                properties.add(wish.relation)
                continue
            nested.append(
                (key, Nested(wish.relation, inner, wish.first, wish.after, wish.tests, wish.count, wish.descending))
            )
        return Shape(frozenset(properties), tuple(nested))


class Viewed(Protocol):
    """A GraphQL object around a row, seen on a date."""

    @property
    def row(self) -> Row: ...
    @property
    def on(self) -> Any: ...


@dataclass(slots=True)
class Seen:
    """A row seen on a date, where no GraphQL object is needed around it."""

    row: Row
    on: Any


class Plan(Protocol):
    """How one GraphQL field is answered: by graphql-core from an object, or compiled, straight from the row."""

    def want(self, wish: Wish, field: Selected) -> None:
        """Adds what the field needs to the wish for its parent's row."""
        ...

    def resolve(self, parent: Viewed, info: Info) -> Any:
        """The field's value, from the parent's row."""
        ...

    def write(self, body: Body, field: Selected) -> str:
        """The expression of the field's answer over the parent's row ``r``, seen on ``on``."""
        ...


def fill(wish: Wish, fields: Iterable[Selected]) -> Wish:
    """Adds what the selected fields need."""
    for one in fields:
        plan = plan_of(one)
        if plan is not None:
            plan.want(wish, one)
    return wish


def plan_of(one: Selected) -> Plan | None:
    """The plan that a field carries; None for ``__typename`` and for what is computed elsewhere."""
    definition = one.definition.extensions.get("strawberry-definition")
    plan: Plan | None = definition.metadata.get("plan") if definition is not None else None
    return plan


def shape_of(fields: Iterable[Selected], *needed: str) -> Shape:
    """The shape that answers the selected fields, and the needed properties beside them."""
    wish = Wish()
    wish.need(*needed)
    return fill(wish, fields).shape()


def view(type_: GraphQLNamedType, row: Row, on: Any) -> Any:
    """The GraphQL object of a type around a row."""
    return type_.extensions["strawberry-definition"].origin(row=row, on=on)


async def node(
    context: Context, one: Selected, identifier: str, on: Any, showing: Sequence[Selected] | None = None
) -> Any:
    """The record of whatever kind that a polymorphic field leads to, read together with its siblings of that kind.

    ``showing`` are all fields that show the same record, where these are several.
    """
    kind = kind_of(identifier)
    type_ = one.raw.schema.type_map.get(TYPE_NAMES.get(kind, ""))
    if not isinstance(type_, GraphQLObjectType):
        raise BadInput(f"{identifier!r} is of a kind that is no Node", suggestion="sources and issues have no page")
    fields = (field for place in showing or (one,) for field in place.select(type_))
    shape = one.once(("node", kind), lambda: context.shape(one, kind, lambda: shape_of(fields)))
    row = await context.of(one).record(kind, identifier, shape)
    return None if row is None else view(type_, row, on)


@dataclass(frozen=True, slots=True)
class Prop:
    """A property that stands in the row."""

    name: str

    def want(self, wish: Wish, field: Selected) -> None:
        wish.need(self.name)

    def resolve(self, parent: Viewed, info: Info) -> Any:
        return parent.row[self.name]

    def write(self, body: Body, field: Selected) -> str:
        return body.value(f"r[{self.name!r}]", field)


@dataclass(frozen=True, slots=True)
class Reach:
    """Embedded values, a reference, or all rows along an inverse relation."""

    name: str
    value: bool = False
    tests: tuple[Test, ...] = ()
    key: str | None = None

    def want(self, wish: Wish, field: Selected) -> None:
        fill(wish.reach(self.name, key=self.key, value=self.value, tests=self.tests), field.select())

    def resolve(self, parent: Viewed, info: Info) -> Any:
        found, on = parent.row[self.key or self.name], self.date(parent, info)
        one = selected(info)
        if isinstance(found, list):
            return [view(one.type, row, on) for row in found]
        return None if found is None else view(one.type, found, on)

    def write(self, body: Body, field: Selected) -> str:
        own = field.arguments.get("on")
        on = body.constant(own) if own else "on"
        return body.value(f"r[{self.key or self.name!r}]", field, on=on)

    def date(self, parent: Viewed, info: Info) -> Any:
        """The date on which what is reached is seen: the field's own ``on``, else that of its parent."""
        return selected(info).arguments.get("on") or parent.on


@dataclass(frozen=True, slots=True)
class Nodes:
    """References that may lead to several kinds: the identifiers stand in the row, the records are read by kind."""

    name: str

    def want(self, wish: Wish, field: Selected) -> None:
        wish.need(self.name)

    def resolve(self, parent: Viewed, info: Info) -> Any:
        found, on = parent.row[self.name], parent.on
        one = selected(info)
        if isinstance(found, list):
            return [node(info.context, one, identifier, on) for identifier in found]
        return None if found is None else node(info.context, one, found, on)

    def write(self, body: Body, field: Selected) -> str:
        return body.nodes(f"r[{self.name!r}]", field)


@dataclass(frozen=True, slots=True)
class Derived:
    """A value computed from the row: ``wants`` asks for what ``answer`` then reads; it may be a coroutine function."""

    wants: Callable[[Wish, Selected], None]
    answer: Callable[[Any, Info], Any]

    def want(self, wish: Wish, field: Selected) -> None:
        self.wants(wish, field)

    def resolve(self, parent: Viewed, info: Info) -> Any:
        return self.answer(parent, info)

    def write(self, body: Body, field: Selected) -> str:
        answer = f"{body.constant(self.answer)}({body.constant(Seen)}(r, on), {body.info(field)})"
        return body.later(answer, field) if iscoroutinefunction(self.answer) else body.held(answer, field)


def page_size(value: int | None, bound: int, where: str, *, name: str = "first") -> int:
    """A page size inside its bounds; anything else is refused with the figure."""
    if value is None or value < 0:
        raise BadInput(
            f"{name} on {where} must be a number from 0 to {bound}, not {value}",
            suggestion=f"give {name} from 0 to {bound}",
        )
    if value > bound:
        raise BadInput(
            f"{name}: {value} on {where} is over the bound of {bound}",
            suggestion=f"ask for at most {bound} and page on with endCursor",
        )
    return value
