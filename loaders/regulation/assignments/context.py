"""What every drafting pattern works with: the act's frame, the article cut into blocks, and the making of records."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from catalog.identifiers import issue_id, provision_id
from catalog.issue import Issue
from catalog.regulation import Regulation
from catalog.value import Citation, Place, Span
from catalog.vocabulary import ProvisionKind
from loaders.regulation.codes import Code
from loaders.regulation.tree import Act, Node, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph as the patterns see it: its own words, and the items that hang on it."""

    node: Node
    lead: Reading
    items: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with the headings it stands under (outermost first), its blocks in order."""

    node: Node
    headings: tuple[str, ...]
    blocks: tuple[Block, ...]


def articles(act: Act) -> Iterator[Article]:
    """The articles of an act in document order."""
    yield from _articles(act.provisions, ())


def _articles(nodes: tuple[Node, ...], headings: tuple[str, ...]) -> Iterator[Article]:
    for node in nodes:
        if node.kind is ProvisionKind.ARTICLE:
            yield Article(node=node, headings=headings, blocks=tuple(_blocks(node)))
        elif node.kind in (ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION):
            yield from _articles(node.children, (*headings, "".join((node.heading or "").split())))


def _blocks(article: Node) -> Iterator[Block]:
    if article.lead.text.strip() or not any(node.kind is ProvisionKind.PARAGRAPH for node in article.children):
        yield Block(node=article, lead=article.lead, items=_items(article))
    for node in article.children:
        if node.kind is ProvisionKind.PARAGRAPH:
            yield Block(node=node, lead=node.lead, items=_items(node))


def _items(node: Node) -> tuple[Node, ...]:
    return tuple(child for child in node.children if child.kind in (ProvisionKind.ITEM, ProvisionKind.SUBITEM))


@dataclass(frozen=True, kw_only=True)
class Context:
    """The frame of one act: the regulation it became, where it was read, and the source's own characters."""

    regulation: Regulation
    source_id: str
    path: str
    source: str | None = None
    _told: dict[tuple[str, str], int] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.source or "")]

    def verbatim(self, reading: Reading, start: int = 0, end: int | None = None) -> str:
        """The source's characters of ``reading.text[start:end]``; the reading itself where there is no source."""
        end = len(reading.text) if end is None else end
        if self.source is None:
            return reading.text[start:end]
        low, high = reading.span(start, end)
        return self.source[low:high]

    def place(self, reading: Reading, start: int, end: int, node: Node) -> Place:
        """Where ``reading.text[start:end]`` stands. Without the source, the line is that of the node."""
        low, high = reading.span(start, end)
        line = node.line if self.source is None else bisect_right(self._breaks, low - 1) + 1
        return Place(source=self.path, line=line, span=Span(start=low, end=high, line=line))

    def is_new(self, identifier: str) -> bool:
        """Whether a resource is met for the first time in this act."""
        new = identifier not in self._made
        self._made.add(identifier)
        return new

    def provision(self, node: Node) -> str:
        """The identifier of a node's provision."""
        return provision_id(self.regulation.id, node.path)

    def cite(self, node: Node) -> Citation:
        """A node as a basis: its label as printed."""
        return Citation(
            text=self.verbatim(node.reading, *_label_span(node)),
            provision=self.provision(node),
            regulation=self.regulation.id,
        )

    def issue(
        self,
        code: Code,
        message: str,
        node: Node,
        place: Place | None = None,
    ) -> Issue:
        """An issue at a place of a provision."""
        where = self.provision(node)
        occurrence = self._told[code.name, where] = self._told.get((code.name, where), 0) + 1
        place = place or self.place(node.reading, *_label_span(node), node)
        return Issue(
            id=issue_id(self.source_id, code.name, where, occurrence),
            source=self.source_id,
            place=place,
            code=code.name,
            severity=code.severity,
            message=message,
            suggestion=code.suggestion,
            regulation=self.regulation.id,
            position=place.span.start if place.span else 0,
        )


def _label_span(node: Node) -> tuple[int, int]:
    at = node.reading.text.find(node.label) if node.label else -1
    return (at, at + len(node.label)) if at >= 0 else (0, min(1, len(node.reading.text)))
