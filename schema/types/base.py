"""How a type is made from the field table: the Node interface, the decorators, and the helpers for its fields."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import strawberry

from catalog.codec import Row
from catalog.table import Property, Ref, by_name
from catalog.vocabulary import Kind
from graph.shape import Test
from schema.arguments import After, First
from schema.context import Info
from schema.paged import Paged
from schema.plans import Derived, Nodes, Plan, Prop, Reach, Viewed, Wish
from schema.selection import Selected

if TYPE_CHECKING:
    from schema.compiled.body import Body

C = TypeVar("C", bound=type[Any])
F = TypeVar("F", bound=Callable[..., Any])


def answered(description: str) -> Callable[[F], F]:
    """``strawberry.field`` as a decorator that keeps the method's type."""

    def make(method: F) -> F:
        made: F = strawberry.field(method, description=description)  # type: ignore[assignment]
        return made

    return make


def nothing(wish: Wish, selected: Selected) -> None:
    """Wants nothing beyond the identifier, which every row carries."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """The identifier, which every row carries."""

    def want(self, wish: Wish, field: Selected) -> None:
        pass

    def resolve(self, parent: Viewed, info: Info) -> Any:
        return parent.row["id"]

    def write(self, body: Body, field: Selected) -> str:
        return body.value('r["id"]', field)


@dataclass(frozen=True, slots=True)
class Iri:
    """The IRI, below the configured base."""

    def want(self, wish: Wish, field: Selected) -> None:
        pass

    def resolve(self, parent: Viewed, info: Info) -> Any:
        return info.context.iri(parent.row["id"])

    def write(self, body: Body, field: Selected) -> str:
        return 'run.context.iri(r["id"])'


def _id(self: Any, info: Info) -> strawberry.ID:
    return strawberry.ID(self.row["id"])


def _iri(self: Any, info: Info) -> str:
    return info.context.iri(self.row["id"])


@strawberry.interface(description="Anything with an identifier of its own (节点).")
class Node:
    """A record: its row, and the date on which it is seen."""

    row: strawberry.Private[Row]
    on: strawberry.Private[dt.date]
    id: strawberry.ID = strawberry.field(
        resolver=_id,
        description="The identifier, kind/slug: the path after /id/ in the IRI (标识).",
        metadata={"plan": Identifier()},
    )
    iri: str = strawberry.field(
        resolver=_iri,
        description="The IRI under which the record is published (国际化资源标识符).",
        metadata={"plan": Iri()},
    )


@strawberry.type
class Value:
    """The root of embedded values: their row, and the date on which they are seen."""

    row: strawberry.Private[Row]
    on: strawberry.Private[dt.date]


def record(owner: Kind | type[Any]) -> Callable[[C], C]:
    """Makes a GraphQL type of a class whose bare annotations name rows of the field table.

    Descriptions, names and plans come from the table; fields with a helper of this module keep their own.
    """

    def make(cls: C) -> C:
        rows: Mapping[str, Property] = by_name(owner)  # type: ignore[arg-type] # a type is hashable
        for name in inspect.get_annotations(cls):
            if name not in cls.__dict__ and name in rows:
                row = rows[name]
                if isinstance(row.type, Ref):
                    plan: Plan = Nodes(name) if len(row.type.kinds) > 1 else Reach(name)
                else:
                    plan = Reach(name, value=True) if row.value_class else Prop(name)
                setattr(cls, name, planned(plan, row.description, name=row.graphql))
        made: C = strawberry.type(cls, description=inspect.getdoc(cls))
        return made

    return make


def planned(plan: Plan, description: str, *, name: str | None = None) -> Any:
    """A field without arguments that is answered by its plan."""

    def resolve(self: Any, info: Info) -> Any:
        return plan.resolve(self, info)

    return strawberry.field(resolver=resolve, description=description, name=name, metadata={"plan": plan})


def derived(
    answer: Callable[[Any, Info], Any], description: str, *needs: str, wants: Callable[[Wish, Selected], None] = nothing
) -> Any:
    """A field computed from properties (``needs``) or nested rows (``wants``) of its parent."""

    def want(wish: Wish, selected: Selected) -> None:
        wish.need(*needs)
        wants(wish, selected)

    return planned(Derived(want, answer), description)


def inverse(relation: str, description: str) -> Any:
    """A list of all rows along an inverse relation."""
    return planned(Reach(relation), description)


def with_plan(plan: Plan, resolver: Callable[..., Any], description: str) -> Any:
    """A field with arguments of its own, which the plan reads from the operation: the resolver only names them."""
    return strawberry.field(resolver=resolver, description=description, metadata={"plan": plan})


def paged(
    relation: str,
    kind: Kind,
    description: str,
    *,
    default: int = 50,
    long: bool = False,
    mixed: bool = False,
    tests: Callable[[Mapping[str, Any]], tuple[Test, ...]] = lambda arguments: (),
) -> Any:
    """A connection along an inverse relation with the arguments ``first`` and ``after`` alone."""
    plan = Paged(relation, kind, long, mixed, tests)

    def resolve(self: Any, info: Info, first: First = default, after: After = None) -> Any:
        return plan.resolve(self, info)

    return with_plan(plan, resolve, description)
