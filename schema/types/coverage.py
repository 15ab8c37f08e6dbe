"""The coverage matrix."""

from __future__ import annotations

import strawberry

from catalog.vocabulary import CoverageState
from schema.types.agency import Agency
from schema.types.base import Node
from schema.types.citation import Citation
from schema.types.resource import Resource


@strawberry.type(description="How one agency stands to one row (覆盖格).")
class CoverageCell:
    """A cell; agencies a row does not concern have none."""

    agency: Agency = strawberry.field(description="The agency responsible (责任部门).")
    state: CoverageState = strawberry.field(description="How it stands (覆盖状态).")
    resource: Resource | None = strawberry.field(description="The registered resource that fulfils it (登记资源).")
    citation: Citation | None = strawberry.field(description="The provision that assigns it (依据).")


@strawberry.type(description="One row of the matrix (覆盖行).")
class CoverageRow:
    """A row."""

    subject: Node = strawberry.field(description="What the row is about (对象).")
    label: str = strawberry.field(description="Its name (名称).")
    cells: list[CoverageCell] = strawberry.field(description="One cell for each agency that it concerns (覆盖格).")


@strawberry.type(description="The cells counted by state (覆盖合计).")
class CoverageTotals:
    """Totals."""

    covered: int = strawberry.field(description="Fulfilled (已覆盖).")
    partial: int = strawberry.field(description="Fulfilled in part (部分覆盖).")
    missing: int = strawberry.field(description="Not fulfilled (未覆盖).")
    duplicate: int = strawberry.field(description="Fulfilled by several (重复).")
    lapsed: int = strawberry.field(description="Assigned by a text that is not in force on the date (依据失效).")
    share: float = strawberry.field(
        description="Registered whole, once or more often, among what is still assigned, 0 to 1 (覆盖率)."
    )


@strawberry.type(description="What the law assigns against what is registered (覆盖矩阵).")
class CoverageMatrix:
    """The matrix."""

    rows: list[CoverageRow] = strawberry.field(description="What is assigned, by identifier (行).")
    columns: list[Agency] = strawberry.field(description="The agencies that appear in cells, by identifier (列).")
    totals: CoverageTotals = strawberry.field(description="The cells counted by state (合计).")
    checked: list[str] = strawberry.field(description="What was looked at, and how much of it (检查范围).")
