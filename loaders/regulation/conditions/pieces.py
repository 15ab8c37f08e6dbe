"""The parts of a rule that holds several: another topic, another who joins, another case that is sanctioned."""

from __future__ import annotations

import re

from catalog.vocabulary import Topic
from loaders.regulation.clauses import CLAUSE, HEAD, VERB
from loaders.regulation.conditions import cues
from loaders.regulation.conditions.topics import topic_of

_FRAMED = re.compile("(?:根据|依据|按照|依照|参照|通过)[^，。；]{1,40}，")
_LED = re.compile("(?:根据|依据|按照|依照)(?:[^，。；“]|“[^”]*”){0,60}(?:原则|规定|要求|需要|职责|程序|职能)$")
_OPENS = re.compile(
    "(?:并|同时|也)?(?:应当?)?(?:及时|定期|依法|按照?规定|严格|逐步|在?每年[^，。；]{0,12}前)?"
    "(?:根据[^，。；]{2,24}?(?:意见|情况|结果)(?:及时)?)?"
    "(?!确保|保障|保证|提高|避免|实现|防止|加强|严格考核)(?:(?:将|向|对|从)[^，。；]{1,40}?|会同[^，。；]{1,40}?"
    rf"|做好)?{VERB.pattern}"
)
_JOINED = re.compile(
    rf"(?:并|同时)?(?:应当)?(?:会同|联合|商)([^，。；]{{1,60}}?{HEAD})"
    rf"(?=联合|共同|每|定期|对|依法|按|根据|在|及时|统一|另行|负责|研究|做好|具体|逐步|适时|{VERB.pattern})"
)
_SANCTION = (
    "(?:依法|由[^，。；]{2,30}|视情节?|并|可以|应当|予以|可|根据情节轻重)*"
    "(?:责令|给予|处[以一二三四五六七八九十0-9]|没收|吊销|追究|视为|通报|不予|强令)"
)
_CASE = re.compile("(?:对|凡|如|若|逾期|拒不|情节|造成|构成|尚不|不?符合|未|违反|有[^，。；]{2,20}的$)[^，。；]*$")
_CASED = re.compile(f"(?:尚不|情节|逾期|构成|造成|拒不)[^，。；]{{1,20}}的{_SANCTION}")
_THEN = re.compile(f"{_SANCTION}|(?:按照?|以|依照?)[^，。；]{{1,24}}(?:处罚|处理|罚款|处分)")
_TIMED = re.compile(
    "(?:并|同时)(?:应当)?(?:在|于|自)[^，。；]{1,30}(?:日内|小时内|月内|[日月]前)|每(?:年|半年|季度|月|周)[^，。；]{1,12}[前底]"
)
_ALSO = re.compile("(?:并|同时)(?:可以?)?对[^，。；]{2,40}?(?:依法)?(?:给予|处[以一二三四五六七八九十0-9])")
"""Another period; somebody else who is punished too."""

_VAGUE = (Topic.RESPONSIBILITY, Topic.PRINCIPLE, Topic.QUALITY, Topic.PROCEDURE, Topic.PUBLICATION, Topic.SCOPE)


def partners(text: str) -> str:
    """Who acts together with the actor, where words begin so: 会同公安机关制定…; else empty."""
    match = _JOINED.match(text)
    return match[1] if match else ""


def pieces(text: str, after: int) -> list[tuple[int, int]]:
    """The parts of a rule that lists several duties, where a clause opens another.

    ``after`` is where the word of rule ends; what stands before it belongs to the first part. A part opens where the
    topic changes, where others act too (会同…), and where a sanction has a case of its own.
    """
    if _FRAMED.match(text, after):
        after = _clause_end(text, after) + 1  # 应当根据…的要求，编制…: the first duty comes after the frame
    else:
        first = CLAUSE.match(text)
        if first and first.end() > after and _LED.search(first[0]):
            after = first.end() + 1
    head = _clause_end(text, after)
    found: list[tuple[int, int]] = []
    opened, topic = 0, topic_of(cues.core(text[:head]))
    clauses = [(clause.start(), clause[0]) for clause in CLAUSE.finditer(text)]
    for at, (start, said) in enumerate(clauses):
        if start <= after:
            continue
        case = _CASED.match(said) or (
            at + 1 < len(clauses) and said[-1] in "的员" and _CASE.match(said) and _THEN.match(clauses[at + 1][1])
        )
        joined = start - 1 > opened and (_JOINED.match(said) or _TIMED.match(said) or _ALSO.match(said))
        if not case and not joined and not _OPENS.match(said):
            continue
        own = topic_of(cues.core(said))
        if case or joined or (own is not None and topic is not None and own not in (topic, *_VAGUE)):
            found.append((opened, start - 1))
            opened, topic = start, own or topic
    return [*found, (opened, len(text))]


_AND = re.compile("^(?:并且?|同时)(?:应当?|要)?")


def alone(text: str) -> str:
    """A part without its case and without those who join in: the words of the deed."""
    text = _AND.sub("", text.removeprefix(case_of(text)).lstrip("，"))
    match = _JOINED.match(text)
    return text[match.end() :] if match else text


def case_of(text: str) -> str:
    """The case that a part begins with: 逾期不改的，给予通报 and 逾期不改的给予通报; empty where it has none."""
    clause = text.partition("，")[0]
    if clause != text and _CASE.match(clause) and (clause[-1] in "的员" or clause[0] in "如若"):
        return clause
    match = re.match(f"((?!对所)[^，。；]{{2,40}}?的)(?={_SANCTION})", text)
    return match[1] if match else ""


def _clause_end(text: str, at: int) -> int:
    comma = text.find("，", at)
    return len(text) if comma < 0 else comma
