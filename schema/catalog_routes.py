"""``/catalog``: the harvest view, negotiated and streamed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from catalog.errors import MuluError
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.export import harvest
from graph.rdf.syntax import WRITERS, Writer

VARY = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}


def catalog_routes(store: Store, publication: Callable[[], Awaitable[Publication | None]]) -> list[BaseRoute]:
    """The routes ``/catalog`` and ``/catalog.{ttl,rdf,jsonld,nt}``; ``publication`` tells what is published now.

    Nothing is answered before the first batch has been read; a store that fails later cuts the connection, so that no
    part of a catalogue is taken for the whole.
    """

    async def answer(request: Request) -> Response:
        extension = request.path_params.get("extension")
        writer = WRITERS.get(extension) if extension else choose(",".join(request.headers.getlist("accept")))
        if writer is None:
            choices = ", ".join(f"{w.media_type} (/catalog.{name})" for name, w in WRITERS.items())
            status = 404 if extension else 406
            return PlainTextResponse(f"This catalogue is served as {choices}.\n", status, headers=VARY)
        try:
            published = await publication()
            if published is None:
                return PlainTextResponse("The catalogue is empty: nothing has been loaded yet.\n", 503, headers=VARY)
            pieces = harvest(store, published, writer())
            first = "" if request.method == "HEAD" else await anext(pieces)
        except MuluError as error:
            return PlainTextResponse(f"{error.message}\n", 503, headers={**VARY, "Retry-After": "5"})
        media = f"{writer.media_type}; charset=utf-8" if writer.media_type == "text/turtle" else writer.media_type
        body = _encoded(first, pieces) if first else _nothing()
        return StreamingResponse(body, media_type=media, headers=VARY)

    return [
        Route("/catalog", answer, methods=["GET", "HEAD"]),
        Route("/catalog.{extension}", answer, methods=["GET", "HEAD"]),
    ]


async def _encoded(first: str, others: AsyncGenerator[str, None]) -> AsyncIterator[bytes]:
    async with aclosing(others):
        yield first.encode()
        async for piece in others:
            yield piece.encode()


async def _nothing() -> AsyncIterator[bytes]:
    """The body of an answer to HEAD, whose headers are those of GET: a stream of unknown length."""
    nothing: tuple[bytes, ...] = ()
    for piece in nothing:
        yield piece


def choose(accept: str) -> type[Writer] | None:
    """The syntax for an Accept header (RFC 9110, 12.5.1): the best quality, ties in our own order; None for none.

    ``*/*`` and a header that says nothing understandable answer Turtle, which harvesters rely on.
    """
    ranges = [_range(part) for part in accept.split(",") if "/" in part.partition(";")[0]]
    if not ranges:
        return next(iter(WRITERS.values()))
    best: tuple[float, type[Writer]] | None = None
    for writer in WRITERS.values():
        quality = _quality(writer.media_type, ranges)
        if quality > 0 and (best is None or quality > best[0]):
            best = quality, writer
    return best[1] if best else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 1.0
    return name.lower(), quality


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    main = media.partition("/")[0]
    for wanted in (media, f"{main}/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
