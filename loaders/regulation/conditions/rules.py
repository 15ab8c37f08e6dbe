"""From a provision's own words to its conditions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.identifiers import agency_id, condition_id
from catalog.record import Record
from catalog.regulation import Regulation
from catalog.value import Citation, Constraint, Span
from catalog.vocabulary import ConditionKind, ProvisionKind, Topic
from loaders.regulation import agencies
from loaders.regulation.clauses import (
    CLAUSE,
    SENTENCE,
    VERB,
    Origin,
    Words,
    agent,
    charge_of,
    deed,
    introducer,
    members,
    own_words,
    verb_of,
)
from loaders.regulation.clocks import clocks as read_clocks
from loaders.regulation.conditions import contents, cues
from loaders.regulation.conditions.counterparties import counterparties
from loaders.regulation.conditions.lists import Listing, listing_of
from loaders.regulation.conditions.quantities import constraints
from loaders.regulation.conditions.topics import GENERAL, constitutive, topic_of
from loaders.regulation.extract import Extract
from loaders.regulation.tree import Act, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A rule as read: ``start`` and ``end`` in the provision's words, the rest in words of the reading."""

    kind: ConditionKind
    topic: Topic
    start: int
    end: int
    actor: str
    action: str
    trigger: str = ""
    exceptions: tuple[str, ...] = ()


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
            code = (place.code or place.name) if place else None
            mentions = agencies.find(Reading(text=name, offsets=range(len(name) + 1)))
            self.names[name] = tuple(dict.fromkeys(agency_id(code, mention.name) for mention in mentions))
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


def drafts(words: Words) -> tuple[Draft, ...]:
    """The rules in a provision's own words, in order."""
    return _drafts(words.text, words.introduction, introducer(words), words.listed)


@lru_cache(maxsize=1024)  # the same words make the same rules: formulas, mirrors, a text printed twice
def _drafts(text: str, introduction: str, actor: str, listed: bool) -> tuple[Draft, ...]:
    listing = listing_of(introduction)
    if listing is Listing.MISDEEDS:
        return ()
    if listing in (Listing.EXEMPT, Listing.FORBIDDEN, Listing.DUTIES) and not listed:
        return tuple(_item(text, listing, introduction, actor))
    plainly = listing is not Listing.CONTENTS and not listed
    found: list[Draft] = []
    for sentence in SENTENCE.finditer(text):
        said = sentence[0]
        if found and cues.only_exception(said):
            more = cues.exceptions(said) or (said.rstrip("。；"),)
            found[-1] = replace(found[-1], exceptions=tuple(dict.fromkeys((*found[-1].exceptions, *more))))
            continue
        topic = found[-1].topic if found else None
        read = list(_sentence(said, sentence.start(), actor, plainly, introduction, topic))
        found += read
        actor = next((draft.actor for draft in reversed(read) if draft.actor), actor)
    return tuple(found)


def _item(text: str, listing: Listing, introduction: str, actor: str) -> Iterator[Draft]:
    """An item that is a rule by what stands over it."""
    end = len(text.rstrip("。；\n "))
    said = text[:end]
    if not said:
        return
    if listing is Listing.DUTIES:
        kind, topic, action = ConditionKind.DUTY, topic_of(said) or Topic.RESPONSIBILITY, _charged(said)
    elif listing is Listing.EXEMPT:
        kind, topic, action = ConditionKind.PROHIBITION, Topic.EXEMPTION, "公开"
    else:
        kind, action = ConditionKind.PROHIBITION, deed(said)
        topic = topic_of(said) or topic_of(introduction) or Topic.OTHER
    yield Draft(kind=kind, topic=topic, start=0, end=end, actor=actor, action=action, exceptions=cues.exceptions(said))


def _charged(said: str) -> str:
    """法律规定的其他职责 is no verb: a residual duty is to carry it out."""
    return "履行" if cues.RESIDUE.search(said) else deed(said)


def _sentence(
    said: str, base: int, actor: str, plainly: bool, introduction: str, last: Topic | None
) -> Iterator[Draft]:
    for low, high in cues.abbreviations(said):
        yield Draft(
            kind=ConditionKind.DEFINITION, topic=Topic.SCOPE, start=base + low, end=base + high, actor="", action="简称"
        )
    units = cues.units(said)
    if not units and plainly:
        yield from _plain(said, base, actor, introduction, last)
        return
    whole = topic_of(said) if units else None
    shared = cues.exceptions(said) if units and all(u.kind is ConditionKind.PROHIBITION for u in units) else ()
    if said.endswith("：") and listing_of(said) is Listing.EXEMPT:
        return  # it only announces: each class under it is a prohibition of its own
    for unit in units:
        own = agent(unit.clause)
        actor = (f"{unit.joint}，{own}" if own and unit.joint else own) or unit.earlier or actor
        doer = "" if cues.nobody(said[unit.cue : unit.end], own) else actor
        text = said[unit.start : unit.end].rstrip("。；：\n")
        rest = said[unit.after : unit.end]
        if own and own in rest and own not in unit.clause[: unit.offset]:
            rest = rest[rest.index(own) + len(own) :]
        defines = unit.kind is ConditionKind.DEFINITION and ("指" in said[unit.cue : unit.after] or "所称" in text)
        if unit.kind is ConditionKind.DEFINITION:
            doer = ""
        trigger = _trigger(unit, own, actor)
        for low, high in pieces(text, unit.after - unit.start) if unit.kind in SPLIT else ((0, len(text)),):
            part = text[low:high]
            topic = topic_of(cues.core(part)) or whole or topic_of(introduction) or last or Topic.OTHER
            if last and (cues.FOLLOWS_UP.search(part) or (topic is Topic.APPROVAL and "延长" in part)):
                topic = last  # 应当及时处理，并将处理结果予以反馈: about what the rule before is about
            elif topic in WEAK and whole in STRONG and not low and high == len(text):
                topic = whole
            last = topic
            yield Draft(
                kind=unit.kind,
                topic=Topic.SCOPE if defines else topic,
                start=base + unit.start + low,
                end=base + unit.start + high,
                actor=doer,
                action=deed(part)
                if low
                else _action(unit, said[unit.cue : unit.after], rest[: len(rest) - (unit.end - unit.start - high)]),
                trigger=trigger,
                exceptions=shared or cues.exceptions(part),
            )


def pieces(text: str, after: int) -> list[tuple[int, int]]:
    """The parts of a rule that lists several duties, where a clause opens another topic.

    ``after`` is where the word of rule ends; what stands before it belongs to the first part.
    """
    found: list[tuple[int, int]] = []
    if _FRAMED.match(text, after):
        after = _clause_end(text, after) + 1  # 应当根据…的要求，编制…: the first duty comes after the frame
    head = _clause_end(text, after)
    opened, topic = 0, topic_of(cues.core(text[:head]))
    for clause in CLAUSE.finditer(text):
        start, said = clause.start(), clause[0]
        if start <= after or not _OPENS.match(said):
            continue
        own = topic_of(said)
        if own is not None and topic is not None and own not in (topic, *_VAGUE):
            found.append((opened, start - 1))
            opened, topic = start, own
    return [*found, (opened, len(text))]


def _clause_end(text: str, at: int) -> int:
    comma = text.find("，", at)
    return len(text) if comma < 0 else comma


_FRAMED = re.compile("(?:根据|依据|按照|依照|通过)[^，。；]{1,40}，")
_OPENS = re.compile(
    rf"(?:并|同时|也)?(?:应当?)?(?:及时|定期|依法|按照?规定|严格|逐步|在?每年[^，。；]{{0,12}}前)?"
    rf"(?!确保|保障|保证|提高|避免|实现|防止|加强|严格考核)(?:(?:将|向|对|从)[^，。；]{{1,40}}?|会同[^，。；]{{1,40}}?|做好)?{VERB.pattern}"
)
_VAGUE = (Topic.RESPONSIBILITY, Topic.PRINCIPLE, Topic.QUALITY, Topic.PROCEDURE, Topic.PUBLICATION, Topic.SCOPE)
STRONG = frozenset({Topic.LEGAL_EFFECT, Topic.CORRECTION, Topic.DISPUTE, Topic.APPLICATION})
WEAK = frozenset({Topic.RESPONSIBILITY, Topic.OTHER})
SPLIT = frozenset({ConditionKind.DUTY, ConditionKind.PERMISSION})


def _action(unit: cues.Unit, cue: str, rest: str) -> str:
    if unit.kind is ConditionKind.DEFINITION:
        return cue.lstrip("，")
    if cue == "负责":
        return charge_of(rest) or cue
    return verb_of(rest) or verb_of(unit.clause) or deed(rest)


def _trigger(unit: cues.Unit, own: str, actor: str) -> str:
    """The clauses that lead on to the rule, and what its own clause says between the actor and the word of rule."""
    if unit.kind is ConditionKind.DEFINITION:
        return ""
    before = unit.clause[: unit.offset]
    between = before[before.index(own) + len(own) :] if own and own in before else "" if own else before
    lead = unit.trigger.removeprefix(actor) if actor else unit.trigger
    return "，".join(
        part
        for part in (lead, between)
        if len(part) > 2 and not part.startswith(("（以下", "依照法定职责", "依照各自法定职责", "并指定"))
    )


def _plain(said: str, base: int, actor: str, introduction: str, last: Topic | None) -> Iterator[Draft]:
    """A sentence that states a duty, or what holds, without a word of rule."""
    match = cues.SANCTION.search(said) or cues.PLAIN.search(said)
    if not match:
        return
    text = said.rstrip("。；：\n")
    clauses = [(clause.start(), clause[0]) for clause in CLAUSE.finditer(text)]
    after = [clause for at, clause in clauses if at > match.start()]
    nearest = [*reversed(after), *(clause for at, clause in clauses if at <= match.start())]
    own = next((who for clause in reversed(nearest) if (who := agent(clause))), "")
    topic = topic_of(cues.core(text)) or topic_of(introduction) or last or Topic.OTHER
    at = said.find(own) if own else -1
    rest = said[at + len(own) :] if at >= 0 and at + len(own) > match.start() else said[match.start() :]
    kind = ConditionKind.DEFINITION if "包括" in match[0] else constitutive(topic)
    action = deed(rest)
    if kind is ConditionKind.DEFINITION and (held := cues.HOLDS.search(said)):
        action = held[0]
    elif match.re is cues.SANCTION:
        action = "追究" if match[0] == "追究" else action
        own = "" if cues.nobody(said[match.start() :], "") else own
        actor = "" if cues.nobody(said[match.start() :], "") else actor
    if "制定本" in text:
        return  # the purpose of the text: no rule
    lead = [clause for at, clause in clauses if at + len(clause) <= match.start() and clause[-1:] in "的时后"]
    yield Draft(
        kind=kind,
        topic=topic,
        start=base,
        end=base + len(text),
        actor="" if kind is ConditionKind.DEFINITION else own or actor,
        action=action,
        trigger="，".join(lead),
        exceptions=cues.exceptions(text),
    )
