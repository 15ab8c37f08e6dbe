"""Numbered departments, each with its duty: （一）X负责A信息、B信息的采集和提供；（二）Y：C信息.

A list after the class is its fields: （三）X负责采集D数据，包括名称、地址等.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.record import Record
from catalog.vocabulary import AgencyKind, Allocation, Role
from loaders.regulation import agencies
from loaders.regulation.assignments import headings, lists, names
from loaders.regulation.assignments.allocation import shared
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.found import Found
from loaders.regulation.assignments.records import Draft, Party, records
from loaders.regulation.tree import Node

_OPENING = re.compile(
    "(?:部门|机关|单位|分工|职责)[^。]*(?:采集|归集|提供|共享)[^。]*$|(?:采集|提供|数源)(?:责任)?(?:单位|部门|机关)[^。]*$"
)
_CHARGED = re.compile(
    f"^(?P<who>[^：，。；]{{2,80}}?)(?:应当)?(?:负责)(?P<first>{headings.ACTS.pattern})?(?P<what>[^：。；]{{2,300}}?)"
    f"(?:的(?P<last>{headings.ACTS.pattern})(?:工作)?)?$"
)
_GIVES = re.compile(
    f"^(?P<who>[^：，。；]{{2,80}})，(?:负责)?(?P<first>{headings.ACTS.pattern})(?P<what>[^：。；，]{{2,300}})$"
)
_JOINT = re.compile("、|(?<=信息|数据|资料|情况)(?:和|及|与|以及)")
_COLON = re.compile("^(?P<who>[^：，。；]{2,80})：(?P<what>[^：。；]{2,300})$")


_FIELDS = re.compile("，(?:主要|具体|至少)?(?:包括|包含|含)(?P<fields>[^：。；]{2,300})$")


def departments(article: Article, at: int, context: Context) -> Found | None:
    """A block whose items each name their agency and what it answers for."""
    block = article.blocks[at]
    opening = block.lead.text.rstrip("：: \n")
    if not block.items or len(opening) > headings.LONGEST or not _OPENING.search(opening[-80:]):
        return None
    roles = headings.roles_of(opening[-40:])
    found = [record for item in block.items for record in _of_item(item, roles, article, context)]
    return Found(records=tuple(found)) if found else None


def _of_item(item: Node, given: tuple[Role, ...], article: Article, context: Context) -> Iterator[Record]:
    text = item.lead.text.rstrip("。；; \n")
    told = _FIELDS.search(text[:800])
    fields = (item.lead.cut(*told.span("fields")),) if told else ()
    text = text[: told.start()] if told else text
    duty = _CHARGED.match(text[:400]) or _GIVES.match(text[:400]) or _COLON.match(text[:400])
    if not duty:
        return
    groups = duty.groupdict()
    roles = headings.roles_of(f"{groups.get('first') or ''}{groups.get('last') or ''}") or given
    who = item.lead.cut(*headings.subject(text, *duty.span("who")))
    mentions = agencies.listed(who)
    low, high = duty.span("what")
    members = _members(text[low:high], len(mentions))
    shared_noun = names.KINDS.search(text[low:high])  # 企业登记、行政处罚信息: the noun belongs to each
    noun = shared_noun[0] if shared_noun else ""
    printed = [text[low + one.start : low + one.end] for one in members]
    known = bool(noun) and all(names.KINDS.search(one) or not lists.DATUM.search(one) for one in printed)
    official = all(mention.kind is not AgencyKind.PARTY for mention in mentions)
    if not mentions or not members or not known or not official or not roles:
        return
    paired = "分别" in text[:low] and len(members) == len(mentions) > 1
    how = Allocation.RESPECTIVE if paired else shared(len(mentions), 1, respective=False, together=False)
    for number, member in enumerate(members):
        start, end = low + member.start, low + member.end
        held = mentions[number : number + 1] if paired else mentions
        draft = Draft(
            name=_named("".join(text[start:end].split()), noun),
            basis=item,
            place=context.place(item.lead, start, end, item),
            parties=tuple(Party(mention=mention, named_in=who, roles=roles, allocation=how) for mention in held),
            category=names.category(article.headings),
            lists=fields if len(members) == 1 else (),
        )
        yield from records(draft, context)


def _members(what: str, agencies_: int) -> tuple[lists.Item, ...]:
    """The classes that a duty names; 和 parts them too where each has its own noun and there is one for each agency."""
    members = lists.cut(what).items
    if len(members) == agencies_:
        return members
    ends = [match.start() for match in _JOINT.finditer(what)]
    starts = [0, *(match.end() for match in _JOINT.finditer(what))]
    parts = tuple(
        lists.Item(start=start, end=end) for start, end in zip(starts, (*ends, len(what)), strict=True) if end > start
    )
    return parts if len(parts) == agencies_ > 1 else members


def _named(name: str, noun: str) -> str:
    return name if names.KINDS.search(name) else name + noun
