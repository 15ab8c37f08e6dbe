"""Every document that the product gives out, of a catalogue that has something of everything."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import cast

from catalog import vocabulary as v
from catalog.record import Record
from catalog.records import RECORDS, Field, Regulation
from catalog.statements import Kept, keep
from catalog.value import Citation, Format, Period, RegulationRelation, Span
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf import feed
from graph.rdf.about import about, tombstone
from graph.rdf.context import Entry, Publication
from graph.rdf.export import Document, harvest
from graph.rdf.full import full
from graph.rdf.nodes import subjects
from graph.rdf.paging import Place, page
from graph.rdf.profiles import PROFILES
from graph.rdf.syntax import NTriples
from graph.rdf.terms import expand
from graph.rdf.vocabularies import PARTIES, SCHEMES, concept, party
from graph.shape import Shape
from graph.sqlite.store import SqliteStore
from tests.graph import rdf_samples, samples
from tests.graph.test_rdf_full import CLOCKS, MORE, PUBLICATION

FOREIGN = "https://other.example.org/vocabulary#pages"
OLDER = Regulation(
    id="law/110000-2001-old", title="旧办法", short_title="办法", aliases=("旧",), number="1号", draft=True, trial=True,
    regulation_kind=v.RegulationKind.RULE, adopted=dt.date(2001, 1, 1), promulgated=dt.date(2001, 2, 1),
    effective=dt.date(2001, 3, 1), expires=dt.date(2011, 3, 1), repealed=dt.date(2010, 1, 1),
    comment_deadline=dt.date(2000, 12, 1), issuers=(rdf_samples.POLICE.id,), jurisdiction=samples.GUANGZHOU,
    basis=(Citation(text="办法", regulation=rdf_samples.LAW.id),),
    relations=tuple(
        RegulationRelation(kind=kind, title="某办法", regulation=rdf_samples.LAW.id) for kind in v.RegulationRelationKind
    ),
)  # fmt: skip
SAID_OTHERWISE = tuple(
    keep(Kept(predicate=expand(predicate), value=f"{language} words", literal=True, language=language))
    for predicate in ("dct:title", "dct:description")
    for language in ("zh-hant", "en")
)
RICH = replace(
    rdf_samples.OPEN, id="resource/r-7rich", licence="自由使用", share_type=v.ShareType.CONDITIONAL,
    share_condition="限履行职责使用；未经提供方同意不得转给第三方；10个工作日内答复", category="基础信息/人口", open_to_public=v.Openness.CONDITIONAL, open_condition="实名", platform="共享平台",
    mode=(v.ShareMode.FILE_DOWNLOAD,),
    formats=(Format(code="CSV", label="CSV", media_type="text/csv"),), temporal=Period(end=dt.date(2025, 12, 31)),
    metadata=(keep(Kept(predicate=FOREIGN, value="7", literal=True)), *SAID_OTHERWISE), related=(rdf_samples.OPEN.id,), fulfils=(rdf_samples.BARE.id,),
    subtypes=("公交",),
)  # fmt: skip
ITEM = Field(
    id="field/r-7rich-1", resource=RICH.id, position=1, name="线路", text="线路", aliases=("路线",), data_type="字符型",
    length="20", allowed_values=("一",), parts=("起点",), qualifier="现行", applicability="市区", element_text="线路名称",
)  # fmt: skip
READ_OTHERWISE = replace(
    rdf_samples.ITEM, id="law/110000-2017-x.a7i3", label="（三）", text="文 字", reading="文字", position=2,
    span=Span(start=0, end=3, line=1),
)  # fmt: skip
CALLED = replace(rdf_samples.POLICE, id="org/110000-called", credit_code=None, literal="公安 机关")
OWED = replace(MORE[0], id="policy/owed", clocks=(), counterparty=("申请人",))
EVERYTHING: tuple[Record, ...] = (
    *samples.catalogue(),
    *CLOCKS,
    *MORE,
    *rdf_samples.ALL,
    OLDER,
    RICH,
    ITEM,
    READ_OTHERWISE,
    CALLED,
    OWED,
)


async def everything(path: Path) -> dict[str, str]:
    """The documents by name, in N-Triples and N-Quads."""
    async with SqliteStore.at(str(path)) as opened:
        await opened.apply(samples.change_set(*EVERYTHING))
        await opened.apply(samples.change_set(replace(rdf_samples.BARE, name="新路"), deletes=(rdf_samples.DOTS.id,)))
        return await _documents(cast("Store", opened))


async def _documents(store: Store) -> dict[str, str]:
    said = {"full": b"".join([piece async for piece in full(store, PUBLICATION, NTriples())]).decode()}
    for name, profile in PROFILES.items():
        pieces = [piece async for piece in harvest(store, PUBLICATION, NTriples(), profile)]
        said[f"profile {name}"] = b"".join(pieces).decode()
        shape = Document(PUBLICATION, NTriples(), profile).shape
        said[f"nodes by the table of {name}"] = "".join(
            [
                NTriples().subject(node)
                async for rows in store.scan(Kind.RESOURCE, shape)
                for row in rows
                for node in subjects(Entry(PUBLICATION, row), profile.rows)
            ]
        )
    for view in ("harvest", "full"):
        said[f"page {view}"] = (await page(store, PUBLICATION, Place.asked("nt", "", "2", view))).text
    for kind in RECORDS:
        async for rows in store.scan(kind, Shape()):
            for row in rows:
                said[row["id"]] = await about(store, PUBLICATION, row["id"], NTriples()) or ""
    said["tombstone"] = tombstone(PUBLICATION, "resource/r-x", "2020-01-01T00:00:00+08:00", NTriples())
    for name, scheme in SCHEMES.items():
        for word in (None, "x", *(scheme.words or ())):
            said[f"concept {name} {word}"] = "".join(map(NTriples().subject, concept(PUBLICATION, name, word) or ()))
    for name in PARTIES:
        said[f"party {name}"] = "".join(map(NTriples().subject, party(PUBLICATION, name) or ()))
    return said | {f"feed {after}": text for after, text in (await _feed(store, PUBLICATION)).items()}


async def _feed(store: Store, publication: Publication) -> dict[str, str]:
    pages: dict[str, str] = {}
    after: str | None = ""
    while after is not None:
        found = await feed.feed_page(store, publication, "nq", after)
        pages[after] = found.text
        after = found.following.partition("after=")[2] if found.following else None
    return pages
