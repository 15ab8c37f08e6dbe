"""Where each legal text on a page begins and ends: its first provision, its last words, its title block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.regulation import front
from loaders.regulation.front import bare_title, core, is_title, squeezed
from loaders.regulation.lines import Line
from loaders.regulation.markers import HEADINGS, Unit
from loaders.regulation.noise import interrupts, noise_reason
from loaders.regulation.reading import finished

_RANK = {unit: rank for rank, unit in enumerate(HEADINGS)}
_LAST_WORDS = ("施行", "实施", "生效", "执行")
_AFTERWORDS = (
    "同时废止",
    "有效期",
    "本办法",
    "本规定",
    "本条例",
    "本细则",
    "本实施细则",
    "此前",
    "以前",
    "不一致",
    "废止",
    "解释",
)
TITLE_REACH = 60
"""How many lines above the first provision a title is looked for: notices stand between, but not pages of them."""


@dataclass(slots=True)
class Extent:
    """The lines of one text: ``first`` to ``stop`` are provisions; the title block begins at ``opening``."""

    first: int
    stop: int
    articles: list[int]
    opening: int = 0
    title: str | None = None
    title_lines: tuple[int, ...] = ()
    trailing: list[tuple[int, str]] = field(default_factory=list)


def find_acts(folded: str, lines: Sequence[Line]) -> list[Extent]:
    """The texts on a page in order; none where no line begins an article."""
    acts: list[Extent] = []
    floor = 0
    groups = [group for group in _groups(folded, lines) if _is_text(lines, group)]
    for at, group in enumerate(groups):
        first = _first_heading(lines, floor, group[0])
        limit = groups[at + 1][0] if at + 1 < len(groups) else len(lines)
        stop = _last_words(folded, lines, group, limit)
        act = Extent(first, stop, group)
        act.title, act.title_lines = _title(folded, lines, floor, first)
        act.opening = _opening(folded, lines, floor, first, act)
        acts.append(act)
        floor = stop
    openings = [act.opening for act in acts[1:]] + [len(lines)]
    for act, opening in zip(acts, openings, strict=False):
        act.trailing = list(_trailing(folded, lines, act.stop, opening))
    return acts


def _is_text(lines: Sequence[Line], group: Sequence[int]) -> bool:
    """Two articles make a text, or a first one: a single 第三十条 is a quotation."""
    mark = lines[group[0]].mark
    return len(group) > 1 or (mark is not None and mark.ordinal == 1)


def _groups(folded: str, lines: Sequence[Line]) -> Iterator[list[int]]:
    """The article lines of each text: a title or a first chapter before a first article begins another text."""
    marks = [index for index, line in enumerate(lines) if line.mark and line.mark.unit is Unit.ARTICLE]
    group: list[int] = []
    for index in marks:
        mark = lines[index].mark
        if group and mark is not None and mark.ordinal == 1 and _restarts(folded, lines, group, index):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _restarts(folded: str, lines: Sequence[Line], group: Sequence[int], index: int) -> bool:
    last = lines[group[-1]].mark
    for between in range(group[-1] + 1, index):
        line = lines[between]
        if line.mark is None:
            if line.end - line.start <= 80 and is_title(folded[line.start : line.end]):
                return True
        elif line.mark.unit in (Unit.PART, Unit.CHAPTER) and line.mark.ordinal == 1 and last and last.ordinal > 1:
            return True
    return False


def _first_heading(lines: Sequence[Line], floor: int, article: int) -> int:
    """The line of the first provision: above the first article, after a table of contents.

    Of the headings above, the last first one of the highest level begins the text; what stands before it is contents.
    """
    headings = []
    for index in range(floor, article):
        mark = lines[index].mark
        if mark and mark.unit in HEADINGS:
            headings.append((index, _RANK[mark.unit], mark.ordinal))
    if not headings:
        return article
    top = min(rank for _, rank, _ in headings)
    firsts = [index for index, rank, ordinal in headings if rank == top and ordinal == 1]
    return firsts[-1] if firsts else headings[-1][0]


def _last_words(folded: str, lines: Sequence[Line], group: Sequence[int], limit: int) -> int:
    """The line after the last article's last: what follows is signature, annex, another text or a mirror's.

    Lines go on belonging to the article while they are prose and no further apart than the text's lines are. After the
    article on entry into force only words that can follow it are taken.
    """
    start = group[-1]
    gaps = [lines[index].gap for index in range(group[0] + 1, start + 1) if lines[index].gap >= 0]
    usual = sorted(gaps)[len(gaps) * 9 // 10] if gaps else 1
    before = lines[start]
    closing = any(word in folded[before.start : before.end] for word in _LAST_WORDS)
    index = start + 1
    while index < limit:
        line = lines[index]
        text = folded[line.start : line.end]
        if line.gap > usual:
            break
        mark = line.mark
        if mark is not None and mark.unit in HEADINGS:
            break
        if mark is None:
            open_ = line.gap == 0 and not finished(folded, before.start, before.end) and before.body < before.end
            if front.closing_part(text) or (len(text) <= 200 and noise_reason(text) in _NEVER) or interrupts(text):
                break
            if not open_ and not text.endswith(_PROSE):
                break
            if closing and not open_ and not any(word in text for word in _AFTERWORDS):
                break
        closing = closing or any(word in text for word in _LAST_WORDS)
        before = line
        index += 1
    return index


_PROSE = ("。", "；", "：", "！", "”", "，", "、", "》", "）")
_NEVER = frozenset({"download", "sharing and printing", "copyright", "advertisement", "contact"})


def _title(folded: str, lines: Sequence[Line], floor: int, first: int) -> tuple[str | None, tuple[int, ...]]:
    """The title above the first provision: the nearest line of a title's form, or two of which one is wrapped."""
    plain = [index for index in range(floor, first) if lines[index].mark is None]
    for at in range(len(plain) - 1, max(-1, len(plain) - 1 - TITLE_REACH), -1):
        line = lines[plain[at]]
        text = folded[line.start : line.end]
        if len(text) > 100 or not is_title(text):
            continue
        if at and plain[at - 1] == plain[at] - 1:
            above = lines[plain[at - 1]]
            joined = squeezed(folded[above.start : above.end]) + squeezed(text)
            page = folded[lines[floor].start : line.end]
            wrapped = line.gap <= 0 and (len(squeezed(text)) < 8 or f"《{core(joined)}" in page)
            if wrapped and len(joined) <= 100 and is_title(joined) and not is_title(folded[above.start : above.end]):
                return bare_title(joined), (plain[at - 1], plain[at])
        return bare_title(text), (plain[at],)
    return None, ()


def _opening(folded: str, lines: Sequence[Line], floor: int, first: int, act: Extent) -> int:
    """The first line of the title block: the first that names the text, and a decree's name and number above it."""
    if act.title is None:
        return first
    index = _naming(folded, lines, floor, first, core(act.title))
    index = act.title_lines[0] if index is None else index
    above = (front.NUMBER, front.NOTICE_TITLE) if floor else (front.NUMBER, front.NOTICE_TITLE, front.ISSUER)
    while index > floor:
        line = lines[index - 1]
        text = folded[line.start : line.end]
        if line.mark is not None or len(text) > 200 or front.opening_part(text, act.title) not in above:
            break
        index -= 1
    return index


def _naming(folded: str, lines: Sequence[Line], floor: int, first: int, name: str) -> int | None:
    """The first line that holds a title's words, be they wrapped onto the next."""
    for index in range(floor, first):
        line = lines[index]
        if line.mark is not None:
            continue
        text = squeezed(folded[line.start : line.end])
        if name in text:
            return index
        if index + 1 < first and lines[index + 1].gap <= 0:
            below = squeezed(folded[lines[index + 1].start : lines[index + 1].end])
            if name in text + below and name not in below:
                return index
    return None


def _trailing(folded: str, lines: Sequence[Line], start: int, stop: int) -> Iterator[tuple[int, str]]:
    """The lines below the last article that are still the text's: date, signature, printing, annexes."""
    annex = False
    for index in range(start, stop):
        text = folded[lines[index].start : lines[index].end]
        part = front.closing_part(text) if len(text) <= 200 else None
        if part == front.ANNEX:
            annex = True
        if annex and noise_reason(text) is not None:
            annex = False
        if part is not None or annex:
            yield index, part or front.ANNEX
