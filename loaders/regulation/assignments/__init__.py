"""Who collects, verifies and provides which information with which fields: drafting patterns over an act's articles."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.record import Record
from catalog.regulation import Regulation
from loaders.regulation.assignments import table
from loaders.regulation.assignments.context import Context, articles
from loaders.regulation.extract import Extract
from loaders.regulation.tree import Act

__all__ = ["assignments"]


def assignments(act: Act, regulation: Regulation, source_id: str, path: str, *, source: str | None = None) -> Extract:
    """The agencies, resources, fields and data elements that an act's articles assign, and the issues met.

    ``source`` is the decoded text that the act's spans count in: verbatim texts and lines are taken from it. Without it
    they are those of the readings (simplified) and of the provisions.
    """
    context = Context(regulation=regulation, source_id=source_id, path=path, source=source)

    def found() -> Iterator[Record]:
        for article in articles(act):
            yield from table.read(article, context)

    return Extract.of(found())
