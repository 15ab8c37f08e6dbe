"""From a cold process: load a folder, answer the first question. `python -m benchmarks.cold_start DIR`

The peer is a process that imports the same libraries and does nothing: what Python itself costs here.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import in_turn, ratio, row

IMPORTS = "import strawberry, starlette, opencc, msgspec, rich, typer"


async def main(directory: str) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "cold.db"

        def run(*words: str) -> None:
            subprocess.run([sys.executable, *words], check=True, capture_output=True)

        async def imports() -> None:
            run("-c", IMPORTS)

        async def load() -> None:
            store.unlink(missing_ok=True)
            run("-m", "mulu", "load", directory, "--store", str(store))

        async def who() -> None:
            run("-m", "mulu", "who", "婚姻状况", "--on", "2018-01-01", "--store", str(store))

        seconds = await in_turn({"imports only": imports, "mulu load": load, "mulu who": who}, rounds=5)
    print(f"cold processes, {directory:30}      min     median        max")
    for name, taken in seconds.items():
        print(row(name, taken))
    both = [a + b for a, b in zip(seconds["mulu load"], seconds["mulu who"], strict=True)]
    print(row("load and first who", both, f"{ratio(both, seconds['imports only']):.1f} × the imports"))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "mulu/sample"))
