"""Collecting the issues of one sheet, each with its cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.value import Place
from catalog.vocabulary import Severity
from loaders.table.sheet import Line, Sheet, letter


@dataclass(slots=True)
class Report:
    """The issues of one source, in the order in which they were found."""

    path: str
    source: str
    sheet: str | None = None
    issues: list[Issue] = field(default_factory=list)
    _times: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(
        self,
        code: str,
        message: str,
        *,
        row: int | None = None,
        column: int | None = None,
        severity: Severity = Severity.WARNING,
        suggestion: str | None = None,
    ) -> None:
        """Notes a problem at a row (from 1) and column (index from 0)."""
        name = letter(column) if column is not None else None
        place = Place(source=self.path, sheet=self.sheet, row=row, column=name)
        where = f"{row}:{name}" if self.sheet is None else f"{self.sheet}:{row}:{name}"
        self._times[code, where] += 1
        self.issues.append(
            Issue(
                id=issue_id(self.source, code, where, self._times[code, where]),
                source=self.source,
                place=place,
                code=code,
                severity=severity,
                message=message,
                suggestion=suggestion,
                position=len(self.issues) + 1,
            )
        )

    def unknown_column(self, sheet: Sheet, column: int, what: str, severity: Severity, suggestion: str | None) -> None:
        """Notes a column that means nothing here; ``what`` becomes of its cells."""
        heading = sheet.headings[column]
        called = (
            f"column {letter(column)} has no heading" if column in sheet.unnamed else f"the heading {heading!r} {{}}"
        )
        self.add(
            "UNKNOWN_COLUMN",
            called.format("is not known" if suggestion is None else "is none of a demand list") + f"; {what}",
            column=column,
            severity=severity,
            suggestion=suggestion,
        )

    def second_table(self, line: Line) -> None:
        """Notes that from this line on other headings hold, and nothing is read."""
        self.add(
            "SECOND_TABLE",
            f"from row {line.number} on stands another table, with headings of its own; it is left out",
            row=line.number,
            severity=Severity.ERROR,
            suggestion="move it to a sheet of its own",
        )
