"""A sentence that names the information first: Y信息由X会同Z采集、提供."""

from __future__ import annotations

import re
from dataclasses import replace

from catalog.record import Record
from catalog.vocabulary import AgencyKind, Role
from loaders.regulation import agencies
from loaders.regulation.agencies import Mention
from loaders.regulation.assignments import headings, names
from loaders.regulation.assignments.allocation import shared
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.found import Found
from loaders.regulation.assignments.records import Draft, Party, records
from loaders.regulation.tree import Reading

_CLAUSE = re.compile("[^。；\n]+")
_BY = re.compile(
    "^(?P<what>[^，：、由]{2,40}(?:信息|数据))，?由(?P<who>[^，：。由]{2,80}?)(?:会同(?P<with>[^，：。由]{2,80}?))?"
    f"(?P<acts>(?:共同|分别)?(?:负责)?{headings.ACTS.pattern})$"
)
_POINTS = re.compile("^(?:前款|上述|其他|该|此|相关|有关|本|应当)|规定的?|所列")


def by(article: Article, at: int, context: Context) -> Found | None:
    """The clauses of a block that say by whom a class of information is collected or provided."""
    lead = article.blocks[at].lead
    if "由" not in lead.text:
        return None
    found: list[Record] = []
    for clause in _CLAUSE.finditer(lead.text):
        text = clause.group()
        match = _BY.match(text) if len(text) < headings.LONGEST else None
        if not match or _POINTS.search(match["what"]) or names.is_generic(match["what"]):
            continue
        reading = lead.cut(*clause.span())
        roles = headings.roles_of(match["acts"])
        mentions = _named(reading, *match.span("who"))
        partners = _named(reading, *match.span("with")) if match["with"] else []
        if not mentions or not {Role.COLLECT, Role.PROVIDE} & set(roles):
            continue
        if any(mention.kind in (AgencyKind.ROLE, AgencyKind.PARTY) for mention in mentions):
            continue
        how = shared(len(mentions) + len(partners), 1, respective=False, together=bool(partners))
        draft = Draft(
            name="".join(match["what"].split()),
            basis=article.node,
            place=context.place(reading, *match.span("what"), article.node),
            parties=tuple(
                Party(mention=mention, named_in=reading, roles=roles, allocation=how) for mention in mentions + partners
            ),
            category=names.category(article.headings),
        )
        found += records(draft, context)
    return Found(records=tuple(found)) if found else None


def _named(reading: Reading, low: int, high: int) -> list[Mention]:
    low, high = headings.subject(reading.text, low, high)
    return [
        replace(mention, start=mention.start + low, end=mention.end + low)
        for mention in agencies.listed(reading.cut(low, high))
    ]
