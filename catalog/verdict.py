"""The judgement behind ``whoProvides``: may it be had on a date, on which terms, and why, step by step.

Pure: what it needs of the catalogue is handed in as a :class:`Case`. Each step of ``because`` names the provision
that it rests on; where no provision is known there is no step.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.legal_time import end_of_validity, status_on
from catalog.text import simplify
from catalog.vocabulary import Allocation, LegalStatus, Regime, Role, ShareType, Topic, Verdict

ACCESS_TOPICS = (
    Topic.SHARE_TYPE,
    Topic.SHARING_DEFAULT,
    Topic.APPLICATION,
    Topic.APPROVAL,
    Topic.PROCEDURE,
    Topic.DISPUTE,
    Topic.PURPOSE_LIMITATION,
    Topic.ONWARD_DISCLOSURE,
    Topic.CHANNEL,
    Topic.COST,
)
"""The topics of rules that hold for everything a text governs and matter to somebody who wants to have it."""

_CONDITIONAL_ONLY = re.compile(r"^(?!.*无条件共享).*(?:有|附|受限)条件共享", re.S)
NOT_IN_FORCE = frozenset({LegalStatus.EXPIRED, LegalStatus.REPEALED, LegalStatus.DRAFT, LegalStatus.NOT_YET_IN_FORCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A text as the judgement sees it; ``validity`` is the label of the article that says from when it applies.

    ``regime`` is what its title says it is about: the procedures of a text on disclosure to the public (公开) do not
    govern sharing between agencies (共享), nor the other way round; None where the title tells neither.
    """

    id: str
    name: str
    effective: dt.date | None = None
    expires: dt.date | None = None
    repealed: dt.date | None = None
    draft: bool = False
    validity: str | None = None
    regime: Regime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What something rests on: a text, where it is loaded, and the label of the article in it."""

    law: Law | None = None
    article: str | None = None

    @property
    def cited(self) -> str | None:
        """广州细则第十条, or None where no provision is known."""
        return f"{self.law.name}{self.article}" if self.law and self.article else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One agency's responsibility."""

    agency: str
    roles: tuple[Role, ...]
    allocation: Allocation
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A clock that a rule sets: its identifier and words, and what it rests on."""

    id: str
    text: str
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition; ``agencies`` are the identifiers of those it binds."""

    id: str
    topic: Topic
    text: str
    ground: Ground
    periods: tuple[Period, ...] = ()
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One answer's facts: the resource (or its field), what assigns it, and the rules that may govern it."""

    name: str
    share_type: ShareType
    share_condition: str | None = None
    duties: tuple[Duty, ...] = ()
    basis: tuple[Ground, ...] = ()
    regime: Regime | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict, its steps, and the identifiers of the rules and clocks that hold on the date."""

    verdict: Verdict
    because: tuple[str, ...]
    rules: tuple[str, ...]
    clocks: tuple[str, ...]


def judge(case: Case, on: dt.date, *, asking: str | None = None) -> Judgement:
    """What holds on a date. ``asking`` is the agency that asks: rules that name it give a step of their own."""
    grounds = [*(duty.ground for duty in case.duties), *case.basis]
    because = [*_assignments(case), *_validity(grounds, on)]
    if _lapsed(grounds, on):
        return Judgement(verdict=Verdict.LAPSED, because=_distinct(because), rules=(), clocks=())
    rules = tuple(
        rule
        for rule in case.rules
        if _holds(rule.ground, on) and _concerns(rule.ground, case.regime) and _reaches(rule, case.share_type)
    )
    outcome = _outcome(case.share_type, rules)
    applying = outcome is Verdict.ON_APPLICATION
    shown = [rule for rule in rules if applying and rule.topic is Topic.APPLICATION]
    because += _share_steps(case)
    for rule in shown:
        because += _rule_steps(rule)
    because += [
        f"{rule.ground.cited}对提出申请的部门另有规定：「{_plain(rule.text)}」"
        for rule in rules
        if asking in rule.agencies and rule not in shown and rule.ground.cited
    ]
    timed = shown if applying else [rule for rule in rules if rule.topic is not Topic.APPLICATION]
    clocks = _distinct(period.id for rule in timed for period in rule.periods)
    return Judgement(
        verdict=outcome, because=_distinct(because), rules=_distinct(rule.id for rule in rules), clocks=clocks
    )


def _lapsed(grounds: Iterable[Ground], on: dt.date) -> bool:
    """Whether there are grounds and every one is a text known not to be in force. A text not loaded tells nothing."""
    found = [status_on(ground.law, on) if ground.law else LegalStatus.UNKNOWN for ground in grounds]
    return bool(found) and all(status in NOT_IN_FORCE for status in found)


def _holds(ground: Ground, on: dt.date) -> bool:
    return ground.law is not None and status_on(ground.law, on) is LegalStatus.IN_FORCE


def regime_of(title: str) -> Regime | None:
    """What a text of this title regulates, where one word of it tells."""
    shares, discloses = "共享" in title, "公开" in title
    if shares == discloses:
        return None
    return Regime.SHARING if shares else Regime.DISCLOSURE


def _concerns(ground: Ground, regime: Regime | None) -> bool:
    return regime is None or ground.law is None or ground.law.regime in (None, regime)


def _reaches(rule: Rule, share_type: ShareType) -> bool:
    """A procedure for what is shared conditionally says nothing of what is shared otherwise, or not declared."""
    limited = rule.topic is Topic.APPLICATION and bool(_CONDITIONAL_ONLY.search(_plain(rule.text)))
    return not limited or share_type is ShareType.CONDITIONAL


def _outcome(share_type: ShareType, rules: Iterable[Rule]) -> Verdict:
    match share_type:
        case ShareType.UNCONDITIONAL:
            return Verdict.AVAILABLE
        case ShareType.CONDITIONAL:
            return Verdict.ON_APPLICATION
        case ShareType.NOT_SHARED:
            return Verdict.REFUSED
        case ShareType.UNDECLARED:
            applies = any(rule.topic is Topic.APPLICATION for rule in rules)
            return Verdict.ON_APPLICATION if applies else Verdict.UNKNOWN


def _assignments(case: Case) -> Iterator[str]:
    """广州细则第十一条规定民政部门、镇人民政府采集、核准、提供婚姻登记和收养登记信息。"""
    groups: dict[tuple[str, tuple[Role, ...]], list[Duty]] = {}
    for duty in case.duties:
        if (cited := duty.ground.cited) and duty.allocation is not Allocation.DECLARED:
            groups.setdefault((cited, duty.roles), []).append(duty)
    for (cited, roles), duties in groups.items():
        who = "、".join(_distinct(duty.agency for duty in duties))
        what = "、".join(role.zh for role in roles)
        undivided = any(duty.allocation is Allocation.UNDIVIDED for duty in duties)
        note = "（条文没有逐一对应部门与清单）" if undivided else ""
        yield f"{cited}规定{who}{what}{case.name}{note}。"


def _validity(grounds: Iterable[Ground], on: dt.date) -> Iterator[str]:
    """广州细则第五十条：自2016-07-01起施行，有效期5年，2021-07-01起不再有效；在2018-01-01有效。"""
    seen: set[str] = set()
    for ground in grounds:
        law = ground.law
        article = law and (law.validity or ground.article)
        if law is None or article is None or law.id in seen:
            continue
        seen.add(law.id)
        status = status_on(law, on)
        dates = "，".join(_dates(law))
        yield f"{law.name}{article}：{dates}{'；' if dates else ''}{_STANDING[status].format(on=on)}。"


def _dates(law: Law) -> Iterator[str]:
    if law.draft:
        return
    if law.effective:
        yield f"自{law.effective}起施行"
    if law.expires:
        years = law.expires.year - (law.effective or law.expires).year
        if law.effective and years and end_of_validity(law.effective, years) == law.expires:
            yield f"有效期{years}年"
        yield f"{law.expires}起不再有效"
    if law.repealed:
        yield f"{law.repealed}起废止"


_STANDING = {
    LegalStatus.IN_FORCE: "在{on}有效",
    LegalStatus.EXPIRED: "在{on}已失效",
    LegalStatus.REPEALED: "在{on}已废止",
    LegalStatus.NOT_YET_IN_FORCE: "在{on}尚未施行",
    LegalStatus.DRAFT: "所在文本为草案，在{on}不具有效力",
    LegalStatus.UNKNOWN: "文本没有写明施行日期，在{on}是否有效不明",
}


def _share_steps(case: Case) -> Iterator[str]:
    """What declares the share type. Only where the resource has a basis of its own with a provision."""
    if case.share_type is ShareType.UNDECLARED:
        return
    terms = f"，条件：{_plain(case.share_condition).rstrip('。')}" if case.share_condition else ""
    for ground in case.basis:
        if cited := ground.cited:
            yield f"依据{cited}，{case.name}登记为{case.share_type.zh}{terms}。"
            return


def _rule_steps(rule: Rule) -> Iterator[str]:
    if cited := rule.ground.cited:
        yield f"{cited}规定了申请程序：「{_plain(rule.text)}」"
    for period in rule.periods:
        if (cited := period.ground.cited) and _plain(period.text) not in _plain(rule.text):
            yield f"{cited}规定了期限：「{_plain(period.text)}」"


def _plain(text: str) -> str:
    """Words of a text as a sentence quotes them: simplified and without line breaks."""
    return simplify("".join(text.split()))


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
