"""``/robots.txt`` and ``/sitemap.xml``: what crawlers may read, and where everything is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.errors import BadInput
from catalog.identifiers import slug
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.paging import CLEARED, Place
from graph.shape import Question, Shape
from schema.published import Published, at_one_revision
from schema.representation import METHODS, Bodies, Body, Representation, preflight, refusal

LISTED = 10_000
"""How many addresses a sitemap has: the format allows 50,000."""
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def site_routes(store: Store, publication: Published) -> list[BaseRoute]:
    """The routes for crawlers. The first sitemap is an index of as many as are needed."""
    bodies = Bodies()

    async def robots(request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        return await at_one_revision(request, publication, bodies, lambda p: _said(p, "text/plain", _robots, ()))

    async def sitemap(request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        after = request.query_params.get("after")
        if after:
            try:
                Place.asked("html", after, None)
            except BadInput:
                return refusal(400, "after names no resource: begin at /sitemap.xml.")

        async def text(published: Publication) -> str:
            return await (_index(store, published) if after is None else _page(store, published, after))

        return await at_one_revision(
            request, publication, bodies, lambda p: _said(p, "application/xml", text, (after,))
        )

    return [Route("/robots.txt", robots, methods=METHODS), Route("/sitemap.xml", sitemap, methods=METHODS)]


def _said(
    published: Publication, media: str, text: Callable[[Publication], Awaitable[str]], of: tuple[object, ...]
) -> Representation:
    async def make() -> Body:
        return Body((await text(published)).encode())

    return Representation(
        ("site", media, published, *of), media, published.updated, make, negotiated=False, certain=True
    )


async def _robots(published: Publication) -> str:
    return f"User-agent: *\nDisallow: /graphql\nDisallow: /metrics\nSitemap: {published.base}sitemap.xml\n"


async def _index(store: Store, published: Publication) -> str:
    starts, after = [""], ""
    while True:
        found = await store.read(_question(after))
        if not found.more:
            break
        after = slug(found.rows[-1]["id"])
        starts.append(after)
    maps = "".join(f"<sitemap><loc>{escape(published.base)}sitemap.xml?after={each}</loc></sitemap>" for each in starts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {_XMLNS}>{maps}</sitemapindex>\n'


async def _page(store: Store, published: Publication, after: str) -> str:
    found = await store.read(_question(after))
    addresses = [f"{published.base}catalog.html"] if not after else []
    addresses += [published.iri(row["id"]) for row in found.rows]
    urls = "".join(f"<url><loc>{escape(each)}</loc></url>" for each in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_XMLNS}>{urls}</urlset>\n'


def _question(after: str) -> Question:
    key = (f"resource/{after}",) if after else None
    return Question(Kind.RESOURCE, Shape(), CLEARED, first=LISTED, after=key)
