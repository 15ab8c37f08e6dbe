"""A small catalogue to export, easy and nasty, and a store that holds it in memory."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from rdflib import Graph

from catalog import vocabulary as v
from catalog.codec import Row, to_row
from catalog.record import Record
from catalog.records import Agency, Field, Provision, Regulation, Resource
from catalog.relations import INVERSES
from catalog.revision import Tombstone
from catalog.table import Ref, by_name
from catalog.value import Citation, Format, Frequency, Jurisdiction, Period, Responsibility, Span
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.export import HARVEST, harvest
from graph.rdf.syntax import WRITERS
from graph.shape import Equals, Page, Question, Shape

BEIJING = dt.timezone(dt.timedelta(hours=8))
PUBLICATION = Publication(
    "https://data.example.cn/", "政务信息资源目录", "示例市目录管理机构", dt.datetime(2026, 11, 22, 8, tzinfo=BEIJING)
)
LOADED = "2026-11-21T23:30:00+08:00"
NASTY = "引\"号' \\ 换\n行\r\n回车 \t<a&b>]]> \x07\x7f\u0085\u2028 🚌𠮷 é"
"""What a literal must survive: quotes, breaks, control characters, the end of CDATA, an emoji, an astral character."""


class MemoryStore:
    """What the export asks of a store: ``scan``, over records held in memory."""

    def __init__(
        self, records: Iterable[Record], *, fail_after: int | None = None, error: Exception | None = None
    ) -> None:
        self.rows = {record.id: (record.kind, to_row(record)) for record in records}
        self.fail_after, self.error, self.reading = fail_after, error, False
        self.left: dict[str, Tombstone] = {}

    async def scan(self, kind: Kind, shape: Shape, *, after: str = "", batch: int = 2) -> AsyncIterator[list[Row]]:
        found = sorted(key for key, (of, _) in self.rows.items() if of is kind and key > after)
        self.reading, batch = True, min(batch, 2)
        try:
            for number, start in enumerate(range(0, len(found), batch)):
                if number == self.fail_after and self.error:
                    raise self.error
                yield [self._cut(kind, self.rows[key][1], shape) for key in found[start : start + batch]]
        finally:
            self.reading = False

    async def read(self, question: Question) -> Page[Row]:
        """A page by identifier, of what passes ``Equals`` tests."""
        if self.error and self.fail_after == 0:
            raise self.error
        of = [(key, row) for key, (kind, row) in sorted(self.rows.items()) if kind is question.kind]
        tests = [cast("Equals", test) for test in question.tests]
        of = [(key, row) for key, row in of if all(row[test.property] in test.values for test in tests)]
        total = len(of) if question.count else None
        after = str(question.after[-1]) if question.after else None
        if question.backward:
            of = [(key, row) for key, row in of if after is None or key < after]
            chosen = of[-question.first :]
        else:
            of = [(key, row) for key, row in of if after is None or key > after]
            chosen = of[: question.first]
        rows = tuple(self._cut(question.kind, row, question.shape) for _, row in chosen)
        return Page(rows, len(of) > len(chosen), total)

    async def get(self, ids: Sequence[str], shape: Shape, kind: Kind) -> list[Row | None]:
        return [self._cut(kind, self.rows[each][1], shape) if each in self.rows else None for each in ids]

    async def tombstones(self, ids: Sequence[str], kind: Kind) -> list[Tombstone | None]:
        return [self.left.get(each) for each in ids]

    def _cut(self, owner: Any, row: Row, shape: Shape) -> Row:
        known = {**row, "loaded": LOADED}
        cut = {name: known[name] for name in ("id", *shape.properties) if name in known}
        for key, nested in shape.nested:
            if inverse := INVERSES.get((owner, nested.relation)) if isinstance(owner, Kind) else None:
                ((kind, (path,)),) = inverse.holders
                held = [r for k, r in self.rows.values() if k is kind and r[path] == row["id"]]
                held.sort(key=lambda r: tuple(r[name] for name in inverse.order))
                cut[key] = [self._cut(kind, r, nested.shape) for r in held[: nested.first]]
                continue
            found, type_ = row[nested.relation], by_name(owner)[nested.relation].type
            if isinstance(found, (list, tuple)) and isinstance(type_, Ref):
                cut[key] = [self._cut(*self.rows[each], nested.shape) for each in found if each in self.rows]
            elif isinstance(type_, Ref):
                cut[key] = None if found is None else self._cut(*self.rows[found], nested.shape)
            else:
                cut[key] = [self._cut(type_, value, nested.shape) for value in found]
        return cut


def _duty(agency: str, *roles: v.Role) -> Responsibility:
    return Responsibility(
        agency=agency, roles=roles, allocation=v.Allocation.DECLARED, confidence=v.Confidence.EXPLICIT, literal="部门"
    )


def _provision(path: str, kind: v.ProvisionKind, label: str) -> Provision:
    return Provision(
        id=f"law/110000-2017-x.{path}", regulation="law/110000-2017-x", provision_kind=kind, label=label, position=1,
        text="文", reading="文", span=Span(start=0, end=1, line=1),
    )  # fmt: skip


LAW = Regulation(
    id="law/110000-2017-x",
    title="示例市政务信息共享实施细则",
    short_title="示例市细则",
    regulation_kind=v.RegulationKind.RULE,
)
ARTICLE = _provision("a7", v.ProvisionKind.ARTICLE, "第七条")
ITEM = _provision("a7i2", v.ProvisionKind.ITEM, "（二）")
POLICE = Agency(
    id="org/11000000mb00000027", name="示例市公安局", agency_kind=v.AgencyKind.BODY, credit_code="11000000MB00000027"
)
TRANSPORT = Agency(id="org/110000-transport", name="示例市交通运输局", agency_kind=v.AgencyKind.BODY)
UNHEARD = Agency(id="org/110000-unheard", name="示例市档案馆", agency_kind=v.AgencyKind.BODY)

CONDITIONAL = Resource(
    id="resource/r-1conditional", name="常住人口基本信息", origin=v.Origin.REGISTERED, aliases=("人口信息", "人口信息", "居民信息"),
    code="307001/000001", category="自然人", jurisdiction=Jurisdiction(code="110000", name="示例市"),
    responsibilities=(
        _duty(UNHEARD.id, v.Role.VERIFY), _duty(POLICE.id, v.Role.COLLECT, v.Role.PROVIDE),
        _duty(POLICE.id, v.Role.COLLECT), _duty(TRANSPORT.id, v.Role.COLLECT),
    ),
    share_type=v.ShareType.CONDITIONAL, share_condition="限履行职责使用", open_to_public=v.Openness.CLOSED,
    formats=(Format(code="OCTET", label="数据库"), Format(code="CSV", label="CSV", media_type="text/csv")),
    update_frequency=Frequency(code=v.FrequencyCode.OTHER, text="每三天", amount=3, unit=v.ClockUnit.CALENDAR_DAY),
    basis=(
        Citation(text="第七条", provision=ARTICLE.id, regulation=LAW.id), Citation(text="七条", provision=ARTICLE.id),
        Citation(text="（二）", provision=ITEM.id, regulation=LAW.id), Citation(text="细则", regulation=LAW.id),
        Citation(text="某个没有装载的文件"),
    ),
    contact="目录管理岗 catalogue@example.cn", cleared=True,
    issued=dt.date(2023, 4, 10), modified=dt.date(2026, 8, 20),
)  # fmt: skip
FIELDS = tuple(
    Field(id=f"field/r-1conditional-{n}", resource=CONDITIONAL.id, position=n, name=f"信息项{n}", text="文")
    for n in range(1, 23)
)
BARE = Resource(id="resource/r-2bare", name="路", origin=v.Origin.STATUTORY, cleared=True)
OPEN = Resource(
    id="resource/r-3open", name="公交线路、站点信息（2026）", origin=v.Origin.REGISTERED, category="自然人", cleared=True,
    responsibilities=(_duty(TRANSPORT.id, v.Role.PROVIDE),), share_type=v.ShareType.UNCONDITIONAL,
    summary="全市公交线路、站点。", open_to_public=v.Openness.OPEN, open_condition="免费",
    jurisdiction=Jurisdiction(code="110000", name="示例市"), contact="catalogue@example.cn",
    formats=(
        Format(
            code="CSV", label="CSV", media_type="text/csv", download_url="https://data.example.cn/file/a.csv",
            byte_size=20480,
        ),
    ),
    temporal=Period(start=dt.date(2024, 1, 1), end=dt.date(2026, 6, 30)), issued=dt.date(2023, 3, 15),
    licence="http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
    update_frequency=Frequency(code=v.FrequencyCode.MONTHLY, text="每月"),
)  # fmt: skip
AWKWARD = Resource(
    id="resource/r-4awkward", name=NASTY, origin=v.Origin.REGISTERED, aliases=(NASTY,), summary=NASTY, code=NASTY,
    category=f"其他 <a>/../\"b\"://{NASTY}", share_condition=NASTY, open_condition=NASTY, cleared=True,
    contact=f"{NASTY} a%b+c@example.cn", jurisdiction=Jurisdiction(code=None, name="示例 市/新区%"),
    formats=(
        Format(code="表 格/新", label=NASTY, media_type="text/csv; charset=gb18030", download_url="ftp://a b/<c>"),
        Format(code="X", label="x", media_type="no media type", byte_size=0),
    ),
    temporal=Period(end=dt.date(2025, 12, 31)), licence=NASTY,
)  # fmt: skip
DOTS = replace(BARE, id="resource/r-5dots", name="..", category="..", jurisdiction=Jurisdiction(code=None, name="."))
SECRET = replace(CONDITIONAL, id="resource/r-6secret", name="机密名录", cleared=False, category="机密分类")

EASY: tuple[Record, ...] = (LAW, ARTICLE, ITEM, POLICE, TRANSPORT, UNHEARD, CONDITIONAL, *FIELDS, BARE, OPEN, SECRET)
ALL: tuple[Record, ...] = (*EASY, AWKWARD, DOTS)


def export(extension: str, records: Iterable[Record] = ALL) -> str:
    """The harvest view of some records. The store in memory never waits, so no event loop is needed."""

    async def collect() -> str:
        store = cast("Store", MemoryStore(records))
        return b"".join([piece async for piece in harvest(store, PUBLICATION, WRITERS[extension]())]).decode()

    try:
        collect().send(None)
    except StopIteration as done:
        return str(done.value)
    raise AssertionError("the store in memory waited")


def harvested(records: Iterable[Record] = EASY) -> list[Row]:
    """The rows that the harvest view reads of some records."""

    async def collect() -> list[Row]:
        return [row async for batch in MemoryStore(records).scan(Kind.RESOURCE, HARVEST) for row in batch]

    try:
        collect().send(None)
    except StopIteration as done:
        return list(done.value)
    raise AssertionError("the store in memory waited")


def parsed(text: str, extension: str) -> Graph:
    """A document as rdflib reads it."""
    name = {"rdf": "xml", "jsonld": "json-ld", "ttl": "turtle", "nt": "nt"}[extension]
    with warnings.catch_warnings():  # rdflib's own JSON-LD reader uses what rdflib deprecates
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=text.encode(), format=name)
