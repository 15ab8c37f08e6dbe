"""What of the store a load may touch: asked for by name, so that memory holds what is in question and no more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from catalog.agency import Agency, denoted
from catalog.codec import from_row, links, to_row
from catalog.correspondence import Correspondence
from catalog.demand import Demand
from catalog.field import Field
from catalog.issue import Issue
from catalog.puts import batches, by_kind
from catalog.record import Record
from catalog.resource import Resource
from catalog.table import rows
from catalog.text import fold
from catalog.vocabulary import CorrespondenceKind, CorrespondenceMethod, Kind, Origin
from graph.port import Store
from graph.shape import Equals, Linked, Missing, NamedAny, Question, Shape, Test
from loaders.correspondence.citing import CODE as UNRESOLVED
from loaders.correspondence.citing import basis_of, resolved
from loaders.correspondence.demands import CODE as UNANSWERED
from loaders.correspondence.wanted import parts, wanted
from loaders.correspondence.world import LISTED
from loaders.load import Loaded
from loaders.texts import Texts

PAGE = 1000
MANY = 20_000
NAMES = 500
"""Names and identifiers asked for in one statement."""
_SPOKEN = tuple(method.value for method in CorrespondenceMethod if method is not CorrespondenceMethod.COLUMN)
_REGISTERED = Equals("origin", (Origin.REGISTERED.value,))


async def records(store: Store, kind: Kind, tests: Sequence[Test] = ()) -> AsyncIterator[Record]:
    """Every record of a kind that passes the tests, whole."""
    names = tuple(row.name for row in rows(kind))
    async for row in _rows(store, kind, Shape(frozenset(names)), tests, PAGE):
        yield from_row(kind, {name: row.get(name) for name in names})


@dataclass(frozen=True, slots=True)
class Touched:
    """Records that a load may change, as :func:`loaders.correspondence.linking.link` takes them."""

    records: tuple[Record, ...] = ()
    looked_up: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()


async def touched(store: Store, loaded: Loaded, known: Sequence[Record]) -> Touched:
    """The registered resources, items, demands and correspondences whose links the load may change.

    Correspondences that people wrote, that equal names made, and demands are read all: they are few. Those that the
    columns of catalogues made, and registered resources, are asked for by the names and codes in question.
    """
    counts = await store.counts()
    if not counts[Kind.RESOURCE] and not counts[Kind.DEMAND] and not counts[Kind.CORRESPONDENCE]:
        return Touched()
    asking = _Asking(store, loaded, known)
    await asking.run()
    looked_up = {one.id for one in _resources(asking.found.values())} - asking.settling
    return Touched(tuple(asking.found.values()), frozenset(looked_up), frozenset(await asking.unnamed()))


class _Asking:
    """The state of one asking."""

    def __init__(self, store: Store, loaded: Loaded, known: Sequence[Record]) -> None:
        self.store = store
        self.listed = by_kind(loaded.records)
        few = (one for kind, some in self.listed.items() if kind not in LISTED for one in some)
        self.given = {one.id: one for one in (*few, *self._fresh(Origin.STATUTORY))}
        self.again = {one.id for one in self._fresh(Origin.REGISTERED)}
        self.sources = set(loaded.sources)
        self.known = known
        self.found: dict[str, Record] = {}
        self.settling: set[str] = set()

    def _fresh(self, origin: Origin) -> Iterator[Resource]:
        """The resources of the load, one after the other."""
        found = self.listed[Kind.RESOURCE]
        return (one for one in found if isinstance(one, Resource) and one.origin is origin)

    async def run(self) -> None:
        gone = [one.id for one in _resources(self.known) if one.source in self.sources and one.id not in self.given]
        for source in sorted(self.sources):
            tests = (Equals("source", (source,)), _REGISTERED)
            async for row in _rows(self.store, Kind.RESOURCE, Shape(), tests, MANY):
                if row["id"] not in self.again:
                    gone.append(row["id"])
        await self._take(Kind.CORRESPONDENCE, [(Equals("method", _SPOKEN),)])
        await self._take(Kind.DEMAND, [()])
        await self._unanswered()
        laid_down = [*_resources(self.known), *_resources(self.given.values())]
        columns = await self._any_columns()
        if columns:
            for some in batches(chain(_resources(self.given.values()), self._fresh(Origin.REGISTERED)), NAMES):
                keys = {fold(name) for one in some for name in (one.name, one.code or "", *one.aliases) if name}
                await self._take(Kind.CORRESPONDENCE, [(Equals("object_key", part),) for part in _cut(keys)])
            await self._take(Kind.CORRESPONDENCE, [(Linked("objects", part),) for part in _cut(gone)])
        await self._registered(gone, laid_down)
        await self._items()
        self.settling = {one.id for one in _resources(self.found.values())}
        if columns:
            await self._take(Kind.CORRESPONDENCE, [(Linked("subject", part),) for part in _cut(self.again)])
        await self._take(Kind.CORRESPONDENCE, [(Linked("subject", part),) for part in _cut(self.settling)])
        await self._named_by_columns()
        await self._resting()

    async def unnamed(self) -> set[str]:
        """Bodies known by name alone, which only demands name, where an agency of that name is better known."""
        namesakes: dict[str, list[Agency]] = {}
        for one in (*self.known, *self.given.values()):
            if isinstance(one, Agency):
                namesakes.setdefault(fold(one.name), []).append(one)
        spare = {
            one.id
            for one in self.known
            if isinstance(one, Agency) and denoted(one, namesakes[fold(one.name)]).id != one.id
        }
        if not spare:
            return spare
        for record in chain(self.given.values(), self._fresh(Origin.REGISTERED)):
            if not isinstance(record, Agency | Demand | Correspondence | Field | Issue):
                spare -= {link.target for link in links(record.kind, to_row(record))}
        found: set[str] = set()
        for part in _cut(spare):
            tests = (Equals("id", part), Missing("named_by"))
            found |= {row["id"] async for row in _rows(self.store, Kind.AGENCY, Shape(), tests, PAGE)}
        return found

    async def _any_columns(self) -> bool:
        tests = (Equals("method", (CorrespondenceMethod.COLUMN.value,)),)
        return bool((await self.store.read(Question(Kind.CORRESPONDENCE, Shape(), tests, first=1))).rows)

    async def _unanswered(self) -> None:
        """The issues of demands for which nothing is found, but for those that the load tells anew."""
        async for issue in records(self.store, Kind.ISSUE, (Equals("code", (UNANSWERED,)),)):
            if issue.source not in self.sources:
                self.found[issue.id] = issue

    async def _registered(self, gone: Sequence[str], laid_down: Sequence[Resource]) -> None:
        """By the names the law uses, by those that mappings and demands use, and by what they are linked to."""
        said = [one for one in (*self.found.values(), *self.given.values()) if isinstance(one, Correspondence)]
        asked = [one for one in (*self.found.values(), *self.given.values()) if isinstance(one, Demand)]
        names = {fold(one.name) for one in laid_down} | {fold(name) for one in asked for name in wanted(one)}
        codes: set[str] = set()
        for one in said:
            if one.correspondence_kind is CorrespondenceKind.FULFILS:
                names.add(one.subject_key)
            elif one.correspondence_kind is CorrespondenceKind.MEANS:
                names.add(fold(one.resource_name or ""))
            elif one.correspondence_kind is CorrespondenceKind.RELATES:
                names |= {one.subject_key, *map(fold, parts(one))}
                codes |= {*parts(one)}
            codes.add(one.subject_code or "")
        ids = [one.subject for one in said if one.subject and one.subject.startswith("resource/")]
        ids += [one.resource for one in asked if one.resource]
        codes |= {name for one in asked for name in wanted(one)}
        await self._take(
            Kind.RESOURCE,
            [
                *((_REGISTERED, NamedAny(part)) for part in _cut(names - {""})),
                *((_REGISTERED, Equals("code", part)) for part in _cut({code.strip() for code in codes} - {""})),
                *((_REGISTERED, Linked(path, part)) for path in ("fulfils", "related") for part in _cut(gone)),
                *((_REGISTERED, Equals("id", part)) for part in _cut(ids)),
            ],
        )

    async def _items(self) -> None:
        """The items that mappings speak of, and those that demands may mean where no resource is called so."""
        said = [one for one in (*self.found.values(), *self.given.values()) if isinstance(one, Correspondence)]
        means = [one for one in said if one.correspondence_kind is CorrespondenceKind.MEANS]
        asked = [one for one in (*self.found.values(), *self.given.values()) if isinstance(one, Demand)]
        owners = {one.id for one in _resources(self.found.values())} if means else set()
        names = {fold(name) for one in asked for name in wanted(one)}
        called = chain(_resources(chain(self.found.values(), self.given.values())), self._fresh(Origin.REGISTERED))
        there = {name for one in called if names and (name := fold(one.name)) in names}
        several: list[tuple[Test, ...]] = [
            (NamedAny(part), Linked("resource", of))
            for part in _cut(one.subject_key for one in means)
            for of in _cut(owners)
        ]
        several += [(Equals("id", part),) for part in _cut(one.subject for one in means if one.subject)]
        await self._take(Kind.FIELD, several)
        for name in sorted(names - there):
            await self._few(name)
        of_items = {one.resource for one in self.found.values() if isinstance(one, Field)} - self.found.keys()
        await self._take(Kind.RESOURCE, [(Equals("id", part),) for part in _cut(of_items)])

    async def _few(self, name: str) -> None:
        """The items of a name, unless so many are called so that no demand can mean one of them."""
        names = tuple(row.name for row in rows(Kind.FIELD))
        page = await self.store.read(Question(Kind.FIELD, Shape(frozenset(names)), (NamedAny((name,)),), first=PAGE))
        if not page.more:
            for row in page.rows:
                self.found[row["id"]] = from_row(Kind.FIELD, {one: row.get(one) for one in names})

    async def _named_by_columns(self) -> None:
        """What the columns of the resources found name as related: only to be looked up, not to be linked anew."""
        named = {
            part
            for one in self.found.values()
            if isinstance(one, Correspondence) and one.correspondence_kind is CorrespondenceKind.RELATES
            for part in parts(one)
        }
        await self._take(
            Kind.RESOURCE,
            [
                *((_REGISTERED, Equals("code", part)) for part in _cut(named)),
                *((_REGISTERED, NamedAny(part)) for part in _cut(map(fold, named))),
            ],
        )

    async def _resting(self) -> None:
        """What rests on texts that come, go or change: to be cited anew, not to be linked anew."""
        before = Texts.of(self.known)
        gone = {one.id for one in self.known if one.source in self.sources and one.id not in self.given}
        after = Texts.of([*(one for one in self.known if one.id not in gone), *self.given.values()])
        changed, more = before.differing(after)
        for part in _cut(changed):
            for path in ("basis.regulation", "responsibilities.citation.regulation"):
                await self._look_up(Kind.RESOURCE, (_REGISTERED, Linked(path, part)))
            for path in ("authority.regulation", "history.citation.regulation"):
                await self._look_up(Kind.DEMAND, (Linked(path, part),))
            await self._look_up(Kind.FIELD, (Linked("basis.regulation", part),))
        if more:
            await self._unresolved(after)

    async def _unresolved(self, texts: Texts) -> None:
        """The rows whose words no text answered to and one does now. The issues tell in which sources to look."""
        asked: dict[str, set[tuple[str | None, int | None]]] = {}
        async for issue in records(self.store, Kind.ISSUE, (Equals("code", (UNRESOLVED,)),)):
            if issue.source is not None and issue.place is not None:
                asked.setdefault(issue.source, set()).add((issue.place.sheet, issue.place.row))
        for source, cells in sorted(asked.items()):
            for kind, tests in ((Kind.RESOURCE, (_REGISTERED,)), (Kind.DEMAND, ())):
                async for record in records(self.store, kind, (Equals("source", (source,)), *tests)):
                    open_ = [one for one in basis_of(record) if one.regulation is None]
                    if (
                        record.place is not None
                        and (record.place.sheet, record.place.row) in cells
                        and any(resolved(texts, one, record).regulation for one in open_)
                    ):
                        self.found.setdefault(record.id, record)

    async def _look_up(self, kind: Kind, tests: tuple[Test, ...]) -> None:
        async for record in records(self.store, kind, tests):
            self.found.setdefault(record.id, record)

    async def _take(self, kind: Kind, several: Iterable[tuple[Test, ...]]) -> None:
        for tests in several:
            async for record in records(self.store, kind, tests):
                self.found[record.id] = record


async def _rows(
    store: Store, kind: Kind, shape: Shape, tests: Sequence[Test], size: int
) -> AsyncIterator[dict[str, Any]]:
    after = None
    more = True
    while more:
        page = await store.read(Question(kind, shape, tuple(tests), first=size, after=after))
        for row in page.rows:
            yield row
        more = page.more
        after = (page.rows[-1]["id"],) if page.rows else None


def _resources(found: Iterable[Record]) -> list[Resource]:
    return [one for one in found if isinstance(one, Resource)]


def _cut(whole: Iterable[str]) -> Iterator[tuple[str, ...]]:
    ordered = sorted(set(whole))
    for start in range(0, len(ordered), NAMES):
        yield tuple(ordered[start : start + NAMES])
