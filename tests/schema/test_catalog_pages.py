"""The pages of ``/catalog``: everything once, and nothing where no page begins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import DCAT, RDF, URIRef

from catalog.revision import Tombstone
from tests.graph.rdf_samples import EASY, OPEN, PUBLICATION, MemoryStore
from tests.schema.catalog_client import BASE, DATASETS, HYDRA, client, followed


@pytest.mark.parametrize(("limit", "sizes"), [(1, [1, 1, 1]), (2, [2, 1]), (3, [3]), (1000, [3])])
async def test_following_the_links_gives_everything_once(limit, sizes):
    async with client() as http:
        pages = await followed(http, f"/catalog?limit={limit}")
    found = [[str(one) for one in page.subjects(RDF.type, DCAT.Dataset)] for page in pages]
    assert [len(page) for page in found] == sizes
    assert sorted(one for page in found for one in page) == sorted(DATASETS)


async def test_the_page_before_is_linked():
    async with client() as http:
        first, last = await http.get("/catalog?limit=2"), await http.get("/catalog?limit=1&after=r-2bare")
    assert "prev" not in first.links
    assert last.links["prev"]["url"] == f"{BASE}catalog.ttl?after=r-1conditional&limit=1"


@pytest.mark.parametrize("after", ["r-3open", "r-4withdrawn", "r-5deleted"])
async def test_beyond_the_end_is_an_empty_last_page(after):
    """For whoever comes there by the links: after the last dataset, or after one that has gone since."""
    store = MemoryStore([*EASY, replace(OPEN, id="resource/r-4withdrawn", cleared=False)])
    store.left |= dict.fromkeys(
        ("resource/r-4withdrawn", "resource/r-5deleted"), Tombstone(revision=2, at=PUBLICATION.updated, cleared=True)
    )
    async with client(store) as http:
        (page,) = await followed(http, f"/catalog?after={after}")
        shown = await http.get(f"/catalog.html?after={after}")
    assert set(page.subjects(RDF.type, DCAT.Dataset)) == set()
    assert set(page.subjects(RDF.type, DCAT.Catalog)) == {URIRef(f"{BASE}id/catalog/main")}
    (total,) = page.objects(None, HYDRA.totalItems)
    assert str(total) == "3"
    assert shown.status_code == 200


@pytest.mark.parametrize("after", ["zzz", "a", "r-2bar", "r-6secret", "r-7neverseen"])
@pytest.mark.parametrize("path", ["/catalog.nt", "/catalog.html"])
async def test_no_page_begins_after_what_is_no_dataset_of_this_catalogue(path, after):
    """A harvest that began there would lack what stands before, and be taken for a whole one."""
    store = MemoryStore(EASY)
    store.left["resource/r-7neverseen"] = Tombstone(revision=2, at=PUBLICATION.updated, cleared=False)
    async with client(store) as http:
        get, head = await http.get(f"{path}?after={after}&limit=2"), await http.head(f"{path}?after={after}&limit=2")
    assert (get.status_code, head.status_code) == (404, 404)
    assert f"{BASE}{path[1:]}?after=&limit=2" in get.text
    assert get.headers["cache-control"] == "no-store"
