"""What Mulu exports it loads again: the same bytes come out of an empty store, and its own store is not changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from pyshacl import validate
from rdflib import DCTERMS, Graph, Literal

from catalog.codec import to_row
from catalog.correspondence import Correspondence
from catalog.record import Record
from catalog.records import Field, Resource
from catalog.value import MetadataValue
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.syntax import WRITERS
from graph.sqlite.store import SqliteStore
from loaders.files import read_files
from loaders.load import File, load
from loaders.synthetic import Synthetic
from mulu.publishing import VIEWS
from tests.graph import rdf_samples, samples
from tests.graph.contract.backends import BACKENDS, emptied
from tests.mulu.conftest import ROOT, Mulu
from tests.mulu.round_trip import catalogues, change_set, exported, loaded

BOTH = [(view, extension) for view in VIEWS for extension in WRITERS]


def sample() -> tuple[Record, ...]:
    files, _ = read_files([ROOT / "mulu" / "sample"])
    return tuple(load(files).records)


def nasty() -> tuple[Record, ...]:
    """Every kind of record, and every character that a literal must survive."""
    held = {one.id: one for one in (*samples.catalogue(), *rdf_samples.ALL)}
    return tuple(held.values())


HELD = {"sample": sample, "nasty": nasty, "synthetic": lambda: tuple(Synthetic(30, 7).records())}


async def there_and_back(first: Store, second: Store, view: str, extension: str) -> tuple[bytes, bytes]:
    out = await exported(first, view, extension)
    found = await loaded(second, out, extension)
    assert [issue for issue in found.problems if issue.severity == "ERROR"] == []
    return out, await exported(second, view, extension)


@pytest_asyncio.fixture(params=BACKENDS)
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "sqlite":
        async with SqliteStore.at(str(tmp_path / "empty.db")) as store:
            yield store
        return
    from graph.neo4j.store import Neo4jStore

    address = request.getfixturevalue("neo4j_uri")
    emptied(address)
    async with Neo4jStore.at(address) as neo4j:
        yield neo4j


@pytest.mark.parametrize(("view", "extension"), BOTH)
@pytest.mark.parametrize("held", HELD)
async def test_an_export_loaded_into_an_empty_store_gives_the_same_export(tmp_path, held, view, extension):
    async with SqliteStore.at(str(tmp_path / "a.db")) as first, SqliteStore.at(str(tmp_path / "b.db")) as second:
        await first.apply(change_set(HELD[held](), held))
        out, again = await there_and_back(first, second, view, extension)
    assert out.count(b"Dataset") > 1
    assert again == out


@pytest.mark.parametrize("view", VIEWS)
async def test_both_stores_take_an_export(tmp_path, empty, view):
    async with SqliteStore.at(str(tmp_path / "a.db")) as first:
        await first.apply(change_set(sample(), "sample"))
        out, again = await there_and_back(first, empty, view, "nt")
    assert again == out


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(catalogues())
def test_any_catalogue_goes_round(puts):
    async def round_trips() -> None:
        with TemporaryDirectory() as folder:
            async with SqliteStore.at(f"{folder}/a.db") as first:
                await first.apply(change_set(puts, "all"))
                for view, extension in (("harvest", "ttl"), ("harvest", "rdf"), ("full", "jsonld"), ("full", "nt")):
                    async with SqliteStore.at(f"{folder}/{view}-{extension}.db") as second:
                        out, again = await there_and_back(first, second, view, extension)
                        assert again == out

    asyncio.run(round_trips())


@pytest.mark.parametrize(("view", "extension"), [("harvest", "ttl"), ("full", "nt")])
async def test_an_export_changes_nothing_in_its_own_store(tmp_path, view, extension):
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(change_set(sample(), "sample"))
        before = await store.head()
        found = await loaded(store, await exported(store, view, extension), extension)
        assert await store.head() == before
    assert [issue.code for issue in found.problems] == ["HELD_ELSEWHERE"]


async def test_law_known_by_its_title_gives_way_to_the_text(tmp_path):
    async with SqliteStore.at(str(tmp_path / "a.db")) as first, SqliteStore.at(str(tmp_path / "b.db")) as second:
        await first.apply(change_set(sample(), "sample"))
        out = await exported(first, "harvest", "ttl")
        await loaded(second, out, "ttl")
        await second.apply(change_set(sample(), "sample", [one.id for one in sample() if one.kind is Kind.SOURCE]))
        before = await second.head()
        found = await loaded(second, out, "ttl")
        assert [issue.code for issue in found.problems] == ["HELD_ELSEWHERE"]
        assert await second.head() == before
        assert await second.check() == []
        assert await exported(second, "full", "nt") == await exported(first, "full", "nt")


async def test_what_was_deleted_comes_back_with_its_export(tmp_path):
    gone = next(one for one in sample() if isinstance(one, Resource) and one.cleared and one.origin == "REGISTERED")
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(change_set(sample(), "sample"))
        out = await exported(store, "full", "ttl")
        fields = [one.id for one in sample() if isinstance(one, Field) and one.resource == gone.id]
        said = [
            one.id for one in sample() if isinstance(one, Correspondence) and gone.id in (one.subject, *one.objects)
        ]
        await store.apply(replace(change_set((), "delete"), deletes=(gone.id, *fields, *said)))
        found = await loaded(store, out, "ttl")
        assert {one.id for one in found.records if one.kind is Kind.RESOURCE} == {gone.id}
        assert await exported(store, "full", "ttl") == out


@pytest.mark.parametrize("view", VIEWS)
async def test_a_part_of_an_export_is_loaded_without_what_stands_elsewhere(tmp_path, view):
    async with SqliteStore.at(str(tmp_path / "a.db")) as first, SqliteStore.at(str(tmp_path / "b.db")) as second:
        await first.apply(change_set(sample(), "sample"))
        text = (await exported(first, view, "ttl")).decode()
        parts = [part for part in text.split("\n\n") if not re.match(r"<[^>]*/id/(law|org)/", part.strip())]
        found = await loaded(second, "\n\n".join(parts).encode(), "ttl")
        assert [issue.code for issue in found.problems] == ["MISSING_REFERENCE"]
        assert await second.check() == []
        assert (await second.counts())[Kind.RESOURCE] > 5


async def test_the_full_view_says_all_of_a_record(tmp_path):
    """Save what is not cleared, where it was read, and the cells of sheets, which are not for the public."""
    lost = {"source", "place", "metadata", "cleared"}
    kinds = {Kind.REGULATION, Kind.PROVISION, Kind.CLOCK, Kind.DATA_ELEMENT, Kind.CONDITION, Kind.FIELD, Kind.RESOURCE}
    given_ = {one.id: one for one in sample()}
    async with SqliteStore.at(str(tmp_path / "a.db")) as first, SqliteStore.at(str(tmp_path / "b.db")) as second:
        await first.apply(change_set(given_.values(), "sample"))
        found = {one.id: one for one in (await loaded(second, await exported(first, "full", "ttl"), "ttl")).records}
    cleared = {one.id for one in given_.values() if isinstance(one, Resource) and one.cleared}
    checked = 0
    for one in given_.values():
        if one.kind not in kinds or one.id not in found:
            assert one.kind not in (Kind.REGULATION, Kind.PROVISION) and one.id not in cleared
            continue
        row, again = to_row(one), to_row(found[one.id])
        if one.kind is Kind.CONDITION:
            row["governs"] = [each for each in row["governs"] if not each.startswith("resource/") or each in cleared]
        dates = {"issued", "modified"} - {name for name in ("issued", "modified") if row.get(name)}
        kept = row.keys() - lost - dates - {"fulfils"}
        assert {name: again[name] for name in kept} == {name: row[name] for name in kept}
        checked += 1
    assert checked > 100


async def test_cells_of_a_sheet_are_not_published(tmp_path):
    secret = MetadataValue(element="责任人手机", value="13800000000", known=False)
    held = [replace(one, metadata=(secret,)) if isinstance(one, Resource) else one for one in rdf_samples.EASY]
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(change_set(held, "a"))
        for view in VIEWS:
            assert b"13800000000" not in await exported(store, view, "nt")


@pytest.mark.parametrize("extension", WRITERS)
async def test_what_other_catalogues_said_comes_back_and_goes_round(tmp_path, extension):
    files, _ = read_files([ROOT / "tests" / "loaders" / "dcat"])
    async with SqliteStore.at(str(tmp_path / "a.db")) as first, SqliteStore.at(str(tmp_path / "b.db")) as second:
        await first.apply(change_set(load(files).records, "others"))
        out, again = await there_and_back(first, second, "full", extension)
        for each in (first, second):
            before = await each.head()
            await loaded(each, out, extension)
            assert await each.head() == before
    assert again == out
    for said in ("counted by hand", "Bus lines", "https://portal.example.org/files/street%20trees.csv", "geonames"):
        assert said.encode() in out
    assert b"Snow" not in out, "what is non-public where it comes from is not published"


@pytest.mark.parametrize("extension", WRITERS)
async def test_titles_in_other_languages_go_round_in_the_harvest_view(tmp_path, extension):
    text = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
    <https://x.example/1> a dcat:Dataset ; dct:title "公交线路"@zh-Hans, "公車路綫"@zh-Hant, "Buses"@en .
    <https://x.example/2> a dcat:Dataset ; dct:title "站点"@zh, "Stops"@en ; dct:description "站。"@zh, "Where."@en ."""
    async with SqliteStore.at(str(tmp_path / "a.db")) as first, SqliteStore.at(str(tmp_path / "b.db")) as second:
        await first.apply(change_set(load([File("x.ttl", text.encode())]).records, "x"))
        out, again = await there_and_back(first, second, "harvest", extension)
    assert again == out
    graph = rdf_samples.parsed(out.decode(), extension)
    found = {str(each): each.language for each in graph.objects(None, DCTERMS.title) if isinstance(each, Literal)}
    wanted = {
        "公交线路": "zh-Hans", "公車路綫": "zh-Hant", "Buses": "en", "站点": "zh-Hans", "站點": "zh-Hant", "Stops": "en",
    }  # fmt: skip
    assert wanted.items() <= found.items()


async def test_other_catalogues_pass_the_shapes_of_the_harvest_view(tmp_path):
    files, _ = read_files([ROOT / "tests" / "loaders" / "dcat"])
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(change_set(load(files).records, "others"))
        text = (await exported(store, "harvest", "nt")).decode()
    shapes = Graph().parse(ROOT / "graph" / "rdf" / "shapes" / "profile.ttl")
    conforms, _, said = validate(rdf_samples.parsed(text, "nt"), shacl_graph=shapes)
    assert conforms, said


async def test_statements_about_our_own_nodes_are_not_said_again(tmp_path):
    """Another catalogue cannot put words on the pages of ours."""
    ours = "https://data.example.cn/id/org/somebody"
    text = f"""@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
    <https://x.example/d> a dcat:Dataset ; dct:title "x" ; dcat:distribution <{ours}> . <{ours}> dct:title "put there" ."""
    async with SqliteStore.at(str(tmp_path / "a.db")) as store:
        await store.apply(change_set(load([File("x.ttl", text.encode())]).records, "x"))
        out = (await exported(store, "full", "nt")).decode()
    assert not [line for line in out.splitlines() if line.startswith(f"<{ours}>")]


def test_the_command_goes_round_but_for_the_time_of_loading(tmp_path):
    run = Mulu(tmp_path)
    assert run("load", str(ROOT / "mulu" / "sample")).status == 0
    assert run("export", "--view", "full", "--format", "rdf", "-o", "a.rdf").status == 0
    dry = run("load", "a.rdf", "--dry-run", "--store", "other.db", "--json").json
    other = run("load", "a.rdf", "--store", "other.db", "--json")
    assert (dry["revision"], dry["counts"], other.status) == (0, other.json["counts"], 0), other.err
    assert [each["format"] for each in other.json["files"]] == ["dcat"]
    assert run("check", "--store", "other.db").status == 0
    assert run("export", "--view", "full", "--format", "rdf", "-o", "again", "--store", "other.db").status == 0
    texts = [
        re.sub(r"\d{4}-\d\d-\d\dT[\d:+]+", "", (tmp_path / each).read_text("utf-8")) for each in ("a.rdf", "again")
    ]
    assert texts[0] == texts[1]
    same = run("load", "a.rdf", "--json").json
    assert not any(count for each in same["counts"].values() for count in each.values())
