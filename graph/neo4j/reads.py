"""The questions of the port as statements, whoever asks them: the store, or reads that belong together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.records import RECORDS
from catalog.revision import Change, Revision, Tombstone
from catalog.vocabulary import Kind
from graph.neo4j import finding, history, pages
from graph.shape import Found, Hit, KeysetKey, MatchQuestion, Page, Question, SearchQuestion, Shape


class Reads(ABC):
    """What can be asked in one statement (:class:`graph.port.Store`)."""

    @abstractmethod
    async def _one(self, text: str, params: Mapping[str, Any], *columns: str) -> dict[str, Any]:
        """The only record of a statement, all of one revision.

        ``columns`` are named where there always is a record: then it may be read together with others.
        """

    async def head(self) -> Revision | None:
        """The newest revision, None for an empty store."""
        return history.head(await self._one(history.HEAD, {}, "head"))

    async def counts(self) -> Mapping[Kind, int]:
        """How many records of each kind there are, from the count store."""
        return dict(zip(RECORDS, (await self._one(history.COUNTS, {}, "counts"))["counts"], strict=True))

    async def read(self, question: Question) -> Page[Row]:
        """One page of rows of one kind, nested rows and all, in one statement."""
        with words():
            statement = pages.page(question)
        record = await self._one(statement.text, statement.params, "rows", *_total(question.count))
        found = record["rows"]
        rows = [statement.decode(row) for row in found[: question.first]]
        if question.backward:
            rows.reverse()
        return Page(tuple(rows), len(found) > question.first, record.get("total"))

    async def get(self, ids: Sequence[str], shape: Shape, kind: Kind) -> list[Row | None]:
        """The rows of these identifiers of one kind, in the order asked, None where there is none."""
        if not ids:
            return []
        with words():
            statement = pages.by_ids(kind, shape, list(dict.fromkeys(ids)))
        record = await self._one(statement.text, statement.params, "rows")
        rows = {row["id"]: row for row in map(statement.decode, record["rows"])}
        return [rows.get(identifier) for identifier in ids]

    async def match(self, question: MatchQuestion) -> Page[Hit]:
        """The fields and resources that answer to a name, in one statement."""
        record = await self._one(*finding.match(question), "better", "others", *_total(question.count))
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
        record = await self._one(*finding.search(question), "hits", *_total(question.count))
        hits = tuple(
            Found(kind_of(identifier), identifier, text, finding.SCORES[place], (place, length, identifier))
            for place, length, identifier, text in record["hits"][: question.first]
        )
        return Page(hits, len(record["hits"]) > question.first, record.get("total"))

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
        text, params = history.log(since, kinds, first, after, count=count, announced=announced)
        record = await self._one(text, params, "rows", *_total(count))
        found = tuple(history.change(row) for row in record["rows"][:first])
        return Page(found, len(record["rows"]) > first, record.get("total"))

    async def tombstones(self, ids: Sequence[str], kind: Kind, *, until: int | None = None) -> list[Tombstone | None]:
        """What is left of earlier versions, in one statement."""
        record = await self._one(*history.tombstones(list(dict.fromkeys(ids)), kind, until), "rows")
        held = {row[0]: history.tombstone(row) for row in record["rows"]}
        return [held.get(identifier) for identifier in ids]


def _total(counted: bool) -> tuple[str, ...]:
    return ("total",) if counted else ()


def _hit(tier: int, text: str, rank: int, identifier: str, resource: str, key: KeysetKey) -> Hit:
    return Hit(finding.TIERS[tier].value, text, finding.MATCHED[rank], identifier, resource, key)


@contextmanager
def words() -> Iterator[None]:
    """Properties and relations that the table does not have are the caller's mistake."""
    try:
        yield
    except KeyError as error:
        raise BadInput(f"the field table does not have {error.args[0]!r}") from error
