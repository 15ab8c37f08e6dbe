"""Texts by what people call them: 示例市…细则第七条 as a citation, linked to text and article where these are there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.identifiers import provision_id
from catalog.numerals import read_numeral
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.text import fold
from catalog.value import Citation

_NEVER = dt.date.min
_ARTICLE = re.compile(r"第([〇零一二三四五六七八九十百千0-9]+)条")


@dataclass(frozen=True, slots=True)
class Texts:
    """Lookups over regulations and their provisions: ``regulations`` by exact folded title or alias, never by likeness.

    A title goes before an alias. Of several texts with one title the later effective is meant, and so with an alias.
    ``numbers`` are the identifiers of texts by their folded numbers (文号).
    """

    regulations: Mapping[str, Regulation] = field(default_factory=dict)
    by_id: Mapping[str, Regulation] = field(default_factory=dict)
    provisions: frozenset[str] = frozenset()
    numbers: Mapping[str, str] = field(default_factory=dict)
    _cited: dict[str, Citation] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Texts:
        """The lookups over these records; what order they come in changes nothing."""
        titles: dict[str, Regulation] = {}
        aliases: dict[str, Regulation] = {}
        by_id: dict[str, Regulation] = {}
        provisions: set[str] = set()
        for record in records:
            if isinstance(record, Provision):
                provisions.add(record.id)
            elif isinstance(record, Regulation):
                by_id[record.id] = record
                _later(titles, record.title, record)
                for alias in record.aliases:
                    _later(aliases, alias, record)
        numbers = {fold(one.number): one.id for _, one in sorted(by_id.items()) if one.number}
        for named in (titles, aliases, numbers):
            named.pop("", None)  # what has no letters is no name: an empty citation means no text
        return cls(aliases | titles, by_id, frozenset(provisions), numbers)

    def cite(self, text: str) -> Citation:
        """The words as a citation, with the text and the article they name if these are there."""
        found = self._cited.get(text)
        if found is None:
            found = self._cited[text] = self._cite(text)
        return found

    def numbered(self, text: str, number: str) -> Citation:
        """The words as a citation of the text of a number, if it is there; else of the text they name."""
        found = self.numbers.get(fold(number))
        return self.cite(text) if found is None else Citation(text=text, regulation=found)

    def _cite(self, text: str) -> Citation:
        article = article_in(text)
        regulation = self.regulations.get(_key(text[: article.start()] if article else text))
        if regulation is None:
            return Citation(text=text)
        number = read_numeral(article[1]) if article else None
        provision = provision_id(regulation.id, f"a{number}") if number is not None else None
        return Citation(
            text=text, regulation=regulation.id, provision=provision if provision in self.provisions else None
        )

    def differing(self, other: Texts) -> tuple[set[str], bool]:
        """The regulations of these texts that words cite otherwise in the ``other`` ones, or whose provisions differ;
        and whether the others have names that these have not."""
        changed = set(self.by_id.keys() - other.by_id.keys())
        changed |= {text.id for name, text in self.regulations.items() if name not in other.regulations}
        for name, text in other.regulations.items():
            held = self.regulations.get(name)
            if held is not None and held.id != text.id:
                changed.add(held.id)
        changed |= {one.partition(".")[0] for one in self.provisions ^ other.provisions}
        return changed, bool(other.regulations.keys() - self.regulations.keys())


def article_in(text: str) -> re.Match[str] | None:
    """Where a citation names its article; the first group is the numeral."""
    return _ARTICLE.search(text)


def _key(title: str) -> str:
    return fold(title).strip("《》")


def _later(found: dict[str, Regulation], name: str, text: Regulation) -> None:
    held = found.get(_key(name))
    if held is None or _age(text) > _age(held):
        found[_key(name)] = text


def _age(text: Regulation) -> tuple[dt.date, str]:
    return text.effective or _NEVER, text.id
