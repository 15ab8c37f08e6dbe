"""The sentences that open an assignment, one row of the table for each wording: who, of what, doing what.

The words are found by plain searches from 下列 outwards, not by one big expression, so that time stays linear and a new
wording is one more small function in :data:`WORDINGS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from catalog.vocabulary import Role

LONGEST = 600
"""No heading is longer; what is longer is prose."""

ROLES: dict[str, Role] = {
    **dict.fromkeys("采集 收集 归集 征集 录入".split(), Role.COLLECT),
    **dict.fromkeys("核准 核实 审核 校核 核对 核定 确认".split(), Role.VERIFY),
    **dict.fromkeys("提供 共享".split(), Role.PROVIDE),
    **dict.fromkeys("更新 维护".split(), Role.MAINTAIN),
    "牵头": Role.LEAD,
}
"""What an agency does, by the rule's own verbs."""

_VERB = f"(?:{'|'.join(ROLES)})"
ACTS = re.compile(f"{_VERB}(?:(?:、|与|和|以及|及|并|，)+(?:负责)?{_VERB})*")
_ACTS_END = re.compile(f"的?({ACTS.pattern})(?:等)?(?:工作)?$")
_DUTY = re.compile(
    "(?:，)?(?:应当|要|须)?(?:(?:依照|按照|根据|依据|依|按)(?:各自)?(?:的)?(?:法定)?(?:职责|职权|权限|职能)(?:分工|范围)?(?:和权限)?"
    "|在(?:各自)?(?:的)?(?:法定)?(?:职责|职权|职能)(?:权限)?范围内|依法|各自)(?:，)?"
)
_SHALL = re.compile("(?:应当|分别|共同|各自|具体|统一|主要|牵头|统筹|负责|，)+$")
_KNOWN = re.compile("(?:信息|数据|信息资源|数据资源|信息项|数据项|基础信息项)$")
_POINTERS = re.compile("^(?:有关|相关|本市|全市|各类|的)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An opening sentence: spans of who and what in its text, the roles, and how several agencies stand together.

    ``partners`` is who the agencies act with (会同). ``scope`` is what the words before 下列 add to what (内地居民).
    """

    who: tuple[int, int]
    what: tuple[int, int]
    roles: tuple[Role, ...]
    partners: tuple[int, int] | None = None
    scope: str = ""
    respective: bool = False
    together: bool = False


def roles_of(acts: str) -> tuple[Role, ...]:
    """The roles that a run of verbs gives, in the order of the vocabulary."""
    found = {role for verb, role in ROLES.items() if verb in acts}
    return tuple(role for role in Role if role in found)


def points(text: str) -> bool:
    """Whether a block can open an assignment at all: it says 下列 or 以下 where a heading would."""
    return text.find("下列", 0, LONGEST) >= 0 or text.find("以下", 0, LONGEST) >= 0


def read(text: str) -> Heading | None:
    """What an opening sentence (without its colon) assigns, None where it assigns nothing."""
    if len(text) > LONGEST or not points(text):
        return None
    at = min(here for here in (text.find("下列"), text.find("以下")) if here >= 0)
    return next((heading for wording in WORDINGS if (heading := wording(text, at)) and _meant(text, heading)), None)


def _meant(text: str, heading: Heading) -> bool:
    """Whether it is information that is assigned, and to somebody."""
    if heading.who[0] >= heading.who[1] or not _KNOWN.search(text[slice(*heading.what)][-8:]):
        return False
    return Role.COLLECT in heading.roles or Role.PROVIDE in heading.roles


def _charged_with(text: str, at: int) -> Heading | None:
    """X依照法定职责，负责下列Y的采集、核准与提供."""
    acts = _ACTS_END.search(text, at)
    charge = _charge(text, at)
    if not acts or charge is None:
        return None
    return _heading(text, (0, charge[0]), (at + 2, acts.start()), acts.group(1), scope=text[charge[1] : at])


def _charged_to(text: str, at: int) -> Heading | None:
    """X负责采集、提供下列Y; 由X会同Y采集下列Z."""
    acts = next((match for match in ACTS.finditer(text, max(0, at - 40), at) if match.end() == at), None)
    if not acts:
        return None
    charge = _charge(text, acts.start())
    end = charge[0] if charge else acts.start()
    return _heading(text, (0, end), (at + 2, len(text)), acts.group())


def _named_as(text: str, at: int) -> Heading | None:
    """X为下列Y的责任采集部门."""
    before = next((word for word in ("作为", "为", "是") if text.endswith(word, 0, at)), None)
    post = _POST.search(text, at)
    if not before or not post:
        return None
    return _heading(text, (0, at - len(before)), (at + 2, post.start()), _acts(post))


_OFFICE = (
    f"的(?:信息|数据)?(?:责任)?(?:(?P<acts>{ACTS.pattern})|数源|来源|权威|数据源|源头)(?:责任|数据)?"
    "(?:部门|机关|单位|机构)"
)
_POST = re.compile(f"{_OFFICE}$")
_POST_IS = re.compile(f"{_OFFICE}(?:为|是)")


def _acts(post: re.Match[str]) -> str:
    """What the holder of a post does; a 数源部门 is the one that collects, verifies and provides."""
    return post["acts"] or "采集、核准、提供"


_HELPED = re.compile("，[^，。；：]{2,60}(?:配合|协助|协同)$")


def _by(text: str, at: int) -> Heading | None:
    """下列Y由X负责采集; those who only help (Z配合) are left out."""
    text = _HELPED.sub("", text)
    acts = _ACTS_END.search(text, at)
    by = text.find("由", at)
    if at > 4 or not acts or by < 0 or acts.start() < by:
        return None
    charge = _charge(text, acts.start())
    end = charge[0] if charge else acts.start()
    leads = "牵头" if "牵头" in text[by : acts.start()] else ""
    return _heading(text, (by + 1, end), (at + 2, by), leads + acts.group(1))


def _post_is(text: str, at: int) -> Heading | None:
    """下列Y的责任采集部门为X."""
    post = _POST_IS.search(text, at)
    if at > 4 or not post:
        return None
    return _heading(text, (post.end(), len(text)), (at + 2, post.start()), _acts(post))


WORDINGS: tuple[Callable[[str, int], Heading | None], ...] = (_charged_with, _named_as, _by, _post_is, _charged_to)
"""Tried in order; each takes the sentence and where its 下列 stands."""


def _charge(text: str, before: int) -> tuple[int, int] | None:
    """The 负责 that rules the words before a place."""
    found = [(at, at + len(word)) for word in ("负责", "承担", "做好") if (at := text.rfind(word, 0, before)) >= 0]
    last = max(found, default=None)
    return last if last and not re.search("[。；：]", text[last[1] : before]) else None


def _heading(text: str, who: tuple[int, int], what: tuple[int, int], acts: str, scope: str = "") -> Heading:
    around = text[: what[0]] + text[what[1] :]
    low, high = subject(text, *who)
    joined = re.search("会同|协同|联合(?!会)", text[low:high])
    partners = (low + joined.end(), high) if joined else None
    pointer = _POINTERS.match(text[slice(*what)])
    first = what[0] + (pointer.end() if pointer else 0)
    return Heading(
        who=(low, low + joined.start()) if joined else (low, high),
        what=(first, max(first, what[1])),
        roles=roles_of(acts),
        partners=partners,
        scope="".join(scope.strip("，的、").split()),
        respective="分别" in around,
        together=bool(joined) or "共同" in around,
    )


def subject(text: str, low: int, high: int) -> tuple[int, int]:
    """The agencies in the words before a verb: without 由, 应当 and the clause of duty."""
    duty = _DUTY.search(text, low, high)
    high = duty.start() if duty else high
    if shall := _SHALL.search(text, low, high):
        high = shall.start()
    while low < high and (text[low] in "由，、 \n\u3000" or text.startswith(("下列", "以下"), low)):
        low += 2 if text[low] in "下以" else 1
    while high > low and text[high - 1] in "，、 \n\u3000":
        high -= 1
    return low, high
