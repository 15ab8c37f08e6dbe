"""References: where a provision names another provision or another text, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalog.identifiers import issue_id, provision_id
from catalog.issue import Issue
from catalog.numerals import read_numeral
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.text import fold, simplify
from catalog.value import Citation, Place, Reference, RegulationRelation, Span
from catalog.vocabulary import ProvisionKind
from loaders.regulation.codes import Code
from loaders.regulation.tree import Act, Node

_N = "[零〇一二三四五六七八九十百千0-9]{1,7}"
_LAWS = "法|法典|条例|规定|办法|细则|决定|决议|通知|规则|意见|章程|解释|批复|公告|命令|规程"


def _numbers(prefix: str) -> str:
    """第三条第二款第（一）项, with the groups named for where it is used."""
    return (
        rf"第(?P<{prefix}article>{_N})条(?:之{_N})?(?:第(?P<{prefix}paragraph>{_N})款)?"
        rf"(?:第?[（(]?(?P<{prefix}item>{_N})[）)]?项)?"
    )


_OWN = "(?:本(?:实施)?(?:规定|办法|细则|条例|规则|法|决定))?"

_REFERENCE = re.compile(
    rf"(?P<outer>《(?P<title>[^《》\n]{{1,100}})》(?:（[^（）\n]{{1,20}}）)?(?:{_numbers('outer_')})?)"
    rf"|(?P<inner>(?:{_OWN[:-1]}|(?<![法典])){_numbers('')})"
    rf"|(?P<upper>{_OWN}第(?P<chapter>{_N})章(?:第(?P<section>{_N})节)?)"
    rf"|(?P<near>(?:本条)?第(?P<paragraph_only>{_N})款(?:第?[（(]?(?P<near_item>{_N})[）)]?项)?"
    rf"|前(?:两|二|三)?款|上款|前条|前项)"
    rf"|(?P<lost>{_OWN}第(?P<lost_article>{_N})(?=的?规定))"
)
"""Every way to refer, found in one pass over a provision's words: 《X办法》第三条, 本细则第三十条, 第二章, 前款 …"""

_OTHER_LAW = re.compile(r"[一-鿿](?<!本)(?:法|法典|条例)$")
_NAMES_LAW = re.compile(rf"(?:{_LAWS})(?:[（(][^（）()]{{1,10}}[）)])?$")
_TITLE = re.compile(r"《([^《》]{1,100})》")
_ARTICLE = re.compile(rf"第({_N})条")


@dataclass(slots=True)
class _Index:
    """The nodes of an act by number, and each node's parent."""

    articles: dict[int, Node] = field(default_factory=dict)
    chapters: dict[int, Node] = field(default_factory=dict)
    parents: dict[str, Node] = field(default_factory=dict)
    previous: dict[str, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, act: Act) -> _Index:
        index = cls()
        before: Node | None = None
        for node in act.walk():
            for last, child in zip((None, *node.children), node.children, strict=False):
                index.parents[child.path] = node
                if last is not None and child.kind is not ProvisionKind.ARTICLE:
                    index.previous[child.path] = last
            if node.kind is ProvisionKind.ARTICLE:
                if before is not None:
                    index.previous[node.path] = before
                before = node
                index.articles.setdefault(node.ordinal or 0, node)
            elif node.kind is ProvisionKind.CHAPTER:
                index.chapters.setdefault(node.ordinal or 0, node)
        return index

    def around(self, node: Node, kind: ProvisionKind) -> Node | None:
        """The node itself or the one above it that is of a kind."""
        found: Node | None = node
        while found is not None and found.kind is not kind:
            found = self.parents.get(found.path)
        return found


@dataclass(frozen=True, slots=True)
class _Found:
    """A reference with what it needs for an Issue."""

    reference: Reference
    doubt: str | None = None
    suggestion: str | None = None


def references(
    act: Act, regulation: Regulation, provisions: Sequence[Provision], known: Mapping[str, Regulation] | None = None
) -> tuple[Provision, ...]:
    """The provisions with their references, each on the narrowest provision that holds it.

    ``known`` maps folded titles to the texts that references by title may mean; others stay unresolved.
    """
    found = _read(act, regulation, provisions, known or {})
    return tuple(
        replace(provision, references=tuple(one.reference for one in found[provision.id]))
        if provision.id in found
        else provision
        for provision in provisions
    )


def doubts(act: Act, regulation: Regulation, provisions: Sequence[Provision]) -> tuple[Issue, ...]:
    """Issues of references: one that lost a word, or that names an article the text does not have."""
    issues: list[Issue] = []
    by_id = {provision.id: provision for provision in provisions}
    for identifier, found in _read(act, regulation, provisions, {}).items():
        provision = by_id[identifier]
        for number, one in enumerate((one for one in found if one.doubt), start=1):
            code = Code.REFERENCE_INCOMPLETE if one.reference.resolved else Code.REFERENCE_DANGLING
            source = provision.source or regulation.id
            issues.append(
                Issue(
                    id=issue_id(source, code.name, identifier, number),
                    source=provision.source,
                    place=Place(
                        source=provision.place.source if provision.place else "",
                        line=one.reference.span.line,
                        span=one.reference.span,
                    ),
                    code=code.name,
                    severity=code.severity,
                    message=f"{one.reference.text!r} {one.doubt}",
                    suggestion=one.suggestion or code.suggestion,
                    regulation=regulation.id,
                    position=len(issues) + 1,
                )
            )
    return tuple(issues)


def _read(
    act: Act, regulation: Regulation, provisions: Sequence[Provision], known: Mapping[str, Regulation]
) -> dict[str, list[_Found]]:
    by_id = {provision.id: provision for provision in provisions}
    index = _Index.of(act)
    held: dict[str, list[_Found]] = {}
    for node in act.walk():
        text = node.lead.text
        if "第" not in text and "《" not in text and "前" not in text:
            continue
        provision = by_id.get(provision_id(regulation.id, node.path))
        if provision is not None and (found := list(_of_node(node, regulation, provision, index, known))):
            held[provision.id] = found
    return held


def _of_node(
    node: Node, regulation: Regulation, provision: Provision, index: _Index, known: Mapping[str, Regulation]
) -> Iterator[_Found]:
    at, line = provision.span.start, provision.span.line
    for match in _REFERENCE.finditer(node.lead.text):
        if match["title"] and not _NAMES_LAW.search(match["title"]):
            continue
        start, end = node.lead.span(*match.span())
        first, last = start - provision.span.start, end - provision.span.start
        line += provision.text.count("\n", at - provision.span.start, first)
        at = start
        reference = Reference(text=provision.text[first:last], span=Span(start=start, end=end, line=line))
        if match["title"] and fold(match["title"]) != fold(regulation.title):
            yield _Found(_outer(reference, match["title"], match["outer_article"], known, None))
            continue
        if match["inner"] and _OTHER_LAW.search(node.lead.text, max(0, match.start() - 6), match.start()):
            yield _Found(reference)  # 行政处罚法第二十条: another text, named without 《》
            continue
        target = _target(match, node, index)
        reference = replace(
            reference,
            target=provision_id(regulation.id, target.path) if target else None,
            regulation=regulation.id,
            resolved=target is not None or bool(match["title"] and not match["outer_article"]),
        )
        if match["lost"] and target:
            lacks = f"lacks its unit; it is read as article {match['lost_article']}"
            yield _Found(reference, lacks, f"It may have read {match[0]}条.")
            continue
        doubt = None if reference.resolved else "names a provision that the text does not have"
        yield _Found(reference, doubt)


def _target(match: re.Match[str], node: Node, index: _Index) -> Node | None:
    if number := match["article"] or match["lost_article"] or match["outer_article"]:
        article = index.articles.get(read_numeral(number) or 0)
        prefix = "outer_" if match["outer_article"] else ""
        return article and _within(article, match[f"{prefix}paragraph"], match[f"{prefix}item"])
    if match["chapter"]:
        chapter = index.chapters.get(read_numeral(match["chapter"]) or 0)
        return chapter and _child(chapter, match["section"], ProvisionKind.SECTION)
    if match["paragraph_only"]:
        around = index.around(node, ProvisionKind.ARTICLE)
        return around and _within(around, match["paragraph_only"], match["near_item"])
    if not match["near"]:
        return None
    level = {"条": ProvisionKind.ARTICLE, "款": ProvisionKind.PARAGRAPH, "项": ProvisionKind.ITEM}[match["near"][-1]]
    here = index.around(node, level)
    return index.previous.get(here.path) if here else None


def _within(article: Node, paragraph: str | None, item: str | None) -> Node | None:
    """A paragraph or item of an article; an article of one paragraph is its own first."""
    found: Node | None = article
    if paragraph:
        single = all(child.kind is not ProvisionKind.PARAGRAPH for child in article.children)
        first = single and read_numeral(paragraph) == 1
        found = article if first else _child(article, paragraph, ProvisionKind.PARAGRAPH)
    if item and found:
        inside = [_child(child, item, ProvisionKind.ITEM) for child in found.children]
        return _child(found, item, ProvisionKind.ITEM) or next((one for one in inside if one), None)
    return found


def _child(node: Node, number: str | None, kind: ProvisionKind) -> Node | None:
    if not number:
        return node
    ordinal = read_numeral(number)
    return next((child for child in node.children if child.kind is kind and child.ordinal == ordinal), None)


# --- between texts ----------------------------------------------------------------------------------------------------


def _outer(
    reference: Reference,
    title: str,
    article: str | None,
    known: Mapping[str, Regulation],
    provisions: frozenset[str] | None,
) -> Reference:
    """A reference by title, linked to the text if it is known, and to its article if that is known too."""
    text = known.get(fold(title))
    if text is None:
        if reference.regulation is None or any(one.id == reference.regulation for one in known.values()):
            return reference
        return replace(reference, regulation=None, target=None, resolved=False)  # the text it meant is gone
    number = read_numeral(article) if article else None
    target = provision_id(text.id, f"a{number}") if number is not None else None
    if provisions is not None and target not in provisions:
        target = None
    return replace(reference, regulation=text.id, target=target, resolved=article is None or (target is not None))


def cross_document(
    regulations: Mapping[str, Regulation], records: Iterable[Record], held: Iterable[Record] = ()
) -> list[Record]:
    """The records with what they name by title linked: references, relations between texts, bases.

    ``regulations`` maps folded titles to all texts now held; a text that came later is found as well as one before.
    ``held`` are records of other texts, whose provisions may be named.
    """
    found = list(records)
    provisions = frozenset(record.id for record in (*found, *held) if isinstance(record, Provision))
    names = _names(regulations)
    return [_linked(record, names, provisions) for record in found]


def relinked(regulations: Mapping[str, Regulation], held: Iterable[Record], arrived: Iterable[Record]) -> list[Record]:
    """The records of texts already held that change because other texts ``arrived``: the same, with their links.

    Provisions keep all else. A link to a text, or to a provision, that is no longer there is taken away.
    """
    kept = list(held)
    provisions = frozenset(one.id for one in (*kept, *arrived) if isinstance(one, Provision))
    names = _names(regulations)
    return [again for one in kept if (again := _linked(one, names, provisions)) is not one]


def _names(regulations: Mapping[str, Regulation]) -> dict[str, Regulation]:
    return {**{fold(alias): text for text in regulations.values() for alias in text.aliases}, **regulations}


def _linked(record: Record, known: Mapping[str, Regulation], provisions: frozenset[str]) -> Record:
    match record:
        case Provision(references=references) if references:
            again = tuple(_again(one, record.regulation, known, provisions) for one in references)
            return record if again == references else replace(record, references=again)
        case Regulation(relations=relations, basis=basis) if relations or basis:
            linked = tuple(_related(relation, record.id, known) for relation in relations)
            rests = tuple(_based(citation, record.id, known) for citation in basis)
            return record if (linked, rests) == (relations, basis) else replace(record, relations=linked, basis=rests)
        case _:
            return record


def _again(reference: Reference, own: str, known: Mapping[str, Regulation], provisions: frozenset[str]) -> Reference:
    title = _TITLE.match(reference.text)
    if title is None or reference.regulation == own:
        return reference
    article = _ARTICLE.search(simplify(reference.text), title.end())
    return _outer(reference, title[1], article[1] if article else None, known, provisions)


def _related(relation: RegulationRelation, own: str, known: Mapping[str, Regulation]) -> RegulationRelation:
    text = known.get(fold(relation.title))
    if text is None:
        return replace(relation, regulation=None) if relation.regulation else relation
    return relation if text.id == own else replace(relation, regulation=text.id)


def _based(citation: Citation, own: str, known: Mapping[str, Regulation]) -> Citation:
    title = _TITLE.search(citation.text)
    text = known.get(fold(title[1])) if title else None
    if text is None:
        return replace(citation, regulation=None) if title and citation.regulation not in (None, own) else citation
    return citation if text.id == own else replace(citation, regulation=text.id)
