"""``mulu check --shapes``."""

from __future__ import annotations

import asyncio
import json

import pytest

from catalog.errors import BadInput
from graph.sqlite.store import SqliteStore
from mulu import shaping
from tests.graph import samples

STRICTER = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dct: <http://purl.org/dc/terms/> .
<urn:s> a sh:NodeShape ; sh:targetClass <http://www.w3.org/ns/dcat#Dataset> ;
  sh:property [ sh:path dct:title ; sh:maxLength 3 ; sh:message "too long" ] , [ sh:message "no path" ] ."""


@pytest.fixture
def store(tmp_path) -> str:
    path = str(tmp_path / "mulu.db")

    async def fill() -> None:
        async with SqliteStore.at(path) as opened:
            await opened.apply(samples.change_set(*samples.catalogue()))

    asyncio.run(fill())
    return path


def test_the_export_conforms_to_our_profile(store, capsys):
    assert shaping.check_shapes(None, as_json=True, store=store) == 0
    assert json.loads(capsys.readouterr().out) == {"resources": 1, "violations": 0, "warnings": 0, "findings": []}


def test_violations_name_record_and_property(store, tmp_path, capsys):
    (tmp_path / "own.ttl").write_text(STRICTER, encoding="utf-8")
    (tmp_path / "mdr-vocabularies.ttl").write_text("not read", encoding="utf-8")
    assert shaping.check_shapes(tmp_path, as_json=False, store=store) == 1
    line = "Violation https://data.example.cn/id/resource/r-people http://purl.org/dc/terms/title: too long"
    assert capsys.readouterr().out.splitlines() == [line]


def test_a_directory_without_shapes_is_refused(tmp_path):
    with pytest.raises(BadInput, match="has no shapes"):
        shaping.shapes(tmp_path)


def test_few_findings_are_held_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(shaping, "HELD", 2)
    report = shaping.Report()
    for n in range(5):
        report.take(shaping.Finding("Violation", f"n{n}", "p", "", "m"))
    assert (report.violations, len(report.held)) == (5, 2)
