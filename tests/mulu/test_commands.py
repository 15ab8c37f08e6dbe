"""The commands, as processes: what they print, where, and with which exit status."""

from __future__ import annotations

import sqlite3

import pytest

from loaders.synthetic_law import DUTIES
from tests.mulu.conftest import ROOT, Mulu

SAMPLE = ROOT / "mulu" / "sample"


def test_loading_the_sample_twice_changes_nothing_the_second_time(mulu: Mulu):
    first = mulu("load", str(SAMPLE), "--json").json
    second = mulu("load", str(SAMPLE), "--json").json
    assert first["revision"] == second["revision"] == 1
    assert first["counts"]["REGULATION"]["created"] == 2
    assert all(not (c["created"] or c["updated"] or c["deleted"]) for c in second["counts"].values())
    created = {
        kind: c["created"] for kind, c in first["counts"].items() if kind != "GAP"
    }  # gaps are not looked at again
    assert {kind: c["unchanged"] for kind, c in second["counts"].items()} == created
    assert [file["recognised"] for file in first["files"]] == [True] * 4


def test_a_dry_run_says_what_a_load_would_do_and_does_nothing(mulu: Mulu):
    dry = mulu("load", str(SAMPLE), "--json", "--dry-run").json
    assert dry["revision"] == 0
    wet = mulu("load", str(SAMPLE), "--json").json
    assert dry["counts"] == wet["counts"]


def test_a_row_gone_from_its_source_is_deleted_and_only_there(mulu: Mulu, tmp_path):
    for name in ("catalogue.csv", "rules-2017.txt", "measures-2023.txt"):
        (tmp_path / name).write_bytes((SAMPLE / name).read_bytes())
    mulu("load", ".", "--json")
    lines = (tmp_path / "catalogue.csv").read_text("utf-8").splitlines()
    (tmp_path / "catalogue.csv").write_text("\n".join(line for line in lines if "纳税信用" not in line), "utf-8")
    counts = mulu("load", ".", "--json").json["counts"]
    assert counts["RESOURCE"]["deleted"] == 1
    assert counts["FIELD"]["deleted"] == 4
    assert counts["REGULATION"]["deleted"] == counts["PROVISION"]["deleted"] == 0


def test_who_answers_a_person_with_the_article_and_whether_it_is_in_force(loaded: Mulu):
    then = loaded("who", "婚姻状况", "--on", "2018-01-01")
    now = loaded("who", "婚姻状况", "--on", "2026-11-22")
    assert then.status == now.status == 0
    assert "ON_APPLICATION" in then.out
    assert "第七条" in then.out
    assert "LAPSED" in now.out
    assert "2022-06-01" in now.out


def test_who_names_the_article_of_an_item_that_it_rests_on(mulu: Mulu, tmp_path):
    (tmp_path / "rule.txt").write_text(
        "示例市信息公开规定\n第一条 政府机关应当主动向社会公开下列信息：\n（一）水务方面\n1.水库的水位情况；\n2.水价情况。\n"
        "第二条 本规定自2020年1月1日起施行。\n",
        "utf-8",
    )
    mulu("load", "rule.txt")
    assert "《示例市信息公开规定》第一条第一项第二目: IN_FORCE" in mulu("who", "水价情况", "--on", "2021-01-01").out


def test_who_takes_traditional_script_and_full_width(loaded: Mulu):
    plain = loaded("who", "婚姻状况", "--on", "2018-01-01", "--json").json
    assert loaded("who", "婚姻狀況", "--on", "2018-01-01", "--json").json["nodes"] == plain["nodes"]


def test_who_says_what_was_searched_when_nobody_provides_it(loaded: Mulu):
    found = loaded("who", "火星移民登记", "--json").json
    assert found["nodes"] == []
    assert found["checked"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["who", "姓名", "--on", "2023-02-30"], 2, "2023-02-30"),
        (["who", ""], 2, "what"),
        (["load", "no-such-file.txt"], 2, "no-such-file.txt"),
        (["query", "no-such-file.graphql"], 2, "no-such-file.graphql"),
        (["query", "-", "--variables", "[1]"], 2, "--variables"),
        (["export", "--format", "docx"], 2, "docx"),
        (["export", "--store", "empty.db"], 2, "empty"),
        (["export", "--base-iri", "ftp://x/"], 2, "ftp://x/"),
        (["generate", "-o", "made.docx"], 2, "made.docx"),
        (["check", "--store", "http://example.cn/"], 2, "http"),
        (["no-such-command"], 2, "no-such-command"),
    ],
)
def test_wrong_use_is_one_clear_line_and_status_two(loaded: Mulu, words, status, said):
    run = loaded(*words, stdin="{ catalogue { revision } }")
    assert run.status == status
    assert said in run.err
    assert "Traceback" not in run.err
    assert run.out == ""


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "EMPTY_SOURCE"),
        ("binary.txt", bytes(range(256)) * 40, "BINARY_SOURCE"),
        ("prose.txt", "今天天气很好。\n".encode(), "NO_ARTICLES"),
        ("page.html", "<html><body><p>新闻</p></body></html>".encode(), "NO_ARTICLES"),
    ],
)
def test_an_unreadable_file_is_an_issue_and_nothing_is_written(mulu: Mulu, tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    run = mulu("load", name, "--json")
    assert run.json["revision"] == 0
    assert run.json["files"] == [{"path": name, "format": None, "recognised": False}]
    (issue,) = run.json["issues"]
    assert issue["code"] == code
    assert issue["place"]["source"] == name
    assert issue["suggestion"]
    assert run.status == (1 if issue["severity"] == "ERROR" else 0)
    assert "Traceback" not in run.err


def test_query_runs_an_operation_without_a_server(loaded: Mulu):
    run = loaded("query", "-", "--variables", '{"n": 1}', stdin="query($n: Int){regulations(first:$n){nodes{title}}}")
    assert run.status == 0
    assert len(run.json["data"]["regulations"]["nodes"]) == 1


def test_query_with_errors_has_status_one_and_typed_codes(loaded: Mulu):
    run = loaded("query", "-", stdin="{ nothing }")
    assert run.status == 1
    assert run.json["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize(("format_", "start"), [("ttl", "@prefix"), ("rdf", "<?xml"), ("jsonld", "{"), ("nt", "<")])
def test_export_writes_a_file_equal_to_its_standard_output(loaded: Mulu, tmp_path, format_, start):
    target = tmp_path / f"out.{format_}"
    assert loaded("export", "--format", format_, "-o", str(target)).status == 0
    text = target.read_text("utf-8")
    assert text.startswith(start)
    assert loaded("export", "--format", format_).out == text


def test_check_finds_a_sound_store_whole_and_a_damaged_one_broken(mulu: Mulu, tmp_path):
    mulu("load", str(SAMPLE), "--json")
    assert mulu("check").status == 0
    connection = sqlite3.connect(tmp_path / "mulu.db")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM agency WHERE id IN (SELECT id FROM agency LIMIT 1)")
    connection.commit()
    connection.close()
    run = mulu("check", "--json")
    assert run.status == 1
    assert run.json["issues"]


def test_a_generated_catalogue_may_have_a_history(mulu: Mulu):
    made = mulu("generate", "--resources", "60", "--revisions", "3", "--json").json
    assert made["revision"] == 3
    assert made["counts"]["RESOURCE"] == {"created": 0, "updated": 1, "unchanged": 0, "deleted": 0}
    assert mulu("check").status == 0


def test_generated_catalogues_of_one_seed_are_equal(mulu: Mulu):
    counts = mulu("generate", "--resources", "20", "--seed", "7", "--json").json["counts"]
    assert counts["RESOURCE"]["created"] == 20 + len(DUTIES)
    again = mulu("generate", "--resources", "20", "--seed", "7", "--json").json
    assert again["revision"] == 1
    assert again["counts"]["RESOURCE"]["unchanged"] == 20 + len(DUTIES)


def test_schema_prints_the_sdl(mulu: Mulu):
    run = mulu("schema")
    assert run.status == 0
    assert "whoProvides(" in run.out


def test_explain_says_what_each_stretch_became(mulu: Mulu):
    path = str(SAMPLE / "rules-2017.txt")
    found = mulu("explain", path, "--json").json
    assert sum(found["accountedFor"].values()) == found["characters"]
    assert found["counts"]["duty"] > 0
    assert {"start", "end", "layer", "note"} == set(found["marks"][0])
    html = mulu("explain", path, "--html")
    assert html.out.startswith("<!doctype html>")
    assert "<script" not in html.out
    plain = mulu("explain", path)
    assert plain.status == 0
    assert "duty" in plain.out
    (page := mulu.directory / "nothing.txt").write_text("Article 1. Data are shared.\n", "utf-8")
    assert mulu("explain", str(page)).status == 1
    assert mulu("explain", "missing.txt").status == 2


def test_a_reference_to_a_text_that_is_loaded_later_is_resolved_in_the_store(mulu: Mulu, tmp_path):
    older = "甲市数据共享规定\n\n第一条 为共享数据，制定本规定。\n第二条 按照《甲市数据共享细则》第二条办理。\n"
    newer = "甲市数据共享细则\n\n第一条 为共享数据，制定本细则。\n第二条 登记机关应当核对数据。\n"
    (tmp_path / "a.txt").write_text(older, "utf-8")
    (tmp_path / "b.txt").write_text(newer, "utf-8")
    mulu("load", "a.txt", "--json")
    counts = mulu("load", "b.txt", "--json").json["counts"]
    assert counts["PROVISION"]["created"] == 2
    assert counts["PROVISION"]["updated"] == 1
    again = mulu("load", "a.txt", "b.txt", "--json").json
    assert again["revision"] == 2


def test_help_names_every_command(mulu: Mulu):
    out = mulu("--help").out
    for command in (
        "load",
        "serve",
        "who",
        "gaps",
        "query",
        "export",
        "check",
        "generate",
        "explain",
        "schema",
        "demo",
    ):
        assert command in out


def test_the_store_is_taken_from_the_environment(mulu: Mulu, tmp_path):
    mulu("load", str(SAMPLE), "--json", MULU_STORE="elsewhere.db")
    assert (tmp_path / "elsewhere.db").exists()
    assert not (tmp_path / "mulu.db").exists()


def test_a_demand_list_loaded_again_alone_changes_nothing(mulu: Mulu):
    mulu("load", str(SAMPLE), "--json")
    again = mulu("load", str(SAMPLE / "demands.csv"), "--json").json
    assert again["revision"] == 1
    assert again["counts"]["DEMAND"]["unchanged"] == 4


def test_words_in_brackets_are_printed_as_they_stand(mulu: Mulu, tmp_path):
    (tmp_path / "[x].csv").write_text("信息资源名称,信息资源提供方,[/bold] 颜色\n甲,甲市民政局,[/]蓝\n", "utf-8")
    run = mulu("load", "[x].csv")
    assert run.status == 0, run.err
    assert "[x].csv" in run.out
    assert "[/bold] 颜色" in run.out
