"""What only the Neo4j store has: its Cypher, its plans, its connection and how it fails."""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import pytest_asyncio

from catalog.errors import BadInput, Unavailable
from catalog.records import RECORDS
from catalog.source import Source
from catalog.table import reference_paths
from catalog.vocabulary import Kind
from graph.neo4j import finding, history, pages, texts, words
from graph.neo4j.announcing import announce
from graph.neo4j.link import Address
from graph.neo4j.migrations import migrate
from graph.neo4j.store import Neo4jStore
from graph.shape import (
    AtLeast,
    Contains,
    Equals,
    Has,
    Linked,
    MatchQuestion,
    Missing,
    Named,
    Nested,
    Question,
    SearchQuestion,
    Shape,
    Test,
)
from tests.graph import samples
from tests.graph.contract.backends import emptied
from tests.support.neo4j_server import ROOT, connection, free_port

GOLDENS = Path(__file__).parent / "goldens" / "cypher"
NAME = Shape(frozenset({"name"}))
CITED = ("provision", Nested("provision", Shape(frozenset({"label"}))))
DEEP = Shape(
    frozenset({"name", "share_type", "basis"}),
    (
        ("fields", Nested("fields", Shape(frozenset({"name"}), (("of", Nested("data_element", NAME)),)), first=20, count=True)),
        ("responsibilities", Nested("responsibilities", Shape(frozenset({"roles"}), (
            ("agency", Nested("agency", NAME)), ("citation", Nested("citation", Shape(frozenset({"text"}), (CITED,)))))))),
        ("fulfils", Nested("fulfils", NAME)),
        ("gaps", Nested("gaps", Shape(frozenset({"message"})), tests=(Equals("severity", ("ERROR",)),))),
    ),
)  # fmt: skip
HELD = Shape(frozenset({"name"}), (("held", Nested(
    "responsibilities", Shape(frozenset({"roles"}), (("resource", Nested("resource", NAME)),)), first=10,
    tests=(Equals("roles", ("PROVIDE",)),), count=True)),))  # fmt: skip
R, F = Kind.RESOURCE, Kind.FIELD
PAGING: dict[str, Question] = {
    "by_id": Question(R, NAME),
    "by_id_after": Question(R, NAME, after=("resource/a",), count=True),
    "by_id_backward": Question(R, NAME, after=("resource/a",), backward=True),
    "by_name": Question(R, NAME, order="name"),
    "by_name_after": Question(F, NAME, order="name", after=("婚姻", "field/a")),
    "by_name_descending": Question(R, NAME, order="name", descending=True, after=("婚姻", "resource/a")),
    "by_position": Question(Kind.PROVISION, Shape(), order="position", after=(3, "law/a.a1")),
    "equal": Question(R, NAME, (Equals("share_type", ("CONDITIONAL",)),), after=("resource/a",)),
    "equal_and_others": Question(R, NAME, (Equals("regulation", ("law/a",)), AtLeast("modified", "2024-01-01"))),
    "of_one_resource": Question(F, NAME, (Linked("resource", ("resource/a",)),)),
    "named": Question(R, NAME, (Named("户籍人口信息"),)),
    "deep": Question(R, DEEP, first=50),
}
OTHERS: dict[str, Question] = {
    "by_a_missing_value": Question(R, NAME, order="modified", after=("", "resource/a")),
    "contains": Question(R, NAME, (Contains("name", "婚姻"),), count=True),
    "linked": Question(R, NAME, (Linked("responsibilities.agency", ("org/a",), ("PROVIDE",)),)),
    "missing": Question(R, NAME, (Missing("summary"), Missing("fields"))),
    "has": Question(R, NAME, (Has("fields", (Equals("identity_key", (True,)),)),)),
    "place": Question(R, NAME, (Equals("jurisdiction", ("广州市",)),)),
    "values_of_an_agency": Question(Kind.AGENCY, HELD),
    "several_kinds": Question(Kind.GAP, Shape(frozenset(), (("subject", Nested("subject", NAME)),))),
    "citers": Question(Kind.PROVISION, Shape(frozenset(), (("cited_by", Nested("cited_by", NAME, first=5)),))),
}
FINDING: dict[str, tuple[str, dict[str, Any]]] = {
    "match": finding.match(MatchQuestion("婚姻状况")),
    "match_after": finding.match(
        MatchQuestion("婚姻", "440100", ("SHARING",), after=(3, 4, "婚姻状况", 0, "field/a"), count=True)
    ),
    "search": finding.search(SearchQuestion("婚姻", count=True)),
    "search_after": finding.search(SearchQuestion("婚", (R, F), "广州市", after=(2, 4, "field/a"))),
    "log": history.log(3, (R,), 20, (4, 5, "resource/a")),
    "tombstones": history.tombstones(["resource/a"], R, 7),
    "log_announced": history.log(3, (R,), 20, None, announced=True),
    **{
        f"announce_{kind.value.lower()}_{number}": (text, {"rows": ["a"], "number": 3})
        for kind in RECORDS
        for number, text in enumerate(announce(kind))
    },
}


def statements() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, question in {**PAGING, **OTHERS}.items():
        statement = pages.page(question)
        yield name, statement.text, statement.params
    for name, (text, params) in FINDING.items():
        yield name, text, params


STATEMENTS = {name: (text, params) for name, text, params in statements()}


def readable(text: str) -> str:
    """A clause a line, for people and their diffs."""
    for clause in ("MATCH", "CALL", "WITH", "RETURN", "UNWIND", "UNION", "WHERE"):
        text = text.replace(f" {clause} ", f"\n{clause} ")
    return text + "\n"


@pytest.mark.parametrize("name", STATEMENTS)
def test_texts_are_as_they_were(name: str, pytestconfig: pytest.Config) -> None:
    text, _ = STATEMENTS[name]
    golden = GOLDENS / f"{name}.cypher"
    if pytestconfig.getoption("--update-golden-files"):
        golden.write_text(readable(text), encoding="utf-8")
    assert readable(text) == golden.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in GOLDENS.iterdir()} == set(STATEMENTS)


def test_values_are_never_in_a_text() -> None:
    odd = "x'}) DETACH DELETE (n) //"
    tests: tuple[Test, ...] = (Equals("name", (odd,)), Contains("name", odd), Linked("regulation", (odd,)), Named(odd))
    for test in tests:
        statement = pages.page(Question(R, NAME, (test,), after=(odd,)))
        assert "DETACH" not in statement.text
    assert "DETACH" not in finding.match(MatchQuestion(odd))[0] + finding.search(SearchQuestion(odd))[0]


def test_every_reference_of_the_table_has_an_edge() -> None:
    for kind in RECORDS:
        assert list(words.edges(kind)) == [path.dotted for path in reference_paths(kind)]
        assert words.LABELS[kind].isalpha()


@pytest.mark.parametrize("text", ["a", '"', "\\", "*", "婚", 'a"b', "(a)", "a~b"])
def test_lucene_syntax_is_escaped(text: str) -> None:
    query = texts.lucene(text)
    assert query.endswith("*") if len(text) == 1 else query.startswith('"') and query.endswith('"')


@pytest.mark.parametrize("text", ["neo4j://u:p%40ss@h:1/db", "bolt+s://u:p%40ss@h/db"])
def test_an_address_shows_no_password(text: str) -> None:
    address = Address.of(text)
    assert (address.user, address.password, address.database) == ("u", "p@ss", "db")
    assert "ss@" not in repr(address) and "p@ss" not in repr(address)


def test_an_address_needs_a_host() -> None:
    with pytest.raises(BadInput):
        Neo4jStore.at("neo4j:///db")


@pytest_asyncio.fixture
async def store(neo4j_uri: str) -> AsyncIterator[Neo4jStore]:
    emptied(neo4j_uri)
    async with Neo4jStore.at(neo4j_uri) as store:
        yield store


def operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", []):
        yield from operators(child)


async def test_every_text_is_planned_and_pages_come_from_an_index(store: Neo4jStore, neo4j_uri: str) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    with connection(neo4j_uri) as (driver, database), driver.session(database=database) as session:
        for name, (text, params) in STATEMENTS.items():
            plan = session.run(f"EXPLAIN {text}", params).consume().plan
            found = set(operators(plan or {}))
            if name in PAGING:
                sorts = {"Sort", "Top", "PartialSort", "PartialTop"} if name != "deep" else set()
                assert not found & {*sorts, "NodeByLabelScan", "AllNodesScan"}, name


async def test_migrations_may_run_twice(store: Neo4jStore, neo4j_uri: str) -> None:
    with connection(neo4j_uri) as (driver, database), driver.session(database=database) as session:
        session.run("MATCH (c:Catalogue) REMOVE c.schema").consume()
    await migrate(store._link)
    await migrate(store._link)
    assert await store.head() is None


async def test_a_later_schema_is_not_touched(store: Neo4jStore, neo4j_uri: str) -> None:
    with connection(neo4j_uri) as (driver, database), driver.session(database=database) as session:
        session.run("MATCH (c:Catalogue) SET c.schema = 1000").consume()
    with pytest.raises(BadInput, match="schema"):
        async with Neo4jStore.at(neo4j_uri):
            pass


async def test_the_graph_reads_as_the_design_says(store: Neo4jStore, neo4j_uri: str) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    asked = {
        "MATCH (a:Agency)-[e:RESPONSIBLE_FOR]->(r:Resource) WHERE 'VERIFY' IN e.roles RETURN a.name": "广州市民政局",
        "MATCH (r:Resource)-[:HAS_FIELD {position: 2}]->(f:Field)-[:MEANS]->(d) RETURN d.name ORDER BY f.id": "婚姻状况代码",
        "MATCH (c:Condition {topic: 'SECURITY'})-[:CITES]->(p:Provision) RETURN p.label": "第十条",
        "MATCH (p:Provision)-[:PART_OF*]->(r:Regulation) WHERE p.text = '姓名' RETURN r.short_title": "广州细则",
        "MATCH (c:Condition)-[:GOVERNS]->(r:Resource) RETURN r.name": "人口基本信息",
        "MATCH (b:Agency)-[:FILLS]->(o:Agency {agency_kind: 'OFFICE'}) RETURN b.name": "广州市公安局",
        "MATCH (r:Revision) RETURN r.actor": "tester",
    }
    with connection(neo4j_uri) as (driver, database), driver.session(database=database) as session:
        for text, answer in asked.items():
            assert session.run(text).values()[0][0] == answer, text


async def test_what_was_changed_behind_the_store_is_found(store: Neo4jStore, neo4j_uri: str) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    damage = {
        "MATCH (f:Field {id: 'field/d-number'})-[e:MEANS]->() DELETE e": "BROKEN_REFERENCE",
        "MATCH (r:Resource {id: 'resource/r-people'}) SET r.name = '别的'": "BROKEN_INDEX",
        "MATCH (r:Resource {id: 'resource/r-marriages'}) REMOVE r.origin": "NOT_A_RECORD",
        "MATCH (c:Catalogue) SET c.revision = 7": "BROKEN_LOG",
    }
    with connection(neo4j_uri) as (driver, database), driver.session(database=database) as session:
        for text, code in damage.items():
            session.run(text).consume()
            assert code in {issue.code for issue in await store.check()}, text


def at(uri: str, **parts: Any) -> str:
    """The address with another scheme, place, password or database."""
    split = urlsplit(uri)
    password, port = parts.get("password", split.password), parts.get("port", split.port)
    place = f"{split.username}:{password}@{split.hostname}:{port}"
    return urlunsplit((parts.get("scheme", split.scheme), place, parts.get("database", split.path), "", ""))


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
async def test_with_and_without_routing(store: Neo4jStore, neo4j_uri: str, scheme: str) -> None:
    async with Neo4jStore.at(at(neo4j_uri, scheme=scheme)) as other:
        applied = await other.apply(samples.change_set(*samples.sources()))
        head = await other.head()
        assert head is not None and head.number == applied.revision == 1


@pytest.mark.parametrize("part", [{"password": "a-wrong-password"}, {"database": "/nosuchdatabase"}])
async def test_wrong_words_are_the_callers_mistake(neo4j_uri: str, part: dict[str, str]) -> None:
    with pytest.raises(BadInput) as refused:
        async with Neo4jStore.at(at(neo4j_uri, **part)):
            pass
    assert refused.value.suggestion
    assert "a-wrong-password" not in f"{refused.value}{refused.value.suggestion}"


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
async def test_nobody_at_the_port_is_said_at_once(scheme: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Unavailable) as refused:
        async with Neo4jStore.at(f"{scheme}://neo4j:secret@127.0.0.1:{free_port()}/neo4j"):
            pass
    assert refused.value.retryable and "secret" not in str(refused.value)
    assert time.monotonic() - begun < 15


@asynccontextmanager
async def proxy(port: int) -> AsyncIterator[tuple[int, asyncio.Event]]:
    """A port that leads to another one until the event is set; then everything is cut."""
    cut, tasks = asyncio.Event(), set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", port)
        pumps = [asyncio.create_task(pump(reader, there[1])), asyncio.create_task(pump(there[0], writer))]
        waiting = asyncio.create_task(cut.wait())
        await asyncio.wait([*pumps, waiting], return_when=asyncio.FIRST_COMPLETED)
        for task in (*pumps, waiting):
            task.cancel()
        await asyncio.gather(*pumps, waiting, return_exceptions=True)
        for one in (writer, there[1]):
            one.transport.abort()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(serve(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], cut
    finally:
        cut.set()
        server.close()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_server_that_goes_away_is_said_within_seconds(store: Neo4jStore, neo4j_uri: str) -> None:
    async with (
        proxy(urlsplit(neo4j_uri).port or 7687) as (port, cut),
        Neo4jStore.at(at(neo4j_uri, scheme="bolt", port=port)) as through,
    ):
        await through.apply(samples.change_set(*samples.sources()))
        cut.set()
        await asyncio.sleep(0.1)
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            await through.read(Question(R, NAME))
        changes = samples.change_set(Source(id="source/z", path="z", format="f", sha256="0"))
        with pytest.raises(Unavailable) as lost:
            await through.apply(changes)
        assert lost.value.suggestion
        assert time.monotonic() - begun < 20
    assert (await store.apply(changes)).revision == 2


LOADER = """
import asyncio, sys
from graph.neo4j.store import Neo4jStore
from tests.graph import samples

async def main():
    async with Neo4jStore.at(sys.argv[1]) as store:
        print("loading", flush=True)
        await store.apply(samples.change_set(*samples.many(3000, 5, prefix="k"), id="killed"))
        print("done", flush=True)

asyncio.run(main())
"""


async def test_a_killed_load_leaves_the_last_whole_revision(store: Neo4jStore, neo4j_uri: str) -> None:
    await store.apply(samples.change_set(*samples.catalogue()))
    before = await store.counts()
    loader = subprocess.Popen(  # noqa: ASYNC220 - it is killed, not awaited
        [sys.executable, "-c", LOADER, neo4j_uri], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert loader.stdout is not None
    assert loader.stdout.readline() == b"loading\n"
    await asyncio.sleep(1.0)
    loader.kill()
    loader.communicate()
    head = await store.head()
    assert head is not None and head.number == 1
    assert await store.counts() == before
    again = await store.apply(samples.change_set(*samples.many(1, 1), id="killed"))
    assert (again.revision, again.repeated) == (2, False)
    assert await store.check() == []


async def test_writers_take_turns(store: Neo4jStore, neo4j_uri: str) -> None:
    async with Neo4jStore.at(neo4j_uri) as other:
        changes = [
            samples.change_set(
                Source(id=f"source/{n}", path=str(n), format="f", sha256="0"), at=dt.datetime.now(dt.UTC)
            )
            for n in range(8)
        ]
        applied = await asyncio.gather(*((store, other)[n % 2].apply(one) for n, one in enumerate(changes)))
    assert sorted(one.revision for one in applied) == list(range(1, 9))
