"""What a gap rule is: which words of the law demand something, what each store looks for, what is claimed of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding
from catalog.gaps.law import Grounds
from catalog.vocabulary import GapKind, Kind, Topic

Demanded = tuple[str, tuple[str, ...]]
"""A variant of the rule that a provision demands, and what it names."""


def _nothing(said: Condition | Clock) -> Iterable[Demanded]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of gap.

    ``sql`` and ``cypher`` find the facts: rows of subject, owner, place and detail
    (:class:`catalog.gaps.claim.Finding`), the same from both; the SQL adds the subject's key. Words in braces stand
    for what both texts share: ``{scope}`` for the restriction to the subjects asked for, ``{place}`` and ``{owner}``
    for those of the resource ``r``, ``{path:KIND.dotted}`` (SQL) for the number of a reference path, ``{named}``
    (Cypher) for the WHERE of a condition on the name of a field ``f``. Parameters: ``scope``, ``places`` (where the
    law demands it) and the lists of ``words``.

    Where ``each`` says so, the SQL is only the detail, as an expression over a registered resource ``r`` that is
    shared, null where there is nothing to find: all such rules look at the resources in one pass.

    ``demands`` reads the law: of each condition with one of the ``topics``, and each clock where ``clocks`` says so,
    what it demands. ``claims`` judges a finding: on which days it is a gap, by which provision. ``provision``,
    ``owner`` and ``act`` say for people what makes it a gap, who must act, and how.
    """

    kind: GapKind
    subject: Kind
    provision: str
    owner: str
    act: str
    sql: str
    cypher: str
    claims: Callable[[Finding, Grounds], Iterator[Claim]]
    topics: tuple[Topic, ...] = ()
    clocks: bool = False
    each: bool = False
    demands: Callable[[Condition | Clock], Iterable[Demanded]] = _nothing
    words: Callable[[Grounds], Mapping[str, list[str]]] = field(default=lambda grounds: {})

    @property
    def grounded(self) -> bool:
        """Whether a provision on gaps of this kind is needed; else the assigning or citing provision makes it one."""
        return bool(self.topics) or self.clocks
