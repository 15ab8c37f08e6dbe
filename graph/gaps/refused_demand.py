"""REFUSED_DEMAND 需求被拒: the provider answered that it does not share.

What makes it a gap is the article that a refusal leads to negotiation (广州细则第三十五条: 答复不予共享的，
由市信息化主管部门组织供需双方协商) or that forbids it (郑州办法第十七条: 不得拒绝提供共享政府信息).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding, claimed, unpacked
from catalog.gaps.law import Grounds, plain
from catalog.vocabulary import DemandStatus, GapKind, Kind, Topic
from graph.gaps.rule import Demanded, Rule
from graph.gaps.words import DEMAND_CYPHER, DEMAND_SQL

_REFUSAL = re.compile("答复不予共享|拒绝提供|不同意共享")


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """What follows a refusal."""
    return [("", ())] if _REFUSAL.search(plain(said.text)) else []


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """From the day of the refusal, or of the demand where the refusal has no date."""
    requested, what, history = found.detail
    days = [step["at"] for step in unpacked(history) if step["status"] == DemandStatus.REPLIED_NO.value]
    begins = max(days, default=requested) or ""
    return claimed(found, grounds, GapKind.REFUSED_DEMAND, f"需求「{what}」被答复不予共享", begins=begins)


RULE = Rule(
    kind=GapKind.REFUSED_DEMAND,
    subject=Kind.DEMAND,
    provision="答复不予共享之后的协商条款，或不得拒绝提供的条款",
    owner="提供部门（未写明的，为需求部门）",
    act="说明不予共享的依据，或经协商、会审、裁定后提供",
    topics=(Topic.DISPUTE, Topic.SHARING_DEFAULT, Topic.APPLICATION),
    demands=demands,
    sql=f"""
        SELECT d.id, coalesce(p.id, {{owner}}, a.id), {{demand}},
            json_array(d.body ->> '$.requested', d.body ->> '$.what', d.body ->> '$.history'), d.key {DEMAND_SQL}
        WHERE d.status = 'REPLIED_NO' {{scope}} AND {{demand}} IN (SELECT value FROM json_each(:places))
    """,
    cypher=f"""
        {DEMAND_CYPHER} WHERE d.status = 'REPLIED_NO' {{scope}} AND {{demand}} IN $places
        RETURN d.id AS subject, coalesce(p.id, {{owner}}, a.id) AS owner, {{demand}} AS place,
            [d.requested, d.what, d.history] AS detail
    """,
    claims=claims,
)
