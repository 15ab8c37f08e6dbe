"""What is wrong with a text's numbering and characters; and the numbers that its neighbours tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from catalog.numerals import LETTERS, read_numeral, write_numeral
from catalog.vocabulary import ProvisionKind
from loaders.regulation.codes import Code
from loaders.regulation.lines import Line
from loaders.regulation.losses import ANY, LOSSES, suggested
from loaders.regulation.markers import Unit
from loaders.regulation.problem import Problem
from loaders.regulation.tree import Act, Node

_WHOLE = re.compile(rf"第[{LETTERS}]+条")
_LOST = re.compile(r"(?<=[一-鿿]{2})[ \u3000\u00a0]{1,4}(?=[一-鿿]{2})")
_DOUBLED = re.compile(r"(?<=[一-鿿])(?:、、|，，|、，|，、|；；|。。|：：)(?=[一-鿿])")
TRACES = 10
"""More traces of loss than this in one article are layout."""

_NUMBERED = {ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION}


def infer_lost(lines: list[Line]) -> list[Line]:
    """Articles whose number was lost get the one their neighbours tell; where these disagree, they are no articles."""
    marked = [line for line in lines if line.mark and line.mark.unit is Unit.ARTICLE]
    previous: int | None = None
    for at, line in enumerate(marked):
        mark = line.mark
        if mark is None:
            continue
        if mark.lost:
            after = next((one.mark.ordinal for one in marked[at + 1 : at + 2] if one.mark and not one.mark.lost), None)
            ordinal = None
            if after == 2 or (previous is None and after is not None and after > 1):
                ordinal = after - 1
            elif previous is not None and after in (None, previous + 2):
                ordinal = previous + 1
            line.mark = None if ordinal is None else replace(mark, ordinal=ordinal)
        if line.mark is not None:
            previous = line.mark.ordinal
    return lines


def check_act(folded: str, act: Act, number: int, *, titled: bool) -> Iterator[Problem]:
    """All that is doubtful in one text, in no order."""
    if not titled:
        first = act.provisions[0]
        message = f"line {first.line}: no title stands above {first.label}"
        at, line = first.start, first.line
        yield Problem(code=Code.TITLE_MISSING, message=message, start=at, end=at, line=line, act=number)
    yield from _articles(folded, act, number)
    yield from _siblings(act, number)
    for node in act.walk():
        if node.kind is ProvisionKind.ARTICLE:
            yield from _characters(folded, act, node, number)
            yield from _phrases(act, node, number)


def _problem(code: Code, act: Act, number: int, node: Node, message: str, suggestion: str | None = None) -> Problem:
    end = node.start + max(1, len(node.label))
    return Problem(
        code=code,
        message=f"{act.title}, line {node.line}: {message}",
        start=node.start,
        end=min(end, node.end),
        line=node.line,
        act=number,
        where=node.path,
        suggestion=suggestion,
    )


def _name(ordinal: int) -> str:
    return f"第{write_numeral(ordinal)}条"


def _articles(folded: str, act: Act, number: int) -> Iterator[Problem]:
    previous = 0
    seen: set[int] = set()
    for node in act.walk():
        if node.kind is not ProvisionKind.ARTICLE or node.ordinal is None:
            continue
        ordinal = node.ordinal
        if not _WHOLE.match(node.label):
            message = f"the number of {_name(ordinal)} was lost: printed is {node.label!r}"
            yield _problem(Code.ARTICLE_NUMBER_LOST, act, number, node, message, f"It may have read {_name(ordinal)}.")
        if "之" in node.label:
            continue
        if ordinal in seen:
            yield _problem(Code.ARTICLE_DOUBLED, act, number, node, f"{_name(ordinal)} stands twice")
        elif ordinal < previous:
            yield _problem(Code.ARTICLE_OUT_OF_ORDER, act, number, node, f"{_name(ordinal)} follows {_name(previous)}")
        elif ordinal > previous + 1:
            gap = _name(previous + 1) if ordinal == previous + 2 else f"{_name(previous + 1)} to {_name(ordinal - 1)}"
            yield _problem(Code.ARTICLE_MISSING, act, number, node, f"{gap} missing before {_name(ordinal)}")
        if not node.children and not node.lead.text:
            yield _problem(Code.ARTICLE_EMPTY, act, number, node, f"{_name(ordinal)} has no words")
        seen.add(ordinal)
        previous = ordinal


def _siblings(act: Act, number: int) -> Iterator[Problem]:
    """Headings and items number on from 1 under what holds them; chapters may number on through the parts."""
    last: dict[ProvisionKind, int] = {}
    for node in act.walk():
        if node.kind not in _NUMBERED or node.ordinal is None:
            continue
        if node.kind is ProvisionKind.CHAPTER:
            last.pop(ProvisionKind.SECTION, None)
        expected = last.get(node.kind, 0) + 1
        if node.ordinal not in (expected, 1):
            message = f"{node.label} stands where number {expected} was due"
            yield _problem(Code.HEADING_OUT_OF_ORDER, act, number, node, message)
        elif (
            node.ordinal == 1 and expected > 2 and node.kind is ProvisionKind.CHAPTER and ProvisionKind.PART not in last
        ):
            yield _problem(Code.HEADING_OUT_OF_ORDER, act, number, node, f"{node.label} stands again")
        last[node.kind] = node.ordinal
    for parent in act.walk():
        expected = 1
        for node in parent.children:
            if node.kind not in (ProvisionKind.ITEM, ProvisionKind.SUBITEM) or node.ordinal is None:
                continue
            if node.ordinal != expected:
                message = f"item {node.label} stands where number {expected} was due"
                yield _problem(Code.ITEM_OUT_OF_ORDER, act, number, node, message)
            expected = node.ordinal + 1


def _characters(folded: str, act: Act, node: Node, number: int) -> Iterator[Problem]:
    """Traces of lost words in one article. White space all over it is its layout, and no trace."""
    first = node.lead.offsets[0] if node.lead.text else node.children[0].start if node.children else node.end
    for code, pattern, what in (
        (Code.LOST_CHARACTERS, _LOST, "white space inside a sentence"),
        (Code.DOUBLED_PUNCTUATION, _DOUBLED, "two marks of punctuation together"),
    ):
        matches = list(islice(pattern.finditer(folded, first, node.end), TRACES + 1))
        if len(matches) > TRACES:
            continue
        for match in matches:
            start, end = match.span()
            line = node.line + folded.count("\n", node.start, start)
            around = "".join(folded[max(first, start - 6) : min(end + 6, node.end)].split("\n"))
            message = f"{act.title}{node.label}, line {line}: {what} (…{around}…)"
            where = f"{node.path}:{around}"
            yield Problem(
                code=code,
                message=message,
                start=start,
                end=end,
                line=line,
                act=number,
                where=where,
                suggestion=suggested(around) if code is Code.LOST_CHARACTERS else None,
            )


_COUNTED = re.compile(
    r"(?P<things>[^，。；：、]{1,20}(?:、[^，。；：、]{0,20}){1,40})等(?P<number>[0-9]{1,2}|[二三四五六七八九十]{1,3})(?:大)?[类项种个]"
)


def _phrases(act: Act, article: Node, number: int) -> Iterator[Problem]:
    """Set phrases with a character missing, and announced numbers that what is printed does not reach."""
    for node in article.walk():
        text = node.lead.text
        found: list[tuple[Code, int, int, str, str | None]] = []
        for loss in LOSSES if ANY.search(text) else ():
            for match in loss.cue.finditer(text):
                what = f"{match[0]!r} seems to lack a character"
                found.append((Code.SUSPECTED_LOSS, *match.span(), what, f"It may have read {loss.reading}."))
        for match in _COUNTED.finditer(text) if "等" in text else ():
            announced = read_numeral(match["number"])
            printed = sum(1 for thing in match["things"].split("、") if thing)
            if announced is not None and printed != announced:
                what = f"{announced} things are announced and {printed} printed (…{match[0][-12:]})"
                advice = "One may have been lost between the two marks “、、”." if "、、" in match[0] else None
                found.append((Code.COUNT_DISAGREES, *match.span(), what, advice))
        for code, low, high, what, advice in found:
            start, end = node.lead.span(low, high)
            yield Problem(
                code=code,
                message=f"{act.title}{article.label}, line {node.line}: {what}",
                start=start,
                end=end,
                line=node.line,
                act=number,
                where=f"{node.path}:{text[low:high]}",
                suggestion=advice,
            )
