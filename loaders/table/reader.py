"""Reading the cells of a catalogue's rows as typed values; a cell that is not understood becomes an issue."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from catalog.table import by_name
from catalog.value import Format
from catalog.vocabulary import Kind, Openness, ShareMode, ShareType
from loaders.table import values
from loaders.table.choices import aside, legend, within
from loaders.table.report import Report
from loaders.table.sheet import Line, Sheet

V = TypeVar("V")
_ROUNDED = re.compile(r"\d\.\d+[eE]\+?\d+|\d[eE]\+\d+|\d{16,}\.0")


@dataclass(slots=True)
class Reader:
    """The rows of one sheet, and where its issues go."""

    sheet: Sheet
    report: Report

    def text(self, line: Line, kind: Kind, name: str) -> str:
        """The cell of a property; where several columns mean it, the first that is filled in."""
        cell = line.get(self.sheet.columns.get((kind, name)))
        if not cell:
            for column in self.sheet.others.get((kind, name), ()):
                if cell := line.get(column):
                    break
        return cell

    def columns(self, kind: Kind, name: str) -> tuple[int, ...]:
        """All columns that mean a property."""
        first = self.sheet.columns.get((kind, name))
        return () if first is None else (first, *self.sheet.others.get((kind, name), ()))

    def cells(self, kind: Kind, name: str) -> Callable[[Line], str]:
        """:meth:`text` of one property, looked up once for all rows."""
        column = self.sheet.columns.get((kind, name))
        if column is None:
            return lambda line: ""
        if (kind, name) in self.sheet.others:
            return lambda line: self.text(line, kind, name)
        return lambda line: line.cells[column]

    def plain(self, line: Line, kind: Kind, name: str) -> str:
        """A name, code or number on one line, its digits and letters of half width."""
        cell = self.text(line, kind, name)
        if cell.isascii() and cell.isalnum():  # most are: nothing in them is of full width, or a line's end
            return cell
        cell = "".join(cell.splitlines())
        return cell if cell.isascii() else "".join(map(_half, cell))

    def code(self, line: Line) -> str:
        """The code of a resource; one that a spreadsheet has rounded (1.23457E+17) is none, and said."""
        cell = self.plain(line, Kind.RESOURCE, "code")
        if _ROUNDED.fullmatch(cell) is None:
            return cell
        self.report.add(
            "ROUNDED_NUMBER",
            f"the code {cell!r} is a number that the spreadsheet has rounded; the resource is kept by its name",
            row=line.number,
            column=self.sheet.columns[Kind.RESOURCE, "code"],
            suggestion="format the column as text, and write the code anew: its last digits are lost",
        )
        return ""

    def bad(self, line: Line, kind: Kind, name: str, known: str) -> None:
        """Notes a cell that is not understood."""
        cell = self.text(line, kind, name)
        number = " (a number alone may mean anything: offices number this list in different ways)"
        kept = "it is left out" if kind is Kind.FIELD else "the cell is kept as metadata"
        self.report.add(
            "BAD_VALUE",
            f"{cell!r} is no {by_name(kind)[name].zh} that is known; {kept}",
            row=line.number,
            column=self.sheet.columns[kind, name],
            suggestion=f"known values: {known}{number if cell.isdecimal() else ''}",
        )

    def date(self, line: Line, name: str) -> dt.date | None:
        """A date in any form people or spreadsheets write."""
        cell = self.text(line, Kind.RESOURCE, name)
        found = values.date(cell)
        if cell and found is None:
            self.bad(line, Kind.RESOURCE, name, "whole dates such as 2023-04-10")
        return found

    def share_type(self, line: Line) -> ShareType:
        """The share type, and an issue where the condition beside it says otherwise."""
        cell = self.text(line, Kind.RESOURCE, "share_type")
        found = self.chosen(Kind.RESOURCE, "share_type", cell, values.SHARE_TYPES)
        if cell and found is None:
            self.bad(line, Kind.RESOURCE, "share_type", "无条件共享、有条件共享、不予共享")
        column = self.sheet.columns.get((Kind.RESOURCE, "share_condition"))
        if column is not None:
            empty = values.nothing(self.condition(line, "share_condition", "share_type"))
            if found is ShareType.UNCONDITIONAL and not empty:
                self._contradiction(line, column, "无条件共享 with a 共享条件", "clear 共享条件, or write 有条件共享")
            elif found is ShareType.CONDITIONAL and empty:
                self._contradiction(line, column, "有条件共享 without a 共享条件", "write the condition")
        return found or ShareType.UNDECLARED

    def chosen(self, kind: Kind, name: str, cell: str, words: Mapping[str, V]) -> V | None:
        """What a cell of a property means by a list; a number means what the heading of its column says, or nothing."""
        if cell.isdecimal():
            cell = legend(self.sheet.headings[self.sheet.columns[kind, name]]).get(int(cell), cell)
        return values.term(cell, words)

    def condition(self, line: Line, name: str, of: str) -> str:
        """A condition from its own cell, else from the brackets behind the word that it is a condition of."""
        cell = self.text(line, Kind.RESOURCE, name)
        return cell or aside(self.text(line, Kind.RESOURCE, of)) or ""

    def _contradiction(self, line: Line, column: int, what: str, suggestion: str) -> None:
        self.report.add(
            "CONTRADICTION",
            f"row {line.number} is {what}: {line.get(column)!r}; both are kept as they stand",
            row=line.number,
            column=column,
            suggestion=suggestion,
        )

    def openness(self, line: Line) -> Openness:
        """Whether the public may have it; open with a condition is conditional."""
        cell = self.text(line, Kind.RESOURCE, "open_to_public")
        found = self.chosen(Kind.RESOURCE, "open_to_public", cell, values.OPENNESS)
        if cell and found is None:
            self.bad(line, Kind.RESOURCE, "open_to_public", "是、否、有条件开放")
        if found is Openness.OPEN and not values.nothing(self.condition(line, "open_condition", "open_to_public")):
            return Openness.CONDITIONAL
        return found or Openness.UNDECLARED

    def modes(self, line: Line) -> tuple[ShareMode, ...]:
        """The ways of sharing of a cell that may hold several."""
        return self._members(line, "mode", values.MODES, "接口、文件、数据库、邮件、拷盘")

    def formats(self, line: Line) -> tuple[Format, ...]:
        """The formats of a cell that may hold several."""
        return self._members(line, "formats", values.FORMATS, "csv、xlsx、json、xml、pdf、数据库 …")

    def _members(self, line: Line, name: str, words: Mapping[str, V], known: str) -> tuple[V, ...]:
        cell = self.text(line, Kind.RESOURCE, name)
        if not cell:
            return ()
        inner = [values.term(word, words) for word in values.several(within(cell) or "")]  # 电子表格（xls）
        whole = values.term(cell, words)
        if inner and None not in inner:
            found = inner
        else:
            found = [whole] if whole is not None else [values.term(word, words) for word in values.several(cell)]
        if None in found:
            self.bad(line, Kind.RESOURCE, name, known)
        return tuple(dict.fromkeys(each for each in found if each is not None))


def _half(letter: str) -> str:
    return unicodedata.normalize("NFKC", letter) if "！" < letter <= "～" and letter.isalnum() else letter
