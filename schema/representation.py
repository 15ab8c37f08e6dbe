"""One representation over HTTP: validators, content coding, conditional requests, the headers that readers need.

A representation is a function of the catalogue as published and of the request: its tag is strong and stands for both,
so a client that holds it is answered 304 before anything is read.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b

import zstandard
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from schema import negotiation

METHODS = ["GET", "HEAD", "OPTIONS"]
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Link, ETag, Last-Modified, Content-Length, Retry-After",
}
REVALIDATE = "public, no-cache"
"""A cache may keep it and asks each time: a 304 costs no more than the revision's number."""
SMALL = 1024
"""Bodies below so many bytes go out as they are."""
_TAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the Link header (RFC 8288)."""

    target: str
    relation: str
    media_type: str | None = None

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.target}>; rel="{self.relation}"{kind}'


@dataclass(frozen=True, slots=True)
class Body:
    """What was made for a request: the bytes, and the links that only making it could tell."""

    content: bytes
    links: tuple[Link, ...] = ()
    status: int = 200


@dataclass(slots=True)
class Bodies:
    """The bodies last made, by tag: HEAD and then GET make one. Bounded in bytes; only whole bodies are kept."""

    room: int = 32_000_000
    _held: OrderedDict[str, Body] = field(default_factory=OrderedDict)
    _size: int = 0

    def get(self, tag: str) -> Body | None:
        """The body, if it is still held."""
        found = self._held.get(tag)
        if found is not None:
            self._held.move_to_end(tag)
        return found

    def put(self, tag: str, body: Body) -> None:
        """Keeps a body, and lets go of those longest unused."""
        if tag in self._held or len(body.content) > self.room // 4:
            return
        self._held[tag] = body
        self._size += len(body.content)
        while self._size > self.room:
            _, gone = self._held.popitem(last=False)
            self._size -= len(gone.content)


@dataclass(frozen=True, slots=True)
class Representation:
    """What is answered: ``of`` is everything that its bytes depend on; ``make`` makes them, if they are needed.

    ``certain`` says that it exists. Where only making it tells, it is made before a client is told that any copy it has
    will do (``If-None-Match: *``, a date): of what is not there, or gone, there is none (RFC 9110, 13.2.1).
    """

    of: tuple[object, ...]
    media_type: str
    modified: dt.datetime
    make: Callable[[], Awaitable[Body]]
    links: tuple[Link, ...] = ()
    negotiated: bool = True
    cache: str = REVALIDATE
    headers: Mapping[str, str] = field(default_factory=dict)
    certain: bool = False

    @property
    def tag(self) -> str:
        """A name for the bytes, before they are coded."""
        return blake2b("\x1f".join(map(repr, self.of)).encode("utf-8", "replace"), digest_size=12).hexdigest()


async def answer(request: Request, said: Representation, bodies: Bodies) -> Response:
    """The response: 304 where the client holds these bytes, and to HEAD the headers of GET."""
    coded = negotiation.coding(",".join(request.headers.getlist("accept-encoding")))
    headers = {**CORS, "Vary": "Accept, Accept-Encoding" if said.negotiated else "Accept-Encoding", **said.headers}
    headers |= {"Cache-Control": said.cache, "Last-Modified": format_datetime(said.modified.astimezone(dt.UTC), True)}
    known = _named(request, said)
    copied = known is None and _unnamed(request, said)
    if copied and said.certain:
        known = _entity(said.tag, coded)
    if known:
        return Response(status_code=304, headers={**headers, "ETag": known})
    body = bodies.get(said.tag)
    if body is None:
        body = await said.make()
        bodies.put(said.tag, body)
    if copied:
        return Response(status_code=304, headers={**headers, "ETag": _entity(said.tag, coded)})
    content = body.content
    if coded and len(content) >= SMALL:
        content = await _compressed(said.tag, body, coded, bodies)
        headers["Content-Encoding"] = coded
    else:
        coded = None
    headers["ETag"] = _entity(said.tag, coded)
    if links := (*said.links, *body.links):
        headers["Link"] = ", ".join(map(str, links))
    headers["Content-Length"] = str(len(content))
    headers["Content-Type"] = f"{said.media_type}; charset=utf-8" if said.media_type[:5] == "text/" else said.media_type
    return Response(b"" if request.method == "HEAD" else content, body.status, headers)


def refusal(status: int, text: str, *, retry: bool = False) -> Response:
    """A refusal in words: what is wrong, and what to do."""
    again = {"Retry-After": "5"} if retry else {}
    headers = {**CORS, **again, "Vary": "Accept", "Cache-Control": "no-store"}
    return PlainTextResponse(f"{text}\n", status, headers)


def preflight() -> Response:
    """The answer to a browser that asks whether it may ask (CORS)."""
    allowed = {
        "Access-Control-Allow-Methods": ", ".join(METHODS),
        "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers={**CORS, **allowed, "Allow": ", ".join(METHODS)})


def _entity(tag: str, coded: str | None) -> str:
    return f'"{tag}-{coded}"' if coded else f'"{tag}"'


def _named(request: Request, said: Representation) -> str | None:
    """The entity tag, of those the client names, under which it holds these bytes, in whatever coding."""
    ours = {_entity(said.tag, each) for each in (None, *negotiation.CODINGS)}
    named = _TAG.findall(",".join(request.headers.getlist("if-none-match")))
    return next((tag for tag in named if tag in ours), None)


def _unnamed(request: Request, said: Representation) -> bool:
    """Whether the client holds a copy that it does not name, and will do with that: any, or one of a day since then."""
    given = request.headers.getlist("if-none-match")
    if given:
        return ",".join(given).strip() == "*"
    try:
        since = parsedate_to_datetime(request.headers["if-modified-since"])
        return said.modified.replace(microsecond=0) <= since
    except (KeyError, ValueError, TypeError):
        return False


async def _compressed(tag: str, body: Body, coded: str, bodies: Bodies) -> bytes:
    name = f"{tag}-{coded}"
    if (held := bodies.get(name)) is None:
        pack = _gzip if coded == "gzip" else _zstd
        held = Body(await asyncio.to_thread(pack, body.content))
        bodies.put(name, held)
    return held.content


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


def _zstd(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(content)
