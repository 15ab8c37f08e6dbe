"""``/concept/…``, ``/area/…``, ``/party/…``: what the IRIs of concepts, places and parties lead to, negotiated."""

from __future__ import annotations

from html import escape
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.nodes import place
from graph.rdf.syntax import WRITERS
from graph.rdf.terms import Iri, Literal, Subject, expand
from graph.rdf.vocabularies import concept, party
from graph.shape import Equals, Question, Shape
from schema import negotiation
from schema.catalog_routes import OFFERS
from schema.html import HEADERS, document
from schema.published import Otherwise, Published, at_one_revision
from schema.representation import METHODS, Bodies, Body, Representation, preflight, refusal

PLACED = (Kind.RESOURCE, Kind.AGENCY, Kind.REGULATION)
"""The kinds that belong to places."""
NAMED = ("skos:prefLabel", "dct:title")


def concept_routes(store: Store, publication: Published) -> list[BaseRoute]:
    """The routes. What is named is told from the path as it was sent, so that a slash in a name stays one."""
    door = _Door(store, publication)
    return [Route(f"/{kind}/{{rest:path}}", door.answer, methods=METHODS) for kind in ("concept", "area", "party")]


class _Door:
    def __init__(self, store: Store, publication: Published) -> None:
        self.store, self.publication = store, publication
        self.bodies = Bodies()

    async def answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
        names = tuple(unquote(part) for part in path.removeprefix("/").split("/"))
        chosen = negotiation.media(",".join(request.headers.getlist("accept")), OFFERS)
        if chosen is None:
            return refusal(406, f"This is served as {', '.join(OFFERS.values())}.")
        return await at_one_revision(
            request, self.publication, self.bodies, lambda published: self._said(published, names, chosen)
        )

    def _said(self, published: Publication, names: tuple[str, ...], chosen: str) -> Representation:
        async def make() -> Body:
            found = await self._nodes(published, names)
            if found is None:
                raise Otherwise(refusal(404, "Nothing here has this identifier. 没有这一标识。"))
            if chosen == "html":
                return Body(_page(found).encode("utf-8", "replace"))
            writer = WRITERS[chosen]()
            text = writer.start() + "".join(map(writer.subject, found)) + writer.end()
            return Body(text.encode("utf-8", "replace"))

        return Representation(
            of=("concept", published, names, chosen),
            media_type=OFFERS[chosen],
            modified=published.updated,
            make=make,
            headers=HEADERS if chosen == "html" else {},
        )

    async def _nodes(self, published: Publication, names: tuple[str, ...]) -> list[Subject] | None:
        match names:
            case ("concept", scheme):
                return concept(published, scheme)
            case ("concept", scheme, word) if word:
                return concept(published, scheme, word)
            case ("party", name):
                return party(published, name)
            case ("area", name) if name:
                return await self._place(published, name)
            case _:
                return None

    async def _place(self, published: Publication, name: str) -> list[Subject] | None:
        """A place that something in the catalogue belongs to."""
        for kind in PLACED:
            tests = (Equals("jurisdiction", (name,)), *((Equals("cleared", (True,)),) if kind is Kind.RESOURCE else ()))
            page = await self.store.read(Question(kind, Shape(frozenset({"jurisdiction"})), tests, first=1))
            if page.rows:
                return [place(published, page.rows[0]["jurisdiction"])]
        return None


def _page(nodes: list[Subject]) -> str:
    """A page for people: the first node's labels, and what else is in the list."""
    items = "".join(f"<li>{escape(' · '.join(_labels(node)))} <code>{escape(node.iri)}</code></li>" for node in nodes)
    kind = "概念" if _typed(nodes[0], "skos:Concept") else "词表"
    return document(_labels(nodes[0])[0], f'<p class="kind">{kind}</p><ul>{items}</ul>')


def _labels(node: Subject) -> list[str]:
    return [term.value for predicate, term in node.statements if predicate in NAMED and isinstance(term, Literal)]


def _typed(node: Subject, name: str) -> bool:
    return ("rdf:type", Iri(expand(name))) in node.statements
