"""``/catalog``: the harvest view in pages, negotiated; a page for people beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.errors import BadInput
from graph.port import Store
from graph.rdf import links
from graph.rdf.context import Publication
from graph.rdf.paging import Place, page, stood
from graph.rdf.profile import DCAT_AP
from graph.rdf.profiles import PROFILES
from graph.rdf.syntax import WRITERS
from schema import negotiation
from schema.catalog_page import catalogue_page
from schema.html import HEADERS
from schema.published import Otherwise, Published, at_one_revision
from schema.representation import METHODS, Bodies, Body, Link, Representation, preflight, refusal

OFFERS: Mapping[str, str] = {**{name: writer.media_type for name, writer in WRITERS.items()}, "html": "text/html"}
"""Media types by file extension; Turtle, the first, is what ``*/*`` gets."""
PROFILE = DCAT_AP.iri


def catalog_routes(store: Store, publication: Published) -> list[BaseRoute]:
    """The routes ``/catalog`` and ``/catalog.{ttl,rdf,jsonld,nt,html}``; ``publication`` tells what is published now.

    A page is made whole, from one revision, before anything is answered: a store that fails is a 503, never a part of a
    page.
    """
    door = _Door(store, publication)
    return [
        Route("/catalog", door.answer, methods=METHODS),
        Route("/catalog.{extension}", door.answer, methods=METHODS),
    ]


def choices(path: str) -> str:
    """What can be had, for people whose request asks for something else."""
    named = ", ".join(f"{media} ({path}.{extension})" for extension, media in OFFERS.items())
    return f"This is served as {named}."


class _Door:
    def __init__(self, store: Store, publication: Published) -> None:
        self.store, self.publication = store, publication
        self.bodies = Bodies()
        self.total: tuple[int, int] | None = None

    async def answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        extension = request.path_params.get("extension")
        if extension is not None and extension not in OFFERS:
            return refusal(404, choices("/catalog"))
        chosen = extension or negotiation.media(",".join(request.headers.getlist("accept")), OFFERS)
        if chosen is None:
            return refusal(406, choices("/catalog"))
        try:
            place = _place(request, chosen)
        except BadInput as error:
            return refusal(400, f"{error.message}: {error.suggestion}.")
        negotiated = extension is None
        return await at_one_revision(
            request,
            self.publication,
            self.bodies,
            lambda published: self._said(published, place, negotiated=negotiated),
        )

    def _said(self, published: Publication, place: Place, *, negotiated: bool) -> Representation:
        if refused := _gone(published, place):
            raise Otherwise(refused)
        html = place.extension == "html"
        return Representation(
            of=("catalog", published, place),
            media_type=OFFERS[place.extension],
            modified=published.updated,
            make=lambda: self._make(published, place),
            links=tuple(_links(published, place)),
            negotiated=negotiated,
            headers=HEADERS if html else {},
            certain=not place.after,
        )

    async def _make(self, published: Publication, place: Place) -> Body:
        if not await stood(self.store, place):
            anew = replace(place, after="").iri(published)
            raise Otherwise(
                refusal(404, f"No dataset of this catalogue is or was called {place.after}. Begin at {anew}")
            )
        total = self.total[1] if self.total and self.total[0] == published.revision else None
        if place.extension == "html":
            text, total, following = await catalogue_page(self.store, published, place, total)
            content, preceding = text.encode("utf-8", "replace"), None
        else:
            found = await page(self.store, published, place, total)
            content, total, following, preceding = found.content, found.total, found.following, found.preceding
        self.total = published.revision, total
        beside = (("next", following), ("prev", preceding))
        return Body(content, tuple(Link(target, name) for name, target in beside if target))


def _place(request: Request, extension: str) -> Place:
    given = request.query_params
    for name in ("after", "limit", "view", "profile", "revision"):
        if len(given.getlist(name)) > 1:
            raise BadInput(f"{name} is given twice", suggestion="give it once")
    view, profile = given.get("view", "harvest"), given.get("profile", DCAT_AP.name)
    return Place.asked(extension, given.get("after", ""), given.get("limit"), view, profile, given.get("revision"))


def _gone(published: Publication, place: Place) -> Response | None:
    """The refusal of another revision than the newest.

    An earlier one may hold what was withdrawn since, which nobody gets who has not said who they are.
    """
    if place.revision is None or place.revision == published.revision:
        return None
    anew, newest = replace(place, after="", revision=None).iri(published), f"the newest is {published.revision}"
    if place.revision > published.revision:
        return refusal(404, f"There is no revision {place.revision} yet: {newest}. See {anew}")
    feed = f"{published.base}feed"
    words = f"{newest}. Begin anew at {anew} or read what changed since at {feed}"
    return refusal(410, f"Revision {place.revision} is gone: {words}")


def _links(published: Publication, place: Place) -> list[Link]:
    """The Link header's entries that are known before the page is read."""
    found = [Link(place.iri(published), "canonical")]
    for extension, media in OFFERS.items():
        if extension != place.extension:
            found.append(Link(replace(place, extension=extension).iri(published), "alternate", media))
    found.append(Link(PROFILE, "describedby"))
    found.append(Link(PROFILES[place.profile].iri, "profile"))
    found.append(Link(place.iri(published, ""), "first"))
    found.append(Link(published.iri(links.LICENCE), "license"))
    return found
