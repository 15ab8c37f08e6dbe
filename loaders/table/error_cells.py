"""Cells that hold the error of a formula instead of a value: #REF!, #N/A, Err:502. They are empty cells and issues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from loaders.table.report import Report

Rows = list[list[str]]
BIFF = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
"""The codes of errors in .xls ([MS-XLS] 2.5.10)."""
_NAMES = frozenset(
    {*BIFF.values(), "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!"}
)
_CODED = "Err:"
"""How OpenDocument programs print the errors that have no name: Err:502."""
UNCALCULATED = "uncalculated"
"""Stands for the error of a formula that a program wrote and no spreadsheet program ever worked out."""
SHOWN = 200
"""Error cells of one sheet that have an issue of their own; the others are counted in one more."""


class ErrorCell(NamedTuple):
    """The cells from ``row`` and ``column`` (indexes from 0) over ``down`` rows and ``right`` columns."""

    row: int
    column: int
    value: str
    down: int = 1
    right: int = 1


def is_error(text: str) -> bool:
    """Whether a cell's whole text is what spreadsheet programs print for an error."""
    return text in _NAMES or (text.startswith(_CODED) and text[len(_CODED) :].isdigit())


def printed(rows: Sequence[Sequence[str]]) -> Iterator[ErrorCell]:
    """The cells whose text is an error's: what copying and saving as text makes of a formula's error."""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell[:1] in ("#", "E") and is_error(cell):
                yield ErrorCell(number, column, cell)


def blank(rows: Rows, errors: Iterable[ErrorCell]) -> None:
    """Empties the cells of errors; those outside the rows are left alone."""
    for error in errors:
        for row in rows[error.row : error.row + error.down]:
            right = min(error.column + error.right, len(row))
            row[error.column : right] = [""] * max(0, right - error.column)


def report(errors: Sequence[ErrorCell], to: Report) -> None:
    """An issue for each cell, :data:`SHOWN` at most, and one that counts the others."""
    cells = (
        (error.row + down, error.column + right, error.value)
        for error in errors
        for down in range(error.down)
        for right in range(error.right)
    )
    for row, column, value in islice(cells, SHOWN):
        if value == UNCALCULATED:
            to.add(
                "FORMULA_WITHOUT_VALUE",
                "the formula of the cell was never worked out; it is taken as empty",
                row=row + 1,
                column=column,
                suggestion="open the workbook in a spreadsheet program and save it, or write the value",
            )
            continue
        to.add(
            "FORMULA_ERROR",
            f"the cell holds the formula error {value or '(unnamed)'}; it is taken as empty",
            row=row + 1,
            column=column,
            suggestion="repair the formula, or write the value",
        )
    others = sum(error.down * error.right for error in errors) - SHOWN
    if others > 0:
        to.add(
            "FORMULA_ERRORS",
            f"{others:,} more cells of the sheet hold formula errors; they are taken as empty",
            suggestion="repair the formulas, or write the values",
        )
