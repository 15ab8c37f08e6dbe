"""Gaps and issues: where the catalogue falls short of the law, and what was wrong in the sources."""

from __future__ import annotations

import datetime as dt

import strawberry

from catalog.vocabulary import GapKind, Kind, Severity
from schema.connections import Connection
from schema.plans import Prop
from schema.types.base import Node, Value, planned, record
from schema.types.citation import Citation
from schema.types.lazy import AgencyType
from schema.types.value import Place


@record(Kind.GAP)
class Gap(Node):
    """A difference between what the law demands and what the catalogue holds, with its owner and evidence (缺口)."""

    gap_kind: GapKind
    severity: Severity
    subject: Node
    owner: AgencyType | None
    message: str
    because: list[str]
    citation: Citation | None
    evidence: list[Node]
    begins: dt.date | None
    ends: dt.date | None
    since: int | None = planned(Prop("created"), "The revision that first found it (起始修订号).")


@strawberry.type(description="How many gaps of a kind there are (缺口计数).")
class GapCount:
    """A count."""

    kind: GapKind = strawberry.field(description="The kind (缺口类型).")
    count: int = strawberry.field(description="How many (数量).")


@strawberry.type(description="A page of gaps, with counts and what was checked (缺口列表).")
class GapConnection(Connection[Gap]):
    """Gaps, never silent about what was looked at."""

    counts: list[GapCount] = strawberry.field(description="How many of each kind (分类计数).")
    checked: list[str] = strawberry.field(description="What was checked, and how much of it (检查范围).")


@record(Kind.ISSUE)
class Issue(Value):
    """A problem found in a source, with its place and what to do about it (问题)."""

    code: str
    severity: Severity
    message: str
    place: Place
    suggestion: str | None
