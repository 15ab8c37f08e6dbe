"""The demonstration in a real browser with no network: every example query answers on the sample catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.demonstration import demonstration


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of GraphiQL as `mulu demo` prints it."""
    with demonstration(tmp_path_factory.mktemp("demo") / "demo.db") as address:
        yield address


def test_every_example_answers_without_an_error(page, demo, pytestconfig):
    page.goto(demo)
    tabs = page.locator(".graphiql-tab-button")
    expect(tabs.first).to_be_visible()
    for number in range(tabs.count()):
        tabs.nth(number).click()
        page.wait_for_timeout(800)  # GraphiQL looks for the operation's name a moment after the tab was chosen
        page.get_by_role("button", name="Execute query").click()
        answer = page.locator(".result-window .CodeMirror-code")
        expect(answer).to_contain_text('"data"')
        expect(answer).not_to_contain_text('"errors"')
    folder = Path(pytestconfig.rootpath) / "test-results"
    folder.mkdir(exist_ok=True)
    tabs.first.click()
    page.screenshot(path=folder / "demo.png")


def test_the_documentation_explains_the_question_in_both_languages(page, demo):
    page.goto(demo)
    region = page.get_by_role("region", name="Documentation Explorer")
    region.get_by_role("link", name="Query", exact=True).click()
    expect(region).to_contain_text("whoProvides")
    expect(region).to_contain_text("谁")


def test_a_record_page_leads_back_to_graphiql(page, demo):
    origin = demo.rsplit("/", 1)[0]
    answer = page.request.post(demo, data={"query": "{ resources(first: 1) { nodes { id name } } }"}).json()
    found = answer["data"]["resources"]["nodes"][0]
    page.goto(f"{origin}/id/{found['id']}")
    expect(page.get_by_role("heading", name=found["name"])).to_be_visible()
    page.get_by_role("link", name="GraphiQL").click()
    expect(page.locator(".graphiql-container")).to_be_visible()
