"""How names and texts are compared: script, width, case and white space folded away.

``simplify`` is OpenCC's ``t2s``: it converts characters and never swaps regional words (執行 becomes 执行, not 运行).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from opencc import OpenCC

from catalog.agency import Agency
from catalog.condition import Condition
from catalog.data_element import DataElement
from catalog.demand import Demand
from catalog.field import Field
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.resource import Resource
from catalog.vocabulary import Kind, MatchKind, ProvisionKind

START, END = "\x02", "\x03"
"""Marks put around an indexed text, so that one-character prefixes and ends can be asked for too."""
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
"""What nobody sees in a name: white space, zero-width characters, soft hyphens, byte-order marks, direction marks."""
_SURROGATES = re.compile("([\ud800-\udfff]+)")
"""Halves of characters, which are no text and which the converter refuses."""


@cache
def _converter(way: str = "t2s") -> OpenCC:
    return OpenCC(way)


def simplify(text: str) -> str:
    """The text in simplified script, character for character: ``len(simplify(text)) == len(text)`` always.

    Where the converter would change a length, the text is converted character by character, so that spans of the
    result are spans of the source.
    """
    if text.isascii():
        return text
    if _SURROGATES.search(text):
        pieces = _SURROGATES.split(text)
        return "".join(piece if index % 2 else simplify(piece) for index, piece in enumerate(pieces))
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    letters = (_converter().convert(letter) for letter in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(letters, text, strict=True))


def traditional(text: str) -> str:
    """The text in traditional script: OpenCC's ``s2t``, which chooses characters by the words they stand in.

    It is made by rule, not by anybody who knows what was meant: 里程 and 里面 come out right, a name that is no word of
    the dictionary may not. Text in traditional script already stays as it is.
    """
    if _SURROGATES.search(text):
        pieces = _SURROGATES.split(text)
        return "".join(piece if index % 2 else traditional(piece) for index, piece in enumerate(pieces))
    converted: str = _converter("s2t").convert(text)
    return converted


def all_traditional(texts: Sequence[str]) -> list[str]:
    """:func:`traditional` of each text, at half its cost: the converter is given them all at once, a line each.

    No word of its dictionaries holds the end of a line, so none is found across two texts.
    """
    joined = "\n".join(texts)
    if _SURROGATES.search(joined) or joined.count("\n") != len(texts) - 1:
        return [traditional(text) for text in texts]
    return traditional(joined).split("\n")


def fold(text: str) -> str:
    """The key under which names are compared: simplified, NFKC, lower case, without white space. Idempotent.

    White space goes first, since the converter reads whole words: 乾 坤 folds as 乾坤 does.
    """
    if text.isascii():  # most tokens are; the rest is for what has script, width or marks
        return _BLANK.sub("", text.lower())
    return _fold_name(text) if len(text) <= NAME else _fold(text)


NAME = 48
"""Up to so many characters a text may be a name, which comes again and again: its folding is remembered."""


@lru_cache(maxsize=1 << 14)
def _fold_name(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text).casefold())
    return simplify(unicodedata.normalize("NFKC", plain)).replace("苧", "苎")  # 薴 → 苧 → 苎, the one chain of t2s


def bigrams(text: str) -> list[str]:
    """The overlapping pairs of characters of a folded text, in order: ``婚姻状况`` → 婚姻, 姻状, 状况.

    A text of one character gives itself. These are the terms of the substring indexes of both stores.
    """
    return [text[i : i + 2] for i in range(len(text) - 1)] if len(text) > 1 else ([text] if text else [])


def names(record: Record) -> tuple[tuple[str, MatchKind], ...]:
    """The names a record can be found by, each EXACT or ALIAS, as they stand in the record."""
    match record:
        case Resource(name=name, aliases=aliases, subtypes=subtypes):
            return ((name, MatchKind.EXACT), *((alias, MatchKind.ALIAS) for alias in (*aliases, *subtypes)))
        case Agency(name=name, aliases=aliases) | Field(name=name, aliases=aliases):
            return ((name, MatchKind.EXACT), *((alias, MatchKind.ALIAS) for alias in aliases))
        case DataElement(name=name, aliases=aliases):
            return ((name, MatchKind.EXACT), *((alias, MatchKind.ALIAS) for alias in aliases))
        case Regulation(title=title, short_title=short, aliases=aliases):
            others = dict.fromkeys((short, *aliases))
            return ((title, MatchKind.EXACT), *((other, MatchKind.ALIAS) for other in others if other != title))
        case _:
            return ()


SEARCHED = (
    Kind.RESOURCE,
    Kind.FIELD,
    Kind.AGENCY,
    Kind.DATA_ELEMENT,
    Kind.REGULATION,
    Kind.PROVISION,
    Kind.CONDITION,
    Kind.DEMAND,
)
"""The kinds of records whose texts full-text search looks into. What clocks and gaps say stands in these."""


def searchable(record: Record) -> tuple[str, ...]:
    """The texts of a record that full-text search looks into, best first; empty for kinds that are not searched.

    Of a legal text the articles are searched, whole, and the headings of what is above them: so every substring of the
    text is found once, not again for each level that it stands in.
    """
    match record:
        case Resource():
            texts = (record.name, *record.aliases, *record.subtypes, record.code, record.summary)
        case Field():
            texts = (record.name, *record.aliases, record.text)
        case Provision(provision_kind=ProvisionKind.ARTICLE):
            texts = (record.reading, record.heading)
        case Provision():
            texts = (record.heading,)
        case Condition():
            texts = (record.text,)
        case Demand():
            texts = (record.what, record.purpose)
        case _:
            texts = tuple(name for name, _ in names(record))
    return tuple(dict.fromkeys(text for text in texts if text))
