"""The real rules, as facts: what is assigned to whom, how much, how surely. Their own sentences stay out of here."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from catalog.field import Field
from catalog.identifiers import slug, token
from catalog.regulation import Regulation
from catalog.resource import Resource
from catalog.value import Jurisdiction
from catalog.vocabulary import Regime, RegulationKind
from loaders.regulation.assignments import assignments
from loaders.regulation.document import parse
from loaders.regulation.extract import Extract
from tests.loaders.assignment_texts import Rule, traditional

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MULU_SHARED") or ROOT.parent / "shared") / "regulations"
GOLDEN = Path(__file__).with_name("golden") / "assignments.json"

needs_texts = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real rules are not beside the repository: set MULU_SHARED to the shared folder"
)


def read_all(convert: bool = False) -> dict[str, Rule]:
    """Every act of the shared files by its title."""
    rules: dict[str, Rule] = {}
    for path in sorted(SHARED.glob("*.txt")):
        source = path.read_text(encoding="utf-8")
        document, _ = parse(traditional(source) if convert else source, path.name)
        for act in document.acts:
            regulation = Regulation(
                id=f"law/cn-undated-{token(act.title)}",
                title=act.title,
                short_title=act.title,
                regulation_kind=RegulationKind.UNKNOWN,
                jurisdiction=Jurisdiction(code=None, name=act.title[:3]),
            )
            extract = assignments(act, regulation, "source/real", path.name, source=document.source)
            rules[act.title] = Rule(document.source, extract)
    return rules


@pytest.fixture(scope="module")
def rules() -> dict[str, Rule]:
    return read_all()


def facts(rule: Rule) -> dict[str, Any]:
    """What a person reviews in a diff. Of disclosure items only length and token of the name: they are sentences."""
    return {
        "counts": {"resources": len(rule.resources), "agencies": len(rule.agencies), "elements": len(rule.elements)},
        "resources": [resource_facts(rule, resource) for resource in rule.resources],
        "issues": [[issue.code, issue.place.line if issue.place else None] for issue in rule.extract.issues],
    }


def resource_facts(rule: Rule, resource: Resource) -> dict[str, Any]:
    fields = rule.fields(resource)
    sentence = resource.regime is Regime.DISCLOSURE
    held = {
        "name": f"{len(resource.name)} characters, {token(resource.name)}" if sentence else resource.name,
        "basis": slug(resource.basis[0].provision or "").partition(".")[2],
        "line": resource.place.line if resource.place else None,
        "category": resource.category,
        "agencies": [
            " ".join((name, how, sureness, "+".join(duty.roles)))
            for (name, how, sureness), duty in zip(rule.parties(resource), resource.responsibilities, strict=True)
        ],
        "fields": len(fields),
        "names": token(*(field.name for field in fields)) if fields else None,
        "with parts": sum(bool(field.parts) for field in fields),
        "with values": sum(bool(field.allowed_values) for field in fields),
        "qualified": sum(bool(field.qualifier) for field in fields),
        "with a case": sum(bool(field.applicability) for field in fields),
        "keys": sum(field.identity_key for field in fields),
        "subtypes": len(resource.subtypes),
        "open": resource.open_list,
    }
    return {key: value for key, value in held.items() if value}


@needs_texts
def test_facts(rules, pytestconfig):
    found = {title: facts(rule) for title, rule in rules.items()}
    if pytestconfig.getoption("--update-golden-files"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


@needs_texts
def test_twenty_two_resources_with_229_fields_in_21_lists(rules):
    (rule,) = (rule for title, rule in rules.items() if title.endswith("实施细则"))
    sizes = [len(rule.fields(resource)) for resource in rule.resources]
    assert (len(sizes), sum(sizes), sum(bool(size) for size in sizes)) == (22, 229, 21)
    (kinds,) = (resource for resource in rule.resources if resource.subtypes)
    assert (len(kinds.subtypes), kinds.open_list) == (11, True)
    assert {resource.category for resource in rule.resources} == {"自然人", "法人和其他组织", "其他"}


@needs_texts
def test_every_text_is_verbatim(rules):
    for rule in rules.values():
        for field in (record for record in rule.extract.records if isinstance(record, Field)):
            assert field.place and field.place.span
            assert rule.source[field.place.span.start : field.place.span.end] == field.text
            assert field.place.line == rule.source.count("\n", 0, field.place.span.start) + 1
        for resource in rule.resources:
            assert all(duty.literal in rule.source for duty in resource.responsibilities)


@needs_texts
def test_another_script_gives_the_same_records(rules):
    def identifiers(extract: Extract) -> list[str]:
        return [record.id for record in extract.records]

    converted = read_all(convert=True)
    assert {title: identifiers(rule.extract) for title, rule in rules.items()} == {
        title: identifiers(rule.extract) for title, rule in converted.items()
    }
