"""NO_IDENTITY_KEY 缺少标识: a list of people or organisations carries no legal key to join on.

What makes it a gap is the article that demands the key (广州规定第十六条: 自然人信息应当以法定身份证件作为标识提供，
法人及其他机构信息应当以组织机构代码作为标识提供; 广州细则第十九条 for people). A resource is such a list where it
has a field with the name of its subject (姓名, 单位名称), not merely of a contact (联系人姓名); any field that is an
identity key will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding, claimed
from catalog.gaps.law import Grounds, plain
from catalog.vocabulary import GapKind, Kind, Topic
from graph.gaps.rule import Demanded, Rule

NAMES = {
    "PERSON": (
        "姓名 人员姓名 公民姓名 个人姓名 居民姓名 学生姓名 考生姓名 教师姓名 申请人姓名 "
        "当事人姓名 持证人姓名 参保人姓名 从业人员姓名 执业人员姓名 户主姓名 残疾人姓名 服务对象姓名 被处罚人姓名"
    ).split(),
    "ORGANISATION": (
        "单位名称 企业名称 机构名称 法人名称 组织名称 公司名称 社会组织名称 市场主体名称 "
        "纳税人名称 用人单位名称 参保单位名称 学校名称 医疗机构名称"
    ).split(),
}
"""The field names that make a resource a list of people, or of organisations."""
_WORDS = {"PERSON": re.compile("自然人|公民|人口|个人"), "ORGANISATION": re.compile("法人|机构|企业|其他组织")}
_SAID = {"PERSON": "自然人", "ORGANISATION": "法人和其他组织"}


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """Of whom the key is demanded."""
    words = plain(said.text)
    return [(variant, ()) for variant, pattern in _WORDS.items() if pattern.search(words)]


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """As long as a text demands the key."""
    variant, field, name = found.detail
    message = f"{_SAID[variant]}信息（信息项「{name}」）没有法定标识"
    return claimed(found, grounds, GapKind.NO_IDENTITY_KEY, message, variant=variant, beside=(field,))


_SQL = """
    SELECT r.id AS id, {owner}, {place}, json_array('%s', min(f.id), f.name), r.key
    FROM {lists} WHERE f.name IN (SELECT value FROM json_each(:%s)) AND r.origin = 'REGISTERED' AND r.regime =
        'SHARING' {scope}
    AND {place} IN (SELECT value FROM json_each(:places))
    AND NOT EXISTS (SELECT 1 FROM field k WHERE k.resource = f.resource AND k.identity_key = 1)
    GROUP BY r.key
"""
_CYPHER = """
    MATCH (f:Field)<-[:HAS_FIELD]-(r:Resource) {named} f.name IN $%s
    AND r.origin = 'REGISTERED' AND r.regime = 'SHARING' {scope} AND {place} IN $places
    AND NOT EXISTS { MATCH (r)-[:HAS_FIELD]->(k:Field) WHERE k.identity_key }
    WITH r, f ORDER BY f.id WITH r, head(collect(f)) AS f
    RETURN r.id AS subject, {owner} AS owner, {place} AS place, ['%s', f.id, f.name] AS detail
"""
RULE = Rule(
    kind=GapKind.NO_IDENTITY_KEY,
    subject=Kind.RESOURCE,
    provision="要求以法定标识提供自然人、法人信息的条款",
    owner="登记该资源的部门",
    act="增加公民身份号码、统一社会信用代码等标识信息项",
    topics=(Topic.IDENTITY_KEY,),
    demands=demands,
    words=lambda grounds: {"persons": NAMES["PERSON"], "organisations": NAMES["ORGANISATION"]},
    sql=" UNION ALL ".join((_SQL % ("PERSON", "persons"), _SQL % ("ORGANISATION", "organisations"))),
    cypher=" UNION ALL ".join((_CYPHER % ("persons", "PERSON"), _CYPHER % ("organisations", "ORGANISATION"))),
    claims=claims,
)
