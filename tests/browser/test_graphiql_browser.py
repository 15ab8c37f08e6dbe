"""GraphiQL in a real browser that can reach nothing but this machine."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import graphql
import pytest
import uvicorn
from playwright.sync_api import Error, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from schema.pages import graphiql_examples, graphiql_page, graphiql_routes

TABS = ["WhoProvides", "Plan", "Harvest", "Law", "Search", "Changes", "MayWeHave"]
ACCEPT = "application/graphql-response+json, application/json;q=0.9"

SDL = '''
"""目录: who provides what."""
schema { query: Query }
scalar Date
type Query {
  "The question 谁提供什么"
  whoProvides(what: String!, on: Date, first: Int = 20): ProviderAnswerConnection!
  search(text: String!): Hits!
  broken: Boolean
}
type Hits { totalCount: Int! text: String! }
type ProviderAnswerConnection { nodes: [ProviderAnswer!]! }
type ProviderAnswer {
  resource: Named! field: Named verdict: Verdict! because: [String!]! basis: [Citation!]!
  responsibilities: [Responsibility!]! clocks: [Clock!]!
}
enum Verdict { AVAILABLE LAPSED }
type Named { name: String! }
type Titled { title: String! }
type Labelled { label: String! }
type Citation { text: String! status: String! provision: Labelled regulation: Titled }
type Responsibility { roles: [String!]! allocation: String! agency: Named! }
type Clock { action: String! amount: Int unit: String text: String! }
'''
SCHEMA = graphql.build_schema(SDL)

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


class Root:
    """Answers in force in 2018, lapsed later."""

    def whoProvides(self, info: Any, what: str, on: str | None = None, first: int = 20) -> dict[str, Any]:
        lapsed = (on or "2026") > "2023"
        law = {"title": "示例市政务信息资源共享管理办法"}
        return {
            "nodes": [
                {
                    "resource": {"name": "婚姻登记信息"},
                    "field": {"name": what},
                    "verdict": "LAPSED" if lapsed else "AVAILABLE",
                    "because": ["第九条：民政部门负责采集、核准、提供婚姻登记信息。"],
                    "basis": [
                        {
                            "text": "民政部门负责采集婚姻登记信息",
                            "status": "EXPIRED" if lapsed else "IN_FORCE",
                            "provision": {"label": "第九条"},
                            "regulation": law,
                        }
                    ],
                    "responsibilities": [
                        {"roles": ["COLLECT", "PROVIDE"], "allocation": "SINGLE", "agency": {"name": "示例市民政局"}}
                    ],
                    "clocks": [{"action": "答复", "amount": 10, "unit": "WORKING_DAY", "text": "十个工作日内"}],
                }
            ]
        }

    def search(self, info: Any, text: str) -> dict[str, Any]:
        return {"totalCount": 7, "text": text}

    def broken(self, info: Any) -> None:
        raise graphql.GraphQLError("the store is away")


async def endpoint(request: Request) -> Response:
    if request.method == "GET":
        return graphiql_page(request)
    if request.headers["accept"] != ACCEPT:
        return PlainTextResponse("not what GraphiQL should accept", 406)
    asked = await request.json()
    if "notJson" in asked["query"]:
        return PlainTextResponse("the gateway is down", 502)
    result = graphql.graphql_sync(
        SCHEMA,
        asked["query"],
        Root(),
        variable_values=asked.get("variables"),
        operation_name=asked.get("operationName"),
    )
    return JSONResponse(result.formatted, media_type="application/graphql-response+json")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the endpoint on a running server."""
    app = Starlette(routes=[Route("/graphql", endpoint, methods=["GET", "POST"]), *graphiql_routes()])
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not running.started and thread.is_alive():
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/graphql"
    finally:
        running.should_exit = True
        thread.join(10)
        listening.close()


def answer(page: Page) -> Any:
    return page.locator(".result-window .CodeMirror-code")


def run(page: Page) -> None:
    page.get_by_role("button", name="Execute query").click()


def titles(page: Page) -> list[str]:
    return page.locator(".graphiql-tab-button").all_inner_texts()


def docs(page: Page) -> Any:
    return page.get_by_role("region", name="Documentation Explorer")


@pytest.mark.parametrize("page", ["light", "dark"], indirect=True)
def test_first_example(page, server, request, pytestconfig):
    """Opened for the first time: documentation beside the first example, which answers at a click."""
    page.goto(server)
    assert page.title() == "Mulu 目录"
    expect(docs(page)).to_contain_text("目录: who provides what.")
    docs(page).get_by_role("link", name="Query", exact=True).click()
    expect(docs(page)).to_contain_text("The question 谁提供什么")
    assert titles(page) == TABS
    assert page.evaluate("location.search") == "", "a first look leaves the address alone"

    run(page)
    for text in ("in2018", "婚姻登记信息", "AVAILABLE", "示例市民政局"):
        expect(answer(page)).to_contain_text(text)

    dark = request.node.callspec.params["page"] == "dark"
    ground = page.locator(".graphiql-container").evaluate("element => getComputedStyle(element).backgroundColor")
    lightness = [int(part) for part in re.findall(r"\d+", ground)[:3]]
    assert max(lightness) < 60 if dark else min(lightness) > 240, "the theme of the system"

    folder = Path(pytestconfig.rootpath) / "test-results"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"graphiql-{'dark' if dark else 'light'}.png")


def test_fits_a_small_screen(page, server):
    """At 1366×768 nothing hangs over the edge, and all tabs are in sight."""
    page.goto(server)
    expect(docs(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && scrollY === 0")
    tabs = page.locator(".graphiql-tabs").bounding_box()
    logo = page.locator(".graphiql-logo").bounding_box()
    assert tabs and logo
    assert tabs["x"] + tabs["width"] < logo["x"]
    assert page.locator(".graphiql-tabs").evaluate("tabs => tabs.scrollWidth <= tabs.clientWidth")


def test_address_is_honoured(page, server):
    """A link carries query, variables and the operation to run."""
    query = "query A { broken }\nquery B($text: String!) { search(text: $text) { totalCount text } }"
    variables = '{"text":"户籍"}'
    page.goto(f"{server}?query={quote(query)}&variables={quote(variables)}&operationName=B")
    expect(page.locator(".graphiql-tab-active .graphiql-tab-button")).to_have_text("B")
    assert titles(page) == ["B", *TABS]
    expect(page.locator(".graphiql-editor-tool .CodeMirror-code").first).to_contain_text("户籍")
    run(page)
    page.get_by_role("menuitem", name="B").click()
    expect(answer(page)).to_contain_text('"text": "户籍"')


def test_address_follows_the_tab(page, server):
    """The address always opens what is on the screen, after a reload too, and no tab comes twice."""
    page.goto(server)
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url(lambda url: "operationName=Search" in url)
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["query"] == [graphiql_examples()[4].query]
    page.wait_for_timeout(700)  # what is open is kept half a second after it changes
    page.reload()
    expect(page.locator(".graphiql-tab-active .graphiql-tab-button")).to_have_text("Search")
    assert titles(page) == TABS
    page.get_by_role("button", name="WhoProvides").click()
    page.wait_for_url(lambda url: "operationName=WhoProvides" in url)


def test_typing(page, server):
    """What is typed, Chinese too, goes into the editor, the address and the request; mistakes are marked."""
    page.goto(server)
    expect(docs(page)).to_contain_text("Root Types")
    page.locator(".graphiql-query-editor .CodeMirror-lines").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('query Typed { search(text: "婚姻") { text } }')
    page.wait_for_url(lambda url: quote("婚姻") in url)
    page.keyboard.press("Control+Enter")
    expect(answer(page)).to_contain_text('"text": "婚姻"')
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("query Typed { serch }")
    expect(page.locator(".CodeMirror-lint-mark-error").first).to_have_text("serch")


def test_errors_are_for_people(page, server):
    """What goes wrong is shown, be it the operation or the way to the server."""
    page.goto(f"{server}?query={quote('{ broken }')}")
    run(page)
    expect(answer(page)).to_contain_text("the store is away")
    page.goto(f"{server}?query={quote('query notJson { broken }')}")
    run(page)
    expect(answer(page)).to_contain_text("The server answered 502")
    expect(answer(page)).to_contain_text("the gateway is down")


def test_documentation_search(page, server):
    page.goto(server)
    expect(docs(page)).to_contain_text("Root Types")
    page.keyboard.press("Control+k")
    page.keyboard.type("verdict")
    page.get_by_role("option", name="Verdict", exact=True).click()
    expect(docs(page)).to_contain_text("LAPSED")


def test_panels(page, server):
    """Each side panel works under the page's policy, and the one left open is open next time."""
    page.goto(server)
    expect(docs(page)).to_be_visible()
    page.get_by_role("button", name="Show GraphiQL Explorer").click()
    expect(page.locator(".graphiql-explorer-root")).to_contain_text("whoProvides")
    page.get_by_role("button", name="Show History").click()
    page.get_by_role("button", name="Show Examples").click()
    page.get_by_role("button", name="Law 法条").click()
    expect(page.locator(".graphiql-tab-active .graphiql-tab-button")).to_have_text("Law")
    page.locator(".graphiql-tab-active .graphiql-tab-close").click()
    expect(page.locator(".graphiql-tab-button")).to_have_count(len(TABS) - 1)
    page.get_by_role("button", name="Law 法条").click()
    expect(page.locator(".graphiql-tab-active .graphiql-tab-button")).to_have_text("Law")
    expect(page.locator(".graphiql-tab-button")).to_have_count(len(TABS))
    page.reload()
    expect(page.get_by_role("region", name="Examples")).to_be_visible()
    page.get_by_role("button", name="Hide Examples").click()
    page.reload()
    expect(page.get_by_role("button", name="Show Examples")).to_be_visible()


def test_theme_can_be_chosen(page, server):
    page.goto(server)
    page.get_by_role("button", name="Open settings dialog").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("body")).to_have_class(re.compile("graphiql-dark"))
    page.reload()
    expect(page.locator("body")).to_have_class(re.compile("graphiql-dark"))


def test_the_browser_is_offline(browser):
    """The other tests prove something only if this browser could not have reached another host."""
    page = browser.new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.com/")
    page.close()
