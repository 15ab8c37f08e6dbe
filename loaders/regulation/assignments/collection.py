"""Patterns of collection: a heading that assigns, then one list, several lists, or items with lists of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.record import Record
from catalog.value import Place
from catalog.vocabulary import AgencyKind, Allocation, Confidence, Role
from loaders.regulation import agencies
from loaders.regulation.agencies import Mention
from loaders.regulation.assignments import headings, lists, names
from loaders.regulation.assignments.allocation import pairings, shared, undivided
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.found import Found
from loaders.regulation.assignments.headings import Heading
from loaders.regulation.assignments.records import Draft, Party, records
from loaders.regulation.codes import Code
from loaders.regulation.tree import Node, Reading

_PROSE = re.compile("应当|不得|可以|依照|按照|根据|负责|是指|参照|除外|确定|规定|予以|适用")
_SENTENCE = re.compile("[^。\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One resource to be: its name, the lists of its fields, what it rests on, where it stands."""

    name: str
    lists: tuple[Reading, ...]
    basis: Node
    place: Place
    aliases: tuple[str, ...] = ()


def collection(article: Article, at: int, context: Context) -> Found | None:
    """X依照法定职责，负责下列Y的采集、核准与提供：… in all the wordings of :data:`headings.WORDINGS`."""
    block = article.blocks[at]
    if not headings.points(block.lead.text):
        return None
    opening, rest = _parted(block.lead)
    heading = headings.read(opening.text)
    if heading is None:
        return None
    mentions = [mention for mention in _named(opening, heading.who) if mention.kind is not AgencyKind.PARTY]
    if not mentions:
        return None
    what = "".join(opening.text[slice(*heading.what)].split())
    used, bodies = 1, list(_sentences(rest))
    if not block.items:
        for later in article.blocks[at + 1 :]:
            sentences = list(_sentences(later.lead))
            if not sentences or later.items or headings.points(later.lead.text):
                break
            bodies += sentences
            used += 1
    span = (block.node.reading if block.items else opening, article.node)
    whole = context.place(span[0], 0, len(span[0].text), article.node)
    groups, issues = _groups(what, bodies, block.items, article, whole, context)
    drafts = _allotted(groups, mentions, opening, heading, article, context)
    return Found(records=(*issues, *drafts), used=used)


def _parted(lead: Reading) -> tuple[Reading, Reading]:
    """A block's words before its first colon outside brackets (else its first full stop), and after it."""
    shut = lists.closed(lead.text[: headings.LONGEST])
    marks = ((at for at, inside in enumerate(shut) if lead.text[at] in stops and not inside) for stops in ("：:", "。"))
    colon = next((at for found in marks for at in found), None)
    if colon is None:
        return lead, lead.cut(len(lead.text), len(lead.text))
    return lead.cut(0, colon), lead.cut(colon + 1, len(lead.text))


def _sentences(reading: Reading) -> Iterator[Reading]:
    """The sentences that are lists, up to the first that is prose."""
    for match in _SENTENCE.finditer(reading.text):
        if not match.group().strip():
            continue
        if _PROSE.search(match.group()) and not re.search("、.*、", match.group()):
            return
        if _PROSE.search(match.group().split("、")[0]):
            return
        yield reading.cut(*match.span())


def _named(reading: Reading, span: tuple[int, int] | None) -> list[Mention]:
    if span is None:
        return []
    return [
        replace(mention, start=mention.start + span[0], end=mention.end + span[0])
        for mention in agencies.listed(reading.cut(*span))
    ]


def _groups(
    what: str, bodies: list[Reading], items: tuple[Node, ...], article: Article, whole: Place, context: Context
) -> tuple[list[Group], list[Record]]:
    """The resources that a heading and what follows it make."""
    if items:
        return _of_items(what, items, article, whole, context)
    single = names.split(what, len(bodies))
    if len(single) == len(bodies) > 1:
        return [
            Group(name=name, lists=(body,), basis=article.node, place=_place(body, article, context))
            for name, body in zip(single, bodies, strict=True)
        ], []
    members = [(body, item) for body in bodies for item in lists.cut(body.text).items]
    if names.is_generic(what) and members and _classes([_text(*member) for member in members]):
        return [
            Group(
                name=_text(*member),
                lists=(),
                basis=article.node,
                place=context.place(member[0], member[1].start, member[1].end, article.node),
            )
            for member in members
        ], []
    issues: list[Record] = []
    if len(bodies) > 1:
        message = f"{len(bodies)} lists without names stand under “{what}”; they are read as one resource"
        issues.append(context.issue(Code.UNNAMED_LISTS, message, article.node))
    if not bodies:
        message = f"no list can be read after “{what}”"
        issues.append(context.issue(Code.EMPTY_LIST, message, article.node))
    return [Group(name=what, lists=tuple(bodies), basis=article.node, place=whole)], issues


def _classes(printed: list[str]) -> bool:
    """Whether members are classes of information, not data: all say so, or one does and none is a datum."""
    told = [bool(names.KINDS.search(text)) for text in printed]
    return all(told) or (any(told) and not any(lists.DATUM.search(text) for text in printed if text[-2:] != "信息"))


def _text(reading: Reading, item: lists.Item) -> str:
    return "".join(reading.text[item.start : item.end].split())


def _place(body: Reading, article: Article, context: Context) -> Place:
    return context.place(body, 0, len(body.text), article.node)


def _of_items(
    what: str, items: tuple[Node, ...], article: Article, whole: Place, context: Context
) -> tuple[list[Group], list[Record]]:
    """Items are resources where one has a list or the name of a class of information, else they are fields."""
    parted = [(item, *_parted(item.lead)) for item in items]
    labels = [lists.cut(label.text) for _, label, _ in parted]
    texts = ["".join(label.text.split()).strip("。；;，、") for _, label, _ in parted]
    if not any(rest.text.strip() or item.children for item, _, rest in parted) and not (
        names.is_generic(what) or all(names.KINDS.search(text) for text in texts)
    ):
        fields = tuple(label for _, label, _ in parted)
        return [Group(name=what, lists=fields, basis=article.node, place=whole)], []
    groups: list[Group] = []
    issues: list[Record] = []
    for (item, _, rest), text, label in zip(parted, texts, labels, strict=True):
        if not label.items:
            continue
        name = names.of_item(text, what)
        if name != text:
            message = f"“{item.label}{text}” names only the subject; its name is completed to “{name}”"
            issues.append(context.issue(Code.SUBJECT_ONLY_LABEL, message, item))
        bodies = (*_sentences(rest), *(child.lead for child in item.children))
        place = context.place(item.reading, 0, len(item.reading.text), item)
        groups.append(Group(name=name, lists=bodies, basis=item, place=place, aliases=(text,)))
    return groups, issues


def _allotted(
    groups: list[Group], mentions: list[Mention], opening: Reading, heading: Heading, article: Article, context: Context
) -> Iterator[Record]:
    """The records of the groups, each with its agencies as far as the text allots them."""
    partners = _named(opening, heading.partners)
    everybody = [mention.name for mention in mentions]
    together = heading.together or bool(partners)
    how = shared(len(mentions) + len(partners), len(groups), respective=heading.respective, together=together)
    sure = [dict.fromkeys(range(len(mentions)), Confidence.EXPLICIT) for _ in groups]
    if how is Allocation.RESPECTIVE:
        sure = pairings([1] * len(groups), len(mentions))
        if len(groups) != len(mentions):
            message = f"“分别” stands between {len(mentions)} agencies and {len(groups)} lists, which do not pair"
            yield context.issue(
                Code.UNPAIRED_AGENCIES, message, article.node, _heading_place(opening, article, context)
            )
    elif how is Allocation.UNDIVIDED:
        contents = [group.name + "".join(body.text for body in group.lists) for group in groups]
        sure = [dict(enumerate(row)) for row in undivided(everybody, contents)]
        resources = "、".join(group.name for group in groups)
        message = f"no word (“分别”) divides {resources} among {'、'.join(everybody)}; every agency is kept on each"
        place = _heading_place(opening, article, context)
        yield context.issue(Code.UNDIVIDED_AGENCIES, message, article.node, place)
    for group, held in zip(groups, sure, strict=True):
        parties = [_party(mentions[at], opening, heading.roles, how, sureness) for at, sureness in held.items()]
        parties += [_party(partner, opening, heading.roles, how, Confidence.EXPLICIT) for partner in partners]
        scoped = (f"{heading.scope}{group.name}",) if heading.scope and len(groups) == 1 else ()
        draft = Draft(
            name=group.name,
            basis=group.basis,
            place=group.place,
            parties=tuple(parties),
            category=names.category(article.headings),
            aliases=(*group.aliases, *scoped),
            lists=group.lists,
        )
        yield from records(draft, context)


def _party(mention: Mention, opening: Reading, roles: tuple[Role, ...], how: Allocation, sure: Confidence) -> Party:
    return Party(mention=mention, named_in=opening, roles=roles, allocation=how, confidence=sure)


def _heading_place(opening: Reading, article: Article, context: Context) -> Place:
    return context.place(opening, 0, len(opening.text), article.node)
