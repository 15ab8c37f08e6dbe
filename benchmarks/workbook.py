"""Loading a workbook beside merely reading it: `python -m benchmarks.workbook [rows]`

The workbook is a synthetic catalogue of so many rows (ten items a resource). The peer is python-calamine reading the
same bytes into Python lists, which any reader has to do at least.
"""

from __future__ import annotations

import asyncio
import io
import sys

import python_calamine

from benchmarks.measure import in_turn, ratio, row
from loaders.load import File, load
from loaders.synthetic import FIELDS, Synthetic
from loaders.table.writing import workbook
from mulu.tables import entries


async def main(rows: int) -> None:
    """Prints the table."""
    data = workbook(entries(Synthetic(rows // FIELDS, 1).records()))

    async def read() -> object:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    async def whole() -> object:
        loaded = load([File("catalogue.xlsx", data)])
        assert not any(problem.severity == "ERROR" for problem in loaded.problems)
        return loaded

    seconds = await in_turn({"calamine reads": read, "mulu loads": whole}, rounds=7)
    print(f"{rows:,} rows, {len(data) / 1e6:.1f} MB{'':20}        min     median        max")
    for name, taken in seconds.items():
        print(row(name, taken))
    print(f"loading takes {ratio(seconds['mulu loads'], seconds['calamine reads']):.1f} times as long as reading")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12_000))
