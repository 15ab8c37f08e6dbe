"""The tree of one text from its blocks: 编 章 节 条 款 项 目."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.vocabulary import ProvisionKind
from loaders.regulation.blocks import Block
from loaders.regulation.markers import HEADINGS, Mark, Unit
from loaders.regulation.offsets import Offsets
from loaders.regulation.reading import BLANKS, read_pieces
from loaders.regulation.tree import Node, Reading

KINDS = {
    Unit.PART: (ProvisionKind.PART, "t"),
    Unit.CHAPTER: (ProvisionKind.CHAPTER, "c"),
    Unit.SECTION: (ProvisionKind.SECTION, "s"),
    Unit.ARTICLE: (ProvisionKind.ARTICLE, "a"),
}
_RANK = {unit: rank for rank, unit in enumerate((*HEADINGS, Unit.ARTICLE))}


@dataclass(slots=True)
class Draft:
    """A node while it is made: where it begins and ends, and what is in it."""

    kind: ProvisionKind
    label: str
    ordinal: int | None
    path: str
    start: int
    body: int
    line: int
    end: int
    rank: int = 9
    style: Unit | None = None
    heading: str | None = None
    children: list[Draft] = field(default_factory=list)


class Paths:
    """Paths that are never given twice: a twin gets ``x2``, 之一 ``x`` and its number past one."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._taken: set[str] = set()

    def new(self, path: str) -> str:
        candidate = path
        while candidate in self._taken:
            self._seen[path] += 1
            candidate = f"{path}x{self._seen[path] + 1}"
        self._taken.add(candidate)
        return candidate


def build(folded: str, blocks: Sequence[Block]) -> tuple[Node, ...]:
    """The provisions of one text, whose first block carries a heading or an article."""
    if not blocks:
        return ()
    pieces = [(line.start, line.end, bool(at)) for block in blocks for at, line in enumerate(block.lines)]
    whole, offsets = read_pieces(folded, pieces)
    finisher = _Finisher(whole, offsets)
    return tuple(finisher.node(draft) for draft in _outline(folded, blocks))


def _outline(folded: str, blocks: Sequence[Block]) -> list[Draft]:
    """Parts, chapters, sections and articles, nested, with what each article holds."""
    paths = Paths()
    top: list[Draft] = []
    above: list[Draft] = []  # the open headings
    index = 0
    while index < len(blocks):
        block = blocks[index]
        mark = block.mark
        stop = index + 1
        if mark is None or mark.unit not in KINDS:  # words under a heading, before its first article
            above[-1].end = block.end
            index = stop
            continue
        kind, letter = KINDS[mark.unit]
        rank = _RANK[mark.unit]
        while above and above[-1].rank >= rank:
            above.pop()
        if mark.unit is Unit.ARTICLE:
            while stop < len(blocks) and not _structural(blocks[stop].mark):
                stop += 1
            path = paths.new(f"a{mark.ordinal}" + (f"x{mark.extra + 1}" if mark.extra else ""))
        else:
            path = paths.new("".join(f"{_letter(one)}{one.ordinal}" for one in above) + f"{letter}{mark.ordinal}")
        draft = Draft(kind, mark.label, mark.ordinal, path, block.start, mark.end, block.number, block.end, rank)
        if mark.unit is Unit.ARTICLE:
            draft.end = blocks[stop - 1].end
            _fill_article(folded, draft, blocks[index:stop], paths)
        else:
            draft.heading = "".join(folded[block.body : block.end].split())
        (above[-1].children if above else top).append(draft)
        for one in above:
            one.end = draft.end
        if mark.unit in HEADINGS:
            above.append(draft)
        index = stop
    return top


def _letter(draft: Draft) -> str:
    return {ProvisionKind.PART: "t", ProvisionKind.CHAPTER: "c"}.get(draft.kind, "s")


def _structural(mark: Mark | None) -> bool:
    return mark is not None and mark.unit in KINDS


def _fill_article(folded: str, article: Draft, blocks: Sequence[Block], paths: Paths) -> None:
    """An article's paragraphs and items: of one paragraph, its items hang on itself."""
    groups: list[list[Block]] = []
    for at, block in enumerate(blocks):
        if not groups or (block.mark is None and not _within_item(blocks, at, groups[-1])):
            groups.append([])
        groups[-1].append(block)
    if len(groups) == 1:
        _fill_items(article, groups[0], paths)
        return
    for ordinal, group in enumerate(groups, start=1):
        start = group[0].start
        if group[0].mark is not None and group[0].mark.unit is Unit.ARTICLE:
            start = _first_word(folded, group[0])
        path = paths.new(f"{article.path}p{ordinal}")
        line = next((one.number for one in group[0].lines if one.end > start), group[0].number)
        paragraph = Draft(ProvisionKind.PARAGRAPH, "", ordinal, path, start, start, line, group[-1].end)
        _fill_items(paragraph, group, paths)
        article.children.append(paragraph)


def _within_item(blocks: Sequence[Block], at: int, group: Sequence[Block]) -> bool:
    """Whether words without a mark belong to the item above: the list goes on right after them."""
    last: dict[Unit, int] = {}
    for block in group[-60:]:
        if block.mark is not None:
            last[block.mark.unit] = block.mark.ordinal
    after = next((block.mark for block in blocks[at : at + 8] if block.mark is not None), None)
    return after is not None and after.ordinal > 1 and last.get(after.unit) == after.ordinal - 1


def _fill_items(owner: Draft, blocks: Sequence[Block], paths: Paths) -> None:
    """Items by style: the first style of a paragraph is its items', any style inside an item its sub-items'."""
    opened: list[Draft] = [owner]
    for block in blocks:
        mark = block.mark
        if mark is not None and mark.unit is not Unit.ARTICLE:
            depth = next((at for at, one in enumerate(opened) if one.style is mark.unit), len(opened))
            del opened[depth:]
            parent = opened[-1]
            kind, letter = (ProvisionKind.ITEM, "i") if parent is owner else (ProvisionKind.SUBITEM, "u")
            path = paths.new(f"{parent.path}{letter}{mark.ordinal}")
            line = block.number
            item = Draft(kind, mark.label, mark.ordinal, path, block.start, mark.end, line, block.end, style=mark.unit)
            parent.children.append(item)
            opened.append(item)
        for one in opened[1:]:
            one.end = block.end


def _first_word(folded: str, block: Block) -> int:
    """Where an article's words begin after its number, be it on the next line."""
    start, end = block.body, block.lines[0].end
    while start < end and folded[start] in BLANKS:
        start += 1
    return block.lines[1].start if start >= end and len(block.lines) > 1 else start


class _Finisher:
    """Drafts become nodes: each cuts its reading from that of the whole text."""

    def __init__(self, whole: Reading, offsets: Offsets) -> None:
        self.whole = whole
        self.offsets = offsets

    def node(self, draft: Draft) -> Node:
        at, stop = self.offsets.position(draft.start), self.offsets.position_of_end(draft.end)
        reading = self.whole.cut(at, stop)
        own = self.offsets.position(draft.children[0].start) if draft.children else stop
        lead = self._trimmed(self.offsets.position(draft.body), own)
        return Node(
            kind=draft.kind,
            label=draft.label,
            ordinal=draft.ordinal,
            heading=draft.heading,
            path=draft.path,
            start=draft.start,
            end=draft.end,
            line=draft.line,
            reading=reading,
            lead=lead,
            children=tuple(self.node(child) for child in draft.children),
        )

    def _trimmed(self, start: int, end: int) -> Reading:
        text = self.whole.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return self.whole.cut(start, end)
