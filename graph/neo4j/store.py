"""The Neo4j store: the port over one link. Texts come from the pure modules beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Self

from neo4j.exceptions import IncompleteCommit

from catalog.changes import ChangeSet
from catalog.changes import check as check_changes
from catalog.codec import Row
from catalog.errors import BadInput, Unavailable
from catalog.identifiers import kind_of
from catalog.issue import Issue
from catalog.records import RECORDS
from catalog.revision import Applied, Change, Revision, Tombstone
from catalog.vocabulary import Kind
from graph.gaps.making import refuse
from graph.gaps.rule import Rule
from graph.neo4j import finding, history, pages, scanning
from graph.neo4j.applying import Applier
from graph.neo4j.checking import check
from graph.neo4j.gaps import current, faults
from graph.neo4j.gathering import gather
from graph.neo4j.link import Address, Link
from graph.neo4j.migrations import migrate
from graph.port import PREPARATION, Store
from graph.shape import Found, Hit, KeysetKey, MatchQuestion, Page, Question, SearchQuestion, Shape
from graph.snapshots import Snapshots
from graph.sqlite.spool import Spool
from graph.sqlite.store import SqliteStore
from graph.views import RevisionView, known

APPLY_AGAIN = "apply the same change set again, with the same id: if it was committed, nothing happens"


class Neo4jStore:
    """A catalogue in Neo4j 5.26 and later, on one server or a cluster (:class:`graph.port.Store`).

    Each question is one statement, and statements see committed revisions only. Neo4j is read-committed: a statement
    that runs *while* a revision is being committed may see some of its records before the others. Reads follow this
    store's own writes. ``rules`` are the gap rules by which it keeps gaps; without any, gaps are the caller's to write.
    """

    def __init__(self, address: Address, *, rules: Sequence[Rule] = ()) -> None:
        self._link = Link(address)
        self._snapshots = Snapshots(self._snapshot)
        self._rules = tuple(rules)

    @classmethod
    def at(cls, address: str, *, rules: Sequence[Rule] = ()) -> Neo4jStore:
        """The store at ``neo4j://user:password@host:7687/database``; enter it to connect. Raises BadInput."""
        return cls(Address.of(address), rules=rules)

    @property
    def statements(self) -> int:
        """How many statements were run since opening."""
        return self._link.statements + self._snapshots.statements

    @statements.setter
    def statements(self, number: int) -> None:
        self._link.statements = number - self._snapshots.statements

    async def __aenter__(self) -> Self:
        """Connects within seconds or raises Unavailable (BadInput for wrong words), and migrates the schema."""
        self._link.open()
        self._snapshots.open()
        try:
            await migrate(self._link)
        except BaseException:
            await self._link.close()
            raise
        self._link.statements = 0
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._snapshots.close()
        await self._link.close()

    async def head(self) -> Revision | None:
        """The newest revision, None for an empty store."""
        return history.head(await self._link.one(history.HEAD))

    async def counts(self) -> Mapping[Kind, int]:
        """How many records of each kind there are, from the count store."""
        return dict(zip(RECORDS, (await self._link.one(history.COUNTS))["counts"], strict=True))

    async def read(self, question: Question) -> Page[Row]:
        """One page of rows of one kind, in one statement."""
        with _words():
            statement = pages.page(question)
        record = await self._link.one(statement.text, statement.params)
        found = record["rows"]
        rows = [statement.decode(row) for row in found[: question.first]]
        if question.backward:
            rows.reverse()
        return Page(tuple(rows), len(found) > question.first, record.get("total"))

    async def get(self, ids: Sequence[str], shape: Shape, kind: Kind) -> list[Row | None]:
        """The rows of these identifiers of one kind, in the order asked, None where there is none."""
        if not ids:
            return []
        with _words():
            statement = pages.by_ids(kind, shape, list(dict.fromkeys(ids)))
        record = await self._link.one(statement.text, statement.params)
        rows = {row["id"]: row for row in map(statement.decode, record["rows"])}
        return [rows.get(identifier) for identifier in ids]

    async def match(self, question: MatchQuestion) -> Page[Hit]:
        """The fields and resources that answer to a name, in one statement."""
        record = await self._link.one(*finding.match(question))
        hits = [
            _hit(tier, text, rank, identifier, resource, (tier, len(question.what), question.what, rank, identifier))
            for tier, rank, identifier, resource, text in sorted(record["better"], key=lambda hit: hit[:3])
        ]
        substring = len(finding.TIERS) - 1
        for length, folded, rank, identifier, resource, text in record["others"]:
            key = (substring, length, folded, rank, identifier)
            hits.append(_hit(substring, text, rank, identifier, resource, key))
        return Page(tuple(hits[: question.first]), len(hits) > question.first, record.get("total"))

    async def search(self, question: SearchQuestion) -> Page[Found]:
        """The records whose texts contain a substring, in one statement."""
        record = await self._link.one(*finding.search(question))
        hits = tuple(
            Found(kind_of(identifier), identifier, text, finding.SCORES[place], (place, length, identifier))
            for place, length, identifier, text in record["hits"][: question.first]
        )
        return Page(hits, len(record["hits"]) > question.first, record.get("total"))

    async def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 1000) -> AsyncIterator[list[Row]]:
        """Every row of a kind by identifier, in batches, all of one revision: the newest when the scan begins.

        Neo4j has no snapshots: a transaction sees what others commit meanwhile. Once another revision has been made,
        what it superseded is read from the history. Nested rows are not kept there: where one of the kinds of a
        shape with nested rows has changed, the scan raises Unavailable, and may be begun again.
        """
        with _words():
            pages.batch(kind, shape, after, batch, 0)
        begun = (await self._link.one(history.NUMBER))["number"]
        while True:
            rows = await self._link.reading(partial(scanning.batch, self._link, kind, shape, after, batch, begun))
            if rows:
                yield rows
            if len(rows) < batch:
                return
            after = rows[-1]["id"]

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
        """The log after revision ``since``: by revision, then kind (in the order of RECORDS), then id."""
        record = await self._link.one(*history.log(since, kinds, first, after, announced=announced))
        found = tuple(history.change(row) for row in record["rows"][:first])
        total = (await self._link.one(*history.counted(since, kinds, announced=announced)))["n"] if count else None
        return Page(found, len(record["rows"]) > first, total)

    async def tombstones(self, ids: Sequence[str], kind: Kind, *, until: int | None = None) -> list[Tombstone | None]:
        """What is left of earlier versions, in one statement."""
        record = await self._link.one(*history.tombstones(list(dict.fromkeys(ids)), kind, until))
        held = {row[0]: history.tombstone(row) for row in record["rows"]}
        return [held.get(identifier) for identifier in ids]

    async def apply(self, changes: ChangeSet, *, dry_run: bool = False) -> Applied:
        """Applies a change set in one transaction: atomic, numbered, recorded.

        Raises InvalidChangeSet with nothing written. Where the connection is lost during the commit, the store is
        asked whether it happened; where that cannot be told, Unavailable says to apply the same change set again.
        """
        check_changes(changes)
        if self._rules:
            refuse(changes)
        try:
            async with self._link.writing() as transaction:
                applied = await Applier(self._link, transaction, changes, self._rules).apply()
                if dry_run or applied.repeated:
                    await transaction.rollback()
                    if dry_run and not applied.repeated and applied.changed:
                        return Applied(revision=applied.revision - 1, counts=applied.counts)
                    return applied
                await transaction.commit()
                return applied
        except Unavailable as error:
            if error.suggestion is None:
                error.suggestion = APPLY_AGAIN
            if not isinstance(error.__cause__, IncompleteCommit):
                raise
            return await self._ask_again(changes, error)

    async def _ask_again(self, changes: ChangeSet, error: Unavailable) -> Applied:
        """The answer of a commit whose own answer was lost."""
        async with self._link.writing() as transaction:
            received = await Applier(self._link, transaction, changes).received()
            await transaction.rollback()
        if received is None:
            raise error
        return Applied(revision=received.revision, counts=received.counts)

    async def as_of(self, revision: int, *, patience: float | None = PREPARATION) -> Store:
        """The catalogue as it stood at a revision; an earlier one is gathered into an embedded store."""
        head = await self.head()
        number = head.number if head else 0
        known(revision, number)
        return RevisionView(self, revision, self._snapshots, current=revision == number, patience=patience)

    def together(self) -> AbstractAsyncContextManager[Store]:
        """The store itself: Neo4j keeps no revision for several statements."""
        return nullcontext(self)

    async def _snapshot(self, revision: int, path: Path) -> Store:
        async with Spool(path, revision) as spool:
            await gather(self._link, revision, spool)
            await spool.finish()
        return await SqliteStore(path).__aenter__()

    async def keeps_gaps(self) -> bool:
        """Whether the gaps held are those of the rules."""
        return bool(self._rules) and await current(self._link)

    async def check(self) -> list[Issue]:
        """Broken integrity: rows that are no records, dangling references, edges and texts that miss or invent."""
        return [*await check(self._link), *await faults(self._link, self._rules)]


def _hit(tier: int, text: str, rank: int, identifier: str, resource: str, key: KeysetKey) -> Hit:
    return Hit(finding.TIERS[tier].value, text, finding.MATCHED[rank], identifier, resource, key)


@contextmanager
def _words() -> Iterator[None]:
    """Properties and relations that the table does not have are the caller's mistake."""
    try:
        yield
    except KeyError as error:
        raise BadInput(f"the field table does not have {error.args[0]!r}") from error
