"""From when a period runs: the event that the text names, or the one it leaves to be understood."""

from __future__ import annotations

import re

from catalog.vocabulary import ClockKind
from loaders.regulation.clauses import agent

EXTENDED = re.compile("延长")
"""The words before a number that make it an extension (延长期限不得超过五个工作日)."""

_CUE = re.compile("(?:应当|必须|(?<![供相适响对反效])应|须|可以)(?:在|于)?|^(?:在|于)")
_ENDS = re.compile("(?:之日起|之日|之后|以后|后|起|时)$")
_RECEIVED = re.compile("(?:收到|接到|受理)[^，的应在]{1,24}")
_OBJECT = re.compile("对于?(?P<event>[^，的]{1,12})的")
_EVENT = re.compile(
    "(?:提交|提出|递交)[^，。；]{0,10}?申请|(?:收到|接到|受理)[^，。；的]{1,16}|通知[^，。；将]{0,12}"
    "|告知[^，。；将]{0,12}"
    "|审议决定|作出决定|做出决定|确认|批准|同意|登记|发布|变更|变化|备案|终结|结束"
)
_LEAD = re.compile("^(?:并|但|由|且|其中|除此之外的)")


def start_of(kind: ClockKind, before: str, earlier: list[str]) -> tuple[str | None, bool]:
    """The start of a period, and whether it is only implied.

    ``before`` is its clause so far, ``earlier`` are the clauses before.
    """
    if kind not in (ClockKind.DURATION, ClockKind.IMMEDIATE, ClockKind.VAGUE):
        return None, False
    named = _named(before) or (_named_by(earlier[-1]) if earlier and not _tail(before) else None)
    if named:
        return named, False
    if kind is not ClockKind.DURATION:
        return None, False
    if EXTENDED.search(before) or "延长" in before:
        return "原期限届满", True
    own = _OBJECT.search(before)
    if own and _EVENT.search(own["event"]):
        return own["event"], True
    for clause in reversed(earlier):
        if event := _EVENT.search(clause):
            return event[0], True
    return None, True


def _tail(before: str) -> str:
    """What stands between who and must, and the period: 应当自收到申请之日起 leaves 自收到申请之日起."""
    cues = list(_CUE.finditer(before))
    if cues:
        return before[cues[-1].end() :]
    who = agent(before)
    return _LEAD.sub("", before).removeprefix(who).removeprefix("在").removeprefix("于")


def _named(before: str) -> str | None:
    tail = _tail(before)
    if "自" in tail and tail.endswith(("起", "之日")):
        return tail[tail.index("自") :]
    if len(tail) > 1 and _ENDS.search(tail):
        return tail
    received = _RECEIVED.search(tail) or _RECEIVED.match(before)
    return received[0] if received else None


def _named_by(clause: str) -> str | None:
    """The clause before the period's own, where it tells an event that has happened: 接到申请后，…"""
    if not (_ENDS.search(clause) or _RECEIVED.search(clause)):
        return None
    who = agent(clause)
    rest = clause[clause.index(who) + len(who) :] if who and not _RECEIVED.match(clause) else clause
    rest = _LEAD.sub("", rest)
    cue = _CUE.match(rest)
    rest = (rest[cue.end() :] if cue else rest).removeprefix("在").removeprefix("于")
    return rest if len(rest) > 1 else None
