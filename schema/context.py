"""What one GraphQL request carries: the store, the date, the base of IRIs, the limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry
from strawberry.dataloader import DataLoader

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Shape

if TYPE_CHECKING:
    from schema.selection import Selected


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
    _shapes: dict[tuple[tuple[str, ...], Kind], Shape] = field(default_factory=dict)
    _head: int | None = None

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

    async def at(self, revision: int | None) -> None:
        """Refuses every revision but the current one: earlier ones are not offered yet."""
        if revision is None:
            return
        current = await self.head()
        if revision != current:
            raise BadInput(
                f"reads at revision {revision} are not offered yet; the catalogue stands at revision {current}",
                suggestion=f"leave revision out, or give {current}",
            )

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
