"""Texts of our own for the readers of rules, and the shared real ones where they are there."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.identifiers import source_id
from catalog.issue import Issue
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.text import fold
from catalog.value import Span
from loaders.regulation.clocks import clocks
from loaders.regulation.conditions import conditions
from loaders.regulation.document import parse
from loaders.regulation.records import records
from loaders.regulation.references import cross_document, doubts, references
from loaders.regulation.tree import Act

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MULU_SHARED", ROOT.parent / "shared")) / "regulations"
GOLDEN = Path(__file__).resolve().parent / "golden"


@dataclass(frozen=True)
class Read:
    """One act with all that is read from it."""

    source: str
    act: Act
    regulation: Regulation
    provisions: tuple[Provision, ...]
    clocks: tuple[Clock, ...]
    conditions: tuple[Condition, ...]
    doubts: tuple[Issue, ...]

    def provision(self, path: str) -> Provision:
        return next(one for one in self.provisions if one.id == f"{self.regulation.id}.{path}")


def read(source: str, path: str = "x.txt") -> list[Read]:
    """Every act of a source."""
    document, _ = parse(source, path)
    source_id_ = source_id(path)
    structure, _ = records(document, source_id_)
    found = []
    for act in document.acts:
        regulation = next(one for one in structure if isinstance(one, Regulation) and span_of(one).start == act.start)
        own = [one for one in structure if isinstance(one, Provision) and one.regulation == regulation.id]
        timed = clocks(act, regulation, source_id_, path, source).records
        ruled = conditions(act, regulation, source_id_, path, source, timed).records
        found.append(
            Read(
                source=source,
                act=act,
                regulation=regulation,
                provisions=references(act, regulation, own),
                clocks=tuple(one for one in timed if isinstance(one, Clock)),
                conditions=tuple(one for one in ruled if isinstance(one, Condition)),
                doubts=doubts(act, regulation, own),
            )
        )
    return found


def rule(*articles: str, title: str = "示例市登记数据共享办法") -> Read:
    """A made-up text of these articles."""
    numbers = "一二三四五六七八九"
    body = "\n".join(f"第{numbers[at]}条 {text}" for at, text in enumerate(articles))
    return read(f"{title}\n\n{body}\n")[0]


def real() -> dict[str, list[Read]]:
    """The shared texts by file; skips loudly where they are not there."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared regulations at {SHARED}: set MULU_SHARED")
    return {path.name: read(path.read_text(encoding="utf-8"), path.name) for path in sorted(SHARED.glob("*.txt"))}


def every(texts: dict[str, list[Read]]) -> Iterator[Read]:
    for acts in texts.values():
        yield from acts


def linked(*texts: Read) -> list[Record]:
    """What cross_document makes of several texts."""
    held = [record for text in texts for record in (text.regulation, *text.provisions)]
    return list(cross_document({fold(text.regulation.title): text.regulation for text in texts}, held))


def span_of(record: Record) -> Span:
    """Where a record stands: every record of a text has a span."""
    assert record.place is not None and record.place.span is not None
    return record.place.span


def provision_of(record: Clock | Condition) -> str:
    """The provision that a rule or clock rests on, empty for those of a notice."""
    assert record.citation is not None
    return record.citation.provision or ""


def tally(words: Iterator[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def expect(name: str, facts: object, update: bool) -> None:
    """Compares facts with a golden file, or writes it."""
    path = GOLDEN / f"{name}.json"
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path} is missing: pytest --update-golden-files writes it"
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; --update-golden-files writes it anew"


@pytest.fixture(scope="session")
def real_texts() -> dict[str, list[Read]]:
    return real()
