"""The rules of a provision's own words, sentence by sentence: one draft for each duty, permission, ban, definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from catalog.vocabulary import ConditionKind, Topic
from loaders.regulation.clauses import CLAUSE, SENTENCE, Words, agent, charge_of, deed, introducer, said_after, verb_of
from loaders.regulation.conditions import cues
from loaders.regulation.conditions.lists import Listing, listing_of
from loaders.regulation.conditions.pieces import alone, case_of, partners, pieces
from loaders.regulation.conditions.topics import constitutive, topic_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A rule as read: ``start`` and ``end`` in the provision's words, the rest in words of the reading."""

    kind: ConditionKind
    topic: Topic
    start: int
    end: int
    actor: str
    action: str
    trigger: str = ""
    exceptions: tuple[str, ...] = ()


def drafts(words: Words) -> tuple[Draft, ...]:
    """The rules in a provision's own words, in order."""
    return _drafts(words.text, words.introduction, introducer(words), words.listed)


@lru_cache(maxsize=1024)  # the same words make the same rules: formulas, mirrors, a text printed twice
def _drafts(text: str, introduction: str, actor: str, listed: bool) -> tuple[Draft, ...]:
    listing = listing_of(introduction)
    if listing is Listing.MISDEEDS:
        return ()
    if listing in (Listing.EXEMPT, Listing.FORBIDDEN, Listing.DUTIES) and not listed:
        return tuple(_item(text, listing, introduction, actor))
    plainly = listing is not Listing.CONTENTS and not listed
    found: list[Draft] = []
    for sentence in SENTENCE.finditer(text):
        said = sentence[0]
        if found and cues.only_exception(said):
            more = cues.exceptions(said) or (said.rstrip("。；"),)
            found[-1] = replace(found[-1], exceptions=tuple(dict.fromkeys((*found[-1].exceptions, *more))))
            continue
        if listing in (Listing.RULES, Listing.CASES) and not listed and not found and not cues.units(said):
            return tuple(_item(text, listing, introduction, actor))
        read: list[Draft] = []
        for low, high in cues.parted(said):
            read += _sentence(
                said[low:high], sentence.start() + low, actor, plainly, introduction, [*found, *read], text
            )
        found += read
        actor = next((draft.actor for draft in reversed(read) if draft.actor), actor)
    return tuple(found)


def _item(text: str, listing: Listing, introduction: str, actor: str) -> Iterator[Draft]:
    """An item that is a rule by what stands over it."""
    end = len(text.rstrip("。；\n "))
    said, trigger = text[:end], ""
    if not said:
        return
    if listing is Listing.CASES:
        case, _, then = (
            said.partition("，") if "，" in said and said.partition("，")[0][-1:] in "的时" else ("", "", said)
        )
        kind, topic, action, trigger = ConditionKind.DUTY, topic_of(introduction) or Topic.OTHER, deed(then), case
    elif listing in (Listing.DUTIES, Listing.RULES):
        kind, topic, action = ConditionKind.DUTY, topic_of(said) or Topic.RESPONSIBILITY, _charged(said)
        if listing is Listing.RULES:
            topic = topic if topic in _TELLING else topic_of(introduction) or topic
    elif listing is Listing.EXEMPT:
        kind, action = (
            ConditionKind.PROHIBITION,
            next(word for word in ("共享", "开放", "公开") if word in introduction),
        )
        topic = Topic.SHARE_TYPE if action == "共享" else Topic.EXEMPTION
    else:
        freed = _FREED.match(said)
        trigger = freed[1] if freed else ""
        banned = said[freed.end() :] if freed else said
        kind, action = ConditionKind.PROHIBITION, deed(banned)
        topic = topic_of(f"不得{banned}") or topic_of(introduction) or Topic.OTHER
    yield Draft(
        kind=kind,
        topic=topic,
        start=0,
        end=end,
        actor=actor,
        action=action,
        trigger=trigger,
        exceptions=cues.exceptions(said),
    )


ANNOUNCED = (Listing.EXEMPT, Listing.RULES, Listing.FORBIDDEN)
"""Lists whose introduction gives no rule of its own: what stands under it are the rules."""

_TELLING = (Topic.SHARING_DEFAULT, Topic.AUTHORITY_OF_RECORD, Topic.COST, Topic.NO_REPEATED_COLLECTION)
_FREED = re.compile("(未经[^，。；]{2,24})，")


def _charged(said: str) -> str:
    """法律规定的其他职责 is no verb: a residual duty is to carry it out."""
    return "履行" if cues.RESIDUE.search(said) else deed(said)


def _sentence(
    said: str,
    base: int,
    actor: str,
    plainly: bool,
    introduction: str,
    before: Sequence[Draft],
    text: str,
) -> Iterator[Draft]:
    """The rules of one sentence; ``before`` are those of the sentences before it in ``text``."""
    for low, high in cues.abbreviations(said):
        yield Draft(
            kind=ConditionKind.DEFINITION, topic=Topic.SCOPE, start=base + low, end=base + high, actor="", action="简称"
        )
    last = before[-1].topic if before else None
    if said.endswith("：") and listing_of(said) in ANNOUNCED and topic_of(said) is not Topic.PRINCIPLE:
        return  # it only announces: what stands under it are the rules
    parted = bool(before) and text[:base].endswith("；")
    by = parted and f"由{before[-1].actor}" in text[before[-1].start : before[-1].end]
    units = cues.units(said)
    if not units and plainly:
        if not parted and cues.OPEN_SANCTION.search(said):
            actor = ""  # 发生泄密的，给予处分: not by those whose duty it was
        elif parted and by and not _CASE_FIRST.match(said):
            actor = ""
        yield from _plain(said, base, actor, introduction, last)
        return
    whole = topic_of(cues.core(said)) if units else None
    shared = cues.exceptions(said) if units and all(u.kind is ConditionKind.PROHIBITION for u in units) else ()
    if said.endswith("：") and listing_of(said) in ANNOUNCED and whole is not Topic.PRINCIPLE:
        return  # it only announces: what stands under it are the rules
    trigger = ""
    for unit in units:
        if cut := cues.stated(unit, said):
            yield from _plain(said[unit.start : cut], base + unit.start, "", introduction, last, states=True)
            unit = cues.rest(unit, said, cut + 1)
        own = cues.doer(unit) or cues.whose(unit)
        named = (f"{unit.joint}，{own}" if own and unit.joint else own) or unit.earlier
        actor = named or actor
        doer = actor
        if not named and (thing := cues.thing(unit)):
            other = (parted and (by or unit.offset < 3)) or last is Topic.FUNDING
            doer = "" if other else _about(thing, before, text) or actor
        if cues.nobody(said[unit.cue : unit.end], own) or unit.kind is ConditionKind.DEFINITION:
            doer = ""
        words = said[unit.start : unit.end].rstrip("。；：\n")
        rest = said[unit.after : unit.end]
        if own and own in rest and own not in unit.clause[: unit.offset]:
            rest = rest[rest.index(own) + len(own) :]
        elif doer and (others := partners(rest)):
            doer = f"{doer}会同{others}"
        defines = unit.kind is ConditionKind.DEFINITION and ("指" in said[unit.cue : unit.after] or "所称" in words)
        trigger = _trigger(unit, own, actor) or (trigger if cues.goes_on(unit) else "")
        for low, high in pieces(words, unit.after - unit.start) if unit.kind in SPLIT else ((0, len(words)),):
            part = words[low:high]
            topic = (
                topic_of(cues.core(part)) or (low and last) or whole or topic_of(introduction) or last or Topic.OTHER
            )
            if last and (cues.FOLLOWS_UP.search(part) or (topic is Topic.APPROVAL and "延长" in part)):
                topic = last  # 应当及时处理，并将处理结果予以反馈: about what the rule before is about
            elif low and last and part.startswith(("并在", "并于", "并自")):
                topic = last
            elif topic in WEAK and whole in STRONG and not low and high == len(words):
                topic = whole
            last = topic
            others = partners(part) if low else ""
            yield Draft(
                kind=unit.kind,
                topic=Topic.SCOPE if defines else topic,
                start=base + unit.start + low,
                end=base + unit.start + high,
                actor=f"{actor}会同{others}" if others and doer else doer,
                action=deed(alone(part))
                if low
                else _action(unit, said[unit.cue : unit.after], rest[: len(rest) - (unit.end - unit.start - high)]),
                trigger=(low and case_of(part)) or trigger,
                exceptions=shared or cues.exceptions(part),
            )


_CASE_FIRST = re.compile("[^。；]{1,60}的，")


def _about(thing: str, before: Sequence[Draft], text: str) -> str:
    """Who did something to a thing in an earlier sentence: 目录应当公布 is for whoever compiles the catalogue."""
    tail = thing[-4:]
    if len(tail) < 4:
        return ""
    return next((one.actor for one in reversed(before) if one.actor and tail in text[one.start : one.end]), "")


STRONG = frozenset({Topic.LEGAL_EFFECT, Topic.CORRECTION, Topic.DISPUTE, Topic.APPLICATION})
WEAK = frozenset({Topic.RESPONSIBILITY, Topic.OTHER})
SPLIT = frozenset({ConditionKind.DUTY, ConditionKind.PERMISSION})

_USED = re.compile("(?:或者)?(?:变相)?(?:用于|用作)")
_OWN_VERB = re.compile("^不(?:予|再)?(验收|受理|批准|收取|收费)$|^不得(超过)")


def _action(unit: cues.Unit, cue: str, rest: str) -> str:
    if unit.kind is ConditionKind.DEFINITION:
        return "是指" if "所称" in cue and rest.startswith("指") else cue.lstrip("，")
    if cue == "负责":
        return charge_of(rest) or cue
    if _USED.match(rest):
        return "用于"
    if held := _OWN_VERB.match(cue):
        return held[1] or held[2]
    return verb_of(rest) or deed(said_after(rest)) or verb_of(unit.clause) or deed(rest)


_TIME = re.compile(
    "(?:也|均|还|都|则|将|原则上|全部)*(?:于|在|至少)?(?:每(?:年|半年|季度|月)|次年)?[^，的]{0,10}(?<![验审核批收])前?$"
)
_ASIDES = ("（以下", "依照法定职责", "依照各自法定职责", "并指定")


def _trigger(unit: cues.Unit, own: str, actor: str) -> str:
    """The clauses that lead on to the rule, and what its own clause says between the actor and the word of rule."""
    if unit.kind is ConditionKind.DEFINITION:
        return ""
    before = unit.clause[: unit.offset]
    between = before[before.index(own) + len(own) :] if own and own in before else "" if own else before
    if "每" in between[:4] and _TIME.match(between):
        between = ""  # 每年6月30日前应当…: a period, no case
    lead = (unit.trigger.removeprefix(actor) if actor else unit.trigger).removeprefix("但是，")
    return "，".join(part for part in (lead, between) if len(part) > 2 and not part.startswith(_ASIDES))


_CASED = re.compile(
    "(?!对所|.{0,6}所称)[^，。；]{2,40}?的(?=视为|给予|处[以一二三四五六七八九十0-9]|责令|依法(?:给予|追究))"
)


def _plain(
    said: str, base: int, actor: str, introduction: str, last: Topic | None, *, states: bool = False
) -> Iterator[Draft]:
    """A sentence that states a duty, or what holds, without a word of rule; ``states`` where it is known to."""
    match = cues.SANCTION.search(said) or cues.PLAIN.search(said) or (cues.STATEMENT.search(said) if states else None)
    match = match or cues.then(said)
    text = said.rstrip("。；：\n")
    if not match or "制定本" in text:
        return  # the purpose of the text is no rule
    clauses = [(clause.start(), clause[0]) for clause in CLAUSE.finditer(text)]
    after = [clause for at, clause in clauses if at > match.start()]
    nearest = [*reversed(after), *(clause for at, clause in clauses if at <= match.start())]
    if any(clause[-1] != "的" for clause in nearest):
        nearest = [clause for clause in nearest if clause[-1] != "的"]  # who is in a case need not be who acts
    own = next((who for clause in reversed(nearest) if (who := agent(clause))), "")
    whole = topic_of(cues.core(text))
    topic = whole or topic_of(introduction) or last or Topic.OTHER
    kind = ConditionKind.DEFINITION if "包括" in match[0] or "作为" in match[0] else constitutive(topic)
    if kind is ConditionKind.DEFINITION:
        held = cues.HOLDS.search(said)
        at = said.find(own) if own else -1
        rest = said[at + len(own) :] if at >= 0 and at + len(own) > match.start() else said[match.start() :]
        yield Draft(
            kind=kind,
            topic=topic,
            start=base,
            end=base + len(text),
            actor="",
            action=held[0] if held else deed(rest),
            trigger=_leads(clauses, match.start()),
            exceptions=cues.exceptions(text),
        )
        return
    if (
        own
        and cues.OPEN_SANCTION.search(text)
        and any(
            own in clause and clause.endswith(("的", "员", "单位", "个人", "企业"))
            for at, clause in clauses
            if at <= match.start()
        )
    ):
        own = ""  # who did wrong does not punish
    cuts = pieces(text, match.start())
    told = ""
    for low, high in cuts:
        part = text[low:high]
        case = case_of(part) if low else _leads(clauses, match.start())
        others = partners(part) if low else ""
        who = own
        if others:
            who = f"{own or actor}会同{others}" if own or actor else others
        elif low:
            who = agent(part.partition("，")[0]) or own
        begins = text.find(own) + len(own) if own else -1
        rest = alone(part) if low else text[begins if begins > match.start() else match.start() : high]
        if not case and (cased := _CASED.match(part)):
            case, rest = cased[0], part[cased.end() :]
        if low and not case and part.startswith(("并", "同时")):
            case = told
        told = case
        action = "延长" if "延长" in part else "为" if match[0][:3] in ("为下列", "为以下") else deed(rest)
        yield Draft(
            kind=ConditionKind.PERMISSION if action in _ASKED or "延长" in part else kind,
            topic=(topic_of(cues.core(part)) if len(cuts) > 1 else None) or topic,
            start=base + low,
            end=base + high,
            actor="" if cues.nobody(part if low else text[match.start() : high], "") else who or actor,
            action="追究" if action.startswith("追究") or (not low and match[0] == "追究") else action,
            trigger=case,
            exceptions=cues.exceptions(part),
        )


_ASKED = ("申请", "投诉", "举报", "复议")
"""What nobody is obliged to: 使用部门通过平台提出申请 tells by which way one may."""


def _leads(clauses: list[tuple[int, str]], start: int) -> str:
    """The clauses before a place that lead on to what it says."""
    return "，".join(clause for at, clause in clauses if at + len(clause) <= start and clause[-1:] in "的时后")
