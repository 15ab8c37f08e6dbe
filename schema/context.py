"""What one GraphQL request carries: the store, the date, the base of IRIs, the limits."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry
from strawberry.dataloader import DataLoader

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.gaps.law import Grounds
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Shape

if TYPE_CHECKING:
    from schema.selection import Selected

PREPARING = 1 / 3
"""Of the time limit, how much a read waits for an earlier revision that is being prepared.

A compiled operation that waited in vain is left to graphql-core, which waits once more: the rest is to say so.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one request. Everything over them is refused with the figure, never clipped."""

    body: int = 1_000_000
    depth: int = 15
    first: int = 100
    first_long: int = 500
    ids: int = 100
    cost: int = 100_000
    seconds: float = 30.0
    matrix: int = 2_000
    regulations: int = 10_000


@dataclass(slots=True, kw_only=True, weakref_slot=True)
class Context:
    """One request's context. ``today`` is read by the door from its clock: nothing below knows one."""

    store: Store
    today: dt.date
    base_iri: str
    title: str = "政务信息资源目录"
    limits: Limits = field(default_factory=Limits)
    _loaders: dict[tuple[Kind, Shape], DataLoader[str, Row | None]] = field(default_factory=dict)
    _views: dict[str, Context] = field(default_factory=dict)
    _shapes: dict[tuple[tuple[str, ...], Kind], Shape] = field(default_factory=dict)
    _head: int | None = None
    grounds: Grounds | None = None
    """The law as the gap rules read it, once it was asked for."""
    reading_law: asyncio.Lock = field(default_factory=asyncio.Lock)

    def iri(self, identifier: str) -> str:
        """The IRI of a record: always below the configured base, never below the request's host."""
        return f"{self.base_iri.rstrip('/')}/id/{identifier}"

    def date(self, on: dt.date | None) -> dt.date:
        """The date asked for, else that of the request."""
        return on or self.today

    async def head(self) -> int:
        """The store's revision, read once a request; 0 where it is empty."""
        if self._head is None:
            found = await self.store.head()
            self._head = found.number if found else 0
        return self._head

    async def at(self, revision: int | None, one: Selected | None = None) -> Context:
        """What a root field reads from: this context, or one whose store is the catalogue at the revision.

        ``one`` is the root field: what is selected below it finds the same context by :meth:`of`. Raises BadInput for
        a revision that the catalogue has not had, and for an earlier one where no root field is told.
        """
        if revision is None:
            return self
        if one is not None and one.trail[0] in self._views:
            return self._views[one.trail[0]]
        store = await self.store.as_of(revision, patience=PREPARING * self.limits.seconds)
        if one is None and revision != await self.head():
            raise BadInput(
                f"this field is not answered at revision {revision} yet", suggestion="leave revision out of it"
            )
        seen = replace(self, store=store, _loaders={}, _views={}, _head=None)
        if one is not None:
            self._views[one.trail[0]] = seen
        return seen

    def of(self, one: Selected) -> Context:
        """The context of a place in the operation: that of its root field where it is asked at a revision."""
        return self._views.get(one.trail[0], self) if self._views else self

    async def records(self, kind: Kind, ids: list[str], shape: Shape) -> list[Row | None]:
        """Records of one kind by identifier, in the order asked, in one read."""
        return await self.store.get(ids, shape, kind)

    async def record(self, kind: Kind, identifier: str, shape: Shape) -> Row | None:
        """One record among many of this request: all that are asked for together are read in one call."""
        loader = self._loaders.get((kind, shape))
        if loader is None:

            async def load(ids: list[str]) -> list[Row | None]:
                return await self.records(kind, ids, shape)

            loader = self._loaders[kind, shape] = DataLoader(load)
        return await loader.load(identifier)

    def shape(self, selected: Selected, kind: Kind, make: Callable[[], Shape]) -> Shape:
        """The shape of a polymorphic field for one kind, made once a request and place in the operation."""
        place = (selected.trail, kind)
        found = self._shapes.get(place)
        if found is None:
            found = self._shapes[place] = make()
        return found


Info: TypeAlias = strawberry.Info[Context, Any]
