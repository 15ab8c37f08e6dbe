"""How a duty stands: what the law lists against what is registered for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.text import fold
from catalog.vocabulary import Allocation, CoverageState

SHARED = frozenset({Allocation.JOINT, Allocation.UNDIVIDED})
"""Allocations that several agencies hold together: what one of them registers stands for all."""


@dataclass(frozen=True, slots=True)
class Item:
    """A field as it is compared: its folded names, and what it means."""

    names: frozenset[str]
    element: str | None

    @classmethod
    def of(cls, name: str, aliases: Iterable[str] = (), element: str | None = None) -> Item:
        """The field of a name."""
        return cls(frozenset(map(fold, (name, *aliases))), element)

    def answers(self, other: Item) -> bool:
        """Whether two fields are the same datum: a name in common, or one data element."""
        return bool(self.names & other.names) or (self.element is not None and self.element == other.element)


@dataclass(frozen=True, slots=True)
class Registration:
    """A registered resource that fulfils a duty: ``agencies`` are its providers and the offices these fill."""

    id: str
    agencies: frozenset[str]
    items: tuple[Item, ...]


def of_agency(
    agency: str, allocation: Allocation, responsible: Iterable[str], found: Sequence[Registration]
) -> tuple[Registration, ...]:
    """The registrations that count for one of the responsible agencies.

    Its own; those of providers that stand for none of the responsible ones; and, where the law spreads the duty over
    several together or does not divide it, everybody's.
    """
    if allocation in SHARED:
        return tuple(found)
    named = set(responsible)
    return tuple(one for one in found if agency in one.agencies or not one.agencies & named)


def missing(listed: Sequence[Item], found: Iterable[Registration]) -> tuple[Item, ...]:
    """The items the law lists that no registration has."""
    there = [item for one in found for item in one.items]
    return tuple(item for item in listed if not any(item.answers(other) for other in there))


def state(listed: Sequence[Item], found: Sequence[Registration], *, lapsed: bool) -> CoverageState:
    """How a duty stands; ``lapsed`` says that the text which assigns it is not in force."""
    if lapsed:
        return CoverageState.LAPSED
    if not found:
        return CoverageState.MISSING
    if len(found) > 1:
        return CoverageState.DUPLICATE
    return CoverageState.PARTIAL if missing(listed, found) else CoverageState.COVERED


def element_state(element: str, found: Sequence[Registration], *, lapsed: bool) -> CoverageState:
    """How the duty to collect a data element stands: a registration may be there without it, or several with it."""
    having = [one for one in found if any(item.element == element for item in one.items)]
    if lapsed or not found:
        return state((), found, lapsed=lapsed)
    return state((), having, lapsed=False) if having else CoverageState.PARTIAL


def share(counts: dict[CoverageState, int]) -> float:
    """The part that is registered whole, once or more often, of what is still assigned; 0 where nothing is."""
    whole = counts[CoverageState.COVERED] + counts[CoverageState.DUPLICATE]
    assigned = whole + counts[CoverageState.PARTIAL] + counts[CoverageState.MISSING]
    return whole / assigned if assigned else 0.0
