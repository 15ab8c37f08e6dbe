"""``/feed``: the change feed, as TriG or N-Quads."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.errors import BadInput, MuluError
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.feed import SYNTAXES, closed_at, feed_page, key
from graph.rdf.stream import FeedPlace
from schema import negotiation
from schema.published import Otherwise, Published, at_one_revision
from schema.representation import METHODS, Bodies, Body, Link, Representation, preflight, refusal

OFFERS = {extension: media for extension, (media, _) in SYNTAXES.items()}
CHOICES = f"The feed is served as {', '.join(f'{media} (/feed.{name})' for name, media in OFFERS.items())}."


def feed_routes(store: Store, publication: Published) -> list[BaseRoute]:
    """The routes ``/feed`` and ``/feed.{trig,nq}``."""
    bodies = Bodies()

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        forced = request.path_params.get("extension")
        if forced is not None and forced not in OFFERS:
            return refusal(404, CHOICES)
        extension = forced or negotiation.media(",".join(request.headers.getlist("accept")), OFFERS)
        if extension is None:
            return refusal(406, CHOICES)
        after = request.query_params.get("after", "")
        if len(request.query_params.getlist("after")) > 1:
            return refusal(400, "after is given twice: give it once.")
        try:
            place = key(after)
        except BadInput as error:
            return refusal(400, f"{error.message}: {error.suggestion}.")

        try:
            closed = await closed_at(store, after)
        except MuluError as error:
            return refusal(503, error.message, retry=True)

        def said(published: Publication) -> Representation:
            if place is not None and int(place[0]) > published.revision:
                words = f"after={after} is a page of another catalogue: the newest revision is {published.revision}"
                raise Otherwise(refusal(404, f"{words}. Begin at {FeedPlace(published, extension).iri}"))
            if closed is not None:  # its bytes and its tag are those of its own last revision, for good
                published = replace(published, revision=closed.revision, updated=closed.at)

            async def make() -> Body:
                page = await feed_page(store, published, extension, after)
                following = (Link(page.following, "next"),) if page.following else ()
                return Body(page.text.encode("utf-8", "replace"), following)

            return Representation(
                of=("feed", published, extension, after, closed is not None),
                media_type=OFFERS[extension],
                modified=published.updated,
                make=make,
                links=(
                    Link(FeedPlace(published, extension, after).iri, "canonical"),
                    *(
                        Link(FeedPlace(published, e, after).iri, "alternate", m)
                        for e, m in OFFERS.items()
                        if e != extension
                    ),
                    Link(FeedPlace(published, extension).iri, "first"),
                ),
                negotiated=forced is None,
                certain=True,
            )

        return await at_one_revision(request, publication, bodies, said)

    return [Route("/feed", answer, methods=METHODS), Route("/feed.{extension}", answer, methods=METHODS)]
