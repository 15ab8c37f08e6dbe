"""Texts as catalogue records: each Regulation, its Provisions in document order, the agencies that issued it."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.agency import Agency
from catalog.identifiers import agency_id, provision_id
from catalog.issue import Issue
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.value import Citation, Place, RegulationRelation, Span
from catalog.vocabulary import AgencyKind, ProvisionKind
from loaders.jurisdictions import place_at_start
from loaders.regulation.basis import bases, implemented, repealed
from loaders.regulation.metadata import Facts, describe
from loaders.regulation.tree import Act, Document, Node


def records(document: Document, source_id: str) -> tuple[list[Record], list[Issue]]:
    """The records of every text of a document: for each its issuers, itself, its provisions.

    References are left to the extractor of references. The issues of a document come with :func:`parse`; none is added
    here, and the list is for what later levels may find.
    """
    found: list[Record] = []
    seen: set[str] = set()
    at, line = 0, 1
    for act in document.acts:
        line += document.source.count("\n", at, act.start)
        at = act.start
        facts, _ = describe(document, act)
        if facts.id in seen:
            continue  # the page prints the same text twice: the first stays
        agencies = [_issuer(name, facts) for name in facts.issuers]
        found += [agency for agency in agencies if agency.id not in seen]
        seen |= {facts.id, *(agency.id for agency in agencies)}
        found.append(_regulation(document, act, facts, agencies, source_id, line))
        found += _provisions(document, act, facts.id, source_id)
    return found, []


def _issuer(name: str, facts: Facts) -> Agency:
    place = place_at_start(name)
    jurisdiction = place[0] if place else facts.jurisdiction
    kind = AgencyKind.GOVERNMENT if name.endswith("人民政府") else AgencyKind.BODY
    return Agency(id=agency_id(jurisdiction, name), name=name, agency_kind=kind, jurisdiction=jurisdiction)


def _regulation(
    document: Document, act: Act, facts: Facts, agencies: list[Agency], source_id: str, line: int
) -> Regulation:
    articles = [node for node in act.walk() if node.kind is ProvisionKind.ARTICLE]
    return Regulation(
        id=facts.id,
        source=source_id,
        place=_place(document, act.start, act.end, line),
        title=facts.title,
        short_title=facts.short_title,
        regulation_kind=facts.kind,
        number=facts.number,
        aliases=facts.aliases,
        issuers=tuple(agency.id for agency in agencies),
        jurisdiction=facts.jurisdiction,
        adopted=facts.adopted,
        promulgated=facts.promulgated,
        effective=facts.effective,
        expires=facts.expires,
        draft=facts.draft,
        comment_deadline=facts.comment_deadline,
        trial=facts.trial,
        article_count=len(articles),
        basis=_bases(document, articles),
        relations=_relations(document, act, facts, articles),
    )


def _bases(document: Document, articles: list[Node]) -> tuple[Citation, ...]:
    return tuple(bases(document.source, articles[0])) if articles and articles[0].ordinal == 1 else ()


def _relations(document: Document, act: Act, facts: Facts, articles: list[Node]) -> tuple[RegulationRelation, ...]:
    found = [relation] if (relation := implemented(facts.title)) else []
    for article in articles[-3:]:
        found += repealed(document.source, act, article, provision_id(facts.id, article.path))
    return tuple(found)


def _place(document: Document, start: int, end: int, line: int) -> Place:
    return Place(source=document.path, line=line, span=Span(start=start, end=end, line=line))


def _provisions(document: Document, act: Act, regulation: str, source_id: str) -> Iterator[Provision]:
    position = 0

    def below(node: Node, parent: str | None) -> Iterator[Provision]:
        nonlocal position
        position += 1
        identifier = provision_id(regulation, node.path)
        place = _place(document, node.start, node.end, node.line)
        yield Provision(
            id=identifier,
            source=source_id,
            place=place,
            regulation=regulation,
            parent=parent,
            provision_kind=node.kind,
            label=node.label,
            ordinal=node.ordinal,
            heading=node.heading,
            position=position,
            text=document.source[node.start : node.end],
            reading=node.reading.text,
            span=Span(start=node.start, end=node.end, line=node.line),
        )
        for child in node.children:
            yield from below(child, identifier)

    for node in act.provisions:
        yield from below(node, None)
