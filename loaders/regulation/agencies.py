"""Recognising agency names: in running text (:func:`find`) and in a phrase set apart (:func:`listed`).

Names are found from their end: a head (部门, 机关, 人民政府 …), before it modifiers, a stem, a level. The longest stem
wins, so that 卫生和计划生育行政部门 does not fall apart and the 市政府 of 市政府信息共享平台管理机构 is no government.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from catalog.agency import Agency
from catalog.identifiers import agency_id
from catalog.value import Jurisdiction
from catalog.vocabulary import AgencyKind
from loaders.regulation import agency_words as words
from loaders.regulation.tree import Reading

_HEAD = re.compile("|".join(words.HEADS) + "|委(?![托派员会任])")
_LABELS = re.compile("名称|代码|编号|地址|行政区划|签名|印章")
_FIXED = re.compile("|".join(sorted(words.FIXED, key=len, reverse=True)))
_PARTIES = re.compile("公民、法人(?:和|或者|或|以及|及|、)其他组织")
_GOVERNMENT_ENDS = re.compile("[、，。；：和及与或应可不负将的批决裁通未有同会对依在向）\\s]|所属|各|组织|$")
_JOINTS = re.compile("以及|和|及|与|或者|或")
_OWN = re.compile("其(?![他它])")
_RELATIVE = re.compile("^(?:(?:本市|全市|全省|本省)(?=各|有关)|各级|同级|本级|上级|有关|相关|各|本|由|经)+")
_POINTS = re.compile("(?:等(?:有关|相关|牵头|各|主管)*|(?:有关|相关)+)(?=(?:部门|机关|机构|单位)$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An agency named at ``text[start:end]`` of a reading.

    ``name`` is normalised: 公安、民政部门 names 公安部门 too.
    """

    name: str
    kind: AgencyKind
    start: int
    end: int


def kind_of(name: str) -> AgencyKind:
    """What sort of party a name denotes, told by its words alone."""
    if fixed := words.FIXED.get(name):
        return fixed
    if words.CLASS_CLAUSE.fullmatch(name):
        return AgencyKind.CLASS
    if words.ROLE_NAME.fullmatch(name):
        return AgencyKind.ROLE
    if name.endswith(("政府", "办事处")):
        return AgencyKind.GOVERNMENT
    if words.PARTY_HEADS.search(name):
        return AgencyKind.PARTY
    if words.CLASS_HEADS.search(name):
        return AgencyKind.CLASS
    return AgencyKind.BODY if words.BODY_NAME.match(name) else AgencyKind.OFFICE


def record(mention: Mention, literal: str, jurisdiction: Jurisdiction | None) -> Agency:
    """The agency that a mention names, in the jurisdiction of the text; an open class keeps its clause."""
    return Agency(
        id=agency_id(jurisdiction, mention.name),
        name=mention.name,
        agency_kind=mention.kind,
        jurisdiction=jurisdiction,
        literal=literal if mention.kind is AgencyKind.CLASS else None,
    )


def fixed(reading: Reading, low: int, high: int) -> list[Mention]:
    """The class or party that a stretch of a reading is the whole name of (行政机关); empty where it is not."""
    name = reading.text[low:high]
    return [Mention(name=name, kind=words.FIXED[name], start=low, end=high)] if name in words.FIXED else []


def find(reading: Reading) -> list[Mention]:
    """The agencies that running text names, in order, without overlaps, the longest first.

    Positions are the reading's: ``reading.span(mention.start, mention.end)`` is the place in the source.
    """
    return list(_find(reading.text))


@lru_cache(maxsize=2048)
def _find(text: str) -> tuple[Mention, ...]:
    found = [_mention(match.group(), match.start(), match.end()) for match in words.CLASS_CLAUSE.finditer(text)]
    found += [_mention(match.group(), match.start(), match.end()) for match in words.ROLE_NAME.finditer(text)]
    for match in _FIXED.finditer(text):
        if not (match.group() == "公民" and text.startswith("身份", match.end())):
            found.append(_mention(match.group(), match.start(), match.end()))
    for match in _PARTIES.finditer(text):
        for name in ("公民", "法人", "其他组织"):
            at = text.index(name, match.start())
            found.append(Mention(name=name, kind=AgencyKind.PARTY, start=at, end=at + len(name)))
    for match in _HEAD.finditer(text):
        if not _LABELS.match(text, match.end()):  # 医疗卫生机构名称 is a datum, not a body
            found += _ending_at(text, match.start(), match.end())
    found.sort(key=lambda mention: (mention.start, -mention.end))
    apart: list[Mention] = []
    for mention in found:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    return tuple(apart)


def listed(reading: Reading) -> list[Mention]:
    """The agencies of a phrase that holds nothing else: 国土资源、农业等部门和从事相关研究的事业单位.

    Members without a head take the bare head of the next one that has it; 等部门 and 有关部门 add nobody.
    """
    return list(_listed(reading.text))


@lru_cache(maxsize=1024)
def _listed(text: str) -> tuple[Mention, ...]:
    pieces = _pieces(text)
    mentions: list[Mention] = []
    head = ""
    for start, end in reversed(pieces):
        name = _RELATIVE.sub("", text[start:end])
        start = end - len(name)
        if words.NOBODY.match(name):
            head = _bare_head(name) or head
            continue
        if words.CLASS_CLAUSE.fullmatch(name):
            head = ""
            mentions.append(_mention(name, start, end))
        elif words.PHRASE_HEADS.search(name):
            head = _bare_head(name)
            points = _POINTS.search(name)
            if points and points.start():  # 环境保护等部门, 公安等牵头部门
                mentions.append(_mention(name[: points.start()] + head, start, start + points.start()))
            else:
                mentions.append(_mention(name, start, end))
        else:
            mentions.append(_mention(name.removesuffix("等") + head, start, start + len(name.removesuffix("等"))))
    return tuple(mentions[::-1])


def _mention(name: str, start: int, end: int) -> Mention:
    name = "".join(name.split())
    return Mention(name=name, kind=kind_of(name), start=start, end=end)


def _bare_head(name: str) -> str:
    return next((head for head in ("部门", "机关", "机构", "单位", "局") if name.endswith(head)), "")


def _pieces(text: str) -> list[tuple[int, int]]:
    """The members of an enumeration: between 、, and between connectors that follow a whole name."""
    clauses = [match.span() for match in words.CLASS_CLAUSE.finditer(text)]
    cuts: list[tuple[int, int]] = [(match.start(), match.end()) for match in re.finditer("[、，；]", text)]
    for match in _JOINTS.finditer(text):
        before = text[: match.start()]
        whole = bool(words.PHRASE_HEADS.search(before[-8:])) and not _OWN.match(text, match.end())
        if whole or match.group() == "以及" or (cuts and match.start() == cuts[-1][1]) or _stems_apart(text, match):
            cuts.append(match.span())
    inside = [cut for cut in sorted(cuts) if not any(low < cut[0] < high for low, high in clauses)]
    members, start = [], 0
    for low, high in (*inside, (len(text), len(text))):
        piece = text[start:low]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            members.append((start + left, start + left + len(piece.strip())))
        start = max(start, high)
    return members


def _stems_apart(text: str, joint: re.Match[str]) -> bool:
    """Whether both sides of a connector are known stems and their union is not: 统计和节能主管部门."""
    before = re.split("[、，；]", text[: joint.start()])[-1]
    after = re.match("[\u4e00-\u9fff]+", text[joint.end() :])
    if before not in words.STEMS or not after:
        return False
    union = f"{before}{joint.group()}{after.group()}"
    whole = any(union.startswith(stem) for stem in words.STEMS if len(stem) > len(before))
    return not whole and any(after.group().startswith(stem) for stem in words.STEMS)


def _ending_at(text: str, head: int, end: int) -> list[Mention]:
    """The mentions whose last one has its head at ``text[head:end]``; none where the words before it name no office."""
    if text[head:end] in ("政府", "人民政府", "办事处", "街道办事处"):
        return _government(text, head, end)
    bare = text[head:end]
    low = _back(text, head, words.MODIFIERS)
    if text[low - 1 : low] == "等":
        low -= 1
    stem = _stem_before(text, low)
    if stem == low:
        return []
    many = text[low : low + 1] == "等"
    name, stop = (text[stem:low] + bare, low) if many else (text[stem:end], end)
    first = _levelled(text, stem, stop, name)
    members: list[Mention] = []
    joint = _joint_before(text, first[0].start)
    while joint is not None:
        start = _stem_before(text, joint)
        if start == joint:
            break
        members.append(_mention(text[start:joint] + bare, start, joint))
        joint = _joint_before(text, start)
    return [*reversed(members), *first]


def _government(text: str, head: int, end: int) -> list[Mention]:
    bare = text[head:end] == "政府"
    if bare and not _GOVERNMENT_ENDS.match(text, end):
        return []
    mentions = _levelled(text, head, end, text[head:end])
    return [] if bare and mentions[0].start == head else mentions


def _levelled(text: str, stem: int, end: int, name: str) -> list[Mention]:
    """One office, or one for each of the levels printed before it: 市、区信息化主管部门."""
    found: list[Mention] = []
    last, stop = end, stem
    while (start := _level_before(text, stop)) < stop:
        found.append(_mention(text[start:stop] + name, start, last))
        joint = _joint_before(text, start)
        if joint is None:
            break
        stop = last = joint
    return found[::-1] or [_mention(name, stem, end)]


def _level_before(text: str, end: int) -> int:
    return next((end - len(level) for level in words.LEVELS if text.endswith(level, 0, end)), end)


def _stem_before(text: str, end: int) -> int:
    """Where the longest stem that ends here starts, with modifiers of its own (市场监督管理); ``end`` if none does."""
    for last in (end, _back(text, end, words.MODIFIERS)):
        for length in range(min(words.LONGEST_STEM, last), 1, -1):
            if text[last - length : last] in words.STEMS:
                return last - length
    return end


def _joint_before(text: str, start: int) -> int | None:
    return next((start - len(joint) for joint in ("以及", "、", "和", "及") if text.endswith(joint, 0, start)), None)


def _back(text: str, end: int, suffixes: tuple[str, ...]) -> int:
    while suffix := next((word for word in suffixes if text.endswith(word, 0, end)), None):
        end -= len(suffix)
    return end
