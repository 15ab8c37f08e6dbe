"""`mulu demo` in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def demonstration(store: Path) -> Iterator[str]:
    """Serves the sample catalogue on a free port, and gives the address of GraphQL that the command prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mulu", "demo", "--port", "0", "--store", str(store)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.communicate(timeout=20)
