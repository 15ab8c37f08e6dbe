"""What each stretch of a source became, for a reader to check by eye. Pure: a source in, marks and segments out.

Every character has one *base*: part of the tree (by the level of its provision), part of a text's front, noise with its
reason, or white space. Over it lie *marks*: what was read from the stretch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.field import Field
from catalog.issue import Issue
from catalog.regulation import Provision, Regulation
from catalog.resource import Resource
from catalog.value import Place
from catalog.vocabulary import ProvisionKind
from loaders.regulation.agencies import find
from loaders.regulation.clauses import SENTENCE, own_words
from loaders.regulation.conditions.cues import only_exception
from loaders.regulation.conditions.lists import Listing, listing_of
from loaders.regulation.document import parse
from loaders.regulation.load import read_regulations
from loaders.regulation.tree import Act, Document, Node


class Base(StrEnum):
    """What a character is part of."""

    TREE = "tree"
    FRONT = "front"
    NOISE = "noise"
    SPACE = "space"


class Layer(StrEnum):
    """What a mark says that its stretch became; later members are printed over earlier ones."""

    HEADING = "heading"
    LISTED = "listed"
    EXCEPTION = "exception"
    RESOURCE = "resource"
    DEFINITION = "definition"
    PERMISSION = "permission"
    PROHIBITION = "prohibition"
    DUTY = "duty"
    FIELD = "field"
    AGENCY = "agency"
    CLOCK = "clock"
    REFERENCE = "reference"
    LABEL = "label"
    ISSUE = "issue"


RULES = (Layer.DEFINITION, Layer.PERMISSION, Layer.PROHIBITION, Layer.DUTY)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """``source[start:end]`` became something; ``note`` says what, in a line."""

    start: int
    end: int
    layer: Layer
    note: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch all of whose characters are alike: one base with its reason, and the marks that lie over it.

    Of several rules over one stretch only the narrowest is kept, so that an item shows its own.
    """

    start: int
    end: int
    base: Base
    reason: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A source with all that it became: ``segments`` cover it without gap or overlap."""

    path: str
    source: str
    titles: tuple[str, ...]
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    issues: tuple[Issue, ...]

    def sums(self) -> dict[str, int]:
        """How many characters each base holds, noise and front by reason: together the length of the source."""
        found: Counter[str] = Counter()
        for one in self.segments:
            name = one.base if one.base in (Base.TREE, Base.SPACE) else f"{one.base}: {one.reason}"
            found[str(name)] += one.end - one.start
        return dict(sorted(found.items()))

    def counts(self) -> dict[str, int]:
        """How many stretches became what."""
        found = Counter(mark.layer for mark in self.marks)
        return {str(layer): found[layer] for layer in Layer if found[layer]}


def explain(source: str, path: str) -> Explained:
    """Reads a decoded source and says of every character what it became."""
    document, _ = parse(source, path)
    found = read_regulations({path: source})
    titles = tuple(act.title for act in document.acts)
    listed = (mark for act in document.acts for mark in _listed(act))
    marks = tuple(sorted({*_labels(document), *listed, *_read(found.records), *_doubts(found.issues)}))
    segments = tuple(_segments(source, _bases(document), marks))
    return Explained(path, source, titles, segments, marks, found.issues)


def _labels(document: Document) -> Iterator[Mark]:
    for act in document.acts:
        for node in act.walk():
            if node.label and node.reading.text.startswith(node.label):
                start, end = node.reading.span(0, len(node.label))
                yield Mark(start, end, Layer.LABEL, f"{node.kind.zh} {node.path}")
            if node.kind in (ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION) and node.lead.text:
                start, end = node.lead.span(0, len(node.lead.text))
                yield Mark(start, end, Layer.HEADING, f"{node.kind.zh} {node.path}")
            if node.kind not in (ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION):
                yield from _agencies(node)


def _agencies(node: Node) -> Iterator[Mark]:
    for mention in find(node.lead):
        start, end = node.lead.span(mention.start, mention.end)
        yield Mark(start, end, Layer.AGENCY, f"{mention.kind.zh} {mention.name}")


_LISTED = {Listing.MISDEEDS: "a case of the sanction above", Listing.CONTENTS: "a part of what is listed above"}


def _listed(act: Act) -> Iterator[Mark]:
    """What a list enumerates without being rules of their own, and exceptions that are sentences of their own."""
    for words in own_words(act):
        note = _LISTED.get(listing_of(words.introduction))
        if note and words.text:
            start, end = words.node.lead.span(0, len(words.text))
            yield Mark(start, end, Layer.LISTED, note)
        if listing_of(words.text[-80:]) in (Listing.EXEMPT, Listing.RULES) and words.text.endswith("："):
            start, end = words.node.lead.span(0, len(words.text))
            yield Mark(start, end, Layer.LISTED, "announces the list below")
        for sentence in SENTENCE.finditer(words.text):
            if only_exception(sentence[0]):
                start, end = words.node.lead.span(*sentence.span())
                yield Mark(start, end, Layer.EXCEPTION, "an exception to the rule before")
            elif _PURPOSE.search(sentence[0]):
                start, end = words.node.lead.span(*sentence.span())
                yield Mark(start, end, Layer.LISTED, "the purpose and basis of the text")


_PURPOSE = re.compile("制定本[^，。；]{1,6}。?$")


def _read(records: Iterable[object]) -> Iterator[Mark]:
    for record in records:
        match record:
            case Condition(place=Place(span=span)) if span:
                layer = Layer(record.condition_kind.lower())
                who = "、".join(record.actor)
                whom = f"（相对方 {'、'.join(record.counterparty)}）" if record.counterparty else ""
                what = f"{who}{'→' if who else ''}{record.action}{whom}"
                note = f"{record.condition_kind.zh} · {record.topic.zh} · {what}"
                yield Mark(span.start, span.end, layer, note)
            case Clock(place=Place(span=span)) if span:
                amount = f" {record.amount} {record.unit}" if record.amount is not None else ""
                yield Mark(span.start, span.end, Layer.CLOCK, f"{record.clock_kind.zh}{amount} · {record.action}")
            case Resource(place=Place(span=span)) if span:
                yield Mark(span.start, span.end, Layer.RESOURCE, f"{record.regime.zh} · {record.name}")
            case Field(place=Place(span=span)) if span:
                yield Mark(span.start, span.end, Layer.FIELD, f"信息项 · {record.name}")
            case Provision():
                for one in record.references:
                    note = one.target or one.regulation or "unresolved"
                    yield Mark(one.span.start, one.span.end, Layer.REFERENCE, f"→ {note}")
            case Regulation() | _:
                pass


def _doubts(issues: Iterable[Issue]) -> Iterator[Mark]:
    for issue in issues:
        span = issue.place.span if issue.place else None
        if span and span.start < span.end:
            yield Mark(span.start, span.end, Layer.ISSUE, f"{issue.code}: {issue.suggestion or issue.message}")


def _bases(document: Document) -> list[tuple[int, int, Base, str]]:
    """The stretches of the source that are in the tree, the front or noise, in order and apart."""
    found = [(one.start, one.end, Base.NOISE, one.reason) for one in document.noise]
    for act in document.acts:
        found += [(one.start, one.end, Base.FRONT, one.reason) for one in act.front]
        at = 0
        for node in act.provisions:
            found.append((max(at, node.start), node.end, Base.TREE, ""))
            at = node.end
    return _apart(sorted(found, key=lambda one: (one[0], -one[1])))


def _apart(found: list[tuple[int, int, Base, str]]) -> list[tuple[int, int, Base, str]]:
    """Noise between the lines of a provision is cut out of it: an inner stretch goes before the one around it."""
    done: list[tuple[int, int, Base, str]] = []
    open_: list[tuple[int, int, Base, str]] = []
    for start, end, base, reason in found:
        while open_ and open_[-1][1] <= start:
            done.append(open_.pop())
        if open_:
            low, high, outer, why = open_.pop()
            if low < start:
                done.append((low, start, outer, why))
            if end < high:
                open_.append((end, high, outer, why))
        open_.append((start, end, base, reason))
    return sorted([*done, *open_])


def _segments(source: str, bases: list[tuple[int, int, Base, str]], marks: tuple[Mark, ...]) -> Iterator[Segment]:
    cuts = {0, len(source)}
    for start, end, _, _ in bases:
        cuts |= {start, end}
    for mark in marks:
        cuts |= {mark.start, mark.end}
    edges = sorted(cuts)
    at, opening = 0, 0
    over: list[Mark] = []
    for start, end in pairwise(edges):
        while at < len(bases) and bases[at][1] <= start:
            at += 1
        base, reason = Base.SPACE, ""
        if at < len(bases) and bases[at][0] <= start:
            _, _, base, reason = bases[at]
        while opening < len(marks) and marks[opening].start <= start:
            over.append(marks[opening])
            opening += 1
        over = [mark for mark in over if mark.end > start]
        yield Segment(start, end, base, reason, _shown(over))


def _shown(over: Iterable[Mark]) -> tuple[Mark, ...]:
    narrowest: dict[Layer, Mark] = {}
    for mark in over:
        layer = Layer.DUTY if mark.layer in RULES else mark.layer
        held = narrowest.get(layer)
        if held is None or mark.end - mark.start < held.end - held.start:
            narrowest[layer] = mark
    order = list(Layer)
    return tuple(sorted(narrowest.values(), key=lambda mark: order.index(mark.layer)))
