"""``mulu load`` of RDF beside everything else that a folder holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.mulu.conftest import ROOT

DCAT = ROOT / "tests" / "loaders" / "dcat"
HEAD = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"


def page(folder: Path, name: str, *datasets: str) -> None:
    sets = "".join(f'<https://x.example/{each}> a dcat:Dataset ; dct:title "{each}" .\n' for each in datasets)
    (folder / name).write_text(HEAD + sets, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "catalogue"
    shutil.copytree(ROOT / "mulu" / "sample", made)
    shutil.copytree(DCAT, made / "portals")
    return made


def test_regulations_sheets_and_rdf_load_together_once(mulu, folder):
    first = mulu("load", str(folder), "--json")
    formats = {each["path"]: each["format"] for each in first.json["files"]}
    assert {formats[f"portals/{each.name}"] for each in DCAT.iterdir()} == {"dcat"}
    assert {"regulation", "catalogue", "demands"} <= set(formats.values())
    assert first.json["revision"] == 1
    assert "DUPLICATE_IDENTIFIER" in {each["code"] for each in first.json["issues"]}
    second = mulu("load", str(folder), "--json").json
    assert second["revision"] == 1
    assert not any(each["created"] or each["updated"] or each["deleted"] for each in second["counts"].values())
    assert mulu("check").status == 0


def test_what_is_gone_from_a_page_is_deleted_and_nothing_else(mulu, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    page(pages, "1.ttl", "a", "b")
    page(pages, "2.ttl", "c")
    assert mulu("load", str(pages), "--json").json["counts"]["RESOURCE"]["created"] == 3
    page(pages, "1.ttl", "a")
    dry = mulu("load", str(pages), "--dry-run", "--json").json["counts"]["RESOURCE"]
    done = mulu("load", str(pages), "--json").json
    assert dry == done["counts"]["RESOURCE"]
    assert (dry["unchanged"], dry["deleted"]) == (2, 1)
    (pages / "1.ttl").write_text(HEAD + '<https://x.example/a> a dcat:Dataset ; dct:title "a', encoding="utf-8")
    broken = mulu("load", str(pages), "--json")
    assert (broken.status, broken.json["revision"]) == (1, done["revision"])
    assert [(each["code"], each["place"]["line"]) for each in broken.json["issues"]] == [("DAMAGED_RDF", 2)]


def test_a_dataset_that_moves_to_another_page_stays(mulu, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    page(pages, "1.ttl", "a", "b")
    page(pages, "2.ttl", "c")
    mulu("load", str(pages))
    page(pages, "1.ttl", "a")
    page(pages, "2.ttl", "b", "c")
    counts = mulu("load", str(pages), "--json").json["counts"]["RESOURCE"]
    assert (counts["deleted"], counts["created"], counts["updated"]) == (0, 0, 1)
