"""Bytes become text: UTF-8, UTF-16, GB18030 and Big5, told by mark, declaration and fit; pages become their text.

The *decoded source*, which every span counts in, is the text without byte order mark and, for a page, the text
extracted from it (:mod:`loaders.markup`). What cannot be read gives an Issue, never an exception.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from catalog.issue import Issue
from loaders.markup import is_html, text_of_html
from loaders.regulation.codes import Code
from loaders.regulation.problem import Problem, issues

SIZE_LIMIT = 50_000_000
"""Bytes of the largest file read, unless told otherwise."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5-hkscs": "big5hkscs",
    "big5": "big5hkscs",
}
_KNOWN = frozenset({"utf-8", "utf8", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be"})
_COMMON = frozenset(
    "的第一条章规定管理信息部门机关为和在有是国人民政府不应当本法共享公开办以及中其他行、。，；：（）條規資訊應當開國機關與為"
)
_SAMPLE = 20_000
DAMAGE = 0.001
"""The share of characters that may be undecodable before a text is refused."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file: ``text`` is None where it could not be read; ``html`` tells a page."""

    text: str | None
    encoding: str | None = None
    html: bool = False
    issues: tuple[Issue, ...] = ()


def decode(data: bytes, path: str, *, limit: int = SIZE_LIMIT) -> Decoded:
    """The text of a file's bytes."""
    if len(data) > limit:
        return _refused(Code.SOURCE_TOO_LARGE, path, f"{path} has {len(data):,} bytes, over the limit of {limit:,}")
    if not data.strip():
        return _refused(Code.EMPTY_SOURCE, path, f"{path} is empty")
    found = _decode(data)
    if found is None:
        if b"\0" in data:
            at = data.index(b"\0")
            return _refused(Code.BINARY_SOURCE, path, f"{path} is binary: a NUL byte at position {at}")
        return _refused(Code.UNDECODABLE_SOURCE, path, f"{path} is in no encoding that is known here")
    text, encoding = found
    html = is_html(text)
    if html:
        text = text_of_html(text)
    if not text.strip():
        return _refused(Code.EMPTY_SOURCE, path, f"{path} holds no text")
    lost = text.find("\ufffd")
    if lost < 0:
        return Decoded(text, encoding, html)
    count, line = text.count("\ufffd"), text.count("\n", 0, lost) + 1
    message = f"{path}: {count} undecodable characters stand as U+FFFD, the first in line {line}"
    problem = Problem(code=Code.DAMAGED_ENCODING, message=message, start=lost, end=lost + 1, line=line)
    return Decoded(text, encoding, html, tuple(issues([problem], path, {})))


def _refused(code: Code, path: str, message: str) -> Decoded:
    problem = Problem(code=code, message=message, start=0, end=0, line=1)
    return Decoded(None, issues=tuple(issues([problem], path, {})))


def _decode(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError:
                return _damaged(data[len(mark) :], encoding)
    if b"\0" in data:
        return _unmarked_utf16(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    candidates = []
    for encoding in dict.fromkeys([*_declared(data), "gb18030", "big5hkscs"]):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((_plausible(text), text, encoding))
    if candidates:
        fit, text, encoding = max(candidates, key=lambda candidate: candidate[0])
        if fit > 0.02:
            return text, encoding
    for encoding in ("utf-8", *_declared(data), "gb18030", "big5hkscs"):
        if damaged := _damaged(data, encoding):
            return damaged
    return None


def _declared(data: bytes) -> list[str]:
    """The encoding a page declares, where it is one of those that are read."""
    match = _DECLARED.search(data, 0, 2048)
    name = match[1].decode("ascii").lower() if match else ""
    name = _ALIASES.get(name, name)
    return [name] if name in _KNOWN else []


def _unmarked_utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark reads as Chinese or ASCII in one byte order only; anything else with NUL is binary."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _plausible(text) > 0.05:
            return text, encoding
    return None


def _plausible(text: str) -> float:
    """The share of a text's first characters outside ASCII that Chinese rules are full of."""
    sample = [letter for letter in text[:_SAMPLE] if letter > "\x7f"]
    return sum(letter in _COMMON for letter in sample) / len(sample) if sample else 0.0


def _damaged(data: bytes, encoding: str) -> tuple[str, str] | None:
    """A text with very few bytes broken, or cut off inside its last character, is still read."""
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost <= max(1, DAMAGE * len(text)) and (_plausible(text) > 0.02 or encoding.startswith("utf")):
        return text, encoding
    return None
