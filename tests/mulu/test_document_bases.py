"""What datasets of other catalogues rest on is linked to the texts that are there, whichever came first."""

from __future__ import annotations

import pytest

from catalog.record import Record
from catalog.regulation import Regulation
from catalog.vocabulary import Kind
from graph.rdf.syntax import WRITERS
from graph.sqlite.store import SqliteStore
from loaders.load import File
from mulu import loading
from mulu.loading import apply_loaded, loaded_with
from mulu.publishing import VIEWS
from tests.graph import samples
from tests.mulu.loads import held, load, named
from tests.mulu.round_trip import PUBLICATION, exported
from tests.mulu.test_basis import LAW, OTHER, doubts, told

PORTAL = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix dcatap: <http://data.europa.eu/r5r/> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://x.example/set> a dcat:Dataset ; dct:title "道路" ;
    dcatap:applicableLegislation <https://law.example/1>, <https://law.example/2>, [ rdfs:label "示例市别的办法" ] .
<https://law.example/1> a eli:LegalResource ; dct:title "示例市数据共享管理规定（试行）" .
<https://law.example/2> a eli:LegalResource ; eli:id_local "示政规〔2022〕3号" .
"""
NUMBERED = """示例市第三个办法

示政规〔2022〕3号

示例市人民政府

第一条 登记机关应当核对数据。
第二条 本办法自2022年1月1日起施行。
"""
DOCUMENTS = {"portal.ttl": PORTAL, "law.txt": LAW, "other.txt": OTHER, "third.txt": NUMBERED}


def _linked(found: dict[str, Record]) -> list[tuple[str, str | None]]:
    resource = named(found, Kind.RESOURCE, "道路")
    return [(one.text, told(found, one)[0]) for one in resource.basis]


async def test_documents_rest_on_texts_whichever_came_first(stores):
    files = [File(path, text.encode()) for path, text in DOCUMENTS.items()]
    async with stores() as store:
        await load(store, files)
        wanted = await held(store)
        assert _linked(wanted) == [
            ("示例市数据共享管理规定（试行）", "示例市数据共享管理规定（试行）"),
            ("示政规〔2022〕3号", "示例市第三个办法"),
            ("示例市别的办法", "示例市别的办法"),
        ]
        assert doubts(wanted) == []
        _, again = await load(store, files)
        assert not again.changed
    for order in ((0, 1, 2, 3), (1, 0, 3, 2), (3, 0, 1, 2)):
        async with stores() as store:
            for number in order:
                await load(store, [files[number]])
            assert await held(store) == wanted, order
            for number in order:
                _, again = await load(store, [files[number]])
                assert not again.changed
            assert await store.check() == []


async def test_a_text_that_goes_leaves_the_words_and_is_linked_when_it_is_back(stores):
    first, second = (File(path, DOCUMENTS[path].encode()) for path in ("portal.ttl", "other.txt"))
    async with stores() as store:
        await load(store, [first, second])
        before = await held(store)
        assert len(doubts(before)) == 2
        await load(store, [File("other.txt", LAW.encode())])
        found = await held(store)
        assert [title for _, title in _linked(found)] == ["示例市数据共享管理规定（试行）", None, None]
        assert len(doubts(found)) == 2
        await load(store, [second])
        assert [title for _, title in _linked(await held(store))] == [None, None, "示例市别的办法"]
        assert len(doubts(await held(store))) == 2


async def _exports(store: SqliteStore) -> dict[tuple[str, str], bytes]:
    return {(view, syntax): await exported(store, view, syntax) for view in VIEWS for syntax in WRITERS}


async def _load(store: SqliteStore, *files: File) -> None:
    await apply_loaded(store, await loaded_with(store, files, base=PUBLICATION.base))


@pytest.mark.parametrize("late", [False, True], ids=["texts first", "texts later"])
async def test_a_law_that_was_named_and_linked_is_said_once_and_goes_round(tmp_path, monkeypatch, late):
    monkeypatch.setattr(loading, "now", lambda: samples.AT)
    laws = [File(path, text.encode()) for path, text in DOCUMENTS.items() if path != "portal.ttl"]
    async with SqliteStore.at(str(tmp_path / "law.db")) as store:
        await _load(store, *laws)
        (third,) = (one for one in (await held(store)).values() if isinstance(one, Regulation) and "第三" in one.title)
    own = f'<{PUBLICATION.id(third.id)}> a eli:LegalResource ; dct:title "{third.title}" .'
    named_ours = PORTAL.replace("<https://law.example/2>,", f"<{PUBLICATION.id(third.id)}>,") + own
    portal = File("portal.ttl", named_ours.encode())
    async with SqliteStore.at(str(tmp_path / "a.db")) as first:
        for step in ([portal], laws) if late else (laws, [portal]):
            await _load(first, *step)
        assert all(title for _, title in _linked(await held(first)))
        out = await _exports(first)
        lines = out["full", "nt"].splitlines()
        assert len(lines) == len(set(lines))
        (dataset,) = (one.id for one in (await held(first)).values() if getattr(one, "name", "") == "道路")
        said = [
            line
            for line in lines
            if f"<{PUBLICATION.id(dataset)}> <http://data.europa.eu/r5r/applicable".encode() in line
        ]
        assert len(said) == 5, "three of ours, one of which the portal names too, and the portal's other two"
    for (view, syntax), data in out.items():
        async with SqliteStore.at(str(tmp_path / f"{view}.{syntax}.db")) as second:
            await _load(second, File(f"export.{syntax}", data))
            assert await exported(second, view, syntax) == data
            before = await second.head()
            await _load(second, File(f"export.{syntax}", data))
            assert await second.head() == before
