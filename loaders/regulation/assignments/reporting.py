"""What must be reported upward: X应当……，并按规定向Y报送Z报表. The one who receives it never provides it."""

from __future__ import annotations

import re

from catalog.record import Record
from catalog.vocabulary import Regime, Role
from loaders.regulation import agencies
from loaders.regulation.assignments import headings
from loaders.regulation.assignments.allocation import shared
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.found import Found
from loaders.regulation.assignments.records import Draft, Party, records

_SENTENCE = re.compile("[^。；\n]+")
_REPORT = re.compile(
    "向[^，。；]{2,80}?(?:报送|报告|填报|上报)(?:其|本单位|本部门)?(?:的)?([^，。；]{2,40}?(?:报表|统计资料|统计数据|统计信息|台账|台帐|年报|季报|月报))$"
)
_KEPT = re.compile(
    "(?:^|，|应当|必须)(?:并)?(?:做好|建立|保存|如实记录|健全)(?P<name>[^，。；]{2,24}?(?:原始记录|统计台账|统计台帐|台账|台帐))(?=，|$)"
)
"""Records that the one who reports must keep: 做好…原始记录，建立统计台账."""

_SHALL = re.compile("应当|应|必须|须|要")


def reporting(article: Article, at: int, context: Context) -> Found | None:
    """The sentences of a block that oblige somebody to report statistics."""
    lead = article.blocks[at].lead
    if "报" not in lead.text or "向" not in lead.text:
        return None
    found: list[Record] = []
    for sentence in _SENTENCE.finditer(lead.text):
        clause_start = sentence.group().rfind("，") + 1
        report = _REPORT.search(sentence.group(), clause_start)
        shall = _SHALL.search(sentence.group())
        if not report or not shall or not shall.start():
            continue
        low, high = headings.subject(lead.text, sentence.start(), sentence.start() + shall.start())
        whole = lead.cut(low, high)
        mentions = agencies.listed(whole)
        how = shared(len(mentions), 1, respective=False, together=False)
        owed = [(kept.span("name"), Role.MAINTAIN) for kept in _KEPT.finditer(sentence.group())]
        for (start, end), role in [*owed, (report.span(1), Role.REPORT)]:
            name = lead.cut(sentence.start() + start, sentence.start() + end)
            draft = Draft(
                name="".join(name.text.split()),
                basis=article.node,
                place=context.place(name, 0, len(name.text), article.node),
                parties=tuple(
                    Party(mention=mention, named_in=whole, roles=(role,), allocation=how) for mention in mentions
                ),
                regime=Regime.REPORTING,
            )
            found += records(draft, context)
    return Found(records=tuple(found)) if found else None
