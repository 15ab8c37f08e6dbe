"""``/id/{kind}/{slug}`` → 303 → ``/{kind}/{slug}``: the page for people or the data, negotiated; 410 for the gone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from catalog.errors import BadInput
from catalog.identifiers import SEGMENTS, kind_of, slug
from catalog.revision import Tombstone
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf import links
from graph.rdf.about import DESCRIBED, about, tombstone
from graph.rdf.context import Publication
from graph.rdf.syntax import WRITERS
from graph.shape import Nested, Shape
from schema import negotiation, schema_org
from schema.catalog_routes import OFFERS, PROFILE, choices
from schema.html import HEADERS, document
from schema.published import Otherwise, Published, at_one_revision
from schema.record_pages import name, page_shape, record_page
from schema.record_visible import WORKED_WITH, visible
from schema.representation import CORS, METHODS, Bodies, Body, Link, Representation, preflight, refusal

PAGES = {"html": "text/html"}
"""What the kinds without a description in RDF are offered as."""
_SLUG = re.compile(r"[0-9A-Za-z][0-9A-Za-z._~-]{0,199}")
_EXTENSION = re.compile(rf"(?P<slug>.+)\.(?P<extension>{'|'.join(OFFERS)})")
_RESOURCES = re.compile(r"[a-z0-9]+-[a-z0-9]+")
NAMED_BY_WORDS = frozenset({"concept", "area", "party"})
"""The nodes that no record stands for: their IRIs hold words, encoded."""
_OWNED = frozenset({"record", "schema", "identifier", "contact", "service", "rule"})
"""The nodes that a resource owns, under its slug."""


def record_routes(store: Store, publication: Published) -> list[BaseRoute]:
    """The routes of identifiers and of what they lead to."""
    door = _Door(store, publication)
    segments = sorted(set(SEGMENTS.values()))
    return [
        Route("/id/{path:path}", _see_other, methods=METHODS),
        *(Route(f"/{segment}/{{slug}}", door.answer, methods=METHODS, name=segment) for segment in segments),
    ]


def place(path: str) -> str | None:
    """Where the description of the node at ``/id/{path}`` is, None where there can be none."""
    kind, _, rest = path.partition("/")
    slug = rest.partition("/")[0]  # what lies below a node is told with it
    if kind in NAMED_BY_WORDS and rest and not (kind == "concept" and slug.startswith("rights-")):
        return f"/{path}"
    if not _SLUG.fullmatch(slug):
        return None
    if (kind, slug) in (("catalog", "main"), ("org", "catalogue")):
        return "/catalog"
    if kind == "distribution":
        return f"/resource/{slug.rpartition('-')[0]}"
    if kind in _OWNED:
        return f"/resource/{slug}"
    if kind == "concept" and slug.startswith("rights-"):
        return f"/resource/{slug.removeprefix('rights-')}"
    if kind == "policy" and "-" in slug:
        return f"/resource/{slug}" if _RESOURCES.fullmatch(slug) else f"/law/{slug}"
    return f"/{kind}/{slug}" if kind in SEGMENTS.values() else None


async def _see_other(request: Request) -> Response:
    """A thing is not its page (303)."""
    if request.method == "OPTIONS":
        return preflight()
    path = request.url.path.removeprefix("/id/")
    if path.partition("/")[0] in NAMED_BY_WORDS:  # as it was sent: a slash in a word stays one
        path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0].removeprefix("/id/")
    where = place(path)
    if where is None:
        return refusal(404, "Nothing here has this identifier. Identifiers look like /id/resource/r-0123456789abcdef.")
    return RedirectResponse(where, 303, {**CORS, "Vary": "Accept"})


class _Door:
    def __init__(self, store: Store, publication: Published) -> None:
        self.store, self.publication = store, publication
        self.bodies = Bodies()

    async def answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        identifier, forced = request.url.path.removeprefix("/"), None
        if found := _EXTENSION.fullmatch(identifier):
            identifier, forced = found["slug"], found["extension"]
        try:
            kind = kind_of(identifier)
        except BadInput:
            return refusal(404, "Nothing here has this identifier.")
        offers: Mapping[str, str] = OFFERS if kind in DESCRIBED else PAGES
        chosen = forced or negotiation.media(",".join(request.headers.getlist("accept")), offers)
        if chosen is None or chosen not in offers:
            return refusal(406, choices(f"/{identifier}") if offers is OFFERS else "This is a page: text/html.")
        asked = _Asked(self, identifier, kind, chosen, negotiated=forced is None)
        return await at_one_revision(request, self.publication, self.bodies, asked.said)


class _Asked:
    """One record in one syntax."""

    def __init__(self, door: _Door, identifier: str, kind: Kind, extension: str, *, negotiated: bool) -> None:
        self.door, self.identifier, self.kind = door, identifier, kind
        self.extension, self.negotiated = extension, negotiated

    def said(self, published: Publication) -> Representation:
        here = f"{published.base}{self.identifier}"
        others = OFFERS if self.kind in DESCRIBED else PAGES
        return Representation(
            of=("record", published, self.identifier, self.extension),
            media_type=OFFERS[self.extension],
            modified=published.updated,
            make=lambda: self.make(published),
            links=(
                Link(f"{here}.{self.extension}", "canonical"),
                *(Link(f"{here}.{e}", "alternate", media) for e, media in others.items() if e != self.extension),
                Link(published.id(self.identifier), "describes"),
                *((Link(PROFILE, "describedby"),) if self.kind in DESCRIBED else ()),
                Link(published.iri(links.LICENCE), "license"),
            ),
            negotiated=self.negotiated,
            headers=HEADERS if self.extension == "html" else {},
        )

    async def make(self, published: Publication) -> Body:
        if self.extension == "html":
            text = await self._page(published)
        else:
            text = await about(self.door.store, published, self.identifier, WRITERS[self.extension]())
        if text is None:
            raise Otherwise(await self._absent(published))
        return Body(text.encode("utf-8", "replace"))

    async def _page(self, published: Publication) -> str | None:
        shape = page_shape(self.kind)
        if self.kind is Kind.FIELD:
            kept = tuple(each for each in shape.nested if each[0] != "resource")
            holder = Shape(frozenset({"name", "cleared"}))
            shape = replace(shape, nested=(*kept, ("resource", Nested("resource", holder))))
        (row,) = await self.door.store.get([self.identifier], shape, self.kind)
        row = await visible(self.door.store, self.kind, row) if row is not None and _public(self.kind, row) else None
        if row is None:
            return None
        return record_page(self.kind, row, schema_org.said(published, self.kind, row, name(row)))

    async def _absent(self, published: Publication) -> Response:
        """410 with a tombstone for what was there once, 404 for what never was."""
        tombstone_ = await self._tombstone()
        status = 404 if tombstone_ is None else 410
        words = (
            "was published here once and is gone. 该记录已撤下。"
            if status == 410
            else "is not here. 没有这一标识的记录。"
        )
        headers = {**CORS, "Vary": "Accept", "Cache-Control": "no-cache"}
        if self.extension == "html":
            page = document(str(status), f"<p>{escape(self.identifier)} {words}</p>")
            return HTMLResponse(page, status, {**headers, **HEADERS})
        if tombstone_ is None:
            return refusal(404, f"{self.identifier} {words}")
        text = tombstone(published, self.identifier, tombstone_.at.isoformat(), WRITERS[self.extension]())
        return Response(text.encode(), 410, headers, OFFERS[self.extension])

    async def _tombstone(self) -> Tombstone | None:
        """What is left of a record that was seen by everybody once, None of any other."""
        (left,) = await self.door.store.tombstones([self.identifier], self.kind)
        if left is None or self.kind is Kind.RESOURCE:
            return left if left is not None and left.cleared else None
        if self.kind is not Kind.FIELD:
            return None if self.kind in WORKED_WITH else left
        holder = f"resource/{slug(self.identifier).rpartition('-')[0]}"
        (row,) = await self.door.store.get([holder], Shape(frozenset({"cleared"})), Kind.RESOURCE)
        (of_holder,) = await self.door.store.tombstones([holder], Kind.RESOURCE)
        seen = (row is not None and row["cleared"]) or (of_holder is not None and of_holder.cleared)
        return left if seen else None


def _public(kind: Kind, row: Mapping[str, object]) -> bool:
    if kind is Kind.FIELD:
        holder = row["resource"]
        return isinstance(holder, dict) and bool(holder["cleared"])
    return bool(row["cleared"]) if kind is Kind.RESOURCE else True
