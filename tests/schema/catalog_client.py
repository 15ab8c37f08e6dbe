"""``/catalog`` over a small catalogue held in memory, and a harvester that follows its pages."""

from __future__ import annotations

from typing import cast

import httpx
from rdflib import RDF, Graph, Namespace
from starlette.applications import Starlette

from catalog.errors import MuluError
from graph.port import Store
from graph.rdf.context import Publication
from schema.catalog_routes import catalog_routes
from tests.graph.rdf_samples import EASY, PUBLICATION, MemoryStore

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
BASE = PUBLICATION.base
DATASETS = {f"{BASE}id/resource/{slug}" for slug in ("r-1conditional", "r-2bare", "r-3open")}


def client(
    store: MemoryStore | None = None, *, published: Publication | None = PUBLICATION, error: MuluError | None = None
) -> httpx.AsyncClient:
    async def publication() -> Publication | None:
        if error:
            raise error
        return published

    app = Starlette(routes=catalog_routes(cast("Store", store or MemoryStore(EASY)), publication))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


async def followed(http: httpx.AsyncClient, start: str) -> list[Graph]:
    """The pages as a harvester reads them: by the link in each."""
    found, address = [], start
    while address:
        answer = await http.get(address)
        assert answer.status_code == 200
        graph = Graph().parse(data=answer.text, format="turtle")
        (control,) = graph.subjects(RDF.type, HYDRA.PagedCollection)
        following = graph.value(control, HYDRA.next)
        assert graph.value(control, HYDRA.nextPage) == following
        assert answer.links.get("next", {}).get("url") == (str(following) if following else None)
        found.append(graph)
        address = "/" + str(following).removeprefix(BASE) if following else ""
    return found
