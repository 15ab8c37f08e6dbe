"""How much memory a first load takes as catalogues grow: `python -m benchmarks.load_memory [resources …]`

Each figure is the peak of a process of its own: of one that only makes the records of a synthetic catalogue and holds
them, of `mulu generate`, which makes them and applies them to an empty file as one change set, and of `mulu load`,
which reads the same resources from lists of so many each.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (1_000, 3_000, 10_000)
A_FILE = 5_000
"""Resources in one list."""
RECORDS = """
import sys
from loaders.synthetic import Synthetic
records = tuple(Synthetic(int(sys.argv[1]), 1).records())
"""
LISTS = """
import sys
from pathlib import Path
from loaders.synthetic import Synthetic
from loaders.table.writing import comma_separated
from mulu.tables import entries
resources, size, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
found = entries(Synthetic(resources, 1).records())
for start in range(0, resources, size):
    (folder / f"{start:08}.csv").write_bytes(comma_separated(found[start : start + size]))
"""


def peak(*command: str) -> float:
    """The most memory that a command had at once, in MiB. Raises CalledProcessError where it fails."""
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_maxrss / 1024


def main(sizes: list[int]) -> None:
    """Prints the table."""
    print(f"{'resources':>10} {'records held':>14} {'mulu generate':>14} {'mulu load':>14}")
    for resources in sizes:
        with tempfile.TemporaryDirectory() as folder:
            held = peak("-c", RECORDS, str(resources))
            made, read = (str(Path(folder) / name) for name in ("made.db", "read.db"))
            whole = peak("-m", "mulu", "generate", "--resources", str(resources), "--seed", "1", "--store", made)
            lists = Path(folder) / "lists"
            lists.mkdir()
            peak("-c", LISTS, str(resources), str(A_FILE), str(lists))
            loaded = peak("-m", "mulu", "load", str(lists), "--json", "--store", read)
        print(f"{resources:10,} {held:10,.0f} MiB {whole:10,.0f} MiB {loaded:10,.0f} MiB", flush=True)


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or list(SIZES))
