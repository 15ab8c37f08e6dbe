"""The seven real regulations, in five scraped files that stay outside the repository: golden files hold facts only.

The folder is MULU_SHARED, by default ``../shared`` beside the repository.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from catalog.agency import Agency
from catalog.regulation import Regulation
from catalog.vocabulary import ProvisionKind
from loaders.regulation.document import parse
from loaders.regulation.records import records
from loaders.regulation.tree import Act, Document
from tests.loaders.regulation.coverage import assert_lossless

ROOT = Path(__file__).resolve().parents[3]
SHARED = (ROOT / os.environ.get("MULU_SHARED", "../shared")).resolve() / "regulations"
GOLDEN = Path(__file__).parent / "golden"
FILES = (
    "changchun-fushun-guangzhou2012.txt",
    "guangzhou-2016-rules.txt",
    "hegang-2009.txt",
    "liaoning-2019-draft.txt",
    "zhengzhou-2015.txt",
)
ARTICLES = {
    "长春规定": 22,
    "抚顺办法": 40,
    "广州规定": 35,
    "广州细则": 50,
    "鹤岗办法": 19,
    "辽宁办法草案": 22,
    "郑州办法": 34,
}

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="NOT TESTED: the real regulations are not there. MULU_SHARED names the folder they are in.",
)


def read(name: str) -> str:
    return (SHARED / name).read_text(encoding="utf-8")


def regulations(document: Document) -> list[Regulation]:
    return [record for record in records(document, "source/x")[0] if isinstance(record, Regulation)]


def facts(name: str) -> str:
    """What was found, one fact a line, without the texts' own sentences."""
    document, issues = parse(read(name), name)
    lines = [f"file: {name}"]
    names = {record.id: record.name for record in records(document, "source/x")[0] if isinstance(record, Agency)}
    for act, regulation in zip(document.acts, regulations(document), strict=True):
        lines += ["", f"title: {regulation.title}", f"short title: {regulation.short_title}"]
        lines += [f"kind: {regulation.regulation_kind}", f"number: {regulation.number}"]
        lines += [f"issuers: {'、'.join(names[issuer] for issuer in regulation.issuers)}"]
        place = regulation.jurisdiction
        lines += [f"place: {place.code} {place.name}" if place else "place: -"]
        for date in ("adopted", "promulgated", "effective", "expires", "comment_deadline"):
            lines += [f"{date}: {getattr(regulation, date)}"]
        lines += [f"draft: {regulation.draft}", f"trial: {regulation.trial}"]
        lines += [f"basis: {citation.text}" for citation in regulation.basis]
        lines += [f"{relation.kind}: {relation.title}" for relation in regulation.relations]
        counts = Counter(str(node.kind) for node in act.walk())
        lines += ["counts: " + ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))]
        lines += [f"front: {part.reason} {part.start}-{part.end}" for part in act.front]
        lines += [
            " ".join(
                filter(None, (f"{node.path} {node.label}", node.heading, f"line {node.line} {node.start}-{node.end}"))
            )
            for node in act.walk()
        ]
    lines += ["", *(f"noise: {stretch.reason} {stretch.start}-{stretch.end}" for stretch in document.noise)]
    lines += [f"issue: {issue.code} line {issue.place.line}" for issue in issues if issue.place]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", FILES)
def test_facts(name: str, request: pytest.FixtureRequest):
    golden = GOLDEN / f"{name.removesuffix('.txt')}.facts"
    found = facts(name)
    if request.config.getoption("--update-golden-files"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_every_character_is_accounted_for(name: str):
    assert_lossless(read(name))


def acts() -> dict[str, Act]:
    found: dict[str, Act] = {}
    for name in FILES:
        document, _ = parse(read(name), name)
        found |= {
            regulation.short_title: act for act, regulation in zip(document.acts, regulations(document), strict=True)
        }
    return found


def test_article_counts():
    counts = {title: sum(node.kind is ProvisionKind.ARTICLE for node in act.walk()) for title, act in acts().items()}
    assert counts == ARTICLES


def test_levels():
    found = acts()
    counts = Counter(node.kind for node in found["广州细则"].walk())
    assert (counts[ProvisionKind.CHAPTER], counts[ProvisionKind.SECTION]) == (7, 3)
    six = next(node for node in found["长春规定"].walk() if node.path == "a6")
    assert [len(item.children) for item in six.children] == [3, 6, 3, 3, 0]
    eight = next(node for node in found["鹤岗办法"].walk() if node.path == "a8")
    assert [item.ordinal for item in eight.children] == list(range(1, 21))


def test_hard_wraps_are_joined_in_the_reading_only():
    act = acts()["抚顺办法"]
    seven = next(node for node in act.walk() if node.path == "a7")
    assert "\n" in read(FILES[0])[seven.start : seven.end]
    assert "\n" not in seven.reading.text
