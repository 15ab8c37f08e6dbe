"""Mapping files: sheets whose rows say what a registered agency, resource or field corresponds to.

A row needs both names, the date and on whose word it stands: a row without one is refused. Where there is a column
采纳, only rows that say 是 count; so a file of suggestions is accepted row by row.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.correspondence import Correspondence
from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.table import rows
from catalog.text import fold
from catalog.value import Jurisdiction, Place
from catalog.vocabulary import CorrespondenceKind, CorrespondenceMethod, Kind, Severity
from loaders.correspondence.build import build
from loaders.places import jurisdiction
from loaders.table import values
from loaders.table.report import Report
from loaders.table.sheet import Line, Sheet, heading_key

KINDS = (Kind.CORRESPONDENCE,)
ACCEPTED = "采纳"
_YES = frozenset({"是", "采纳", "√", "y", "yes", "1", "true"})
_NO = frozenset({"", "否", "不采纳", "×", "n", "no", "0", "false"})
_KINDS = {fold(word): kind for kind in CorrespondenceKind for word in (kind.zh, kind.value)}
_METHODS = {fold(word): method for method in CorrespondenceMethod for word in (method.zh, method.value)}
_NEEDED = ("subject_name", "object_name", "authority", "date")
_HEADINGS = {row.name: row.headings[0] for row in rows(Kind.CORRESPONDENCE) if row.headings}


def read_mapping(sheet: Sheet, source: str, path: str) -> tuple[list[Correspondence], Report]:
    """The correspondences of a sheet, not resolved yet, and what was wrong with its rows."""
    reader = _Reader(sheet, source, Report(path, source, sheet.name))
    found: dict[str, Correspondence] = {}
    first: dict[str, int] = {}
    for line, one in reader.rows():
        if one.id in found:
            reader.bad(line, "DUPLICATE_MAPPING", f"says again what row {first[one.id]} says; the first stays", None)
            continue
        found[one.id], first[one.id] = one, line.number
    if reader.left:
        reader.report.add(
            "NOT_ACCEPTED",
            f"{reader.left} rows are not accepted ({ACCEPTED} is not 是) and were left out",
            severity=Severity.INFO,
        )
    return list(found.values()), reader.report


class _Reader:
    """The rows of one sheet."""

    def __init__(self, sheet: Sheet, source: str, report: Report) -> None:
        self.sheet, self.source, self.report = sheet, source, report
        self.left = 0
        self.accepted = next((i for i, one in enumerate(sheet.headings) if heading_key(one) == ACCEPTED), None)

    def text(self, line: Line, name: str) -> str:
        return line.get(self.sheet.columns.get((Kind.CORRESPONDENCE, name)))

    def bad(self, line: Line, code: str, what: str, name: str | None, suggestion: str | None = None) -> None:
        self.report.add(
            code,
            f"row {line.number} {what}",
            row=line.number,
            column=self.sheet.columns.get((Kind.CORRESPONDENCE, name)) if name else None,
            severity=Severity.ERROR,
            suggestion=suggestion,
        )

    def rows(self) -> Iterator[tuple[Line, Correspondence]]:
        for line in self.sheet.lines:
            if self._counts(line) and (one := self._row(line)) is not None:
                yield line, one

    def _counts(self, line: Line) -> bool:
        if self.accepted is None:
            return True
        word = fold(line.get(self.accepted))
        if word not in _YES | _NO:
            self.report.add(
                "BAD_VALUE",
                f"row {line.number}: {line.get(self.accepted)!r} is neither 是 nor 否; the row is refused",
                row=line.number,
                column=self.accepted,
                severity=Severity.ERROR,
                suggestion="write 是 to accept the row, 否 or nothing to leave it",
            )
            return False
        self.left += word in _NO
        return word in _YES

    def _row(self, line: Line) -> Correspondence | None:
        for name in _NEEDED:
            if not self.text(line, name):
                code = {"date": "MISSING_DATE", "authority": "MISSING_AUTHORITY"}.get(name, "MISSING_VALUE")
                heading = _HEADINGS[name]
                self.bad(line, code, f"has no {heading} and is refused", name, f"fill in {heading}")
                return None
        date = values.date(self.text(line, "date"))
        if date is None:
            what = f"has {self.text(line, 'date')!r} where a date should be and is refused"
            self.bad(line, "BAD_VALUE", what, "date", "dates such as 2023-04-10")
            return None
        kind = self._kind(line)
        if kind is None:
            return None
        method = self.text(line, "method")
        if method and fold(method) not in _METHODS:
            known = "、".join(one.zh for one in CorrespondenceMethod)
            self.bad(line, "BAD_VALUE", f"was drawn by {method!r}, which is no method", "method", f"known: {known}")
            return None
        score = self.text(line, "score")
        place = self.text(line, "jurisdiction")
        return build(
            self.source,
            Place(source=self.report.path, sheet=self.report.sheet, row=line.number),
            kind,
            _METHODS[fold(method)] if method else CorrespondenceMethod.DECLARED,
            subject_name=self.text(line, "subject_name"),
            subject_code=self.text(line, "subject_code") or None,
            provider=self.text(line, "provider") or None,
            resource_name=self.text(line, "resource_name") or None,
            object_name=self.text(line, "object_name"),
            jurisdiction=(jurisdiction(place) or Jurisdiction(code=None, name=place)) if place else None,
            regulation_title=self.text(line, "regulation_title").strip("《》") or None,
            score=int(score) if score.isdecimal() else None,
            authority=self.text(line, "authority"),
            date=date,
            note=self.text(line, "note") or None,
        )

    def _kind(self, line: Line) -> CorrespondenceKind | None:
        word = self.text(line, "correspondence_kind")
        found = _KINDS.get(fold(word))
        if found is None:
            what = f"says {word!r}, which is no kind of correspondence" if word else "does not say what corresponds"
            known = "、".join(one.zh for one in CorrespondenceKind)
            self.bad(line, "BAD_VALUE", f"{what}; it is refused", "correspondence_kind", f"known: {known}")
        elif found is CorrespondenceKind.MEANS and not self.text(line, "resource_name"):
            self.bad(line, "MISSING_VALUE", "names a field without its resource and is refused", "resource_name",
                     f"fill in {_HEADINGS['resource_name']}")  # fmt: skip
            return None
        return found


def pending(one: Correspondence, what: str, suggestion: str) -> Issue:
    """The issue of a correspondence that is not resolved; its identifier is the same at every load."""
    place = one.place or Place(source="")
    return Issue(
        id=issue_id(one.source or "", "UNRESOLVED_MAPPING", one.id),
        source=one.source,
        place=place,
        code="UNRESOLVED_DUTY" if one.correspondence_kind is CorrespondenceKind.FULFILS else "UNRESOLVED_MAPPING",
        severity=Severity.INFO,
        message=what,
        suggestion=suggestion,
        position=place.row or 0,
    )
