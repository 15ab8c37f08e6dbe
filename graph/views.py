"""The catalogue as it stood at one revision: a store that answers every question, and takes no change."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Self, TypeVar

from catalog.changes import ChangeSet
from catalog.codec import Row
from catalog.errors import BadInput, Unavailable
from catalog.issue import Issue
from catalog.revision import Applied, Change, Revision, Tombstone
from catalog.vocabulary import Kind
from graph.port import PREPARATION, Store, Together
from graph.shape import Found, Hit, KeysetKey, MatchQuestion, Page, Question, SearchQuestion, Shape
from graph.snapshots import Snapshots

T = TypeVar("T")


def known(revision: int, head: int) -> None:
    """Raises BadInput unless the catalogue has had the revision, naming those that it has had."""
    if head == 0 and revision != 0:
        raise BadInput(f"there is no revision {revision}: the catalogue is empty", suggestion="load something first")
    if head and not 1 <= revision <= head:
        raise BadInput(
            f"there is no revision {revision}: the catalogue has had the revisions 1 to {head}",
            suggestion=f"give one of 1 to {head}, or leave revision out for the present",
        )


class RevisionView:
    """One revision of a store, whatever is written meanwhile (:class:`graph.port.Store`, to read only).

    While the revision is the newest one the present store answers, as fast as ever. Once it has been superseded its
    snapshot does. It needs no opening and no closing: it lives as long as the store that gave it.
    """

    parted = False

    def __init__(
        self, present: Store, revision: int, snapshots: Snapshots, *, current: bool, patience: float | None
    ) -> None:
        self._present = present
        self._revision = revision
        self._snapshots = snapshots
        self._current = current
        self._patience = patience

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        pass

    @property
    def statements(self) -> int:
        """How many statements the store has run, for this view and everybody else."""
        return self._present.statements

    @statements.setter
    def statements(self, number: int) -> None:
        self._present.statements = number

    async def _ask(self, ask: Callable[[Store], Awaitable[T]]) -> T:
        if self._current:
            async with self._present.together() as store:
                found = await ask(store)
                if await self._still(store):
                    return found
        async with self._snapshots.of(self._revision, self._patience) as store:
            return await ask(store)

    async def _still(self, store: Together) -> bool:
        """Whether the revision is the newest; revisions only grow, so then it has been so since the view was made."""
        try:
            head = await store.head()
        except Unavailable:
            if not store.parted:
                raise
            self._current = False
            return False
        self._current = (head.number if head else 0) == self._revision
        return self._current

    async def head(self) -> Revision | None:
        """The revision itself: in this view none is newer."""
        return await self._ask(lambda store: store.head())

    async def counts(self) -> Mapping[Kind, int]:
        """How many records of each kind there were."""
        return await self._ask(lambda store: store.counts())

    async def read(self, question: Question) -> Page[Row]:
        """One page of rows of one kind."""
        return await self._ask(lambda store: store.read(question))

    async def get(self, ids: Sequence[str], shape: Shape, kind: Kind) -> list[Row | None]:
        """The rows of these identifiers of one kind, in the order asked, None where there was none."""
        return await self._ask(lambda store: store.get(ids, shape, kind))

    async def match(self, question: MatchQuestion) -> Page[Hit]:
        """The fields and resources that answered to a name."""
        return await self._ask(lambda store: store.match(question))

    async def search(self, question: SearchQuestion) -> Page[Found]:
        """The records whose texts contained a substring."""
        return await self._ask(lambda store: store.search(question))

    async def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 1000) -> AsyncIterator[list[Row]]:
        """Every row of a kind by identifier, in batches."""
        if self._current:
            async with self._present.together() as store:
                found = store.scan(kind, shape, after=after, batch=batch)
                begun = await anext(found, None)
                if await self._still(store):  # and the scan goes on in the revision that it began in
                    while begun is not None:
                        yield begun
                        begun = await anext(found, None)
                    return
        async with self._snapshots.of(self._revision, self._patience) as store:
            async for rows in store.scan(kind, shape, after=after, batch=batch):
                yield rows

    async def changes(
        self,
        *,
        since: int,
        kinds: Sequence[Kind] = (),
        first: int,
        after: KeysetKey | None = None,
        count: bool = False,
        announced: bool = False,
    ) -> Page[Change]:
        """The log after revision ``since``, up to this one."""
        return await self._ask(
            lambda store: store.changes(
                since=since, kinds=kinds, first=first, after=after, count=count, announced=announced
            )
        )

    async def tombstones(self, ids: Sequence[str], kind: Kind, *, until: int | None = None) -> list[Tombstone | None]:
        """What was left by then of earlier versions; the store itself keeps them."""
        limit = self._revision if until is None else min(until, self._revision)
        return await self._present.tombstones(ids, kind, until=limit)

    async def check(self) -> list[Issue]:
        """Broken integrity of what there was."""
        return await self._ask(lambda store: store.check())

    async def keeps_gaps(self) -> bool:
        """Whether the present keeps gaps: then every revision that its rules were there for has its own."""
        return await self._present.keeps_gaps()

    async def as_of(self, revision: int, *, patience: float | None = PREPARATION) -> Store:
        """Another revision of the same catalogue, be it later than this one."""
        return await self._present.as_of(revision, patience=patience)

    def together(self) -> AbstractAsyncContextManager[Together]:
        """The view itself: whatever it reads is of one revision."""
        return nullcontext(self)

    async def stamp(self) -> None:
        """None: nothing is kept of what is read at a revision."""
        return

    async def apply(self, changes: ChangeSet, *, dry_run: bool = False) -> Applied:
        """Raises BadInput: the past does not change."""
        raise BadInput(
            f"revision {self._revision} is past and takes no changes", suggestion="apply them to the store itself"
        )
