"""The lossless tree of a legal text: every node is a stretch of the source, and so is all that is left out.

This is what structure recognition hands to the extractors (assignments, conditions, clocks, references) and what
becomes :class:`catalog.regulation.Provision` records. Positions are characters of the decoded source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from catalog.vocabulary import ProvisionKind
from loaders.regulation.offsets import Offsets


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A stretch of the source as it is to be read, with the way back.

    ``text`` is simplified, with hard wraps joined and punctuation folded to full-width forms (，、；：（）);
    ``offsets`` has one source position for each character of ``text`` and one more: the end. Paragraphs and items are
    apart by one line feed.
    """

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source positions of ``text[start:end]``: half-open, exact for the first and last characters."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1

    def cut(self, start: int, end: int) -> Reading:
        """The reading of ``text[start:end]``."""
        first, last = self.span(start, end)
        if isinstance(self.offsets, Offsets):
            return Reading(text=self.text[start:end], offsets=self.offsets.cut(start, end, last))
        return Reading(text=self.text[start:end], offsets=(*self.offsets[start:end], last if end > start else first))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A provision: ``source[start:end]`` is its text, children included.

    ``label`` is as printed, simplified (第九条, （一）, 1.; empty for paragraphs); ``ordinal`` the number at its own
    level, inferred where the print lost it. ``path`` is that of :func:`catalog.identifiers.provision_id`. ``reading``
    is of the whole stretch, label included. ``lead`` is the reading of its own words: what stands before its first
    child, without the label. An article of one paragraph has no paragraph children: its items hang on the article
    itself; an article of several has PARAGRAPH children (its label before the first), and items hang on theirs.
    """

    kind: ProvisionKind
    label: str
    ordinal: int | None
    heading: str | None
    path: str
    start: int
    end: int
    line: int
    reading: Reading
    lead: Reading
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """A stretch of the source that is no part of the legal text, with the reason (navigation, advertisement …)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One legal text found in a source: its title block, its notice and its provisions.

    ``front`` are the stretches that belong to the act but to no provision (cover notice, title, number, date,
    signature), each with its part's name in ``reason``. ``provisions`` are the top-level nodes.
    """

    title: str
    start: int
    end: int
    provisions: tuple[Node, ...]
    front: tuple[Noise, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Every provision in document order."""
        for node in self.provisions:
            yield from node.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A decoded source: its acts and, exactly, everything else.

    Every character of ``source`` is in a provision, in an act's ``front``, in a ``noise`` stretch, or white space.
    """

    path: str
    source: str
    acts: tuple[Act, ...]
    noise: tuple[Noise, ...] = field(default=())
