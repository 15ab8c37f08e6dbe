"""One resource with named kinds and no list: X负责A、B、C等Y信息的采集、核准与提供."""

from __future__ import annotations

import re
from dataclasses import replace

from catalog.record import Record
from catalog.vocabulary import AgencyKind, Allocation, Role
from loaders.regulation import agencies
from loaders.regulation.agencies import Mention
from loaders.regulation.assignments import headings, lists, names
from loaders.regulation.assignments.allocation import shared
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.found import Found
from loaders.regulation.assignments.records import Draft, Party, records
from loaders.regulation.tree import Reading

_ACTS = re.compile(f"的({headings.ACTS.pattern})(?:工作)?(?=[。；，]|$)")
_NOT_A_CLASS = re.compile(
    "^(?:本|该|其|相关|有关|同一|各自|政府|政务|共享|公共)*(?:部门|机关|单位|行政区域内)?(?:的)?(?:政府|政务|共享|公共)?(?:信息|数据)(?:资源)?$"
)
_PIECE = re.compile("(?<!初)(?<!高)等(?!级)")


def kinds(article: Article, at: int, context: Context) -> Found | None:
    """The sentences of a block that assign a class of information by name, its kinds before 等."""
    lead = article.blocks[at].lead
    if "负责" not in lead.text:
        return None
    found: list[Record] = []
    for match in _SENTENCE.finditer(lead.text):
        found += _of_sentence(article, lead.cut(*match.span()), context)
    return Found(records=tuple(found)) if found else None


_SENTENCE = re.compile("[^。；\n]+")


def _of_sentence(article: Article, lead: Reading, context: Context) -> tuple[Record, ...]:
    sentence = lead.text
    if "负责" not in sentence or len(sentence) > headings.LONGEST or "下列" in sentence or "以下" in sentence:
        return ()
    acts = next((match for match in _ACTS.finditer(sentence)), None)
    charge = sentence.find("负责")
    if acts is None or acts.start() < charge:
        return ()
    what = (charge + 2, acts.start())
    low, high = headings.subject(sentence, 0, charge)
    cut = lead.cut(low, high)
    mentions = [replace(mention, start=mention.start + low, end=mention.end + low) for mention in agencies.listed(cut)]
    roles = headings.roles_of(acts.group(1))
    named = sentence[slice(*what)]
    if (
        not mentions
        or any(mention.kind in (AgencyKind.PARTY, AgencyKind.ROLE) for mention in mentions)
        or not {Role.COLLECT, Role.PROVIDE} & set(roles)
        or "，" in named
        or not names.KINDS.search(named)
        or _NOT_A_CLASS.match(named)
    ):
        return ()
    if "分别" in sentence[high:charge] and (found := _paired(article, lead, what, mentions, roles, context)):
        return found
    subtypes: tuple[str, ...] = ()
    name = named
    if etc := _PIECE.search(named):
        members = lists.cut(named[: etc.start()]).items
        subtypes = tuple("".join(named[member.start : member.end].split()) for member in members)
        name = named[etc.end() :]
    how = shared(len(mentions), 1, respective=False, together=False)
    draft = Draft(
        name="".join(name.split()),
        basis=article.node,
        place=context.place(lead, 0, len(sentence), article.node),
        parties=tuple(Party(mention=mention, named_in=lead, roles=roles, allocation=how) for mention in mentions),
        category=names.category(article.headings),
        subtypes=subtypes,
        open_list=bool(etc),
    )
    return tuple(records(draft, context))


def _paired(
    article: Article,
    lead: Reading,
    what: tuple[int, int],
    mentions: list[Mention],
    roles: tuple[Role, ...],
    context: Context,
) -> tuple[Record, ...]:
    """X、Y分别负责A信息、B信息的采集: one resource for each, where the numbers meet."""
    members = lists.cut(lead.text[slice(*what)]).items
    if len(members) != len(mentions) or len(members) < 2:
        return ()
    found: list[Record] = []
    for member, mention in zip(members, mentions, strict=True):
        start, end = what[0] + member.start, what[0] + member.end
        draft = Draft(
            name="".join(lead.text[start:end].split()),
            basis=article.node,
            place=context.place(lead, start, end, article.node),
            parties=(Party(mention=mention, named_in=lead, roles=roles, allocation=Allocation.RESPECTIVE),),
            category=names.category(article.headings),
        )
        found += records(draft, context)
    return tuple(found)
