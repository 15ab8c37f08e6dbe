"""Catalogues shared out by enumeration: Z目录包括A、B等，分别由X、Y等牵头部门会同W编制并维护."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from catalog.record import Record
from catalog.vocabulary import Allocation, Confidence, Role
from loaders.regulation import agencies
from loaders.regulation.agencies import Mention
from loaders.regulation.assignments import lists
from loaders.regulation.assignments.allocation import pairings, shared
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.found import Found
from loaders.regulation.assignments.records import Draft, Party, records
from loaders.regulation.codes import Code
from loaders.regulation.tree import Reading

_SENTENCE = re.compile("[^。\n]+")
_VERBS = "(?:编制|建设|采集|维护|管理|更新)"
_FRAME = re.compile(
    "^\\s*(?P<group>[^，：]{2,30}?(?:目录|数据库|信息库))，?(?:主要包括|包括|包含|如|分为)(?P<things>[^：]{2,400}?)"
    "，(?P<pair>分别)?由(?P<leads>[^，]{2,200}?)(?:会同(?P<partners>[^，]{2,80}?))?"
    "(?:组织[^，。；]{0,20}?|共同|负责|牵头)*"
    f"(?P<verbs>{_VERBS}(?:(?:、|和|并|与|及)*{_VERBS})*)(?=[，。；]|纳入|并|$)"
)
_ETC = re.compile("(?<!初)(?<!高)等(?!级)[^、]*$")
_DOES = {"采集": Role.COLLECT, "维护": Role.MAINTAIN}
_COMPOUND = re.compile("和|及|与")


def catalogues(article: Article, at: int, context: Context) -> Found | None:
    """The sentences of a block that share out catalogues."""
    lead = article.blocks[at].lead
    if "由" not in lead.text or ("目录" not in lead.text and "库" not in lead.text):
        return None
    found: list[Record] = []
    for sentence in _SENTENCE.finditer(lead.text):
        if len(sentence.group()) < 800 and (frame := _FRAME.match(sentence.group())):
            found += _shared_out(lead.cut(*sentence.span()), frame, article, context)
    return Found(records=tuple(found)) if found else None


def _shared_out(reading: Reading, frame: re.Match[str], article: Article, context: Context) -> Iterator[Record]:
    things = _things(reading, *frame.span("things"))
    leads = _named(reading, *frame.span("leads"))
    partners = _named(reading, *frame.span("partners")) if frame.group("partners") else []
    if not things or not leads:
        return
    names = [reading.text[low:high] for low, high in things]
    does = tuple(role for verb, role in _DOES.items() if verb in frame["verbs"])
    roles = (Role.LEAD, *does) if partners or "牵头" in frame["leads"] else does or (Role.MAINTAIN,)
    respective = bool(frame["pair"]) and len(leads) > 1
    how = shared(len(leads) + len(partners), len(things), respective=respective, together=True)
    held = [dict.fromkeys(range(len(leads)), Confidence.EXPLICIT) for _ in things]
    if respective:
        held = pairings([len(_COMPOUND.split(name)) for name in names], len(leads))
        if len(leads) != len(things):
            yield context.issue(
                Code.UNPAIRED_AGENCIES,
                f"{len(things)} items stand before “分别” ({'、'.join(names)}) and {len(leads)} leads after it "
                f"({'、'.join(lead.name for lead in leads)}); an item with “和” may count as two, and all readings "
                "that fit are kept",
                article.node,
                context.place(reading, 0, len(reading.text), article.node),
            )
    for (low, high), name, sure in zip(things, names, held, strict=True):
        parties = [
            Party(mention=leads[at], named_in=reading, roles=roles, allocation=how, confidence=sureness)
            for at, sureness in sure.items()
        ]
        parties += [
            Party(mention=partner, named_in=reading, roles=does or (Role.MAINTAIN,), allocation=Allocation.JOINT)
            for partner in partners
        ]
        draft = Draft(
            name="".join(name.split()),
            basis=article.node,
            place=context.place(reading, low, high, article.node),
            parties=tuple(parties),
            category="".join(frame["group"].split()),
        )
        yield from records(draft, context)


def _things(reading: Reading, low: int, high: int) -> list[tuple[int, int]]:
    """The members before 等: compounds stay whole, for the text does not say that they fall apart."""
    if etc := _ETC.search(reading.text, low, high):
        high = etc.start()
    shut = lists.closed(reading.text)
    things, at = [], low
    for here in range(low, high + 1):
        if here == high or (reading.text[here] == "、" and not shut[here]):
            if reading.text[at:here].strip():
                things.append((at, here))
            at = here + 1
    return things


def _named(reading: Reading, low: int, high: int) -> list[Mention]:
    return [
        replace(mention, start=mention.start + low, end=mention.end + low)
        for mention in agencies.listed(reading.cut(low, high))
    ]
