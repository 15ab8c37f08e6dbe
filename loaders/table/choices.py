"""What a cell that chooses from a list says, however the choice is marked: ☑无条件 □有条件, 有条件共享（须审批）。"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BOXED = re.compile(r"[(（\[【]\s*[√✓✔]\s*[)）\]】]")
_UNBOXED = re.compile(r"[(（\[【]\s*[)）\]】]")
_TICKED = re.compile(r"[☑☒√✓✔■▣◉●]\s*([^□☐○☑☒√✓✔■▣◉●\s、，,;；/|]+)")
_MARKS = re.compile(r"[□☐○☑☒√✓✔■▣◉●]")
_ASIDE = re.compile(r"\s*[(（\[【]([^)）\]】]*)[)）\]】]\s*[。.;；]?$")
_NUMBERED = re.compile(r"^[(（]?\d{1,2}[)）.、:：_\-—\s]+|^\d{1,2}(?=[^\d\s年月日天周季旬个小次])|^[①-⑳]\s*")


_LEGEND = re.compile(r"(\d{1,2})\s*[.、:：=＝\-—)）]?\s*([^\d\s,，;；、/.:：=＝()（）\[\]【】]+)")


def legend(heading: str) -> dict[int, str]:
    """What numbers mean by a heading that says so: ``共享类型（1无条件 2有条件）`` → ``{1: 无条件, 2: 有条件}``."""
    return {int(number): word for number, word in _LEGEND.findall(heading)}


def readings(cell: str) -> Iterator[str]:
    """The words that the cell may choose, the plainest first; none where it ticks several or none of its boxes."""
    boxed = _UNBOXED.sub("□", _BOXED.sub("☑", cell))
    if _MARKS.search(boxed):
        ticked = _TICKED.findall(boxed)
        if len(ticked) == 1:
            yield from readings(ticked[0])
        return
    yield cell
    if (numbered := _NUMBERED.match(cell)) is not None:
        yield cell[numbered.end() :]
    bare = _NUMBERED.sub("", _ASIDE.sub("", cell)).rstrip("。.；;")
    yield bare
    yield bare.removesuffix("类").removesuffix("类型").removesuffix("方式")


def within(cell: str) -> str | None:
    """What the cell says in brackets behind its word: ``电子表格（xls）`` → ``xls``; None where it has none."""
    found = _ASIDE.search(cell)
    return found[1].strip() if found else None


def aside(cell: str) -> str | None:
    """What is in brackets behind a word, where it is words: ``是（脱敏后）`` → ``脱敏后``; None for ``是（1）``."""
    found = within(cell)
    return found if found and len(re.findall("[\u4e00-\u9fff]", found)) >= 2 else None
