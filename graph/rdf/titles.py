"""A dataset's title and description in the languages beside ``zh-Hans``: what was given, and the title converted.

Nothing is translated. A title in traditional script is the one that another catalogue gave, else OpenCC's conversion of
the name, character for character (``docs/decisions/0010-titles-in-traditional-script.md``); descriptions are never
converted. English stands only where a record has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.statements import of
from catalog.text import traditional
from graph.rdf.context import Entry
from graph.rdf.terms import expand

TRADITIONAL, ENGLISH = "zh-Hant", "en"
TITLE, DESCRIPTION = "dct:title", "dct:description"
_ELEMENTS = {f"<{expand(each)}>": each for each in (TITLE, DESCRIPTION)}


def given(metadata: list[Any]) -> Mapping[tuple[str, str], str]:
    """What the metadata of a resource says in other languages, by predicate and language: the first of each."""
    found: dict[tuple[str, str], str] = {}
    for each in metadata:
        element = each["element"]
        if element in _ELEMENTS and (one := of(element, each["value"])) is not None and one.literal:
            for language in (TRADITIONAL, ENGLISH):
                if (one.language or "").lower() == language.lower():
                    found.setdefault((_ELEMENTS[element], language), one.value)
    return found


def titled(entry: Entry) -> tuple[str | None]:
    """The title in traditional script; none where the name has no character to convert."""
    name = entry.row["name"]
    return (_given(entry, TITLE, TRADITIONAL) or (None if name.isascii() else entry.traditional or traditional(name)),)


def titled_in_english(entry: Entry) -> tuple[str | None]:
    """The English title that the record has."""
    return (_given(entry, TITLE, ENGLISH),)


def described(entry: Entry) -> tuple[str | None]:
    """The description in traditional script that another catalogue gave."""
    return (_given(entry, DESCRIPTION, TRADITIONAL),)


def described_in_english(entry: Entry) -> tuple[str | None]:
    """The English description that another catalogue gave."""
    return (_given(entry, DESCRIPTION, ENGLISH),)


def _given(entry: Entry, predicate: str, language: str) -> str | None:
    metadata = entry.row["metadata"]
    return given(metadata).get((predicate, language)) if metadata else None
