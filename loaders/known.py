"""What a load may lean on: the texts and agencies that the catalogue already holds, or that come with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from catalog.agency import Agency
from catalog.identifiers import provision_id
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.text import fold
from catalog.value import Citation
from loaders.numerals import read_numeral

_NEVER = dt.date.min
_R = TypeVar("_R", bound=Record)
_ARTICLE = re.compile(r"第([〇零一二三四五六七八九十百千0-9]+)条")


@dataclass(frozen=True, slots=True)
class Known:
    """Lookups over held records; every lookup is by exact folded name, never by likeness."""

    regulations: dict[str, Regulation] = field(default_factory=dict)
    provisions: frozenset[str] = frozenset()
    agencies: dict[str, tuple[Agency, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Known:
        """The lookups over these records; of two texts with one title the later effective one is found by it."""
        regulations: dict[str, Regulation] = {}
        provisions: set[str] = set()
        agencies: dict[str, dict[str, Agency]] = {}
        for record in records:
            match record:
                case Regulation():
                    held = regulations.get(fold(record.title))
                    if held is None or (record.effective or _NEVER) >= (held.effective or _NEVER):
                        regulations[fold(record.title)] = record
                case Provision():
                    provisions.add(record.id)
                case Agency():
                    agencies.setdefault(fold(record.name), {})[record.id] = record
                case _:
                    pass
        return cls(regulations, frozenset(provisions), _tuples(agencies))

    def cite(self, text: str) -> Citation:
        """``示例市…细则第七条`` as a citation, linked to the text and the article if both are held."""
        article = _ARTICLE.search(text)
        title = fold(text[: article.start()] if article else text).strip("《》")
        regulation = self.regulations.get(title)
        if regulation is None:
            return Citation(text=text)
        number = read_numeral(article[1]) if article else None
        provision = provision_id(regulation.id, f"a{number}") if number is not None else None
        return Citation(
            text=text, regulation=regulation.id, provision=provision if provision in self.provisions else None
        )


def _tuples(found: dict[str, dict[str, _R]]) -> dict[str, tuple[_R, ...]]:
    return {name: tuple(by_id[key] for key in sorted(by_id)) for name, by_id in found.items()}
