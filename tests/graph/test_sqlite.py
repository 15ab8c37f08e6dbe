"""What only the embedded store promises: its file, its locks, its crashes, and its indexes against an oracle."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.codec import encode, from_row, links, to_row
from catalog.errors import BadInput, MuluError, Unavailable
from catalog.record import Record
from catalog.records import Agency, DataElement, Field, Resource
from catalog.text import fold
from catalog.vocabulary import AgencyKind, Kind, Origin
from graph.shape import Equals, MatchQuestion, Nested, Question, SearchQuestion, Shape
from graph.sqlite.columns import values
from graph.sqlite.connection import Sessions, link_paths
from graph.sqlite.grams import grams, needle
from graph.sqlite.migrations import APPLICATION, MIGRATIONS, statements
from graph.sqlite.model import KINDS, NUMBERS, columns, table
from graph.sqlite.plan import plan
from graph.sqlite.reading import page_statement
from graph.sqlite.references import references, targets
from graph.sqlite.store import SqliteStore
from graph.sqlite.writing import apply, coded
from tests.graph import samples
from tests.graph.contract.oracle import matches, searches

ROOT = Path(__file__).parents[2]


def session_of(path: Path) -> Any:
    sessions = Sessions(path, 5)
    sessions.open()
    return sessions


# ---- the tables


def test_rules_of_an_older_file_have_no_counterparty(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as raw:
        for statement in statements(MIGRATIONS[0]):
            raw.execute(statement)
        raw.execute(f"PRAGMA application_id = {APPLICATION}")
        raw.execute("PRAGMA user_version = 1")
        names = [row[1] for row in raw.execute("PRAGMA table_info(condition)")]
        values = {**dict.fromkeys(names, 0), "id": "policy/x1", "body": '{"action":"x"}'}
        raw.execute(f"INSERT INTO condition VALUES ({', '.join('?' * len(names))})", [values[name] for name in names])
    session_of(path)
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT body FROM condition").fetchall() == [('{"action":"x","counterparty":[]}',)]


def test_the_tables_hold_what_the_field_table_says() -> None:
    raw = sqlite3.connect(":memory:")
    for migration in [*MIGRATIONS, *MIGRATIONS]:  # twice: a migration may run again
        for statement in statements(migration):
            raw.execute(statement)
    for kind in Kind:
        held = [row[1] for row in raw.execute(f"PRAGMA table_info({table(kind)})")]
        own = [column.name for column in columns(kind)]
        assert held == ["key", "id", *own, "created", "revision", "version", "body"]
        leading = {
            raw.execute(f"PRAGMA index_info({index[1]})").fetchone()[2]
            for index in raw.execute(f"PRAGMA index_list({table(kind)})").fetchall()
        }
        # positions are only asked for inside a resource or text, whose index they follow in; days beside what narrows them
        assert {*own, "id"} - leading <= {"position", "begins", "ends"}
    raw.close()


def test_every_kind_has_its_number_for_ever() -> None:
    assert {kind.value: number for number, kind in KINDS.items()} == {
        "FIELD": 0, "RESOURCE": 1, "AGENCY": 2, "DATA_ELEMENT": 3, "REGULATION": 4, "PROVISION": 5, "CONDITION": 6,
        "CLOCK": 7, "DEMAND": 8, "GAP": 9, "SOURCE": 10, "ISSUE": 11,
        "CORRESPONDENCE": 12,
    }  # fmt: skip


@pytest.mark.parametrize("record", samples.catalogue(), ids=lambda record: record.id)
def test_bodies_references_and_columns_are_those_of_the_codec(record: Record) -> None:
    kind, row = record.kind, to_row(record)
    assert coded(record).encode() == encode(row)
    assert from_row(kind, row) == record
    held = [(path, 0, target) for path, some in targets(kind, [record]) for target in some]
    assert sorted([*held, *(one[1:4] for one in references(kind, [record]))]) == sorted(
        (link.path, link.position, link.target) for link in links(kind, row)
    )
    keys = {link.target: place for place, link in enumerate(links(kind, row))}
    assert [one for (one,) in map(tuple, values(kind, [record], keys))] == [
        column.of(row, keys) for column in columns(kind)
    ]


def test_the_samples_use_every_reference_path() -> None:
    used = {(NUMBERS[one.kind], link.path) for one in samples.catalogue() for link in links(one.kind, to_row(one))}
    unused = {(KINDS[kind].value, path) for kind, path in set(link_paths()) - used}
    assert {path for _, path in unused} <= {"source", "citation.regulation", "history.citation.regulation"}


def test_the_same_shape_gives_the_same_statement_whatever_the_values() -> None:
    texts = set()
    for code, after in (("440100", ("a",)), ("'; DROP TABLE field --", ("\x00",))):
        shape = Shape(frozenset({"name"}), (("fields", Nested("fields", Shape())),))
        question = Question(Kind.RESOURCE, shape, (Equals("jurisdiction", (code,)),), after=after)
        texts.add(page_statement(question, plan((Kind.RESOURCE,), shape)).text)
    assert len(texts) == 1


PLANS = [
    (Question(Kind.RESOURCE, Shape(), order="name"), "resource_name"),
    (Question(Kind.RESOURCE, Shape(), order="modified", descending=True), "resource_modified"),
    (Question(Kind.RESOURCE, Shape(), (Equals("code", ("a",)),)), "resource_code"),
    (Question(Kind.FIELD, Shape(), (Equals("identity_key", (True,)),)), "field_identity_key"),
    (Question(Kind.FIELD, Shape(), (Equals("share_type", ("NOT_SHARED",)),)), "field_share_type"),
    (Question(Kind.FIELD, Shape(), (Equals("resource", ("resource/a",)),)), "field_resource"),
]


@pytest.mark.parametrize(("question", "index"), PLANS)
def test_orders_and_tests_use_the_index_of_their_property(tmp_path: Path, question: Question, index: str) -> None:
    sessions = session_of(tmp_path / "a.db")
    statement = page_statement(question, plan((question.kind,), question.shape))
    with sessions.borrowed() as session:
        steps = " ".join(row[3] for row in session.all(f"EXPLAIN QUERY PLAN {statement.text}", statement.params))
    sessions.close()
    assert f"INDEX {index}" in steps


# ---- substrings

LETTERS = st.text(st.sampled_from("婚姻状况代码a1（）-'\"*\x00\U00020000é"), max_size=6)


@settings(max_examples=300)
@given(st.lists(LETTERS.filter(bool), max_size=8, unique=True), LETTERS.filter(bool))
def test_every_substring_is_found_and_nothing_else(texts: list[str], wanted: str) -> None:
    raw = GRAMS
    raw.execute("DELETE FROM probe")
    raw.executemany("INSERT INTO probe VALUES (?)", [(grams(text),) for text in texts])
    found = raw.execute("SELECT rowid FROM probe WHERE probe MATCH ? ORDER BY rowid", (needle(wanted),)).fetchall()
    base = raw.execute("SELECT coalesce(min(rowid), 1) FROM probe").fetchone()[0]
    assert [texts[row - base] for (row,) in found] == [text for text in texts if wanted in text]


GRAMS = sqlite3.connect(":memory:", isolation_level=None)
GRAMS.execute("CREATE VIRTUAL TABLE probe USING fts5 (grams, prefix='4', tokenize='unicode61')")

WORD = st.text(st.sampled_from("婚姻码Ａa"), min_size=1, max_size=4)


@st.composite
def small_catalogues(draw: st.DrawFn) -> list[Record]:
    found: list[Record] = [
        DataElement(id=f"element/{n}", name=draw(WORD), aliases=tuple(draw(st.lists(WORD, max_size=1))))
        for n in range(draw(st.integers(0, 2)))
    ]
    elements = [one.id for one in found]
    for n in range(draw(st.integers(1, 3))):
        found.append(
            Resource(id=f"resource/{n}", name=draw(WORD), aliases=tuple(draw(st.lists(WORD, max_size=2))),
                     origin=Origin.REGISTERED, summary=draw(WORD))
        )  # fmt: skip
        found += [
            Field(id=f"field/{n}-{m}", resource=f"resource/{n}", position=m, name=draw(WORD), text=draw(WORD),
                  aliases=tuple(draw(st.lists(WORD, max_size=2))),
                  data_element=draw(st.sampled_from([None, *elements])))
            for m in range(draw(st.integers(0, 3)))
        ]  # fmt: skip
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(before=small_catalogues(), after=small_catalogues(), word=WORD, first=st.integers(1, 4))
def test_matches_and_searches_are_the_oracle_s_after_changes(
    tmp_path: Path, before: list[Record], after: list[Record], word: str, first: int
) -> None:
    from graph.sqlite.integrity import check
    from graph.sqlite.matching import match
    from graph.sqlite.searching import search

    path = tmp_path / "a.db"
    for old in tmp_path.glob("a.db*"):
        old.unlink()
    sessions = session_of(path)
    kept = {one.id for one in after}
    shared = {one.id: one for one in before if isinstance(one, DataElement | Resource | Field)}
    with sessions.borrowed() as session:
        session.raw.execute("PRAGMA synchronous=OFF")
        apply(session, samples.change_set(*before))
        # everything anew: what is not put again goes, what is put again under other names is found by these only
        apply(session, samples.change_set(deletes=[one for one in shared if one not in kept or one]))
        apply(session, samples.change_set(*after))
        what = fold(word)
        expected, hits, key = matches(after, what), [], None
        while True:
            page = match(session, MatchQuestion(what, first=first, after=key, count=True))
            assert page.total == len(expected)
            hits += [(hit.how, hit.text, hit.kind, hit.id, hit.resource) for hit in page.rows]
            if not page.more:
                break
            key = page.rows[-1].key
        assert hits == expected
        found = search(session, SearchQuestion(what, first=100, count=True))
        assert [(one.kind, one.id, one.text, one.score) for one in found.rows] == searches(after, what)
        assert check(session) == []
    sessions.close()


# ---- the file

NO_STORE = [
    ("a folder", lambda path: path.mkdir()),
    ("not a catalogue", lambda path: path.write_text("这是一个文本文件。" * 200)),
    ("another program", lambda path: sqlite3.connect(path).execute("CREATE TABLE x (y)").connection.close()),
]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("says", "make"), NO_STORE, ids=[says for says, _ in NO_STORE])
async def test_a_file_that_is_no_catalogue_is_refused_and_left_alone(tmp_path: Path, says: str, make: Any) -> None:
    path = tmp_path / "store"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BadInput, match=says) as refusal:
        async with SqliteStore.at(str(path)):
            pass
    assert refusal.value.suggestion
    assert before is None or path.read_bytes() == before


async def test_a_path_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be opened"):
        async with SqliteStore.at(str(tmp_path / "none" / "a.db")):
            pass


async def test_a_catalogue_of_a_later_mulu_is_refused(tmp_path: Path) -> None:
    async with SqliteStore.at(str(tmp_path / "a.db")):
        pass
    raw = sqlite3.connect(tmp_path / "a.db")
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(BadInput, match="later Mulu"):
        async with SqliteStore.at(str(tmp_path / "a.db")):
            pass


async def test_a_lock_held_for_too_long_is_unavailable_and_readers_go_on(tmp_path: Path) -> None:
    async with SqliteStore(tmp_path / "a.db", patience=0.1) as store:
        await store.apply(samples.change_set(*samples.many(2)))
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        change = samples.change_set(*samples.many(3, prefix="x"))
        with pytest.raises(Unavailable) as refusal:
            await store.apply(change)
        assert refusal.value.retryable
        assert (await store.counts())[Kind.RESOURCE] == 2
        other.execute("ROLLBACK")
        other.close()
        assert (await store.apply(change)).revision == 2


async def test_two_stores_on_one_file_see_each_other(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    async with SqliteStore.at(path) as one, SqliteStore.at(path) as two:
        sets = [samples.change_set(*samples.many(20, prefix=f"p{n}-")) for n in range(6)]
        applied = await asyncio.gather(*((one, two)[n % 2].apply(change) for n, change in enumerate(sets)))
        assert sorted(answer.revision for answer in applied) == [1, 2, 3, 4, 5, 6]
        assert await one.counts() == await two.counts()
        assert await one.check() == []


async def test_what_was_written_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    async with SqliteStore.at(path) as store:
        await store.apply(samples.change_set(*samples.catalogue()))
        counts = await store.counts()
    async with SqliteStore.at(path) as store:
        assert await store.counts() == counts
        assert await store.check() == []


async def test_superseded_versions_go_to_the_history(tmp_path: Path) -> None:
    agency = Agency(id="org/x", source=None, name="甲", agency_kind=AgencyKind.BODY)
    renamed = Agency(id="org/x", source=None, name="乙丙", agency_kind=AgencyKind.BODY)
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        for change in (samples.change_set(agency), samples.change_set(renamed), samples.change_set(deletes=["org/x"])):
            await store.apply(change)
    raw = sqlite3.connect(tmp_path / "a.db")
    held = raw.execute("SELECT kind, id, begun, ended, created, version, body FROM history ORDER BY ended").fetchall()
    raw.close()
    assert [row[:6] for row in held] == [(2, "org/x", 1, 2, 1, 1), (2, "org/x", 2, 3, 1, 2)]
    assert [row[6].encode() for row in held] == [encode(to_row(agency)), encode(to_row(renamed))]


WRONGS = [
    ("UPDATE resource SET name = 'x' WHERE id = 'resource/r-people'", "WRONG_INDEX"),
    ("DELETE FROM naming WHERE id = 'resource/r-people'", "MISSING_INDEX"),
    ("DELETE FROM link WHERE holder IN (SELECT key FROM resource)", "MISSING_INDEX"),
    ("INSERT INTO link VALUES (1, 1, 1, 1, 1)", "INVENTED_INDEX"),
    ("INSERT INTO name VALUES (9999, 1, '假')", "INVENTED_INDEX"),
    ("DELETE FROM name_gram_docsize", "WRONG_INDEX"),
    ("UPDATE agency SET body = '{}' WHERE id = 'org/440100-police'", "NOT_A_RECORD"),
    ("DELETE FROM data_element WHERE id = 'element/number'", "BROKEN_REFERENCE"),
    ("UPDATE tally SET records = records + 1", "WRONG_TALLY"),
]


@pytest.mark.parametrize(("harm", "code"), WRONGS)
async def test_check_finds_what_is_wrong(tmp_path: Path, harm: str, code: str) -> None:
    path = tmp_path / "a.db"
    async with SqliteStore.at(str(path)) as store:
        await store.apply(samples.change_set(*samples.catalogue()))
        assert await store.check() == []
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute(harm)
        raw.close()
        assert code in {issue.code for issue in await store.check()}


KILLED = """
import asyncio, sys
from graph.sqlite import connection
from graph.sqlite.store import SqliteStore
from tests.graph import samples

connection.CACHE = 256  # so that much of the transaction goes to the disk before it is whole

async def main():
    async with SqliteStore.at(sys.argv[1]) as store:
        await store.apply(samples.change_set(*samples.many(5, prefix="a")))
        change = samples.change_set(*samples.many(5_000, prefix="b"))
        print("go", flush=True)
        await store.apply(change)
        print("done", flush=True)

asyncio.run(main())
"""


def killed(path: Path) -> None:
    """Starts a load in a process of its own and kills it once some of the work is on the disk."""
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
        wal = Path(f"{path}-wal")
        while wal.stat().st_size < 2**20 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert "done" not in process.stdout.read()


async def test_a_process_killed_in_the_middle_leaves_the_last_whole_revision(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    await asyncio.to_thread(killed, path)
    async with SqliteStore.at(str(path)) as store:
        head = await store.head()
        assert head is not None and head.number == 1
        assert (await store.counts())[Kind.RESOURCE] == 5
        assert await store.check() == []
        assert (await store.apply(samples.change_set(*samples.many(50, prefix="c")))).revision == 2


async def test_a_read_given_up_is_interrupted(tmp_path: Path) -> None:
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await store._read(lambda session: session.all(endless))
        assert await store.head() is None


async def test_a_scan_left_half_way_holds_nothing_up(tmp_path: Path) -> None:
    store = SqliteStore.at(str(tmp_path / "a.db"))
    async with store:
        await store.apply(samples.change_set(*samples.many(5)))
        rows: Any = store.scan(Kind.RESOURCE, Shape(), batch=2)
        assert len(await anext(rows)) == 2
        await store.apply(samples.change_set(*samples.many(5, prefix="x")))
    await rows.aclose()


async def test_a_store_that_is_not_open_says_so(tmp_path: Path) -> None:
    store = SqliteStore.at(str(tmp_path / "a.db"))
    with pytest.raises((MuluError, AssertionError)):
        await store.head()
