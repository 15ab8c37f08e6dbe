"""From the source to what is read: first *folded*, character for character, then *read*, with characters left out.

Folding keeps the length (script simplified, half-width punctuation made full-width beside Chinese), so all patterns
run on the folded text and their positions are the source's. A reading then leaves out what the layout put in: hard
wraps inside sentences, letter-spacing, white space beside Chinese characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from catalog.text import simplify
from loaders.regulation.offsets import Offsets
from loaders.regulation.tree import Reading

WHITE = r"\s\u00ad\u200b-\u200f\u2060\ufeff"
"""The inside of a character class: white space and what prints as nothing."""

_BLANK_CODES = (*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0xAD, 0x1680, *range(0x2000, 0x2010))
BLANKS = "".join(map(chr, (*_BLANK_CODES, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF)))
"""The same, letter by letter (a test compares them: finding them takes longer than reading a regulation)."""

TERMINAL = "。；：！？…”’》）】」』"
"""What a finished line of prose ends with."""

_WHITE = re.compile(rf"[{WHITE}]+")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_SYLLABLE = rf"[a-zü]{{0,4}}[{_TONES}][a-zü]{{0,4}}"
_TONED = re.compile(f"[{_TONES}]")
_SYLLABLES = rf"{_SYLLABLE}(?:[ '’]{{0,2}}{_SYLLABLE}){{0,7}}"
_WHITE_OR_PINYIN = re.compile(
    rf"(?<=[\u4e00-\u9fff])[{WHITE}]*(?:（{_SYLLABLES}）|{_SYLLABLES})[{WHITE}]*(?=[\u4e00-\u9fff，。、；：])|[{WHITE}]+"
)
"""Pinyin that a mirror printed over or between the characters: no rule has words with tone marks of its own."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile(r"\(([^()\n]{0,300})\)")
_PAREN = re.compile(r"(?<=[^\x00-\x7f])[()]|[()](?=[^\x00-\x7f])")
_MARKS = re.compile(r"(?<=[^\x00-\x7f])[,;:!?]|[,;:!?](?=[^\x00-\x7f])")
_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_FORMS = {0xFF61: "。", 0xFF62: "“", 0xFF63: "”", 0xFF64: "、", 0xFE51: "、", 0xFE50: "，", 0xFE54: "；", 0xFE55: "："}
_FORMS |= {ord("「"): "“", ord("」"): "”", ord("『"): "‘", ord("』"): "’", ord("﹝"): "〔", ord("﹞"): "〕"}
_FORMS |= {
    code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


def fold_text(source: str) -> str:
    """The source simplified and with punctuation folded; ``len(fold_text(source)) == len(source)`` always."""
    text = _SURROGATE.sub("\ufffd", source)
    if text.isascii():
        return text
    text = "".join([line if line.isascii() else simplify(line) for line in text.splitlines(keepends=True)])
    text = text.translate(_FORMS)
    text = _PAIR.sub(_fold_pair, text)
    text = _PAREN.sub(_fold_mark, text)
    return _MARKS.sub(_fold_mark, text)


def _fold_mark(match: re.Match[str]) -> str:
    return match[0].translate(_FULL)


def _fold_pair(match: re.Match[str]) -> str:
    """Both parentheses of a pair together, where Chinese stands inside or beside."""
    start, end = match.span()
    around = match.string[max(0, start - 1) : start] + match[1] + match.string[end : end + 1]
    return match[0] if around.isascii() else f"（{match[1]}）"


def finished(folded: str, start: int, end: int) -> bool:
    """Whether a line ends as a sentence or clause ends."""
    return end > start and folded[end - 1] in TERMINAL


@lru_cache(maxsize=8)
def _layout(folded: str) -> re.Pattern[str]:
    """What the layout put into a text: white space, and pinyin where there is any at all."""
    return _WHITE_OR_PINYIN if _TONED.search(folded) else _WHITE


def read_pieces(folded: str, pieces: Iterable[tuple[int, int, bool]]) -> tuple[Reading, Offsets]:
    """The reading of stretches of a folded text, with its offsets.

    Stretches are ``(start, end, joined)`` in order, without white space at their ends. A stretch that is ``joined``
    goes on where the one before ended; otherwise a line feed stands between.
    """
    parts: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = 0
    last = 0
    layout = _layout(folded)

    def keep(text: str, source: int) -> None:
        nonlocal length
        parts.append(text)
        starts.append(length)
        sources.append(source)
        length += len(text)

    for start, end, joined in pieces:
        if parts and not joined:
            keep("\n", last)
        at = start
        for white in layout.finditer(folded, start, end):
            first, stop = white.span()
            if first == start:
                continue
            if folded[first - 1].isascii() and folded[stop].isascii():
                keep(folded[at:first] + " ", at)
                at = stop
            else:
                if first > at:
                    keep(folded[at:first], at)
                at = stop
        if end > at:
            keep(folded[at:end], at)
        last = end
    offsets = Offsets(starts, sources, length, last)
    return Reading(text="".join(parts), offsets=offsets), offsets
