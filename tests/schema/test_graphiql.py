"""The GraphiQL page as it is served: whole, ours alone, and cached rightly."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from html.parser import HTMLParser

import graphql
import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from schema import pages
from tests.support.house import MACHINE

DIST = sorted(path for path in pages.DIST.iterdir() if path.is_file())
CODE = [path for path in DIST if path.suffix in {".html", ".js", ".css", ".svg"}]
CDNS = "unpkg.com jsdelivr.net esm.sh cdnjs.cloudflare.com fonts.googleapis.com fonts.gstatic.com npmjs yarnpkg skypack"


class References(HTMLParser):
    """What a page makes a browser fetch, and the scripts and styles written into it."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.fetched += [value for name, value in attrs if name in {"src", "href", "srcset"} and value]
        if tag == "style" or "style" in values or any(name.startswith("on") for name in values):
            self.inline.append(tag)
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.inline.append(tag)


class Client:
    """Asks a small application that has the page and its assets."""

    def __init__(self) -> None:
        self.app = Starlette(routes=[Route("/graphql", pages.graphiql_page), *pages.graphiql_routes()])

    def get(self, address: str, headers: dict[str, str] | None = None, method: str = "GET") -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://mulu.test") as client:
                return await client.request(method, address, headers=headers)

        return asyncio.run(send())

    def head(self, address: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.get(address, headers, "HEAD")


@pytest.fixture
def client() -> Client:
    return Client()


def references(html: str) -> References:
    parser = References()
    parser.feed(html)
    return parser


def test_page_has_its_own_assets_only(client):
    response = client.get("/graphql")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Mulu 目录</title>" in response.text
    found = references(response.text)
    assert found.inline == []
    assert len(found.fetched) >= 3
    for reference in found.fetched:
        assert re.fullmatch(r"graphiql/[\w-]+\.\w+", reference), "relative, so that it works behind a prefix too"
        assert client.get(f"/{reference}").status_code == 200


def test_page_may_load_from_its_own_origin_only(client):
    headers = client.get("/graphql").headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) == {"'self'", "'none'"}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin"
    assert "accept" in headers["vary"].split(", ")


def test_page_carries_the_examples(client):
    found = re.search(r'<script type="application/json" id="examples">(.*?)</script>', client.get("/graphql").text)
    assert found
    assert [example["query"] for example in json.loads(found[1])] == [e.query for e in pages.graphiql_examples()]


def test_examples_cannot_end_the_script_they_are_in(client, monkeypatch, tmp_path):
    (tmp_path / "1.graphql").write_text("# </script><script>alert(1)</script>\n{ a }\n", encoding="utf-8")
    caches = (pages.graphiql_examples, pages._page)
    monkeypatch.setattr(pages, "EXAMPLES", tmp_path)
    for cached in caches:
        cached.cache_clear()
    try:
        assert "<script>alert" not in client.get("/graphql").text
    finally:
        for cached in caches:
            cached.cache_clear()


def test_an_unbuilt_page_says_how_to_build_it(client, monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "DIST", tmp_path)
    pages._page.cache_clear()
    try:
        response = client.get("/graphql")
    finally:
        pages._page.cache_clear()
    assert response.status_code == 503
    assert "npm ci && npm run build" in response.text


@pytest.mark.parametrize("path", [p for p in DIST if p.name != "index.html"], ids=lambda path: path.suffix)
def test_asset(client, path):
    response = client.get(f"/graphiql/{path.name}", headers={"accept-encoding": "identity"})
    assert response.content == path.read_bytes()
    assert "content-encoding" not in response.headers
    expected = {
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
    }
    assert response.headers["content-type"] == expected[path.suffix]
    assert ("immutable" in response.headers["cache-control"]) == (path.suffix != ".txt")
    head = client.head(f"/graphiql/{path.name}", headers={"accept-encoding": "identity"})
    assert head.headers["content-length"] == str(path.stat().st_size)
    assert head.content == b""


@pytest.mark.parametrize("name", ["index.html", "nothing.js", "..%2fpages.py", "..%2f..%2fpyproject.toml", "%00"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/graphiql/{name}").status_code == 404


@pytest.mark.parametrize("address", ["/graphql", f"/graphiql/{CODE[-1].name}"])
def test_what_is_known_is_not_sent_again(client, address):
    first = client.get(address)
    for known in (first.headers["etag"], f'"other", {first.headers["etag"]}'):
        again = client.get(address, headers={"if-none-match": known})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.00", False),
        ("br", False),
        ("", False),
    ],
)
def test_packed_where_the_browser_takes_it(client, accepted, packed):
    address = next(f"/graphiql/{path.name}" for path in CODE if path.suffix == ".js")
    response = client.get(address, headers={"accept-encoding": accepted})
    assert (response.headers.get("content-encoding") == "gzip") == packed
    assert response.headers["vary"] == "accept-encoding"


def test_weight():
    assert sum(path.stat().st_size for path in DIST) < 2_000_000
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in CODE) < 600_000
    assert {path.suffix for path in DIST} == {".html", ".js", ".css", ".svg", ".txt"}, "no source map, font or worker"


@pytest.mark.parametrize("path", DIST, ids=lambda path: path.suffix)
def test_no_trace_of_where_it_was_built(path):
    content = path.read_bytes()
    assert MACHINE.search(content) is None
    for name in (*CDNS.split(), "node_modules", "sourceMappingURL"):
        if path in CODE:
            assert name.encode() not in content, name


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.suffix)
def test_nothing_is_fetched_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    assert (
        re.findall(r"(?:fetch|import|importScripts|Worker|WebSocket|EventSource)\(\s*[\"'`](?:https?:|wss?:)?//", text)
        == []
    )
    assert re.findall(r"@import|url\(\s*[\"']?(?:https?:)?//", text) == []
    assert re.findall(r"\b(?:src|href)=[\"'](?:https?:)?//", text) == []


def test_the_build_is_pinned_and_names_no_host():
    folder = pages.HERE
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} is not pinned"
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert [place for place, entry in lock["packages"].items() if "resolved" in entry] == []
    assert [place for place, entry in lock["packages"].items() if place and "integrity" not in entry] == []


@pytest.mark.parametrize("example", pages.graphiql_examples(), ids=lambda example: example.title)
def test_example(example):
    """It parses, says in a comment what it is, has the title of a tab, and asks for nothing by its id."""
    assert example.title and example.about
    document = graphql.parse(example.query)
    operations = [node for node in document.definitions if isinstance(node, graphql.OperationDefinitionNode)]
    assert len(operations) == 1
    assert operations[0].name
    assert not re.search(r"\b(id|ids|node|nodes)\s*[:(]\s*[\"\[]", example.query)
    assert graphql.get_operation_ast(document) is operations[0]


def test_examples_are_told_apart():
    examples = pages.graphiql_examples()
    assert len(examples) == 7
    assert len({example.title for example in examples}) == 7
    names = [re.search(r"^query (\w+)", example.query, re.MULTILINE) for example in examples]
    assert len({name[1] for name in names if name}) == 7
