"""Profiles: DCAT-AP's table with rows added and left out."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from rdflib import DCAT, RDF, URIRef

from catalog.errors import BadInput
from catalog.table import ObjectKind
from catalog.vocabulary import ShareMode
from graph.port import Store
from graph.rdf.compiled import Compiled
from graph.rdf.context import Entry
from graph.rdf.export import harvest
from graph.rdf.nodes import subjects
from graph.rdf.paging import Place
from graph.rdf.profile import adapted
from graph.rdf.profiles import PROFILES, profile
from graph.rdf.syntax import WRITERS
from graph.rdf.table import TABLE, Node, Row
from graph.rdf.terms import NAMESPACES
from tests.graph import rdf_samples
from tests.graph.rdf_samples import PUBLICATION, parsed

GIR = NAMESPACES["gir"]
OPEN = replace(rdf_samples.OPEN, mode=(ShareMode.FILE_DOWNLOAD,), platform="共享平台")
RECORDS = tuple(OPEN if record.id == OPEN.id else record for record in rdf_samples.EASY)


async def exported(name: str, extension: str = "nt") -> str:
    store = cast("Store", rdf_samples.MemoryStore(RECORDS))
    return b"".join([p async for p in harvest(store, PUBLICATION, WRITERS[extension](), PROFILES[name])]).decode()


async def test_the_usual_profile_is_the_table():
    assert profile("dcat-ap").rows == TABLE
    assert await exported("dcat-ap") == rdf_samples.export("nt", RECORDS)


async def test_the_national_profile_says_what_the_guideline_asks_for_and_leaves_out_the_themes():
    graph = parsed(await exported("national"), "nt")
    dataset = URIRef(f"{PUBLICATION.base}id/resource/r-3open")
    said = {str(p).removeprefix(GIR): str(o) for p, o in graph.predicate_objects(dataset) if str(p).startswith(GIR)}
    assert said == {
        "shareType": f"{PUBLICATION.base}id/concept/share-type/unconditional",
        "shareMode": f"{PUBLICATION.base}id/concept/share-mode/FILE_DOWNLOAD",
        "openness": f"{PUBLICATION.base}id/concept/openness/OPEN",
        "openCondition": "免费",
        "platform": "共享平台",
        "updateFrequency": "每月",
    }
    assert not list(graph.subject_objects(DCAT.theme))
    usual = parsed(await exported("dcat-ap"), "nt")
    assert set(usual.subjects(RDF.type, DCAT.Dataset)) == set(graph.subjects(RDF.type, DCAT.Dataset))
    assert not [node for node in graph.objects() if "data-theme/" in str(node)]


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("extension", WRITERS)
def test_a_compiled_profile_says_what_its_table_says(name, extension):
    chosen, writer, other = PROFILES[name], WRITERS[extension](), WRITERS[extension]()
    made = Compiled(PUBLICATION, writer, chosen)
    rows = [
        {**row, "mode": ["EMAIL", "OTHER"], "platform": "某平台"}
        if number % 2
        else {**row, "mode": [], "platform": None}
        for number, row in enumerate(rdf_samples.harvested(rdf_samples.ALL))
    ]
    fast = b"".join(made.resource(Entry(PUBLICATION, row), writer)[0] for row in rows).decode()
    assert fast == "".join(
        other.subject(node) for row in rows for node in subjects(Entry(PUBLICATION, row), chosen.rows)
    )


@pytest.mark.parametrize(("name", "view"), [("none", "harvest"), ("national", "full")])
def test_what_is_no_profile_is_refused_with_what_to_do(name, view):
    with pytest.raises(BadInput) as refused:
        Place.asked("ttl", "", None, view, name)
    assert refused.value.suggestion


def test_a_page_of_a_profile_leads_to_pages_of_it():
    place = Place.asked("ttl", "", "7", profile="national")
    assert place.iri(PUBLICATION, "r-1") == f"{PUBLICATION.base}catalog.ttl?after=r-1&limit=7&profile=national"


def test_rows_that_are_not_there_cannot_be_left_out():
    with pytest.raises(ValueError, match="no row"):
        adapted("x", "urn:x", "x", leaves_out=[(Node.DATASET, "dct:nothing")])


def test_rows_are_added_at_the_end_of_their_node():
    row = Row(Node.RECORD, "dct:source", ObjectKind.LITERAL, lambda _: ("a",))
    rows = adapted("x", "urn:x", "x", adds=[row]).rows
    nodes = [each.node for each in rows]
    assert rows[nodes.index(Node.DATASET) - 1] is row
    assert len(rows) == len(TABLE) + 1


def test_what_a_profile_reads_is_plain_properties_of_resources():
    assert {"mode", "platform", "formats"} <= PROFILES["national"].read
    assert not {"responsibilities", "basis", "fields"} & PROFILES["national"].read
