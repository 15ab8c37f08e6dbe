"""The GraphiQL page and its assets: built files, served from our own origin, which load nothing from elsewhere."""

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

HERE = Path(__file__).parent / "graphiql"
DIST = HERE / "dist"
EXAMPLES = HERE / "examples"

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
"""What the page may load: scripts, styles, images and data of its own origin. No inline script, no eval, no frame."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_HASHED = re.compile(r"-[0-9a-f]{12}\.\w+$")
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_GZIP_FROM = 1024  # bytes


@dataclass(frozen=True, slots=True)
class Example:
    """An example query, which GraphiQL opens as a tab."""

    title: str
    about: str
    query: str


@dataclass(frozen=True, slots=True)
class _Asset:
    body: bytes
    packed: bytes | None
    media_type: str
    cache_control: str
    etag: str


@cache
def graphiql_examples() -> tuple[Example, ...]:
    """The example queries, in order. The first comment of each is its title; the rest of that paragraph tells more."""
    return tuple(_example(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.graphql")))


def graphiql_page(request: Request) -> Response:
    """The GraphiQL page, for a browser that opens the GraphQL endpoint."""
    page = _page()
    if page is None:
        missing = "GraphiQL is not built: run 'npm ci && npm run build' in schema/graphiql.\n"
        return PlainTextResponse(missing, 503, headers={"vary": "accept"})
    response = _respond(request, page)
    response.headers["content-security-policy"] = CONTENT_SECURITY_POLICY
    response.headers["referrer-policy"] = "strict-origin"  # the address holds the query: send it nowhere
    response.headers["vary"] = "accept, accept-encoding"
    return response


def graphiql_routes() -> list[BaseRoute]:
    """The route of the page's assets, below /graphiql/."""
    return [Route("/graphiql/{name}", _serve_asset, methods=["GET"], name="graphiql-asset")]


async def _serve_asset(request: Request) -> Response:
    asset = _assets().get(request.path_params["name"])
    if asset is None:
        return PlainTextResponse("Not found\n", 404)
    return _respond(request, asset)


def _respond(request: Request, asset: _Asset) -> Response:
    headers = {
        "cache-control": asset.cache_control,
        "etag": asset.etag,
        "vary": "accept-encoding",
        "x-content-type-options": "nosniff",
    }
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if asset.etag.removeprefix("W/") in known:
        return Response(status_code=304, headers=headers)
    body = asset.body
    if asset.packed is not None and _takes_gzip(request.headers.get("accept-encoding", "")):
        body = asset.packed
        headers["content-encoding"] = "gzip"
    return Response(body, media_type=asset.media_type, headers=headers)


def _takes_gzip(accept_encoding: str) -> bool:
    """Whether gzip is among the accepted encodings, and not with a weight of nought."""
    for part in accept_encoding.lower().split(","):
        coding, _, parameters = part.partition(";")
        if coding.strip() == "gzip":
            return re.fullmatch(r"q=0(\.0*)?", parameters.strip()) is None
    return False


@cache
def _assets() -> dict[str, _Asset]:
    """The assets by name. Read once; a name that is not in it is not a file that can be asked for."""
    if not DIST.is_dir():
        return {}
    files = sorted(path for path in DIST.iterdir() if path.suffix in _TYPES and path.name != "index.html")
    return {path.name: _asset(path.name, path.read_bytes()) for path in files}


@cache
def _page() -> _Asset | None:
    """The built page with the example queries in it, or None when nothing is built."""
    if not (DIST / "index.html").is_file():
        return None
    examples = [{"title": e.title, "about": e.about, "query": e.query} for e in graphiql_examples()]
    data = json.dumps(examples, ensure_ascii=False).replace("<", "\\u003c")
    html = (DIST / "index.html").read_text("utf-8").replace('id="examples">[]<', f'id="examples">{data}<')
    return _asset("index.html", html.encode())


def _asset(name: str, body: bytes) -> _Asset:
    return _Asset(
        body=body,
        packed=gzip.compress(body, 6, mtime=0) if len(body) >= _GZIP_FROM else None,
        media_type=_TYPES[Path(name).suffix],
        cache_control=_FOR_EVER if _HASHED.search(name) else _ASK_AGAIN,
        etag=f'W/"{sha256(body).hexdigest()[:20]}"',
    )


def _example(text: str) -> Example:
    """Reads the first paragraph of comments: a line of title, then what it is about."""
    paragraph = []
    for line in text.splitlines():
        words = line.lstrip("# ").rstrip()
        if not line.startswith("#") or not words:
            break
        paragraph.append(words)
    title, *about = paragraph
    return Example(title, " ".join(about), text)
