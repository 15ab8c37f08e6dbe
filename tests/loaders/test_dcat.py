"""Catalogues of other portals: what each says becomes a resource, and what has no place is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Field, Provision, Record, Regulation, Resource
from catalog.statements import of
from catalog.value import Span
from catalog.vocabulary import FrequencyCode, Openness, ProvisionKind, RegulationKind, Role, ShareMode
from loaders.load import File, Loaded, load

FILES = Path(__file__).with_name("dcat")
BASE = "https://data.example.cn/"
LAW = Regulation(
    id="law/110000-2020-roads", title="道路条例", short_title="道路条例", regulation_kind=RegulationKind.RULE,
    number="路〔2020〕7号",
)  # fmt: skip
ARTICLE = Provision(
    id=f"{LAW.id}.a2", regulation=LAW.id, provision_kind=ProvisionKind.ARTICLE, label="第二条", position=2, text="文",
    reading="文", span=Span(start=0, end=1, line=1),
)  # fmt: skip
PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://x.example/> .
@prefix eu: <http://publications.europa.eu/resource/authority/frequency/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def read(*names: str, known: tuple[Record, ...] = ()) -> Loaded:
    return load([File(name, (FILES / name).read_bytes()) for name in names], known, base=BASE)


def turtle(text: str, *more: str) -> Loaded:
    files = [File(f"{number}.ttl", (PREFIXES + each).encode()) for number, each in enumerate((text, *more), start=1)]
    return load(files, base=BASE)


def resources(found: Loaded) -> dict[str, Resource]:
    return {one.name: one for one in found.records if isinstance(one, Resource)}


def codes(found: Loaded) -> list[tuple[str, int | None]]:
    return [(one.code, one.place.line if one.place else None) for one in found.problems]


def said(resource: Resource) -> set[tuple[str | None, str, str]]:
    """What is kept of it: subject, last step of the predicate, words."""
    kept = [of(each.element, each.value) for each in resource.metadata]
    return {(one.subject, one.predicate.replace("#", "/").rpartition("/")[2], one.value) for one in kept if one}


def agencies(found: Loaded) -> dict[str, str]:
    return {one.id: one.name for one in found.records if one.id.startswith("org/")}  # type: ignore[attr-defined]


def test_a_portal_of_ckan_in_rdf_xml():
    found = read("ckan.rdf")
    trees = resources(found)["Street trees"]
    assert (trees.code, trees.category, trees.contact) == ("0f3c", "Environment", "Tree desk trees@example.org")
    assert (str(trees.issued), trees.modified, trees.cleared) == ("2019-03-04", None, True)
    assert [each.media_type for each in trees.formats] == ["text/csv"]
    assert trees.update_frequency is not None and trees.update_frequency.code is FrequencyCode.MONTHLY
    assert [agencies(found)[each.agency] for each in trees.responsibilities] == ["Parks Department"]
    distribution = "https://portal.example.org/dataset/0f3c/resource/1"
    assert said(trees) >= {
        (None, "keyword", "trees"), (None, "keyword", "parks"), (None, "modified", "2021"), (None, "distribution", distribution),
        (distribution, "accessURL", "https://portal.example.org/files/street%20trees.csv"),
        (None, "wasDerivedFrom", "https://portal.example.org/dataset/0f3c"),
    }  # fmt: skip
    assert resources(found)["77aa"].responsibilities == ()
    assert codes(found) == [
        ("BAD_LANGUAGE", 20), ("ODD_IRI", 33), ("BAD_VALUE", 13), ("IRI_WANTED", 13), ("NO_TITLE", 38), ("UNNAMED_PUBLISHER", 38),
    ]  # fmt: skip


def test_a_profile_of_dcat_in_turtle():
    found = read("profile.ttl", known=(LAW, ARTICLE))
    roads = resources(found)["道路"]
    assert (roads.code, roads.summary, roads.platform, roads.contact) == (
        "roads",
        "全部道路。",
        "Road service",
        "Help +100",
    )
    assert roads.mode == (ShareMode.SERVICE_INTERFACE, ShareMode.FILE_DOWNLOAD)
    assert [(agencies(found)[each.agency], each.roles) for each in roads.responsibilities] == [
        ("交通部", (Role.PROVIDE,)), ("Road Agency", (Role.COLLECT,)),
    ]  # fmt: skip
    assert [(each.provision, each.regulation) for each in roads.basis] == [
        (ARTICLE.id, LAW.id),
        (None, LAW.id),
        (None, None),
    ]
    assert roads.update_frequency is not None
    assert (roads.update_frequency.amount, roads.open_to_public) == (2, Openness.OPEN)
    fields = [one for one in found.records if isinstance(one, Field)]
    assert [(each.name, each.data_type, each.identity_key) for each in fields] == [
        ("公民身份号码", "string", True), ("length", "decimal", False),
    ]  # fmt: skip
    assert said(roads) >= {
        (None, "title", "Roads"), (None, "title", "Routes"), (None, "temporal", "_:n3"), ("_:n3", "startDate", "2019-01-01"),
        ("_:n4", "label", "counted by hand"), (None, "applicableLegislation", "http://laws.land.example/eli/8"),
        ("https://data.land.example/set/roads-csv", "license", "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"),
    }  # fmt: skip
    assert set(resources(found)) == {"道路", "Loop"}, "a series is none, and of one identifier the first stays"
    assert not resources(found)["Loop"].cleared, "what its catalogue calls non-public is not published"
    assert codes(found) == [
        ("BAD_VALUE", 9), ("UNRESOLVED_BASIS", 9), ("DUPLICATE_IDENTIFIER", 30), ("PART_OF_ITSELF", 31),
    ]  # fmt: skip


def test_the_context_of_data_gov_is_known_without_fetching():
    found = resources(read("us.jsonld"))
    rain = found["Rainfall"]
    assert (rain.code, rain.open_to_public, str(rain.modified)) == ("rain-1", Openness.OPEN, "2023-06-01")
    assert rain.update_frequency is not None and rain.update_frequency.code is FrequencyCode.WEEKLY
    assert (rain.contact, [each.code for each in rain.formats]) == ("Rain desk rain@example.gov", ["JSON"])
    assert not found["Snow"].cleared


def test_json_ld_as_processors_compact_it():
    (prices,) = resources(read("compacted.jsonld")).values()
    assert (prices.name, str(prices.issued), [each.code for each in prices.formats]) == ("价格", "2022-05-06", ["XLSX"])
    assert (None, "title", "Prices") in said(prices)


def test_a_chinese_portal_with_titles_in_several_languages():
    found = resources(read("chinese.ttl"))
    bus = found["公交线路信息"]
    assert bus.jurisdiction is not None and bus.jurisdiction.code == "440100"
    assert (bus.category, str(bus.issued), bus.open_to_public) == ("交通出行", "2023-04-10", Openness.CONDITIONAL)
    assert {(None, "title", "公交線路資訊"), (None, "title", "Bus lines")} <= said(bus)
    assert found["停车场"].responsibilities[0].agency == bus.responsibilities[0].agency, "by node or by literal"


def test_the_same_files_give_the_same_records():
    names = [path.name for path in sorted(FILES.iterdir())]
    assert read(*names) == read(*reversed(names))


def test_a_sheet_and_a_catalogue_mean_one_resource():
    sheet = "信息资源名称,信息资源代码,信息资源提供方\n公交线路信息,GZ-0001,广州市交通运输局\n"
    both = load([File("a.csv", sheet.encode()), File("b.ttl", (FILES / "chinese.ttl").read_bytes())], base=BASE)
    (one,) = [each for each in both.records if isinstance(each, Resource) and each.code == "GZ-0001"]
    assert one.source == next(each.id for each in both.records if getattr(each, "path", "") == "a.csv")
    assert "DUPLICATE_IDENTIFIER" in [code for code, _ in codes(both)]


def test_pages_lean_on_each_other():
    """The publisher is described on the first page only; a dataset on two pages is read once."""
    first = ':p a foaf:Agent ; foaf:name "Office" . :c a dcat:Catalog . :a a dcat:Dataset ; dct:title "A" ; dct:publisher :p .'
    second = ':c a dcat:Catalog . :b a dcat:Dataset ; dct:title "B" ; dct:publisher :p . :a a dcat:Dataset ; dct:title "A" ; dct:publisher :p .'
    found = turtle(first, second)
    assert {name: len(one.responsibilities) for name, one in resources(found).items()} == {"A": 1, "B": 1}
    assert [(one.code, one.place and one.place.source) for one in found.problems] == [("DATASET_AGAIN", "2.ttl")]


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        ('"a"@en, "乙"@zh', "乙"),
        ('"a"@en, "b"', "b"),
        ('"a"@fr, "b"@en', "b"),
        ('"繁體"@zh-Hant, "简体"@zh-Hans', "简体"),
        ('"繁體"@zh-TW, "b"@en', "繁體"),
        ('"  "@zh, "b"@en', "b"),
        ('"two\\n  lines"@en', "two lines"),
    ],
)
def test_a_name_is_chinese_where_there_is_one(titles, name):
    assert list(resources(turtle(f":d a dcat:Dataset ; dct:title {titles} ."))) == [name]


@pytest.mark.parametrize(
    ("value", "code", "amount"),
    [
        ("eu:DAILY", "DAILY", None), ("eu:CONT", "REAL_TIME", None), ("eu:ANNUAL_2", "SEMIANNUAL", None),
        ("eu:UNKNOWN", None, None), ("eu:BIMONTHLY", "OTHER", 2), ("<http://purl.org/cld/freq/quarterly>", "QUARTERLY", None),
        ('"P1Y"', "ANNUAL", None), ('"R/P10D"', "OTHER", 10), ('"R/PT1S"', "REAL_TIME", None), ('"Weekly"', "WEEKLY", None),
        ('"每季度"', "QUARTERLY", None), ('"now and then"', "OTHER", None), ('[ rdfs:label "annual" ]', "ANNUAL", None),
    ],
)  # fmt: skip
def test_frequencies(value, code, amount):
    (one,) = resources(turtle(f':d a dcat:Dataset ; dct:title "x" ; dct:accrualPeriodicity {value} .')).values()
    found = one.update_frequency
    assert (found and found.code.value, found and found.amount) == (code, amount)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ('"2020-02-03"', "2020-02-03"), ('"2020-02-03T04:05:06Z"^^xsd:dateTime', "2020-02-03"), ('"2020-02-03+08:00"^^xsd:date', "2020-02-03"),
        ('"2020/2/3"', "2020-02-03"), ('"20200203"', "2020-02-03"), ('"二〇二〇年二月三日"', "2020-02-03"),
        ('"2020"^^xsd:gYear', None), ('"2020-02"^^xsd:gYearMonth', None), ('"2020-02-30"^^xsd:date', None), ('"soon"', None), (":x", None),
        ("44000", None),
    ],
)  # fmt: skip
def test_dates_are_days_or_are_kept_as_they_stand(value, day):
    found = turtle(f':d a dcat:Dataset ; dct:title "x" ; dct:issued {value} .')
    (one,) = resources(found).values()
    assert (str(one.issued) if one.issued else None) == day
    assert [code for code, _ in codes(found)] == ([] if day else ["BAD_VALUE"])
    assert bool({each for each in said(one) if each[1] == "issued"}) is (day is None)


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        ("廣州市", ("440100", "广州市")),
        ("广州市", ("440100", "广州市")),
        ("灣區", (None, "湾区")),
        ("Guangzhou", (None, "Guangzhou")),
    ],
)
def test_places_have_one_script(printed, place):
    spatial = f'dct:spatial [ rdfs:label "{printed}" ]'
    (found,) = resources(turtle(f':d a dcat:Dataset ; dct:title "公交" ; {spatial} .')).values()
    assert found.jurisdiction is not None
    assert (found.jurisdiction.code, found.jurisdiction.name) == place


def identity(text: str) -> str:
    (one,) = resources(turtle(text)).values()
    return one.id


def test_identifiers_come_from_what_a_dataset_is():
    by_node = identity(':d a dcat:Dataset ; dct:title "x" ; dct:publisher [ foaf:name "P" ] .')
    assert by_node == identity('# moved\n:d a dcat:Dataset ; dct:title "renamed" ; dct:publisher "P" .')
    assert by_node != identity(':e a dcat:Dataset ; dct:title "x" ; dct:publisher "P" .')
    by_code = identity(':d a dcat:Dataset ; dct:title "x" ; dct:identifier "1" ; dct:publisher "P" .')
    assert by_code == identity('[ a dcat:Dataset ; dct:title "y" ; dct:identifier "1" ; dct:publisher "P" ] .')
    assert by_code != identity(':d a dcat:Dataset ; dct:title "x" ; dct:identifier "1" ; dct:publisher "Q" .')


def test_too_much_to_keep_is_said():
    found = turtle(':d a dcat:Dataset ; dct:title "x" ; dcat:keyword ' + ", ".join(f'"{n}"' for n in range(500)) + " .")
    (one,) = resources(found).values()
    assert (len(one.metadata), [code for code, _ in codes(found)]) == (401, ["TOO_MUCH_TO_KEEP"])


def test_nodes_that_lead_in_circles_end():
    found = turtle(
        ':d a dcat:Dataset ; dct:title "x" ; dct:hasPart :e, [ dct:relation :d ] ; dcat:distribution :d . '
        ':e a dcat:Dataset ; dct:title "y" ; dct:isPartOf :d ; dct:hasPart :d . :d dct:isPartOf :e .'
    )
    assert [code for code, _ in codes(found)] == ["PART_OF_ITSELF", "PART_OF_ITSELF"]


def test_a_list_that_bites_its_tail_ends():
    text = """:d a dcat:Dataset ; dct:title "x" ; dct:conformsTo [ <http://www.w3.org/ns/csvw#column> :l ] .
    :l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> [ <http://www.w3.org/ns/csvw#name> "a" ] ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> :l ."""
    assert [one.name for one in turtle(text).records if isinstance(one, Field)] == ["a"]


def test_a_gone_dataset_leaves_with_its_source():
    """Loading a page again replaces what came from it: the store does the rest, as with sheets."""
    both = turtle(':a a dcat:Dataset ; dct:title "A" . :b a dcat:Dataset ; dct:title "B" .')
    one = turtle(':a a dcat:Dataset ; dct:title "A" .')
    assert both.sources == one.sources
    kept: dict[str, Any] = {
        each.id: replace(each, source=None, place=None) for each in one.records if isinstance(each, Resource)
    }
    assert kept.keys() < {each.id for each in both.records if isinstance(each, Resource)}
