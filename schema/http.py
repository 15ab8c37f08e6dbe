"""GraphQL over HTTP: what a request asks, and how it wants to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import BadInput, MuluError
from schema.bulk import LETTERS
from schema.errors import refusal
from schema.persisted import hash_of

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks to run; ``query`` may be empty where the ``hash`` of a persisted one is given."""

    query: str
    variables: Mapping[str, Any] | None
    name: str | None
    hash: str | None = None


class Refused(Exception):
    """A request that is not run: an error in Mulu's words and the status that says so."""

    def __init__(self, status: int, error: MuluError, **headers: str) -> None:
        super().__init__(error.message)
        self.status, self.error, self.headers = status, error, headers


def accepted(request: Request) -> str:
    """The media type to answer with. Raises Refused (406) where the client takes neither."""
    header = request.headers.get("accept", "").strip()
    return header if header in (GRAPHQL, JSON) else _negotiated(header)


def _negotiated(header: str) -> str:
    if not header:
        return JSON
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        weights[name] = _weight(parameters)
    others = weights.get("application/*", weights.get("*/*", 0.0))
    named = (GRAPHQL, JSON) if GRAPHQL in weights else (JSON, GRAPHQL)  # of equal weight, the first
    found = max(named, key=lambda media: weights.get(media, others))
    if weights.get(found, others) <= 0:
        raise Refused(406, BadInput(f"no answer as {header[:200]}", suggestion=f"accept {GRAPHQL} or {JSON}"))
    return found


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if weight > 0 else 0.0
    return 1.0


def wants_page(request: Request) -> bool:
    """Whether a browser opens the endpoint: it would rather have HTML than either kind of JSON."""
    accept = request.headers.get("accept", "").lower()
    return (
        "text/html" in accept and GRAPHQL not in accept and JSON not in accept and "query" not in request.query_params
    )


async def content(request: Request, limit: int) -> bytes:
    """What the operation is read from: the query string of a GET, the body of a POST. Raises Refused."""
    if request.method in ("GET", "HEAD"):
        found: bytes = request.scope["query_string"]
        return found
    header = request.headers.get("content-type", "")
    if header != JSON:
        _check(header)
    return await _body(request, limit)


def _check(header: str) -> None:
    """Raises Refused where a body is not announced to be JSON in UTF-8."""
    content_type, *parameters = (word.strip().lower() for word in header.split(";"))
    charsets = [value.strip('" ') for name, _, value in (one.partition("=") for one in parameters) if name == "charset"]
    if content_type == JSON and any(charset not in ("utf-8", "utf8") for charset in charsets):
        raise Refused(415, BadInput(f"a body in {charsets[0][:50]} is not read", suggestion=f"send {JSON} in UTF-8"))
    if content_type != JSON:
        raise Refused(
            415,
            BadInput(f"a body of type {content_type or 'nothing'} is not read", suggestion=f"send {JSON} in UTF-8"),
        )


def operation(request: Request, content: bytes) -> Operation:
    """What the content of the request asks to run. Raises Refused."""
    if request.method in ("GET", "HEAD"):
        return _of(_query_string(request))
    try:
        return _of(orjson.loads(content))
    except orjson.JSONDecodeError as error:
        raise Refused(
            400, BadInput(f"the body is not JSON: {error}", suggestion="send one JSON object in UTF-8")
        ) from None


async def _body(request: Request, limit: int) -> bytes:
    """The body, read no further than the limit, and not at all where it is announced to be over it."""
    too_long = Refused(
        413, BadInput(f"the body is over the limit of {limit} bytes", suggestion="send a shorter operation")
    )
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > 18 or int(announced) > limit):
        raise too_long
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise too_long
    return bytes(body)


def _query_string(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if text := found.get(name):
            try:
                found[name] = orjson.loads(text)
            except orjson.JSONDecodeError:
                error = BadInput(f"{name} is not JSON", suggestion=f"give {name} as one JSON object, URL-encoded")
                raise Refused(400, error) from None
        else:
            found.pop(name, None)
    return found


def _of(found: Any) -> Operation:
    if isinstance(found, list):
        raise Refused(400, BadInput("batches are not run", suggestion="send one operation a request"))
    if not isinstance(found, dict):
        raise Refused(400, BadInput("the body is no JSON object", suggestion='send {"query": "…"}'))
    query, variables, name = found.get("query"), found.get("variables"), found.get("operationName")
    extensions = found.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise Refused(400, BadInput("extensions is no object", suggestion="leave extensions out"))
    try:
        digest = hash_of(extensions)
    except BadInput as error:
        raise Refused(400, error) from None
    if query is None and digest is not None:
        query = ""
    elif not isinstance(query, str) or not query.strip():
        raise Refused(400, BadInput("there is no operation to run", suggestion="give a document as query"))
    if len(query) > LETTERS:
        long = BadInput(
            f"the document has {len(query)} characters, over the limit of {LETTERS}",
            suggestion="send long values as variables",
        )
        raise Refused(413, long)
    if variables is not None and not isinstance(variables, dict):
        raise Refused(400, BadInput("variables is no object", suggestion="give variables as a JSON object"))
    if name is not None and not isinstance(name, str):
        raise Refused(400, BadInput("operationName is no text", suggestion="give one of the document's names"))
    return Operation(query, variables, name or None, digest)


def answer(response: dict[str, Any] | bytes, media: str) -> Response:
    """The response with its status: a request error is 400 as graphql-response+json, and 200 as plain JSON."""
    status = 400 if media == GRAPHQL and isinstance(response, dict) and "data" not in response else 200
    return json(response, media, status)


def json(content: Any, media: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """JSON bytes of a media type, never to be kept by caches that do not ask again."""
    plain = {"cache-control": "no-cache", "vary": "accept", **(headers or {})}
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    return Response(body, status, plain, media_type=f"{media}; charset=utf-8")


def refused(error: Refused, media: str = JSON) -> Response:
    """The response to a request that is not run."""
    return json(refusal(error.error), media, error.status, error.headers)
