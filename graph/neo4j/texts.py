"""The substring index: folded texts as bigrams for a full-text index that splits at white space.

Every substring is found: two characters and more as a phrase of bigrams, one character as the beginning of a bigram,
which the end mark provides for the last character too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from catalog.field import Field
from catalog.record import Record
from catalog.text import END, bigrams, fold, names, searchable
from catalog.vocabulary import MatchKind
from graph.neo4j.words import ALIAS, NAMED, SAYS

_SYNTAX = re.compile(r'([+\-!(){}\[\]^"~*?:\\/&|])')


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a record: ``how`` for names (EXACT, ALIAS), ``rank`` its place among the searchable texts."""

    folded: str
    text: str
    how: str | None
    rank: int | None

    @property
    def edge(self) -> str:
        """The relationship type from the record to the text."""
        return SAYS if self.how is None else NAMED if self.how == MatchKind.EXACT else ALIAS

    @property
    def properties(self) -> dict[str, Any]:
        """What that relationship carries."""
        held = {"text": self.text, "rank": self.rank, "how": self.how}
        return {name: value for name, value in held.items() if value is not None}


def text_id(folded: str) -> str:
    """The key of a (:Text): a digest, for whole articles are longer than a range index takes."""
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest()


def terms(folded: str) -> str:
    """What the index holds for a folded text."""
    return " ".join(bigrams(folded + END))


def lucene(folded: str) -> str:
    """The query that finds every text with this substring."""
    if len(folded) == 1:
        return _SYNTAX.sub(r"\\\1", folded) + "*"
    phrase = " ".join(bigrams(folded))
    return '"' + re.sub(r'(["\\])', r"\\\1", phrase) + '"'


def said(record: Record) -> tuple[tuple[str, Said], ...]:
    """Every text that a record is found by, its names first, each with the key of its node."""
    if isinstance(record, Field):
        return _said_of_item(record.name, record.aliases, record.text)
    return tuple((text_id(one.folded), one) for one in _said(record))


@lru_cache(maxsize=1 << 16)
def _said_of_item(name: str, aliases: tuple[str, ...], verbatim: str) -> tuple[tuple[str, Said], ...]:
    """A catalogue's fields share few names."""
    item = Field(id="", resource="", position=0, name=name, text=verbatim, aliases=aliases)
    return tuple((text_id(one.folded), one) for one in _said(item))


def _said(record: Record) -> Iterator[Said]:
    ranks = {text: rank for rank, text in enumerate(searchable(record))}
    named: set[str] = set()
    seen: set[tuple[str, MatchKind]] = set()
    for text, how in names(record):
        folded = fold(text)
        if not folded or (folded, how) in seen:
            continue
        seen.add((folded, how))
        yield Said(folded, text, how.value, ranks.get(text))
        named.add(text)
    for text, rank in ranks.items():
        if text not in named and (folded := fold(text)):
            yield Said(folded, text, None, rank)
