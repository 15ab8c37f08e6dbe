"""What a store holds under identifiers, however many these are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from catalog.codec import Row
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import Shape

BATCH = 1000


async def held(
    store: Store, kind: Kind, identifiers: Sequence[str], shape: Shape
) -> AsyncIterator[tuple[str, Row | None]]:
    """Each identifier of one kind with its row, None where there is none, in the order given; read in batches."""
    for start in range(0, len(identifiers), BATCH):
        part = identifiers[start : start + BATCH]
        for identifier, row in zip(part, await store.get(part, shape, kind), strict=True):
            yield identifier, row
