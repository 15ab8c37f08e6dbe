"""Blocks: what a drafter wrote as one paragraph or item, with hard wraps joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.regulation.lines import Line
from loaders.regulation.markers import HEADINGS, Mark
from loaders.regulation.noise import interrupts
from loaders.regulation.reading import finished
from loaders.regulation.tree import Noise

NARROW = 24
"""A line shorter than this is taken for wrapped only where it is about as long as the longest of its text."""

_GOES_ON = frozenset("，。；：、）”》！？％%")


@dataclass(slots=True)
class Block:
    """Lines that read as one; ``body`` is where its words begin, after its mark."""

    lines: list[Line]
    mark: Mark | None = field(default=None)

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def number(self) -> int:
        return self.lines[0].number

    @property
    def body(self) -> int:
        return self.lines[0].body


def join_lines(folded: str, lines: Sequence[Line]) -> tuple[list[Block], list[Noise]]:
    """The blocks of a stretch of lines, and the mirror's lines in between."""
    width = max((line.end - line.start for line in lines), default=0)
    blocks: list[Block] = []
    noise: list[Noise] = []
    for line in lines:
        if line.mark is None:
            reason = interrupts(folded[line.start : line.end]) if line.end - line.start <= 80 else None
            if reason:
                noise.append(Noise(start=line.start, end=line.end, reason=reason))
                continue
            if blocks and _goes_on(folded, blocks[-1], line, width):
                blocks[-1].lines.append(line)
                continue
        blocks.append(Block([line], line.mark))
    return blocks, noise


def _goes_on(folded: str, block: Block, line: Line, width: int) -> bool:
    """Whether a line goes on with the sentence of the block: a hard wrap."""
    before = block.lines[-1]
    if block.mark and block.mark.unit in HEADINGS:
        # 第一章, and its title on the next line
        return block.body >= before.end and len(block.lines) == 1 and line.end - line.start <= NARROW
    if block.mark and len(block.lines) == 1 and before.body >= before.end:
        return True  # 第五条 on a line of its own
    if line.gap > 0:
        return False
    if folded[line.start] in _GOES_ON:
        return True
    if finished(folded, before.start, before.end):
        return False
    length = before.end - before.start
    return length >= NARROW or length >= 0.8 * width
