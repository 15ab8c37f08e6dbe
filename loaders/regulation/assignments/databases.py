"""Who builds and keeps which database: X负责统筹A、B基础数据库和C信息库的建设; A数据库由X会同Y建设、管理和维护."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from catalog.record import Record
from catalog.vocabulary import Allocation, Confidence, Role
from loaders.regulation import agencies
from loaders.regulation.agencies import Mention
from loaders.regulation.assignments import headings
from loaders.regulation.assignments.allocation import pairings, shared
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.found import Found
from loaders.regulation.assignments.records import Draft, Party, records
from loaders.regulation.codes import Code
from loaders.regulation.tree import Reading

_CHARGED = re.compile(
    "^(?P<who>[^，：。；]{2,60}?)(?:应当)?负责(?:统筹|组织|牵头)(?:建设)?"
    "(?P<things>[^，：。；]{2,160}?(?:数据库|信息库))的?(?:建设|管理|维护|和|、)*$"
)
_BUILT = re.compile(
    "^(?P<things>[^，：。；由]{2,120}?(?:数据库|信息库))(?P<pair>分别)?由(?P<who>[^，：。；]{2,100}?)(?:会同(?P<with>[^，：。；]{2,60}?))?"
    "(?:组织|各自|共同|负责|统一|牵头|统筹)*(?:建设|管理|维护)(?:(?:、|和|并|与|及)?(?:建设|管理|维护|更新|运行))*$"
)
_PART = re.compile("[^。；，\n]+")
_GROUP = re.compile("(?P<names>.+?)(?P<suffix>(?:基础|共享|专业|专题|主题|综合)?(?:数据库|信息库))(?:和|及|以及|、|$)")
_CUT = re.compile("、|以及|及")
_COMPOUND = re.compile("和|及|与")


def databases(article: Article, at: int, context: Context) -> Found | None:
    """The sentences of a block that say who builds or keeps databases, one resource for each."""
    lead = article.blocks[at].lead
    if "库" not in lead.text:
        return None
    found: list[Record] = []
    for sentence in _PART.finditer(lead.text):
        if len(sentence[0]) > headings.LONGEST:
            continue
        match = _CHARGED.match(sentence[0]) or _BUILT.match(sentence[0])
        if match and "本行政机关" not in match["things"]:
            found += _shared_out(lead.cut(*sentence.span()), match, article, context)
    return Found(records=tuple(found)) if found else None


def _shared_out(reading: Reading, match: re.Match[str], article: Article, context: Context) -> Iterator[Record]:
    leads = _named(reading, *match.span("who")) or _each(reading, match)
    joined = match.re is _BUILT and match["with"]
    partners = _named(reading, *match.span("with")) if joined else []
    things = list(_things(match["things"], match.start("things")))
    if not leads or not things:
        return
    led = joined or (match.re is _BUILT and "牵头" in match[0])
    roles = (Role.LEAD,) if match.re is _CHARGED else (Role.LEAD, Role.MAINTAIN) if led else (Role.MAINTAIN,)
    respective = match.re is _BUILT and bool(match["pair"]) and len(leads) > 1 and len(things) > 1
    how = shared(
        len(leads) + len(partners), len(things) if respective else 1, respective=respective, together=bool(partners)
    )
    held = [dict.fromkeys(range(len(leads)), Confidence.EXPLICIT) for _ in things]
    if respective:
        held = pairings([len(_COMPOUND.split(name)) for name, _, _ in things], len(leads))
        if len(leads) != len(things):
            message = f"“分别” stands between {len(things)} databases and {len(leads)} leads, which do not pair"
            yield context.issue(Code.UNPAIRED_AGENCIES, message, article.node)
    for (name, low, high), sure in zip(things, held, strict=True):
        parties = [
            Party(mention=leads[at], named_in=reading, roles=roles, allocation=how, confidence=sureness)
            for at, sureness in sure.items()
        ]
        parties += [
            Party(mention=partner, named_in=reading, roles=(Role.MAINTAIN,), allocation=Allocation.JOINT)
            for partner in partners
        ]
        draft = Draft(
            name=name,
            basis=article.node,
            place=context.place(reading, low, high, article.node),
            parties=tuple(parties),
            open_list=name.startswith("其他") or "各自" in match[0],
        )
        yield from records(draft, context)


def _each(reading: Reading, match: re.Match[str]) -> list[Mention]:
    """专业数据库由行政机关各自建设: the class of those who each have one of their own."""
    low, high = headings.subject(reading.text, *match.span("who"))
    return agencies.fixed(reading, low, high) if "各自" in match[0] else []


def _things(text: str, base: int) -> Iterator[tuple[str, int, int]]:
    """自然人、法人基础数据库 are two: the word for the kind belongs to each."""
    for group in _GROUP.finditer(text):
        at = group.start("names")
        for cut in [*_CUT.finditer(text, at, group.end("names")), None]:
            stop = cut.start() if cut else group.end("names")
            if name := "".join(text[at:stop].split()).removesuffix("等"):
                yield name + group["suffix"], base + at, base + stop
            at = cut.end() if cut else stop
        if not group["names"].strip():
            yield group["suffix"], base + group.start(), base + group.end("suffix")


def _named(reading: Reading, low: int, high: int) -> list[Mention]:
    low, high = headings.subject(reading.text, low, high)
    return [
        replace(mention, start=mention.start + low, end=mention.end + low)
        for mention in agencies.listed(reading.cut(low, high))
    ]
