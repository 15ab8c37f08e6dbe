"""udata and piveau, as far as their own code reads us, over the sample catalogue: every page, every dataset, whole.

Source: udata's ``harvest/backends/dcat.py``, ``core/dataset/rdf.py`` and ``rdf.py``; piveau-utils' ``Hydra.kt`` and
``RdfExtensions.kt``. CKAN harvests us itself in ``tests/ckan``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.util import SUFFIX_FORMAT_MAP, guess_format

from catalog.namespaces import EU, NAMESPACES
from tests.graph.rdf_samples import ALL, MemoryStore
from tests.schema.catalog_client import BASE, HYDRA, client

VCARD = Namespace(NAMESPACES["vcard"])
EXTENSIONS = {**SUFFIX_FORMAT_MAP, "json": "json-ld", "jsonld": "json-ld", "xml": "xml"}
MIME = {
    "application/rdf+xml": "xml", "text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld",
}  # fmt: skip
DATASETS = ["r-1conditional", "r-2bare", "r-3open", "r-4awkward", "r-5dots"]
STARTS = ["catalog", "catalog?limit=2", *(f"catalog.{each}{query}" for each in ("ttl", "rdf", "nt", "jsonld") for query in ("", "?limit=2"))]  # fmt: skip


async def udata(http: httpx.AsyncClient, start: str) -> AsyncIterator[Graph]:
    """The pages: the format by the address, else by the type that HEAD tells; the next by the first of Hydra's views."""
    url: str | None = f"{BASE}{start}"
    format_ = guess_format(f"{BASE}{start}", EXTENSIONS)
    if format_ is None:
        head = await http.head(f"/{start}", headers={"accept": "*/*"})
        head.raise_for_status()
        format_ = MIME[head.headers["content-type"].split(";", 1)[0]]
    while url:
        answer = await http.get("/" + url.removeprefix(BASE), headers={"accept": "*/*"})
        answer.raise_for_status()
        page = Graph().parse(data=answer.text, format=format_)
        view = page.value(predicate=RDF.type, object=HYDRA.PartialCollectionView)
        following = page.value(view, HYDRA.next)
        url = str(following) if following is not None else None
        yield page


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("start", STARTS)
async def test_udata_finds_every_dataset_once_with_what_it_needs(start):
    async with client(MemoryStore(ALL)) as http:
        pages = [page async for page in udata(http, start)]
    assert len(pages) == (3 if "limit" in start else 1)
    found = [(page, node) for page in pages for node in page.subjects(RDF.type, DCAT.Dataset)]
    assert sorted(str(page.value(node, DCTERMS.identifier)) for page, node in found) == DATASETS
    for page, node in found:
        title = page.value(node, DCTERMS.title)  # the first is taken, and none is a dataset skipped
        assert isinstance(title, Literal)
        assert title.language == "zh-Hans"
        assert str(page.value(node, DCTERMS.accrualPeriodicity)).startswith(f"{EU}frequency/")
        assert urlsplit(str(page.value(node, DCAT.landingPage))).scheme == "https"
        assert page.value(page.value(node, DCTERMS.publisher), FOAF.name)
        contact = page.value(node, DCAT.contactPoint)
        assert page.value(contact, VCARD.fn)
        assert str(page.value(contact, VCARD.hasEmail) or "mailto:").startswith("mailto:")
        assert page.value(page.value(node, DCTERMS.spatial), SKOS.prefLabel)
        parts = list(page.objects(node, DCAT.distribution))
        assert parts
        for part in parts:
            _distribution(page, part)


def _distribution(page: Graph, part: object) -> None:
    assert isinstance(part, URIRef)
    address = page.value(part, DCAT.downloadURL) or page.value(part, DCAT.accessURL)
    assert isinstance(address, URIRef)
    assert urlsplit(str(address)).netloc
    for predicate in (DCTERMS.license, DCTERMS.rights, DCTERMS.issued, DCTERMS.modified):
        assert page.value(part, predicate), predicate
    # a label stands in the place of an IRI: of a media type that is what is wanted, of a licence it is not
    assert "/" in str(page.value(page.value(part, DCAT.mediaType), RDFS.label))
    for predicate in (DCTERMS.license, DCTERMS["format"]):
        assert page.value(page.value(part, predicate), RDFS.label) is None


def normalized(text: str) -> str:
    """What piveau makes of an identifier to call a dataset by."""
    plain = re.sub(r"[^A-Za-z0-9_]", "-", unicodedata.normalize("NFKD", text).replace("%", ""))
    return re.sub("-+", "-", plain).lower()


def extracted(page: Graph, node: URIRef) -> set[URIRef]:
    """What piveau takes for one dataset: all that its statements lead to, up to what a record is of."""
    found, waiting = {node}, [node]
    while waiting:
        for predicate, term in page.predicate_objects(waiting.pop()):
            if isinstance(term, URIRef) and term not in found and predicate != FOAF.primaryTopic:
                found.add(term)
                waiting.append(term)
    return found


def pages_beyond(page: Graph, source: str) -> Iterator[str]:
    """The next page as piveau asks for it: by the link, and by the link's query at the source's own path."""
    control = page.value(predicate=RDF.type, object=HYDRA.PagedCollection)
    total = page.value(control, HYDRA.totalItems)
    assert isinstance(total, Literal)
    assert isinstance(total.value, int)
    if following := page.value(control, HYDRA.nextPage):
        assert isinstance(following, URIRef)
        yield "/" + str(following).removeprefix(BASE)
        yield f"{source}?{urlsplit(str(following)).query}"


@pytest.mark.parametrize("corrected", [False, True])
async def test_piveau_finds_every_dataset_once_and_keeps_them_apart(corrected):
    names: list[str] = []
    async with client(MemoryStore(ALL)) as http:
        path = "/catalog?limit=2"
        while path:
            answer = await http.get(path)
            assert answer.headers["content-type"].split(";")[0] == "text/turtle"
            page = Graph().parse(data=answer.text, format="turtle")
            for node in page.subjects(RDF.type, DCAT.Dataset):
                assert isinstance(node, URIRef)
                names += {normalized(str(page.value(node, DCTERMS.identifier))), normalized(str(node))}
                drawn = extracted(page, node)
                assert not {DCAT.Catalog, DCAT.CatalogRecord} & {
                    t for one in drawn for t in page.objects(one, RDF.type)
                }
            path = next(iter([*pages_beyond(page, "/catalog")][corrected:]), "")
    assert len(names) == len(set(names)) == 2 * len(DATASETS)
