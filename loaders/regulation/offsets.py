"""Where each character of a reading stands in the source, kept as runs: a reading only leaves characters out.

A law's text is read at every level (chapter, article, paragraph, item); one integer per character and level would cost
more than the text itself. Runs make a cut as cheap as the few places where something was left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import overload


class Offsets(Sequence[int]):
    """Source positions of the characters of a reading, and the end as one more.

    ``starts[k]`` is the reading position where run ``k`` begins, ``sources[k]`` its source position.
    """

    __slots__ = ("_end", "_length", "_sources", "_starts")

    def __init__(self, starts: Sequence[int], sources: Sequence[int], length: int, end: int) -> None:
        self._starts = starts
        self._sources = sources
        self._length = length
        self._end = end

    def __len__(self) -> int:
        return self._length + 1

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if index < 0:
            index += len(self)
        if not 0 <= index <= self._length:
            raise IndexError(index)
        if index == self._length:
            return self._end
        starts = self._starts
        run = bisect_right(starts, index) - 1 if len(starts) > 1 else 0
        return self._sources[run] + index - starts[run]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash((self._length, self._end, self[0]))

    def __repr__(self) -> str:
        return f"<Offsets of {self._length} characters at {self[0]}…{self._end}>"

    def cut(self, start: int, end: int, last: int) -> Offsets:
        """The offsets of ``[start, end)`` with ``last`` as the position after it."""
        if start >= end:
            return Offsets((), (), 0, last)
        first, stop = bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)
        starts = [0, *(at - start for at in self._starts[first + 1 : stop])]
        sources = [self[start], *self._sources[first + 1 : stop]]
        return Offsets(starts, sources, end - start, last)

    def position(self, source: int) -> int:
        """The first reading position at or after a source position."""
        run = bisect_right(self._sources, source) - 1
        if run < 0:
            return 0
        after = self._starts[run + 1] if run + 1 < len(self._starts) else self._length
        return min(self._starts[run] + source - self._sources[run], after)

    def position_of_end(self, source: int) -> int:
        """The reading position where a stretch of the source ends: before the line feed that may follow it there."""
        run = bisect_left(self._sources, source)
        if run < len(self._sources) and self._sources[run] == source:
            return self._starts[run]
        return self.position(source)
