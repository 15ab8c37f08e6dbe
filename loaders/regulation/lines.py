"""Lines as a drafter meant them: the source's own, and those that a scrape ran together, each with its mark.

One pass over the folded text. A mark at the start of a line begins something unless the sentence of the line before is
still open or the words after it only speak of it; a mark inside a line must besides be the next in its sequence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.regulation.markers import (
    AT_START,
    HEADING,
    HEADINGS,
    INSIDE,
    ITEM_MENTIONED,
    LOST,
    MENTIONED,
    REFERRED,
    Mark,
    Unit,
    mark_of,
)
from loaders.regulation.reading import BLANKS, WHITE, finished

_PHYSICAL = re.compile(r"[^\r\n\x85\u2028\u2029]+")
_OPENING = re.compile(rf"[{WHITE}]*(?:为|根据|依据|依照|按照|本|凡)")
RUN_TOGETHER = 3
"""A printed line that holds more marks than this lost its line breaks."""

_HEAD_BREAK = re.compile(rf"[{WHITE}]+")
_PARAGRAPH_BREAK = re.compile(rf"(?<=[。：；])[{WHITE}]+")
_NOT_HEADING = re.compile(r"[。；：，！？]")
_SENTENCE_END = frozenset("。；：！？”）")


@dataclass(slots=True)
class Line:
    """A line without the white space around it; ``gap`` counts the empty lines before it, -1 inside a printed line."""

    start: int
    end: int
    number: int
    gap: int
    mark: Mark | None = None

    @property
    def body(self) -> int:
        """Where its words begin, after the mark."""
        return self.mark.end if self.mark else self.start


def read_lines(folded: str) -> list[Line]:
    """All lines of a folded text in order."""
    return _Scanner(folded).scan()


class _Scanner:
    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.lines: list[Line] = []
        self.article: int | None = None  # the last article's number
        self.counts: dict[Unit, int] = {}  # the last number of each list style in this article

    def scan(self) -> list[Line]:
        folded = self.folded
        feed = "\n" if "\n" in folded else "\r"
        number, seen = 1, 0
        for physical in _PHYSICAL.finditer(folded):
            text = physical[0].rstrip(BLANKS)
            if not text:
                continue
            end = physical.start() + len(text)
            start = end - len(text.lstrip(BLANKS))
            fresh = folded.count(feed, seen, start)
            number, seen = number + fresh, start
            self._line(Line(start, end, number, max(0, fresh - 1) if self.lines else fresh))
        return self.lines

    def _line(self, line: Line) -> None:
        """One printed line: its own mark, then those inside it."""
        match = AT_START.match(self.folded, line.start, line.end)
        mark = mark_of(match) if match else self._lost(line)
        if mark and not self._begins(mark, line):
            mark = None
        line.mark = mark
        self.lines.append(line)
        position = line.start
        if mark:
            self._count(mark)
            position = mark.end
        first = len(self.lines) - 1
        end = line.end
        self._inside(position, end)
        if len(self.lines) - first > RUN_TOGETHER:
            self._part(first)

    def _part(self, first: int) -> None:
        """Of a line that held many, also the paragraphs: at white space after a sentence, or in the head."""
        run, self.lines[first:] = self.lines[first:], []
        for line in run:
            breaks = _HEAD_BREAK if line is run[0] and line.mark is None else _PARAGRAPH_BREAK
            start = line.start
            for white in breaks.finditer(self.folded, line.body, line.end):
                if white.start() > line.body:
                    self.lines.append(Line(start, white.start(), line.number, line.gap, line.mark))
                    start, line = white.end(), Line(white.end(), line.end, line.number, -1)
            self.lines.append(Line(start, line.end, line.number, line.gap, line.mark))

    def _inside(self, position: int, end: int) -> None:
        folded = self.folded
        fence = 0  # marks before it are words of a heading
        heading = self._heading_end(self.lines[-1], end)
        if heading is not None:
            fence = heading
        for match in INSIDE.finditer(folded, position, end):
            if match.start() < fence:
                continue
            mark = mark_of(match)
            if mark is None or not self._begins_inside(mark, end, after_heading=match.start() == fence):
                continue
            last = self.lines[-1]
            stop = mark.start
            while stop > last.start and folded[stop - 1] in BLANKS:
                stop -= 1
            if stop > last.start:
                line = Line(mark.start, end, last.number, -1, mark)
                last.end = stop
                self.lines.append(line)
            else:
                last.mark = mark
                line = last
            self._count(mark)
            heading = self._heading_end(line, end)
            fence = heading if heading is not None else fence

    def _heading_end(self, line: Line, end: int) -> int | None:
        """Where the words of a heading end that shares its line with what it heads."""
        if line.mark and line.mark.unit in HEADINGS:
            match = HEADING.match(self.folded, line.mark.end, end)
            return match.end() if match else end
        return None

    def _count(self, mark: Mark) -> None:
        if mark.unit is Unit.ARTICLE:
            self.article = (self.article or 0) + 1 if mark.lost else mark.ordinal
            self.counts.clear()
        elif mark.unit in HEADINGS:
            self.counts.clear()
            if mark.ordinal == 1 and mark.unit is not Unit.SECTION:
                self.article = self.article if self.article is None or self._headed() else None
        else:
            deeper = list(self.counts)
            if mark.unit in deeper:
                for unit in deeper[deeper.index(mark.unit) + 1 :]:
                    del self.counts[unit]
            self.counts[mark.unit] = mark.ordinal

    def _headed(self) -> bool:
        """Whether a new 第一章 may stand in the same text: after a part's heading, articles number on."""
        previous = self.lines[-2].mark if len(self.lines) > 1 else None
        return previous is not None and previous.unit is Unit.PART and previous.ordinal > 1

    def _open(self, line: Line) -> bool:
        """Whether the line before breaks off inside a sentence that this one may go on with."""
        if line.gap != 0 or not self.lines:
            return False
        before = self.lines[-1]
        if before.mark and before.mark.unit in HEADINGS:
            return False
        return self.article is not None and not finished(self.folded, before.start, before.end)

    def _begins(self, mark: Mark, line: Line) -> bool:
        folded, end = self.folded, line.end
        if mark.unit in HEADINGS:
            return self._is_heading(mark, end)
        if mark.unit is Unit.ARTICLE:
            spaced = mark.end < end and folded[mark.end].isspace()
            if mark.lost:
                return True
            expected = self.article is None or mark.ordinal in (1, self.article + 1)
            if self._open(line):
                return expected and not (REFERRED if spaced else MENTIONED).match(folded, mark.end, end)
            return not (REFERRED if expected or spaced else MENTIONED).match(folded, mark.end, end)
        last = self.counts.get(mark.unit, 0)
        if self.article is None:
            return True
        if mark.end < end and ITEM_MENTIONED.match(folded, mark.end, end):
            return False
        if mark.unit in (Unit.PAREN, Unit.ARABIC_PAREN, Unit.CIRCLE) and not self._open(line):
            return True
        return mark.ordinal in (1, last + 1)

    def _is_heading(self, mark: Mark, end: int) -> bool:
        folded = self.folded
        if HEADING.match(folded, mark.end, end):
            return not MENTIONED.match(folded, mark.end, end) or folded[mark.end].isspace()
        if end - mark.end > 40 or _NOT_HEADING.search(folded, mark.end, end):
            return False
        return mark.end == end or folded[mark.end].isspace() or not MENTIONED.match(folded, mark.end, end)

    def _begins_inside(self, mark: Mark, end: int, *, after_heading: bool) -> bool:
        folded = self.folded
        before = folded[mark.start - 1]
        spaced = before.isspace()
        at = mark.start - 1
        while at > 0 and folded[at].isspace():
            at -= 1
        closed = folded[at] in _SENTENCE_END
        follows = folded[mark.end] if mark.end < end else ""
        if mark.unit in HEADINGS:
            return (closed or spaced) and bool(HEADING.match(folded, mark.end, end)) and follows.isspace()
        if mark.unit is Unit.ARTICLE:
            expected = mark.ordinal == (self.article or 0) + 1 or (mark.extra > 0 and mark.ordinal == self.article)
            opening = mark.ordinal == 1 and bool(_OPENING.match(folded, mark.end, end))
            if after_heading:
                return expected or opening or follows.isspace()
            if (REFERRED if expected else MENTIONED).match(folded, mark.end, end):
                return False
            if closed:
                return (folded[at] not in "：）" and (expected or (spaced and follows.isspace()))) or (
                    opening and spaced
                )
            return spaced and ((opening and self.article is None) or (self.article is None and mark.ordinal == 1))
        if self.article is None or (mark.end < end and ITEM_MENTIONED.match(folded, mark.end, end)):
            return False
        last = self.counts.get(mark.unit)
        if mark.ordinal == 1:
            return folded[at] == "：" or (spaced and bool(self.counts) and last is None) or (closed and spaced)
        return last is not None and mark.ordinal == last + 1 and (closed or folded[at] in "，。；" or spaced)

    def _lost(self, line: Line) -> Mark | None:
        match = LOST.match(self.folded, line.start, line.end)
        if match is None:
            return None
        return Mark(Unit.ARTICLE, 0, "".join(match[0].split()), match.start(), match.end(), lost=True)
