"""The full view, over a store that holds every kind of record."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from pyshacl import validate
from rdflib import DCAT, RDF, SKOS, BNode, Graph, Namespace, URIRef

from catalog import vocabulary as v
from catalog.records import Clock, Condition
from catalog.value import Citation, Constraint, Span
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.full import full
from graph.rdf.paging import Place, page
from graph.rdf.syntax import WRITERS
from graph.rdf.terms import NAMESPACES
from graph.sqlite.store import SqliteStore
from tests.graph import rdf_samples, samples
from tests.graph.rdf_samples import parsed
from tests.graph.test_rdf import ox_triples, triples

BASE = "https://data.example.cn/"
PUBLICATION = Publication(BASE, "目录", "机构", samples.AT, 1)
GIR, ODRL, ELI, CSVW, SH, DCTERMS, PROV, CPSV, CV, DCATAP, DQV = (
    Namespace(NAMESPACES[prefix])
    for prefix in ("gir", "odrl", "eli", "csvw", "sh", "dct", "prov", "cpsv", "cv", "dcatap", "dqv")
)
CLOCKS = (
    Clock(id="clock/yearly", action="报送", clock_kind=v.ClockKind.YEARLY, text="11月30日前", month=11, day=30, actor=("乙", "甲")),
    Clock(id="clock/date", action="报送", clock_kind=v.ClockKind.DATE, text="2024年", date=dt.date(2024, 5, 1)),
    Clock(id="clock/vague", action="更新", clock_kind=v.ClockKind.VAGUE, text="及时", from_implied=True, start="变化"),
    Clock(id="clock/periodic", action="更新", clock_kind=v.ClockKind.PERIODIC, text="每月", amount=1, unit=v.ClockUnit.MONTH),
    Clock(id="clock/real", action="更新", clock_kind=v.ClockKind.REAL_TIME, text="实时"),
)  # fmt: skip
MORE = (
    Condition(
        id="policy/many", condition_kind=v.ConditionKind.PERMISSION, topic=v.Topic.COST, action="收取 费用/其他",
        text="可以“收取”\n费用", span=Span(start=3, end=11, line=2), position=3, regulation=samples.LAW, actor=("丙", "甲", "乙"),
        trigger="申请", exceptions=("乙", "甲", "乙"), clocks=tuple(clock.id for clock in CLOCKS), agencies=(samples.CIVIL,),
        governs=(samples.MARRIAGES, samples.PEOPLE),
        constraints=(
            Constraint(left_operand="payAmount", operator="lteq", right_operand="100", text="一百元", unit="元"),
            Constraint(left_operand="人 数", operator="lteq", right_operand="100", text="一百人"),
            Constraint(left_operand="payAmount", operator="约", right_operand="5", text="约五元", unit="元"),
        ),
    ),
    Condition(
        id="policy/means", condition_kind=v.ConditionKind.DEFINITION, topic=v.Topic.SCOPE, action="是指", text="是指",
        span=Span(start=3, end=5, line=2), position=4, regulation=samples.LAW,
    ),
)  # fmt: skip


async def exported(path: Path) -> dict[str, str]:
    async with SqliteStore.at(str(path)) as opened:
        await opened.apply(samples.change_set(*samples.catalogue(), *CLOCKS, *MORE))
        await opened.apply(samples.change_set(*rdf_samples.ALL))
        store = cast("Store", opened)
        return {
            extension: b"".join([piece async for piece in full(store, PUBLICATION, writer())]).decode()
            for extension, writer in WRITERS.items()
        }


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return Path(tmp_path_factory.mktemp("full") / "mulu.db")


@pytest.fixture(scope="module")
def texts(path) -> dict[str, str]:
    return asyncio.run(exported(path))


@pytest.fixture(scope="module")
def graph(texts) -> Graph:
    return parsed(texts["nt"], "nt")


@pytest.mark.parametrize("extension", WRITERS)
def test_all_syntaxes_say_the_same_once(texts, graph, extension):
    found = ox_triples(texts[extension], extension)
    assert [triple for triple, times in found.items() if times > 1] == []
    if extension != "rdf":
        assert set(found) == triples(graph)


def test_there_are_no_blank_nodes_and_everything_named_is_there(graph):
    assert [term for triple in graph for term in triple if isinstance(term, BNode)] == []
    typed = set(graph.subjects(RDF.type)) | {RDF.nil}
    beyond = {RDF.type, SKOS.inScheme, SH.datatype, DQV.expectedDataType, GIR.governs, DCAT.downloadURL}
    named = {o for p, o in graph.predicate_objects() if isinstance(o, URIRef) and p not in beyond}
    assert {str(iri) for iri in named - typed if not str(iri).startswith("mailto:")} == set()


def test_what_is_not_cleared_is_not_named(texts):
    for text in texts.values():
        assert "r-marriages" not in text
        assert "m-state" not in text
        assert "r-6secret" not in text
        assert "机密" not in text


def test_odrl_shapes_pass(graph):
    shared = Path(os.environ.get("MULU_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    shapes = shared / "shapes" / "odrl" / "odrl-shacl-shapes.ttl"
    if not shapes.is_file():
        pytest.skip("THE POLICIES WERE NOT VALIDATED: there is no shapes/odrl in MULU_SHARED or ../shared")
    assert len(set(graph.subjects(RDF.type, ODRL.Policy))) >= 4
    missing = f"@prefix rdf: <{RDF}> .\n"  # the file uses this prefix and does not declare it
    parsed_shapes = Graph().parse(data=missing + shapes.read_text(encoding="utf-8"), format="turtle")
    conforms, _, text = validate(graph, shacl_graph=parsed_shapes, inference="none", advanced=True)
    assert conforms, text
    broken = Graph() + graph
    broken.remove((None, ODRL.target, None))
    assert not validate(broken, shacl_graph=parsed_shapes, inference="none", advanced=True)[0]


class Reader:
    """Records read back from the graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def text(self, node: Any, predicate: Any) -> str | None:
        found = self.graph.value(node, predicate)
        return None if found is None else str(found)

    def whole(self, node: Any, predicate: Any) -> int | None:
        found = self.text(node, predicate)
        return None if found is None else int(found)

    def identifier(self, node: Any, predicate: Any) -> str | None:
        found = self.text(node, predicate)
        return found and found.removeprefix(f"{BASE}id/")

    def word(self, node: Any, predicate: Any) -> str:
        return (self.text(node, predicate) or "").rpartition("/")[2]

    def listed(self, node: Any, predicate: Any) -> tuple[str, ...]:
        parts = sorted(self.graph.objects(node, predicate), key=lambda part: self.whole(part, GIR.position) or 0)
        return tuple(str(self.text(part, SKOS.prefLabel)) for part in parts)

    def citation(self, node: Any) -> Citation | None:
        text = self.text(node, GIR.citedText)
        provision, regulation = self.identifier(node, DCTERMS.source), self.identifier(node, GIR.citedRegulation)
        return None if text is None else Citation(text=text, provision=provision, regulation=regulation)

    def clock(self, id: str) -> Clock:
        node = URIRef(f"{BASE}id/{id}")
        date, unit = self.text(node, GIR.date), self.word(node, GIR.unit)
        return Clock(
            id=id, action=str(self.text(node, GIR.action)), clock_kind=v.ClockKind(self.word(node, GIR.clockKind)),
            text=str(self.text(node, GIR.text)), regulation=self.identifier(node, DCTERMS.isPartOf),
            position=self.whole(node, GIR.position) or 0, actor=self.listed(node, GIR.actor),
            amount=self.whole(node, GIR.amount), unit=v.ClockUnit(unit) if unit else None,
            start=self.text(node, GIR["from"]), from_implied=self.text(node, GIR.fromImplied) == "true",
            month=self.whole(node, GIR.month), day=self.whole(node, GIR.day),
            date=dt.date.fromisoformat(date) if date else None, extension=self.identifier(node, GIR.extension),
            citation=self.citation(node),
        )  # fmt: skip

    def constraint(self, node: Any) -> Constraint:
        operator = self.graph.value(self.graph.value(node, ODRL.operator), SKOS.prefLabel)
        return Constraint(
            left_operand=str(self.graph.value(self.graph.value(node, ODRL.leftOperand), SKOS.prefLabel)),
            operator=str(operator), right_operand=str(self.text(node, ODRL.rightOperand)),
            text=str(self.text(node, GIR.text)), unit=self.text(node, GIR.unitText),
        )  # fmt: skip

    def condition(self, id: str) -> Condition:
        node = URIRef(f"{BASE}id/{id}")
        kinds = {"Permission": "PERMISSION", "Prohibition": "PROHIBITION", "Duty": "DUTY", "Definition": "DEFINITION"}
        (kind,) = [str(type_) for type_ in self.graph.objects(node, RDF.type)]
        bounds = list(self.graph.objects(node, ODRL.constraint))
        own = sorted(
            (n for n in bounds if (n, RDF.type, GIR.Clock) not in self.graph),
            key=lambda n: self.whole(n, GIR.position) or 0,
        )
        span = [self.whole(node, GIR[name]) or 0 for name in ("spanStart", "spanEnd", "spanLine")]
        target = self.graph.value(node, ODRL.target)
        return Condition(
            id=id, condition_kind=v.ConditionKind(kinds[kind.rpartition("/")[2].rpartition("#")[2]]),
            topic=v.Topic(self.word(node, GIR.topic)),
            action=str(self.graph.value(self.graph.value(node, ODRL.action), SKOS.prefLabel)),
            text=str(self.text(node, GIR.text)), span=Span(start=span[0], end=span[1], line=span[2]),
            regulation=self.identifier(node, DCTERMS.isPartOf), position=self.whole(node, GIR.position) or 0,
            actor=self.listed(node, GIR.actor), trigger=self.text(node, GIR.trigger),
            agencies=tuple(sorted(str(a).removeprefix(f"{BASE}id/") for a in self.graph.objects(node, ODRL.assignee))),
            constraints=tuple(self.constraint(n) for n in own), exceptions=self.listed(node, GIR.exception),
            clocks=tuple(sorted(str(n).removeprefix(f"{BASE}id/") for n in bounds if n not in own)),
            governs=tuple(sorted(str(n).removeprefix(f"{BASE}id/") for n in self.graph.objects(target, GIR.governs))),
            citation=self.citation(node),
        )  # fmt: skip


HELD = (*samples.rules(), *CLOCKS, *MORE)


@pytest.mark.parametrize("clock", [each for each in HELD if isinstance(each, Clock)], ids=lambda clock: clock.id)
def test_clocks_are_read_back_without_loss(graph, clock):
    assert Reader(graph).clock(clock.id) == replace(clock, source=None)


@pytest.mark.parametrize("condition", [each for each in HELD if isinstance(each, Condition)], ids=lambda each: each.id)
def test_conditions_are_read_back_without_loss(graph, condition):
    """All but the order of what they refer to, and what is not cleared, which is not named."""
    cleared = [each for each in condition.governs if each not in (samples.DUTY, samples.MARRIAGES)]
    expected = replace(
        condition, source=None, governs=tuple(sorted(cleared)), agencies=tuple(sorted(condition.agencies)),
        clocks=tuple(sorted(condition.clocks)),
    )  # fmt: skip
    assert Reader(graph).condition(condition.id) == expected


def test_periods_are_bounds_in_their_own_unit(graph):
    clock = URIRef(f"{BASE}id/clock/reply")
    assert graph.value(clock, ODRL.leftOperand) == GIR.workingDays
    assert graph.value(clock, ODRL.operator) == ODRL.lteq
    assert str(graph.value(clock, ODRL.rightOperand)) == "10"


def test_law_is_a_chain_upward(graph):
    item, found = URIRef(f"{BASE}id/{samples.ITEM}"), []
    while item:
        found.append(str(item).removeprefix(f"{BASE}id/"))
        item = graph.value(item, ELI.is_part_of)
    assert found == [samples.ITEM, samples.PARAGRAPH, samples.ARTICLE, samples.LAW]
    law = URIRef(f"{BASE}id/{samples.LAW}")
    assert str(graph.value(law, ELI.id_local)) == "穗府办规〔2016〕1号"
    assert str(graph.value(law, ELI.first_date_entry_in_force)) == "2016-01-01"
    assert graph.value(law, ELI.in_force) == ELI["InForce-notInForce"]
    assert str(graph.value(law, GIR.lawStatus)).endswith("/EXPIRED")
    assert graph.value(law, ELI.implements) == URIRef(f"{BASE}id/{samples.OLD_LAW}")


def test_fields_are_columns_in_order(graph):
    schema = URIRef(f"{BASE}id/schema/r-people")
    assert (schema, RDF.type, CSVW.Schema) in graph
    columns = list(graph.items(cast("URIRef", graph.value(schema, CSVW.column))))
    assert [str(graph.value(column, CSVW.title)) for column in columns] == ["姓名", "身份证号"]
    assert graph.value(columns[1], CSVW.propertyUrl) == URIRef(f"{BASE}id/{samples.NUMBER_KEY}")
    assert graph.value(columns[0], SH.datatype) == URIRef(NAMESPACES["xsd"] + "string")
    assert str(graph.value(schema, CSVW.primaryKey)) == str(graph.value(columns[1], CSVW.name))


def test_what_can_be_measured_is_a_share_of_one(graph):
    dataset = URIRef(f"{BASE}id/resource/r-1conditional")
    found = {}
    for one in graph.objects(dataset, DQV.hasQualityMeasurement):
        assert graph.value(one, DQV.computedOn) == dataset
        metric = graph.value(one, DQV.isMeasurementOf)
        assert graph.value(metric, DQV.inDimension) == URIRef(f"{BASE}id/concept/quality-dimension/completeness")
        found[str(metric).rpartition("/")[2]] = str(graph.value(one, DQV.value))
    assert found == {"elements-declared": "0.82", "items-typed": "0.00", "items-linked": "0.00"}
    bare = set(graph.objects(URIRef(f"{BASE}id/resource/r-2bare"), DQV.hasQualityMeasurement))
    assert [str(one).rpartition("/")[2] for one in bare] == ["elements-declared"]


def test_what_rests_on_law_follows_a_rule_and_what_is_applied_for_is_a_service(graph):
    dataset = URIRef(f"{BASE}id/resource/r-1conditional")
    rule = graph.value(dataset, CPSV.follows)
    laws = {str(each) for each in graph.objects(rule, CPSV.implements)}
    assert laws == {str(each) for each in graph.objects(dataset, DCATAP.applicableLegislation)}
    services = set(graph.subjects(RDF.type, CPSV.PublicService))
    (service,) = services & set(graph.subjects(DCTERMS.relation, dataset))
    assert graph.value(service, CPSV.follows) == rule
    assert graph.value(service, CV.hasCompetentAuthority) == graph.value(dataset, DCTERMS.publisher)
    for one in (rule, service):
        assert all(graph.value(one, DCTERMS[name]) for name in ("identifier", "title", "description"))
    bare = URIRef(f"{BASE}id/resource/r-2bare")
    assert graph.value(bare, CPSV.follows) is None
    assert not services & set(graph.subjects(DCTERMS.relation, bare))


def test_attributions_name_every_role(graph):
    (one,) = graph.objects(URIRef(f"{BASE}id/resource/r-people"), PROV.qualifiedAttribution)
    assert graph.value(one, PROV.agent) == URIRef(f"{BASE}id/{samples.POLICE}")


async def test_pages_of_the_full_view_are_whole(path, graph):
    found: Counter[Any] = Counter()
    place: Place | None = Place("nt", "", 2, "full")
    async with SqliteStore.at(str(path)) as store:
        while place:
            one = await page(cast("Store", store), PUBLICATION, place)
            part = parsed(one.text, "nt")
            assert [term for triple in part for term in triple if isinstance(term, BNode)] == []
            found.update(set(part))
            after = (one.following or "").partition("after=")[2].partition("&")[0]
            place = replace(place, after=after) if after else None
    hydra = NAMESPACES["hydra"]
    data = {(s, p, o) for s, p, o in found if not str(p).startswith(hydra) and not str(o).startswith(hydra)}
    assert data <= set(graph)
    assert {s for s, p, o in data if (s, RDF.type, ODRL.Policy) in data}


class Asking(SqliteStore):
    """A store that tells which records were asked for by name."""

    asked: list[str]

    async def get(self, ids, shape, kind):
        self.asked.extend(ids)
        return await super().get(ids, shape, kind)


async def test_what_is_remembered_and_asked_by_name_does_not_grow_with_the_catalogue(tmp_path):
    found = []
    for count in (2, 250):  # more than one batch
        copies = [replace(rdf_samples.CONDITIONAL, id=f"resource/r-copy{number}") for number in range(count)]
        async with Asking.at(str(tmp_path / f"{count}.db")) as store:
            store.asked = []
            await store.apply(samples.change_set(*rdf_samples.EASY, *copies))
            async for _ in full(cast("Store", store), PUBLICATION, WRITERS["nt"]()):
                pass
            found.append(sorted(store.asked))
    assert found[0] == found[1]
