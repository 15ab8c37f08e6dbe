"""From the drafts of rules to records: spans, citations, agencies, constraints, clocks."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.identifiers import agency_id, condition_id
from catalog.record import Record
from catalog.regulation import Regulation
from catalog.value import Citation, Constraint, Span
from catalog.vocabulary import ConditionKind, ProvisionKind, Topic
from loaders.regulation import agencies
from loaders.regulation.clauses import Origin, Words, members, own_words
from loaders.regulation.clocks import clocks as read_clocks
from loaders.regulation.conditions import contents
from loaders.regulation.conditions.counterparties import counterparties
from loaders.regulation.conditions.drafts import Draft, drafts
from loaders.regulation.conditions.quantities import constraints
from loaders.regulation.conditions.topics import GENERAL
from loaders.regulation.extract import Extract
from loaders.regulation.tree import Act, Reading


@dataclass(slots=True)
class _Maker:
    """What is carried through one act: who has been named, which identifiers are taken, where clocks stand."""

    origin: Origin
    clocks: dict[str, tuple[list[int], list[str]]]
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: Words | None = None
    citation: Citation | None = None
    where: str = ""

    def record(self, words: Words, draft: Draft, position: int) -> Condition:
        origin, reading = self.origin, words.node.lead
        if words is not self.words:
            self.words, self.where = words, origin.provision(words.node)
            self.citation = origin.cite(words.node, words.article)
        where = self.where
        said = reading.text[draft.start : draft.end]
        span = origin.at(*reading.span(draft.start, draft.end))
        self.seen[where, said] += 1
        actor = members(draft.actor)
        return Condition(
            id=condition_id(where, said, self.seen[where, said]),
            source=origin.source_id,
            place=origin.place(span),
            condition_kind=draft.kind,
            topic=draft.topic,
            action=draft.action,
            text=origin.verbatim(span),
            span=span,
            regulation=origin.regulation.id,
            position=position,
            actor=actor,
            agencies=tuple(dict.fromkeys(found for name in actor for found in self.agencies(name))),
            counterparty=() if draft.kind is ConditionKind.DEFINITION else counterparties(said, actor),
            trigger=draft.trigger or None,
            constraints=(*constraints(said), *self.elements(words, draft)),
            exceptions=draft.exceptions,
            clocks=() if draft.action == "简称" else self.within(where, span),
            governs=(origin.regulation.id,) if draft.topic in GENERAL else (),
            citation=self.citation,
        )

    def elements(self, words: Words, draft: Draft) -> Iterator[Constraint]:
        """What a catalogue, an application or a class must consist of: one constraint for each part, verbatim."""
        reading = words.node.lead
        for low, high in contents.parts(reading.text, draft.start, draft.end, draft.topic):
            text = self.origin.verbatim(self.origin.at(*reading.span(low, high)))
            yield contents.constraint(draft.topic, reading.text[low:high], text)
        for low, high in contents.channels(reading.text, draft.start, draft.end):
            text = self.origin.verbatim(self.origin.at(*reading.span(low, high)))
            yield contents.constraint(Topic.CHANNEL, reading.text[low:high], text, "isAnyOf")
        opens = contents.OPENS.search(reading.text, draft.start, draft.end + 1)
        if opens:
            for item in words.node.children:
                if item.kind is ProvisionKind.ITEM and (said := item.lead.text.rstrip("。；\n ")):
                    text = self.origin.verbatim(self.origin.at(*item.lead.span(0, len(said))))
                    yield contents.constraint(draft.topic, said, text, opens.lastgroup or "hasPart")

    def within(self, where: str, span: Span) -> tuple[str, ...]:
        """The clocks of a provision that start in a span."""
        starts, identifiers = self.clocks.get(where, ((), ()))
        return tuple(identifiers[bisect_left(starts, span.start) : bisect_left(starts, span.end)])

    def agencies(self, name: str) -> tuple[str, ...]:
        """The identifiers of the agencies that an actor's words denote; each name is looked up once an act."""
        if name not in self.names:
            place = self.origin.regulation.jurisdiction
            mentions = agencies.find(Reading(text=name, offsets=range(len(name) + 1)))
            self.names[name] = tuple(dict.fromkeys(agency_id(place, mention.name) for mention in mentions))
        return self.names[name]


def conditions(
    act: Act,
    regulation: Regulation,
    source_id: str,
    path: str,
    source: str,
    clocks: Iterable[Record] | None = None,
) -> Extract:
    """The rules of an act in document order.

    ``clocks`` are those of the same act, read once more if they are not handed in; rules name the ones in their span.
    """
    if clocks is None:
        clocks = read_clocks(act, regulation, source_id, path, source).records
    standing: dict[str, tuple[list[int], list[str]]] = {}
    for clock in clocks:
        span = clock.place.span if clock.place else None
        if isinstance(clock, Clock) and span and clock.citation and clock.citation.provision:
            starts, identifiers = standing.setdefault(clock.citation.provision, ([], []))
            starts.append(span.start)
            identifiers.append(clock.id)
    maker = _Maker(origin=Origin.of(act, regulation, source_id, path, source), clocks=standing)
    records: list[Condition] = []
    article, actor = "", ""
    for words in own_words(act):
        if words.article and words.article.path != article:
            article, actor = words.article.path, ""
        for draft in drafts(words):
            if draft.action == "延长" and not draft.actor:
                draft = replace(draft, actor=actor)  # who may extend a period is who must keep it
            actor = draft.actor or actor
            records.append(maker.record(words, draft, len(records) + 1))
    return Extract(records=tuple(records))
