"""Agencies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.vocabulary import AgencyKind, Kind
from graph.shape import Equals, Test
from schema.arguments import After, First, On, Roles
from schema.connections import Connection
from schema.context import Info
from schema.paged import Paged
from schema.types.base import Node, inverse, paged, record, with_plan
from schema.types.lazy import CorrespondenceType, DemandType, ProvisionType
from schema.types.responsibility import Responsibility
from schema.types.value import Jurisdiction


def _of_roles(arguments: Mapping[str, Any]) -> tuple[Test, ...]:
    roles = arguments.get("role")
    return () if roles is None else (Equals("roles", tuple(role.value for role in roles)),)


_RESPONSIBILITIES = Paged("responsibilities", Kind.AGENCY, tests=_of_roles)


def _responsibilities(
    self: Any, info: Info, role: Roles = None, on: On = None, first: First = 50, after: After = None
) -> Any:
    return _RESPONSIBILITIES.resolve(self, info)


@record(Kind.AGENCY)
class Agency(Node):
    """A body, a statutory office, a role, a government or a party (部门)."""

    name: str
    aliases: list[str]
    agency_kind: AgencyKind
    jurisdiction: Jurisdiction | None
    credit_code: str | None
    literal: str | None
    fills: list[Agency]
    filled_by: list[Agency] = inverse("filled_by", "The bodies that fill this office (承担机关).")
    correspondences: list[CorrespondenceType] = inverse(
        "correspondences", "On whose word it fills offices, or would once they are loaded (对应关系)."
    )
    mentions: Connection[ProvisionType] = paged("mentions", Kind.AGENCY, "The provisions that name it (提及条款).")
    responsibilities: Connection[Responsibility] = with_plan(
        _RESPONSIBILITIES,
        _responsibilities,
        "What it is responsible for; on is the date on which the citations' standing is told (责任).",
    )
    demands: Connection[DemandType] = paged("demands", Kind.AGENCY, "What it asks of others (需求).")
