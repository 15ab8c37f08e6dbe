"""What demands ask for: the one registered resource of that name, or that has an item of it, whoever came first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catalog.demand import Demand
from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.resource import Resource
from catalog.vocabulary import Severity
from loaders.correspondence.wanted import wanted
from loaders.correspondence.world import World

CODE = "UNRESOLVED_DEMAND"
SHOWN = 3
"""How many of several resources a message names."""


def relinked(world: World) -> Iterator[tuple[Demand, tuple[str, str] | None]]:
    """The demands as they are linked now, each with why nothing is found and what to do; None where it is."""
    for demand in world.demands.values():
        agency, provider = world.body(demand.agency), demand.provider and world.body(demand.provider)
        found, problem = _resource(world, demand, provider)
        yield replace(demand, agency=agency, provider=provider, resource=found), problem


def unresolved(demand: Demand, problem: tuple[str, str] | None) -> Issue:
    """The issue that nothing is found for a demand; its identifier is the same at every load."""
    what, suggestion = problem or ("", "")
    return Issue(
        id=issue_id(demand.source or "", CODE, demand.id),
        source=demand.source,
        place=demand.place,
        code=CODE,
        severity=Severity.INFO,
        message=f"需求 {demand.what!r}: {what}; the demand is kept",
        suggestion=suggestion,
        position=(demand.place.row if demand.place else None) or 0,
    )


def _resource(world: World, demand: Demand, provider: str | None) -> tuple[str | None, tuple[str, str] | None]:
    elsewhere: list[Resource] = []
    for name in wanted(demand):
        for found in (world.registered(name), world.having(name)):
            of = [one for one in found if provider is None or _provides(one, provider)]
            if len(of) == 1:
                return of[0].id, None
            if of:
                codes = "、".join(sorted(one.code or one.name for one in of)[:SHOWN])
                return None, (
                    f"{len(of)} registered resources answer to it ({codes}{'…' if len(of) > SHOWN else ''})",
                    "write the code of the one that is wanted, or name its provider",
                )
            elsewhere += found
    if elsewhere:
        by = sorted(
            {
                world.agencies[r.agency].name
                for one in elsewhere
                for r in one.responsibilities
                if r.agency in world.agencies
            }
        )
        return None, (
            f"its provider has registered nothing of that name; {'、'.join(by[:SHOWN])} has",
            "check the provider, or have it register the resource",
        )
    return None, (
        "no registered resource and no item is called so",
        "write the name or code that the catalogue has; if it has none, its provider is to register it",
    )


def _provides(resource: Resource, provider: str) -> bool:
    return any(held.agency == provider for held in resource.responsibilities)
