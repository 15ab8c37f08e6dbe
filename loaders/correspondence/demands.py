"""What demands ask for: the one registered resource of that name, or that has an item of it, whoever came first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catalog.demand import Demand
from catalog.resource import Resource
from loaders.correspondence.wanted import wanted
from loaders.correspondence.world import World


def relinked(world: World) -> Iterator[Demand]:
    """The demands as they are linked now."""
    for demand in world.demands.values():
        agency, provider = world.body(demand.agency), demand.provider and world.body(demand.provider)
        yield replace(demand, agency=agency, provider=provider, resource=_resource(world, demand, provider))


def _resource(world: World, demand: Demand, provider: str | None) -> str | None:
    for name in wanted(demand):
        for found in (world.registered(name), world.having(name)):
            of = [one for one in found if provider is None or _provides(one, provider)]
            if of:
                return of[0].id if len(of) == 1 else None
    return None


def _provides(resource: Resource, provider: str) -> bool:
    return any(held.agency == provider for held in resource.responsibilities)
