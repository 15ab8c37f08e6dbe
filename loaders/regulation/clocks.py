"""Clocks: the statutory periods of every provision and of the notices around a text.

One pattern per kind of period, in :data:`PATTERNS`, joined into one that runs once over a provision's words. What
looks like a period and is none (有效期5年, 前10日, a date of entry into force, 真实、准确、及时 as a quality)
matches no row.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.clock import Clock
from catalog.identifiers import clock_id
from catalog.numerals import LETTERS, read_numeral
from catalog.regulation import Regulation
from catalog.value import Citation, Span
from catalog.vocabulary import ClockKind, ClockUnit
from loaders.dates import read_date
from loaders.regulation.clauses import (
    CLAUSE,
    SENTENCE,
    VERB,
    Origin,
    Words,
    agent,
    deed,
    introducer,
    members,
    own_words,
    verb_of,
)
from loaders.regulation.extract import Extract
from loaders.regulation.reading import fold_text
from loaders.regulation.starts import EXTENDED, start_of
from loaders.regulation.tree import Act

_N = rf"[{LETTERS}]{{1,8}}"
_APART = rf"(?<![前第月年{LETTERS}])"
_LENGTH = "个?(?:有效)?(?:工作日|自然日|日历日|小时|星期|季度|月|周|日|天|年)"
_BEFORE = "(?:之前|以前|前)"

_MORE = rf"(?:[、和及与]{_N}月(?:{_N}日|[底末])){{1,4}}{_BEFORE}"
"""Further days of the year that the same deadline names: 每年1月31日和7月31日前."""

_DUE = "更新|报送|上报|提交|汇总|通报|公布|备份|归集|核对|统计|推送|共享|汇报"

PATTERNS: tuple[tuple[ClockKind, str, str], ...] = (
    (
        ClockKind.DATE,
        rf"(?:(?P<date>{_N}年{_N}月{_N}日)(?:（[^（）]{{0,8}}）)?(?:{_N}时)?"
        rf"|(?P<end_year>[{LETTERS}]{{4}})年(?:年|(?P<end_month>{_N})月)?[底末]){_BEFORE}",
        "请于二〇二〇年三月一日前反馈",
    ),
    (
        ClockKind.YEARLY,
        rf"(?:(?:每年度?|次年|翌年|当年|下一?年度?)的?|(?<![年{LETTERS}]))"
        rf"(?P<month>{_N})月(?:(?P<day>{_N})日|[底末])(?:{_BEFORE}|(?={_MORE}))"
        rf"|(?:每年度?|次年|翌年|当年)的?(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年)|年)?(?:(?:结束|终了|[底末]){_BEFORE}"
        "|(?<=季度|半年)之?内)",
        "每年四月三十日前",
    ),
    (
        ClockKind.PERIODIC,
        rf"(?:(?:至少)?每|(?<![{LETTERS}每])[次下](?=月{_N}日{_BEFORE})|按(?=(?:年度?|季度?|月度?|周|日)(?:{_DUE})))(?P<gap>[{LETTERS}]{{1,3}}个?)?(?P<every>半年|年度?|季度?|月度?|周|日(?!常))"
        rf"(?:(?P<inner>[^，。；：\n]{{0,24}}?)(?P<times>{_N})次)?",
        "每季度核对一次",
    ),
    (
        ClockKind.DURATION,
        rf"{_APART}(?P<within>{_N})(?P<within_unit>{_LENGTH})(?:之内|以内|内(?!部))"
        rf"|(?:不得?超过|不得?少于|不低于|提前|延长至?)(?P<limit>{_N})(?P<limit_unit>{_LENGTH})"
        rf"|{_APART}(?P<ahead>{_N})(?P<ahead_unit>{_LENGTH}){_BEFORE}(?=[，。；向将告通报提])"
        rf"|(?:(?<=[期时]限[为是])(?<![效行享用存管露]期限[为是])|(?<=公[示告]期[为是]))(?P<term>{_N})(?P<term_unit>{_LENGTH})",
        "收到材料之日起十五日内",
    ),
    (ClockKind.REAL_TIME, "(?<!不能)(?<!无法)(?<!可以)(?<!能够)实时(?!性)", "实时更新"),
    (ClockKind.IMMEDIATE, "(?<!不能)(?<!无法)(?<!可以)(?<!能够)(?:即时|当场|立即|即刻|马上)(?!性)", "应当当场登记"),
    (
        ClockKind.VAGUE,
        "(?<![未不、])(?<!不能)(?<!无法)(?:及时(?!性|完整|准确|便民|有效|全面)|定期|适时|(?<!无)限期|尽快)(?![、，。；：的等和与性]|$)",
        "应当尽快告知",
    ),
)
"""Kind, pattern and an example of its own for each way a period is printed; the first that fits at a place wins."""

_FIRST = rf"(?=[{LETTERS}每按至次翌当下不超提延实即立马及定适限尽])"
_ANY = re.compile(f"{_FIRST}(?:" + "|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern, _ in PATTERNS) + ")")
"""All patterns at once; the look ahead at the letters they begin with makes a search several times as fast."""

_DATE = re.compile(PATTERNS[0][1])
_MORE_DAYS = re.compile(_MORE)

_UNITS = (
    ("小时", ClockUnit.HOUR),
    ("工作日", ClockUnit.WORKING_DAY),
    ("季", ClockUnit.QUARTER),
    ("周", ClockUnit.WEEK),
    ("星期", ClockUnit.WEEK),
    ("年", ClockUnit.YEAR),
    ("月", ClockUnit.MONTH),
    ("日", ClockUnit.CALENDAR_DAY),
    ("天", ClockUnit.CALENDAR_DAY),
)
_NO_NORMS = re.compile("(?:行为|情形|情况)之一|包括(?:下列|以下)")
"""Introduces a list of what must not be (未及时更新的 sets no period), or of contents (是否及时)."""

_NEGATED = re.compile("^(?:除|未|逾期|拒不|没有)|[^，]*(?:未(?!经)|拒不|是否|便于)")
_CANNOT = re.compile("(?:不能|无法|未能)")
"""In a case (5个工作日内不能答复的，…; 不能在5日内提供的，…) a period is spoken of that another clause sets."""

_WINDOW = 240
"""So many characters around a period are its clause at most: damaged texts have clauses without an end."""

_NEAR = 8
"""So many clauses back somebody may have been named, or an event told."""

_NUMBERED = (ClockKind.DURATION, ClockKind.YEARLY, ClockKind.DATE, ClockKind.PERIODIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A clock before it has its extension and its position, with what extensions are matched by."""

    clock: Clock
    article: str
    extends: str | None = None


def clocks(act: Act, regulation: Regulation, source_id: str, path: str, source: str) -> Extract:
    """The clocks of an act in document order, those of its notices too. ``source`` is the decoded text as loaded."""
    origin = Origin.of(act, regulation, source_id, path, source)
    seen: Counter[tuple[str, str]] = Counter()
    found: list[_Found] = []
    for words in own_words(act):
        found += _of_words(words, origin, seen)
    records = _extended(found) + list(_of_front(act, origin, seen))
    records.sort(key=lambda clock: clock.place.span.start if clock.place and clock.place.span else 0)
    return Extract(records=tuple(replace(clock, position=at) for at, clock in enumerate(records, start=1)))


def _of_words(words: Words, origin: Origin, seen: Counter[tuple[str, str]]) -> Iterator[_Found]:
    if not _ANY.search(words.text):
        return
    no_norms = bool(_NO_NORMS.search(words.introduction))
    actor = introducer(words)
    where = origin.provision(words.node)
    citation = origin.cite(words.node, words.article)
    article = words.article.path if words.article else ""
    for sentence in SENTENCE.finditer(words.text):
        clauses = [match.span() for match in CLAUSE.finditer(sentence[0].rstrip("。；！？"))]
        base = sentence.start()
        said = [sentence[0][low:high] for low, high in clauses]
        for number, (low, _) in enumerate(clauses):
            clause = said[number]
            earlier = said[max(0, number - _NEAR) : number]
            numbered = False
            for match in _ANY.finditer(clause):
                kind = _kind(match)
                left = max(0, match.start() - _WINDOW)
                before = clause[left : match.start()]
                if no_norms or _NEGATED.match(before or "-") or clause.startswith("除"):
                    continue
                case = clause.endswith("的") and number + 1 < len(clauses)
                if case and (_CANNOT.search(before) or _CANNOT.match(clause, match.end())):
                    continue
                if numbered and kind is ClockKind.VAGUE:
                    continue  # 20个工作日内及时公开: the number says it
                numbered = numbered or kind in _NUMBERED
                text = clause[left : match.end() + _WINDOW]
                seen[where, text] += 1
                span = origin.at(*words.node.lead.span(base + low + left, base + low + left + len(text)))
                case = number + 2 < len(said) and said[number + 1].endswith("的")
                following = said[number + 1 : number + (3 if case else 2)]
                start, implied = start_of(kind, before, earlier)
                lengthens = bool(EXTENDED.search(before + match[0])) or bool(earlier and EXTENDED.search(earlier[-1]))
                clock = Clock(
                    id=clock_id(where, text, seen[where, text]),
                    source=origin.source_id,
                    place=origin.place(span),
                    action="延长期限" if lengthens else _action(match, before, earlier, following),
                    clock_kind=kind,
                    text=origin.verbatim(span),
                    regulation=origin.regulation.id,
                    actor=members(agent(before) or _by(clause, match, following) or _earlier(earlier) or actor),
                    start=start,
                    from_implied=implied,
                    citation=citation,
                )
                extends = sentence[0] if kind is ClockKind.DURATION and lengthens else None
                yield _Found(clock=_measured(clock, kind, match), article=article, extends=extends)
        actor = _earlier(said[-_NEAR:]) or actor


def _kind(match: re.Match[str]) -> ClockKind:
    return next(kind for kind, _, _ in PATTERNS if match[kind.value] is not None)


def _earlier(said: list[str]) -> str:
    return next((who for clause in reversed(said) if (who := agent(clause))), "")


def _by(clause: str, match: re.Match[str], following: list[str]) -> str:
    """Who acts by the clause after one that ends with the period: 同意后三日内，由登记机关开通权限."""
    ends = match.end() == len(clause)
    return next((agent(said) for said in following if ends and said.startswith("由")), "")


def _action(match: re.Match[str], before: str, earlier: list[str], following: list[str]) -> str:
    """What is to be done: inside the period's words (每季度核对一次), after them, in the next clause, before them."""
    inner = match["inner"]
    if inner and VERB.search(inner):
        return deed(inner)
    rest = _MORE_DAYS.sub("", match.string[match.end() : match.end() + _WINDOW])
    if rest.strip("，。；的 "):
        return deed(rest)
    near = [*following, before, *reversed(earlier)]
    return next((verb for said in near if (verb := verb_of(said))), "") or deed(near[0])


def _measured(clock: Clock, kind: ClockKind, match: re.Match[str]) -> Clock:
    """The clock with its numbers as printed."""
    match kind:
        case ClockKind.DURATION:
            group = next(name for name in ("within", "limit", "ahead", "term") if match[name])
            return replace(clock, amount=read_numeral(match[group]), unit=_unit(match[f"{group}_unit"]))
        case ClockKind.YEARLY:
            month = _month(match)
            if month is None or not 1 <= month <= 12:
                return clock
            last = calendar.monthrange(2001, month)[1]
            return replace(clock, month=month, day=read_numeral(match["day"]) if match["day"] else last)
        case ClockKind.PERIODIC:
            times = read_numeral(match["times"]) if match["times"] else 1
            # 每两年一次 has no unit of its own in the contract: the words stay, the number is left out.
            amount = None if match["gap"] else times * 2 if times and match["every"] == "半年" else times
            return replace(clock, amount=amount, unit=_unit(match["every"]))
        case ClockKind.DATE:
            return replace(clock, date=_date(match))
        case _:
            return clock


def _month(match: re.Match[str]) -> int | None:
    """The month of a day of each year; the last of a quarter, of half a year, of the year that ends then."""
    if match["month"]:
        return read_numeral(match["month"])
    quarter = read_numeral(match["quarter"]) if match["quarter"] else None
    return quarter * 3 if quarter else 6 if match["half"] else 12


def _date(match: re.Match[str]) -> dt.date | None:
    """The date by which something is due; the last day of a year or month that is named by its end."""
    if match["date"]:
        return read_date(match["date"])
    year = read_numeral(match["end_year"])
    month = read_numeral(match["end_month"]) if match["end_month"] else 12
    if year is None or month is None or not (dt.MINYEAR <= year <= dt.MAXYEAR and 1 <= month <= 12):
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _unit(printed: str) -> ClockUnit | None:
    return next((unit for word, unit in _UNITS if word in printed), None)


def _extended(found: list[_Found]) -> list[Clock]:
    """Each extension linked to the periods of its article that it lengthens: those whose action its sentence names."""
    extension: dict[str, str] = {}
    actors: dict[str, tuple[str, ...]] = {}
    open_: list[_Found] = []
    article = ""
    for item in found:
        if item.article != article:
            article, open_ = item.article, []
        if item.extends is not None:
            named = [base for base in open_ if base.clock.action in item.extends] or open_[-1:]
            extension |= {base.clock.id: item.clock.id for base in named}
            actors[item.clock.id] = next((base.clock.actor for base in named if base.clock.actor), ())
            open_ = []
        elif item.clock.clock_kind is ClockKind.DURATION:
            open_.append(item)
    return [
        replace(
            item.clock,
            extension=extension.get(item.clock.id),
            actor=item.clock.actor or actors.get(item.clock.id, ()),  # who may extend a period is who must keep it
        )
        if item.clock.id in extension or item.clock.id in actors
        else item.clock
        for item in found
    ]


def _of_front(act: Act, origin: Origin, seen: Counter[tuple[str, str]]) -> Iterator[Clock]:
    """Dates by which something is asked for in the notice around the text: they rest on no provision."""
    for stretch in act.front:
        text = fold_text(origin.source[stretch.start : stretch.end])
        if "前" not in text:
            continue
        for match in _DATE.finditer(text):
            low = 1 + max(text.rfind(mark, 0, match.start()) for mark in "，。；：\n")
            ends = [at for mark in "，。；\n" if (at := text.find(mark, match.end())) >= 0]
            high = min(ends, default=len(text))
            # 请于三月一日前，将意见寄至…: where the clause ends with the date, the next one tells what is to be done.
            rest = text[match.end() : high] or text[high : high + 60].lstrip("，")
            span = _trimmed(origin, stretch.start + low, text[low:high])
            said = "".join(text[low:high].split())
            seen[origin.regulation.id, said] += 1
            yield Clock(
                id=clock_id(origin.regulation.id, said, seen[origin.regulation.id, said]),
                source=origin.source_id,
                place=origin.place(span),
                action=deed(rest),
                clock_kind=ClockKind.DATE,
                text=origin.verbatim(span),
                regulation=origin.regulation.id,
                actor=members(agent(text[low : match.start()])),
                date=_date(match),
                citation=Citation(text=origin.verbatim(span), regulation=origin.regulation.id),
            )


def _trimmed(origin: Origin, start: int, said: str) -> Span:
    low = len(said) - len(said.lstrip())
    return origin.at(start + low, start + low + len(said.strip()))
