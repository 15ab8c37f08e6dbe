"""``mulu check --shapes``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.errors import BadInput
from mulu import shaping
from mulu.shapes import HIGH_VALUE_LAW, Finding, read_shapes, validated

STRICTER = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dct: <http://purl.org/dc/terms/> .
<urn:s> a sh:NodeShape ; sh:targetClass <http://www.w3.org/ns/dcat#Dataset> ;
  sh:property [ sh:path dct:title ; sh:maxLength 3 ; sh:message "too long" ] , [ sh:message "no path" ] ."""


def test_the_export_conforms_to_our_profile(store, capsys):
    assert shaping.check_shapes([], view="harvest", as_json=True, store=store) == 0
    assert json.loads(capsys.readouterr().out) == {"resources": 1, "violations": 0, "warnings": 0, "findings": []}


def test_violations_name_record_and_property(store, tmp_path, capsys):
    (tmp_path / "own.ttl").write_text(STRICTER, encoding="utf-8")
    (tmp_path / "mdr-vocabularies.ttl").write_text("not read", encoding="utf-8")
    assert shaping.check_shapes([tmp_path], view="harvest", as_json=False, store=store) == 1
    line = "Violation https://data.example.cn/id/resource/r-people http://purl.org/dc/terms/title: too long"
    assert capsys.readouterr().out.splitlines() == [line, line]  # its title, and that in traditional script


def test_a_directory_may_be_named_from_where_one_stands(tmp_path, monkeypatch):
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "own.ttl").write_text(STRICTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(read_shapes([Path("shapes")]).general) > len(read_shapes([]).general)


def test_a_directory_without_shapes_is_refused(tmp_path):
    with pytest.raises(BadInput, match="has no shapes"):
        read_shapes([tmp_path])


def test_few_findings_are_held_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(shaping, "HELD", 2)
    report = shaping.Report()
    for n in range(5):
        report.take(Finding("Violation", f"n{n}", "p", "", "m"))
    assert (report.violations, len(report.held)) == (5, 2)


def test_the_full_view_is_checked_against_what_is_given_alone(store, tmp_path, capsys):
    with pytest.raises(BadInput, match="harvest view"):
        shaping.check_shapes([], view="full", as_json=True, store=store)
    policies = (
        "ex:s a sh:NodeShape ; sh:targetClass odrl:Offer ; sh:property [ sh:path odrl:permission ; sh:maxCount 0 ] ."
    )
    (tmp_path / "own.ttl").write_text(f"@prefix ex: <urn:x:> .\n{policies}", encoding="utf-8")
    assert shaping.check_shapes([tmp_path], view="full", as_json=True, store=store) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {each["property"] for each in found} == {"http://www.w3.org/ns/odrl/2/permission"}


def test_what_is_no_turtle_is_refused(tmp_path):
    (tmp_path / "own.ttl").write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(BadInput, match="is no Turtle"):
        read_shapes([tmp_path])


DATASET = "<urn:x:{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .\n"


def test_shapes_of_high_value_datasets_are_asked_of_these_alone(tmp_path):
    shape = (
        "<urn:s> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dcat:version ; sh:minCount 1 ] ."
    )
    (tmp_path / "some-hvd-shapes.ttl").write_text(shape, encoding="utf-8")
    shapes = read_shapes([tmp_path])
    plain = DATASET.format(name="a") + DATASET.format(name="b")
    assert list(validated(plain, shapes)) == list(validated(plain, read_shapes([])))
    high = f"<urn:x:b> <http://data.europa.eu/r5r/applicableLegislation> <{HIGH_VALUE_LAW}> .\n"
    more = set(validated(plain + high, shapes)) - set(validated(plain + high, read_shapes([])))
    assert {(found.node, found.property) for found in more} == {("urn:x:b", "http://www.w3.org/ns/dcat#version")}
