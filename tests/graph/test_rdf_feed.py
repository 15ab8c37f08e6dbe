"""The change feed: replaying it gives what the harvest view says, whatever happened to the catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pyoxigraph
import pytest

from catalog.errors import BadInput
from catalog.records import Field, Resource
from graph.port import Store
from graph.rdf import feed
from graph.rdf.context import Publication
from graph.rdf.export import harvest
from graph.rdf.nodes import catalogue
from graph.rdf.syntax import WRITERS, NTriples
from graph.rdf.terms import NAMESPACES
from graph.sqlite.store import SqliteStore
from tests.graph import samples
from tests.graph.contract.backends import BACKENDS, opened

BASE = "https://data.example.cn/"
FORMATS = {"trig": pyoxigraph.RdfFormat.TRIG, "nq": pyoxigraph.RdfFormat.N_QUADS}
AS, TREE = NAMESPACES["as"], NAMESPACES["tree"]
Triple = tuple[str, str, str]


@pytest.fixture
async def store(tmp_path, monkeypatch):
    monkeypatch.setattr(feed, "SIZE", 3)
    async with SqliteStore.at(str(tmp_path / "mulu.db")) as found:
        yield found


@pytest.fixture(params=BACKENDS)
async def either(request, tmp_path):
    async with opened(request.param, tmp_path, lambda: request.getfixturevalue("neo4j_uri")) as found:
        yield found


async def published(store: Store) -> Publication:
    head = await store.head()
    assert head is not None
    return Publication(BASE, "目录", "机构", head.at, head.number)


def triples(text: str, format_: Any = pyoxigraph.RdfFormat.N_TRIPLES) -> set[Triple]:
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in pyoxigraph.parse(text.encode(), format_)}


class Replica:
    """A harvester that reads the feed from where it stood, and keeps what it is told."""

    def __init__(self, extension: str = "trig") -> None:
        self.extension, self.after = extension, ""
        self.held: dict[str, set[Triple]] = {}
        self.told: list[tuple[str, str]] = []

    async def read(self, store: Store) -> None:
        publication = await published(store)
        while True:
            page = await feed.feed_page(store, publication, self.extension, self.after)
            self.take(page.text)
            if page.following is None:
                return
            self.after = page.following.partition("after=")[2]

    def take(self, text: str) -> None:
        quads = list(pyoxigraph.parse(text.encode(), FORMATS[self.extension]))
        said = {(str(q.subject), q.predicate.value): q.object for q in quads}
        members = [str(q.object) for q in quads if q.predicate.value == f"{TREE}member"]
        for member in members:
            kind = cast("Any", said[member, f"{NAMESPACES['rdf']}type"]).value.removeprefix(AS)
            thing = cast("Any", said[member, f"{AS}object"]).value.removeprefix(f"{BASE}id/")
            self.told.append((kind, thing))
            graph = {(str(q.subject), str(q.predicate), str(q.object)) for q in quads if str(q.graph_name) == member}
            assert bool(graph) == (kind != "Delete")
            self.held.pop(thing, None)
            if graph:
                self.held[thing] = graph

    async def agrees(self, store: Store) -> bool:
        publication = await published(store)
        dump = b"".join([piece async for piece in harvest(store, publication, WRITERS["nt"]())]).decode()
        always = triples("".join(map(NTriples().subject, catalogue(publication))))
        return always.union(*self.held.values()) == triples(dump)


def resource(number: int) -> Resource:
    return cast("Resource", samples.resources()[number])


@pytest.mark.parametrize("extension", FORMATS)
async def test_replaying_the_feed_gives_the_dump(store, extension):
    """Read from the start and read along: create, update, delete, clearance lost and won, items, a return."""
    people, marriages = resource(1), resource(2)
    many = [
        replace(each, cleared=n % 3 > 0) if isinstance(each, Resource) else each
        for n, each in enumerate(samples.many(12))
    ]
    item = replace(cast("Field", samples.fields()[2]), id="field/r-people-x")
    steps: list[dict[str, Any]] = [
        {"puts": samples.catalogue()},
        {"puts": (replace(people, name="新名"),)},
        {"puts": (replace(marriages, cleared=True),)},
        {"puts": (replace(marriages, cleared=False),)},
        {"puts": many},
        {"puts": (item,)},
        {"puts": (replace(item, name="别的"),)},
        {"deletes": ("field/r-people-x",)},
        {"deletes": ("demand/one", "field/p-name", "field/p-number", people.id)},
        {"puts": (people,)},
        {"puts": (replace(cast("Resource", many[-4]), summary="变"),)},
    ]
    along = Replica(extension)
    for step in steps:
        await store.apply(samples.change_set(*step.get("puts", ()), deletes=step.get("deletes", ())))
        await along.read(store)
        assert await along.agrees(store), step
        fresh = Replica(extension)
        await fresh.read(store)
        assert await fresh.agrees(store), step
    assert ("Delete", marriages.id) in along.told
    assert ("Delete", people.id) in along.told


async def test_what_was_never_cleared_is_not_told(store):
    await store.apply(samples.change_set(*samples.catalogue()))
    replica = Replica()
    await replica.read(store)
    assert {thing for _, thing in replica.told} == {samples.PEOPLE}
    secret = replace(resource(2), id="resource/r-secret", code=None)
    for changes in (
        samples.change_set(replace(resource(2), summary="变"), secret),
        samples.change_set(replace(secret, summary="变")),
        samples.change_set(deletes=[secret.id]),
    ):
        await store.apply(changes)
        assert "r-secret" not in (await feed.feed_page(store, await published(store), "nq", "")).text
    page = await feed.feed_page(store, await published(store), "nq", "")
    assert "r-marriages" not in page.text


async def test_a_closed_page_never_changes(either, monkeypatch):
    """Written again, deleted, withdrawn, renamed: what a page said when it closed it says for good."""
    monkeypatch.setattr(feed, "SIZE", 4)
    store = either
    await store.apply(samples.change_set(*samples.catalogue()))
    people, marriages = resource(1), resource(2)
    closed: dict[str, str] = {}
    steps: list[dict[str, Any]] = [
        {"puts": (replace(people, name="新名"),)},
        {"puts": (replace(marriages, cleared=True), replace(people, summary="变"))},
        {"puts": samples.many(6)},
        {"puts": (replace(marriages, cleared=False),)},
        {"deletes": ("demand/one", "field/p-name", "field/p-number", people.id)},
        {"puts": (people,)},
    ]
    for number, step in enumerate(steps):
        await store.apply(samples.change_set(*step.get("puts", ()), deletes=step.get("deletes", ())))
        after: str | None = list(closed)[-1] if closed else ""  # each page when it closes, and all at the end
        while after is not None:
            page = await feed.feed_page(store, await published(store), "nq", after)
            if page.following:
                assert closed.setdefault(after, page.text) == page.text
            after = page.following.partition("after=")[2] if page.following else None
        if number == len(steps) - 1:
            for after, text in closed.items():
                assert (await feed.feed_page(store, await published(store), "nq", after)).text == text
    assert len(closed) >= 4


async def test_a_closed_page_gains_nothing(store):
    await store.apply(
        samples.change_set(
            *(replace(each, cleared=True) if isinstance(each, Resource) else each for each in samples.many(9))
        )
    )
    first = await feed.feed_page(store, await published(store), "nq", "")
    assert first.following
    before = {line for line in first.text.splitlines() if "member" in line}
    await store.apply(samples.change_set(*samples.catalogue()))
    later = await feed.feed_page(store, await published(store), "nq", "")
    assert later.text == first.text
    assert {line for line in later.text.splitlines() if "member" in line} == before


@pytest.mark.parametrize(
    "after", ["x", "1", "1-2", "1-99-a", "-1-5-a", "1-5-../x", "1-5-人", "1" * 30 + "-5-a", "1-5-"]
)
def test_foreign_pages_are_refused(after):
    with pytest.raises(BadInput, match="no page of the feed"):
        feed.key(after)
