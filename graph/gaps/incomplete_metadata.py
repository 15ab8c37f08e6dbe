"""INCOMPLETE_METADATA 目录内容不全: a registered resource lacks a catalogue element that its regulation requires.

What makes it a gap is the article that lists what the catalogue contains (广州规定第八条, 广州细则第三十条,
郑州办法第十六条). The words of the text are read as properties by :data:`ELEMENTS`; those that are none of ours
(共享期限) are not compared, and ``checked`` says so. The condition of sharing is missing only where sharing has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding, claim, spans
from catalog.gaps.law import Grounds, plain
from catalog.vocabulary import GapKind, Kind, Severity, Topic
from graph.gaps.rule import Demanded, Rule

ELEMENTS = (
    ("update_frequency", re.compile("更新(?:频|周期|时限|期限)|频率|频度|时效")),
    ("share_condition", re.compile("(?:共享|使用)(?:条件|范围|要求)")),
    ("share_type", re.compile("共享(?:类型|属性)")),
    ("mode", re.compile("方式")),
    ("responsibilities", re.compile("部门|单位|责任方|提供方|提供者")),
    ("platform", re.compile("平台")),
    ("formats", re.compile("格式")),
    ("category", re.compile("分类|类别")),
    ("contact", re.compile("联系")),
    ("code", re.compile("代码|编码|编号")),
    ("open_to_public", re.compile("开放")),
    ("content", re.compile("内容|摘要|信息项")),
    ("name", re.compile("名称")),
)
"""Property → the words of texts that mean it, the first that fits. A name every record has."""
UNREAD = "?"


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """The elements that the text lists: property=words, or ?=words for those that are not compared."""
    if not isinstance(said, Condition):
        return []
    words = [plain(one.right_operand) for one in said.constraints if one.left_operand == "catalogueElement"]
    if not words:
        return []
    read = ((next((name for name, pattern in ELEMENTS if pattern.search(one)), UNREAD), one) for one in words)
    return [("", tuple(f"{name}={one}" for name, one in read))]


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """As long as a text demands one of the elements that are missing."""
    (missing,) = found.detail
    for span, key in spans(grounds, GapKind.INCOMPLETE_METADATA, "", found.place):
        pairs = (entry.split("=", 1) for entry in span.ground.detail)
        lacking = [words for name, words in pairs if name in missing]
        if lacking:
            message = f"缺少目录内容：{'、'.join(lacking)}"
            yield claim(found, grounds, span, key, message, severity=Severity.INFO)


_SQL = {
    "update_frequency": "r.update_frequency = ''",
    "share_condition": "r.share_type = 'CONDITIONAL' AND r.body ->> '$.share_condition' IS NULL",
    "share_type": "r.share_type = 'UNDECLARED'",
    "responsibilities": "r.body ->> '$.responsibilities[0]' IS NULL",
    "platform": "r.body ->> '$.platform' IS NULL",
    "mode": "r.body ->> '$.mode[0]' IS NULL",
    "formats": "r.body ->> '$.formats[0]' IS NULL",
    "category": "r.category = ''",
    "contact": "r.body ->> '$.contact' IS NULL",
    "code": "r.code = ''",
    "open_to_public": "r.open_to_public = 'UNDECLARED'",
    "content": "r.body ->> '$.summary' IS NULL AND NOT EXISTS (SELECT 1 FROM field f WHERE f.resource = r.key)",
}
"""When an element is missing. A statement parses a body once, for whatever number of paths."""
_CYPHER = {
    "update_frequency": "r.update_frequency IS NULL",
    "share_condition": "r.share_type = 'CONDITIONAL' AND r.share_condition IS NULL",
    "share_type": "r.share_type = 'UNDECLARED'",
    "responsibilities": "r.responsibilities IS NULL",
    "platform": "r.platform IS NULL",
    "mode": "r.mode IS NULL",
    "formats": "r.formats IS NULL",
    "category": "r.category IS NULL",
    "contact": "r.contact IS NULL",
    "code": "r.code IS NULL",
    "open_to_public": "r.open_to_public = 'UNDECLARED'",
    "content": "r.summary IS NULL AND NOT EXISTS { MATCH (r)-[:HAS_FIELD]->() }",
}


def _wanted(grounds: Grounds) -> list[str]:
    return sorted(
        {entry.partition("=")[0] for entry in grounds.details(GapKind.INCOMPLETE_METADATA)} - {UNREAD, "name"}
    )


_ARMS = " || ".join(
    f"CASE WHEN instr(:wanted, '\"{name}\"') > 0 AND ({test}) THEN ',\"{name}\"' ELSE '' END"
    for name, test in _SQL.items()
)
RULE = Rule(
    kind=GapKind.INCOMPLETE_METADATA,
    subject=Kind.RESOURCE,
    provision="列明目录应当包括哪些内容的条款",
    owner="登记该资源的部门",
    act="在目录中补齐所列内容",
    topics=(Topic.CATALOGUE_ELEMENTS,),
    demands=demands,
    words=lambda grounds: {"wanted": _wanted(grounds)},
    each=True,
    sql=f"'[[' || nullif(substr({_ARMS}, 2), '') || ']]'",
    cypher="""
        MATCH (r:Resource) WHERE r.origin = 'REGISTERED' AND r.regime = 'SHARING' {scope} AND {place} IN $places
        WITH r, [x IN ["""
    + ", ".join(f"CASE WHEN {test} THEN '{name}' END" for name, test in _CYPHER.items())
    + """] WHERE x IN $wanted] AS missing WHERE size(missing) > 0
        RETURN r.id AS subject, {owner} AS owner, {place} AS place, [missing] AS detail
    """,
    claims=claims,
)
