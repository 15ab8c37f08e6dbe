"""A source read whole: its texts, and a reason for every character that is in none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.issue import Issue
from loaders.regulation import front, metadata
from loaders.regulation.acts import Extent, find_acts
from loaders.regulation.blocks import join_lines
from loaders.regulation.checks import check_act, infer_lost
from loaders.regulation.codes import Code
from loaders.regulation.lines import Line, read_lines
from loaders.regulation.noise import OUTSIDE, noise_reason
from loaders.regulation.problem import Problem, issues
from loaders.regulation.reading import fold_text
from loaders.regulation.structure import build
from loaders.regulation.tree import Act, Document, Noise

UNTITLED = "（无题）"


def parse(source: str, path: str) -> tuple[Document, list[Issue]]:
    """The texts of a decoded source and the problems found in it; never raises, whatever the source holds.

    Every character of the source is in a provision, in a text's ``front``, in ``noise``, or white space.
    """
    folded = fold_text(source)
    lines = infer_lost(read_lines(folded))
    problems: list[Problem] = []
    acts: list[Act] = []
    noise: list[Noise] = []
    floor = 0
    for extent in find_acts(folded, lines):
        noise += _outside(folded, lines[floor : extent.opening])
        act, between = _act(folded, lines, extent)
        noise += between
        problems += check_act(folded, act, len(acts), titled=extent.title is not None)
        acts.append(act)
        floor = extent.stop
        trailing = {index for index, _ in extent.trailing}
        noise_lines = []
        for index in range(extent.stop, max(trailing, default=extent.stop - 1) + 1):
            if index not in trailing:
                noise_lines.append(lines[index])
        noise += _outside(folded, noise_lines)
        floor = max(floor, max(trailing, default=-1) + 1)
    noise += _outside(folded, lines[floor:])
    if not acts:
        problems.append(_no_articles(source, lines))
    document = Document(path=path, source=source, acts=tuple(acts), noise=())
    document = replace(document, noise=tuple(_complete(document, noise)))
    regulations: dict[int, str] = {}
    for number, act in enumerate(acts):
        facts, found = metadata.describe(document, act)
        regulations[number] = facts.id
        problems += [replace(problem, act=number) for problem in found]
    return document, issues(problems, path, regulations)


def _no_articles(source: str, lines: Sequence[Line]) -> Problem:
    if not lines:
        return Problem(code=Code.EMPTY_SOURCE, message="the source holds no text", start=0, end=0, line=1)
    message = "no line of the source begins an article (第…条)"
    return Problem(
        code=Code.NO_ARTICLES, message=message, start=lines[0].start, end=lines[-1].end, line=lines[0].number
    )


def _act(folded: str, lines: Sequence[Line], extent: Extent) -> tuple[Act, list[Noise]]:
    """One text: its title block line by line, its provisions, what follows them."""
    title = extent.title or UNTITLED
    parts: list[Noise] = []
    noise: list[Noise] = []
    titles = set(extent.title_lines)
    for index in range(extent.opening, extent.first):
        line = lines[index]
        text = folded[line.start : line.end]
        if index in titles:
            part = front.TITLE
        elif line.mark is not None:
            part = front.CONTENTS
        else:
            reason = noise_reason(text) if len(text) <= 80 and not text.endswith(("。", "；")) else None
            part = front.opening_part(text, title) if len(text) <= 400 else front.NOTICE
            if reason and part in (front.NOTICE, front.ISSUER) and not _of_notice(text):
                noise.append(Noise(start=line.start, end=line.end, reason=reason))
                continue
        parts.append(Noise(start=line.start, end=line.end, reason=part))
    blocks, between = join_lines(folded, lines[extent.first : extent.stop])
    provisions = build(folded, blocks)
    parts += [Noise(start=lines[index].start, end=lines[index].end, reason=part) for index, part in extent.trailing]
    start = min(lines[extent.opening].start, provisions[0].start)
    end = max(parts[-1].end if parts else 0, provisions[-1].end)
    act = Act(title=title, start=start, end=end, provisions=provisions, front=tuple(parts))
    return act, noise + between


def _of_notice(text: str) -> bool:
    """An address to send opinions to is part of a draft's notice."""
    return text.startswith(("邮", "通讯地址", "通信地址", "联系电话", "电子邮箱", "电子邮件", "传真", "联系人"))


def _outside(folded: str, lines: Iterable[Line]) -> list[Noise]:
    """Lines outside every text, neighbours of one reason together."""
    found: list[Noise] = []
    previous: Line | None = None
    for line in lines:
        text = folded[line.start : min(line.end, line.start + 200)]
        reason = noise_reason(text) or OUTSIDE
        if found and found[-1].reason == reason and previous is not None and found[-1].end == previous.end:
            found[-1] = replace(found[-1], end=line.end)
        else:
            found.append(Noise(start=line.start, end=line.end, reason=reason))
        previous = line
    return found


def _complete(document: Document, noise: Sequence[Noise]) -> list[Noise]:
    """The noise in order, outside every provision, with what no line accounted for (marks that print as nothing)."""
    tops: list[tuple[int, int]] = [(node.start, node.end) for act in document.acts for node in act.provisions]
    taken = [(part.start, part.end) for act in document.acts for part in act.front] + tops
    kept = sorted(noise, key=lambda stretch: stretch.start)
    covered = sorted([*taken, *((stretch.start, stretch.end) for stretch in kept)])
    at = 0
    for start, end in [*covered, (len(document.source), len(document.source))]:
        if start > at and document.source[at:start].strip():
            text = document.source[at:start]
            first = at + len(text) - len(text.lstrip())
            stretch = Noise(start=first, end=at + len(text.rstrip()), reason=OUTSIDE)
            kept.insert(bisect_left(kept, first, key=lambda one: one.start), stretch)
        at = max(at, end)
    return kept
