"""The same files in both stores give the same answers, exports and second loads."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.graph.contract.backends import emptied
from tests.loaders.test_later_loads import AWAY, NEWER, OLDER
from tests.mulu.conftest import ROOT, Mulu
from tests.support.neo4j_server import connection

SAMPLE = ROOT / "mulu" / "sample"
EXAMPLES = sorted((ROOT / "schema" / "graphiql" / "examples").glob("*.graphql"))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, neo4j_uri: str) -> dict[str, Mulu]:
    """A directory each, MULU_STORE being the file in one and the server in the other."""
    emptied(neo4j_uri)
    stores = {}
    for name, address in (("sqlite", "mulu.db"), ("neo4j", neo4j_uri)):
        run = Mulu(tmp_path_factory.mktemp(name), MULU_STORE=address)
        first = run("load", str(SAMPLE), "--json")
        assert first.status == 0, first.err
        second = run("load", str(SAMPLE), "--json").json
        assert second["revision"] == first.json["revision"] == 1
        assert not any(c["created"] or c["updated"] or c["deleted"] for c in second["counts"].values())
        stores[name] = run
    return stores


@pytest.mark.parametrize("what", ["婚姻状况", "公民身份号码", "婚姻登记信息", "登记", "号", "火星"])
@pytest.mark.parametrize("on", ["2018-01-01", "2026-11-22"])
def test_who_answers_alike(both: dict[str, Mulu], what: str, on: str):
    answers = [run("who", what, "--on", on, "--json").json for run in both.values()]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("on", ["2018-01-01", "2026-11-22"])
def test_gaps_are_alike(both: dict[str, Mulu], on: str):
    answers = [run("gaps", "--on", on, "--json").json for run in both.values()]
    assert answers[0]["nodes"]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_queries_answer_alike(both: dict[str, Mulu], example):
    answers = [run("query", str(example)).json for run in both.values()]
    assert "errors" not in answers[0]
    for answer in answers:
        answer["data"].get("catalogue", {}).pop("updated", None)
        for change in answer["data"].get("changes", {}).get("nodes", ()):
            del change["at"]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("view", ["harvest", "full"])
def test_exports_are_alike_but_for_the_time_of_loading(both: dict[str, Mulu], view: str):
    exports = [run("export", "--format", "nt", "--view", view).out.splitlines() for run in both.values()]
    plain = [[line for line in lines if "XMLSchema#date" not in line] for lines in exports]
    assert plain[0] == plain[1]
    assert [len(lines) for lines in exports] == [len(exports[0])] * 2


def test_both_stores_are_whole(both: dict[str, Mulu]):
    assert [run("check").status for run in both.values()] == [0, 0]


def test_the_cypher_of_the_documentation_finds_who_is_responsible(both: dict[str, Mulu], neo4j_uri: str):
    (text,) = re.findall(r"```cypher\n(.*?)```", (ROOT / "docs" / "neo4j.md").read_text("utf-8"), re.S)
    with connection(neo4j_uri) as (driver, database):
        rows = driver.execute_query(text, database_=database).records
    assert ("民政部门", "婚姻登记信息", "第七条") in {(row["a.name"], row["x.name"], row["p.label"]) for row in rows}


DISAGREE = '{ issues(code: ["TEXTS_DISAGREE"], first: 100) { nodes { message } } }'
COUNTERPARTIES = "{ conditions(first: 100) { nodes { actor counterparty action } } }"


def test_a_text_that_is_no_longer_printed_takes_links_and_findings_along(both: dict[str, Mulu]):
    answers: list[list[Any]] = []
    for run in both.values():
        folder = run.directory / "texts"
        folder.mkdir()
        said: list[Any] = []
        for name, text in (("a.txt", OLDER), ("b.txt", NEWER), ("a.txt", AWAY)):
            (folder / name).write_text(text, encoding="utf-8")
            loaded = run("load", str(folder / name), "--json")
            assert loaded.status == 0, loaded.err
            assert run("check").status == 0
            found = run("query", "-", stdin=DISAGREE).json["data"]["issues"]["nodes"]
            said.append([one["message"] for one in found if "第三条" in one["message"] or "第二条" in one["message"]])
        said.append(run("query", "-", stdin=COUNTERPARTIES).json)
        answers.append(said)
    assert answers[0] == answers[1]
    first, second, third = (len(one) for one in answers[0][:3])  # the sample's own texts of the place disagree too
    assert first == third < second
    assert any(one["counterparty"] for one in answers[0][3]["data"]["conditions"]["nodes"])
