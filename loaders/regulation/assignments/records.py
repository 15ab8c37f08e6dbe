"""Making the records of a statutory resource: the resource, its agencies, its fields and what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.field import Field
from catalog.identifiers import field_id, statutory_resource_id
from catalog.issue import Issue
from catalog.record import Record
from catalog.resource import Resource
from catalog.value import Citation, Place, Responsibility
from catalog.vocabulary import Allocation, Confidence, Origin, Regime, Role
from loaders.regulation import agencies
from loaders.regulation.agencies import Mention
from loaders.regulation.assignments import elements, lists, parentheses
from loaders.regulation.assignments.context import Context
from loaders.regulation.codes import Code
from loaders.regulation.tree import Node, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An agency's part in a resource: where it is named, what it does, how that was allotted."""

    mention: Mention
    named_in: Reading
    roles: tuple[Role, ...]
    allocation: Allocation = Allocation.SINGLE
    confidence: Confidence = Confidence.EXPLICIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a pattern found out about one resource, before it becomes records. ``lists`` are its lists of fields."""

    name: str
    basis: Node
    place: Place
    parties: tuple[Party, ...]
    regime: Regime = Regime.SHARING
    category: str | None = None
    aliases: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    open_list: bool = False
    lists: tuple[Reading, ...] = ()


def records(draft: Draft, context: Context) -> Iterator[Record]:
    """The resource with its agencies, fields, data elements and issues."""
    jurisdiction = context.regulation.jurisdiction
    basis = context.cite(draft.basis)
    resource_id = statutory_resource_id(context.provision(draft.basis), draft.name, draft.regime)
    if not context.is_new(resource_id):
        message = f"“{draft.name}” is assigned by this provision already; it is not made again"
        yield context.issue(Code.REPEATED_RESOURCE, message, draft.basis, draft.place)
        return
    responsibilities: dict[str, Responsibility] = {}
    for party in draft.parties:
        literal = context.verbatim(party.named_in, party.mention.start, party.mention.end)
        agency = agencies.record(party.mention, literal, jurisdiction)
        yield agency
        responsibilities.setdefault(
            agency.id,
            Responsibility(
                agency=agency.id,
                roles=party.roles,
                allocation=party.allocation,
                confidence=party.confidence,
                literal=literal,
                citation=basis,
            ),
        )
    cuts = [lists.cut(listed.text) for listed in draft.lists]
    yield Resource(
        id=resource_id,
        source=context.source_id,
        place=draft.place,
        name=draft.name,
        origin=Origin.STATUTORY,
        regime=draft.regime,
        aliases=tuple(dict.fromkeys(alias for alias in draft.aliases if alias and alias != draft.name)),
        category=draft.category,
        jurisdiction=jurisdiction,
        regulation=context.regulation.id,
        open_list=draft.open_list or any(cut.open_list for cut in cuts),
        subtypes=draft.subtypes,
        responsibilities=tuple(responsibilities.values()),
        cleared=True,
        basis=(basis,),
    )
    names: Counter[str] = Counter()
    for listed, cut in zip(draft.lists, cuts, strict=True):
        for item in cut.items:
            yield from _field(draft, resource_id, listed, item, names, context, basis)


def _field(
    draft: Draft,
    resource: str,
    listed: Reading,
    item: lists.Item,
    names: Counter[str],
    context: Context,
    basis: Citation,
) -> Iterator[Record]:
    printed = listed.text[item.start : item.end]
    word = parentheses.read(printed)
    names[word.name] += 1
    place = context.place(listed, item.start, item.end, draft.basis)
    element = elements.meant(word.name)
    if element:
        yield elements.element(element)
    reading = "".join(printed.split())
    parts = item.parts or word.parts
    yield Field(
        id=field_id(resource, word.name, names[word.name]),
        source=context.source_id,
        place=place,
        resource=resource,
        position=names.total(),
        name=word.name,
        text=context.verbatim(listed, item.start, item.end),
        aliases=(reading,) if word.qualifier and reading != word.name else (),
        data_element=elements.element(element).id if element else None,
        allowed_values=word.allowed_values,
        parts=parts,
        qualifier=word.qualifier,
        applicability=word.applicability,
        identity_key=element is not None or any(elements.meant(part) for part in item.parts),
        basis=(basis,),
    )
    yield from _doubts(draft, word.name, names[word.name], item, place, context)


def _doubts(draft: Draft, name: str, times: int, item: lists.Item, place: Place, context: Context) -> Iterator[Issue]:
    if times > 1:
        message = f"“{name}” stands {times} times among the fields of “{draft.name}”"
        yield context.issue(Code.REPEATED_FIELD, message, draft.basis, place)
    if item.doubtful:
        message = f"“{name}” may be one field or two; it is kept as one"
        yield context.issue(Code.DOUBTFUL_CONNECTOR, message, draft.basis, place)
