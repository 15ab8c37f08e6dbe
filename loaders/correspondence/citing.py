"""What registered records and demands rest on: their words linked to the texts that are there, whoever came first.

A row's words are read anew at each load that may change what they name. Citations that did not come as words of a row
(another portal's title or number of a text) are linked once that is there, and kept from pointing to what is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from catalog.demand import Demand
from catalog.field import Field
from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.record import Record
from catalog.resource import Resource
from catalog.value import Citation, DemandEvent, Responsibility
from catalog.vocabulary import Severity
from loaders.texts import Texts, article_in

CODE = "UNRESOLVED_BASIS"
Cited = TypeVar("Cited", Responsibility, DemandEvent)


class Citing:
    """The texts of the catalogue as it is after a load."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def cited(self, record: Record) -> Record:
        """The record with its citations as they resolve now; itself where nothing changes."""
        match record:
            case Resource(basis=basis):
                now = self._all(basis, record)
                held = self._within(record.responsibilities, record)
                if now == basis and held == record.responsibilities:
                    return record
                return replace(record, basis=now, responsibilities=held)
            case Field(basis=basis) if basis:
                now = self._all(basis, record)
                return record if now == basis else replace(record, basis=now)
            case Demand(authority=basis):
                now = self._all(basis, record)
                history = self._within(record.history, record)
                if now == basis and history == record.history:
                    return record
                return replace(record, authority=now, history=history)
            case _:
                return record

    def _all(self, basis: tuple[Citation, ...], record: Record) -> tuple[Citation, ...]:
        return tuple(self._one(one, record) for one in basis)

    def _within(self, values: tuple[Cited, ...], record: Record) -> tuple[Cited, ...]:
        """Values that have a citation each, or none, with theirs as they resolve now."""
        return tuple(replace(one, citation=self._one(one.citation, record)) if one.citation else one for one in values)

    def _one(self, held: Citation, record: Record) -> Citation:
        if of_a_row(record) or (held.regulation is None and held.provision not in self.texts.provisions):
            found = resolved(self.texts, held, record)
            if found.regulation is not None:
                return found
        regulation = held.regulation if held.regulation in self.texts.by_id else None
        provision = held.provision if held.provision in self.texts.provisions else None
        return Citation(text=held.text, regulation=regulation, provision=provision)


def resolved(texts: Texts, held: Citation, record: Record) -> Citation:
    """A citation as its words alone resolve: those of a document may be the number of a text."""
    return texts.cite(held.text) if of_a_row(record) else texts.numbered(held.text, held.text)


def doubt(record: str, citation: Citation) -> str:
    """What an issue is about that says that a citation of a record is not resolved."""
    return f"{record}.{citation.text}"


def of_a_row(record: Record) -> bool:
    """Whether a record was read from a row of a table, so that its citations are words that somebody wrote there."""
    return record.place is not None and record.place.row is not None


def basis_of(record: Record) -> tuple[Citation, ...]:
    """The citations that a record of a table has in its cells."""
    match record:
        case Resource(basis=basis) | Demand(authority=basis):
            return basis
        case _:
            return ()


def unresolved(record: Record, before: Record) -> Iterator[tuple[Issue, bool]]:
    """For each citation the issue that it is not resolved, and whether it is so; the identifier is the same at every
    load. Of documents their reading tells what it does not find, so here only what was resolved ``before``."""
    if record.place is None:
        return
    row = of_a_row(record)
    told = set() if row else {one.text for one in basis_of(before) if one.regulation is None}
    for citation in dict.fromkeys(basis_of(record)):
        article = article_in(citation.text) if row else None
        if citation.regulation is None and citation.text in told:
            continue
        if citation.regulation is None:
            what, suggestion = "no loaded text is called so", "load the regulation, or write its full title and article"
        else:
            what, suggestion = f"the text has no {article[0] if article else ''}", "check the number of the article"
        issue = Issue(
            id=issue_id(record.source or "", CODE, doubt(record.id, citation)),
            source=record.source,
            place=record.place,
            code=CODE,
            severity=Severity.INFO,
            message=f"依据 {citation.text!r}: {what}; the words are kept",
            suggestion=suggestion,
            position=record.place.row or 0,
        )
        yield issue, citation.regulation is None or (article is not None and citation.provision is None)
