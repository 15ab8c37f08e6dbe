"""Timing two or more jobs in turn, so that a machine whose speed drifts drifts for all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

Job: TypeAlias = Callable[[], Awaitable[object]]


async def in_turn(jobs: Mapping[str, Job], *, rounds: int, warm: int = 1) -> dict[str, list[float]]:
    """The seconds of each job in each round: A B C, A B C, … after ``warm`` rounds that are not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(warm + rounds):
        for name, job in jobs.items():
            began = time.perf_counter()
            await job()
            if number >= warm:
                seconds[name].append(time.perf_counter() - began)
    return seconds


def ratio(over: list[float], under: list[float]) -> float:
    """The median of the ratios, round by round."""
    return statistics.median(a / b for a, b in zip(over, under, strict=True))


def row(name: str, seconds: list[float], note: str = "") -> str:
    """One line of a table: minimum, median and maximum in milliseconds."""
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    return f"{name:34} {low * 1e3:10.2f} {middle * 1e3:10.2f} {high * 1e3:10.2f} ms  {note}"
