"""The Store port: everything the product asks of a store. Two backends implement it; one contract suite tests both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol, Self, TypeVar

from catalog.changes import ChangeSet
from catalog.codec import Row
from catalog.errors import Unavailable
from catalog.issue import Issue
from catalog.revision import Applied, Change, Revision, Tombstone
from catalog.vocabulary import Kind
from graph.shape import Found, Hit, KeysetKey, MatchQuestion, Page, Question, SearchQuestion, Shape

T = TypeVar("T")
PREPARATION = 20.0
"""Seconds that a read of an earlier revision waits for it: less than a request is given, so that it hears why."""


class Store(Protocol):
    """A catalogue's store.

    Every read sees one whole revision. Errors are Mulu's own: :class:`catalog.errors.Unavailable` (retryable) where the
    store cannot be reached, :class:`catalog.errors.TimedOut`, :class:`catalog.errors.InvalidChangeSet`,
    :class:`catalog.errors.BadInput`. Rows are those of :mod:`catalog.codec`, cut to the shape. Both backends give the
    same rows in the same order (strings by code point), and every method takes a constant number of statements,
    whatever the sizes of pages and of the store (``scan`` and ``apply``: per batch). ``statements`` counts them.
    """

    statements: int

    async def __aenter__(self) -> Self:
        """Opens the store and brings its schema up to date: numbered migrations that may run twice."""
        ...

    async def __aexit__(self, *exception: object) -> None: ...

    async def head(self) -> Revision | None:
        """The newest revision, None for an empty store."""
        ...

    async def counts(self) -> Mapping[Kind, int]:
        """How many records of each kind there are; kinds without records count 0."""
        ...

    async def read(self, question: Question) -> Page[Row]:
        """One page of rows of one kind."""
        ...

    async def get(self, ids: Sequence[str], shape: Shape, kind: Kind) -> list[Row | None]:
        """The rows of these identifiers of one kind, in the order asked, None where there is none."""
        ...

    async def match(self, question: MatchQuestion) -> Page[Hit]:
        """The fields and resources that answer to a name."""
        ...

    async def search(self, question: SearchQuestion) -> Page[Found]:
        """The records whose texts contain a substring."""
        ...

    def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 1000) -> AsyncIterator[list[Row]]:
        """Every row of a kind by identifier, in batches, inside one revision, in constant memory."""
        ...

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
        """The log after revision ``since``: by revision, then kind (in the order of RECORDS), then id.

        The keyset key is (revision, index of the kind in RECORDS, id). With ``count``, ``total`` is how many entries
        there are after ``since``. With ``announced``, also the datasets that a revision made say something else
        without writing them (:mod:`catalog.announcing`).
        """
        ...

    async def tombstones(self, ids: Sequence[str], kind: Kind, *, until: int | None = None) -> list[Tombstone | None]:
        """What is left of earlier versions of records of one kind, in the order asked, None where there were none.

        With ``until``, of the versions that were earlier ones by that revision. By identifier, whatever the length of
        the log. A record that is there may have earlier versions too.
        """
        ...

    async def apply(self, changes: ChangeSet, *, dry_run: bool = False) -> Applied:
        """Applies a change set: atomic, numbered, recorded. Raises InvalidChangeSet with nothing written.

        Records equal to what is held are not written; where nothing changes, no revision is made. Shared records are
        united with what is held (:func:`catalog.changes.unite`). With ``dry_run`` the same answer, nothing written.
        Gaps follow by the rules that the store was opened with, in the same revision; with rules, a change set that
        writes gaps is refused. Cleared datasets whose description names what is called otherwise now are noted in the
        log (:meth:`changes`). The id of a change set applied before answers what it answered then, with ``repeated``.
        """
        ...

    async def keeps_gaps(self) -> bool:
        """Whether the gaps held are those of the rules that the store was opened with.

        A store of an earlier version gets them with the next change set, whatever it holds.
        """
        ...

    async def as_of(self, revision: int, *, patience: float | None = PREPARATION) -> Store:
        """The catalogue as it stood at a revision, to read only, for as long as this store is open.

        It answers every read exactly as this store did when that revision was the newest: rows, order, totals, keys,
        and the log up to it. Nothing written meanwhile shows. Writing to it raises BadInput, and so does a revision
        that the catalogue has not had. The first read of an earlier revision prepares it, in time proportional to the
        catalogue; a read that has waited ``patience`` seconds for that (None: however long) raises TimedOut, and finds
        it prepared when it asks again.
        """
        ...

    def together(self) -> AbstractAsyncContextManager[Together]:
        """This store, for reads that belong together: all of one revision, or told to be of several."""
        ...

    async def stamp(self) -> Hashable | None:
        """What is another after anybody has committed, of whatever process, as the store tells after it was asked.

        None where the store cannot tell: then nobody may rely on what was read before. A read that begins after the
        stamp was taken sees at least what had been written by then. Whoever asks while another's question is on its
        way waits for the next one, and shares that with all who wait.
        """
        ...

    async def check(self) -> list[Issue]:
        """Broken integrity: dangling references, rows that are no records, indexes that miss or invent something."""
        ...


class Together(Store, Protocol):
    """Reads that belong together (:meth:`Store.together`).

    The embedded store answers them in one transaction. Neo4j has none that would keep a revision: there a read that
    finds another raises Unavailable and ``parted`` is true from then on.
    """

    parted: bool
    """Whether a revision came in between: then what was read is not of one, and is to be read again."""

    async def stamp(self) -> Hashable | None:
        """The stamp of the store that these reads saw, or an earlier one; None where they cannot tell."""
        ...


TRIES = 4
"""How often work is done again whose reads were parted."""


async def together(store: Store, work: Callable[[Store], Awaitable[T]]) -> T:
    """What the work makes of reads that are all of one revision.

    Where a revision comes in between, the work is done again from the beginning, a few times; after that its last
    outcome stands, in which what came too late was refused as Unavailable.
    """
    for last in range(1, TRIES + 1):
        async with store.together() as reads:
            try:
                found = await work(reads)
            except Unavailable:
                if last == TRIES or not reads.parted:
                    raise
            else:
                if last == TRIES or not reads.parted:
                    return found
    raise AssertionError
