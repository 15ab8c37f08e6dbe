"""The gaps of one resource: those of the date on which it is seen."""

from __future__ import annotations

from typing import Any

from schema.context import Info
from schema.plans import Derived, Wish, fill, view
from schema.selection import Selected, selected


def _want(wish: Wish, field: Selected) -> None:
    fill(wish.reach("gaps"), field.select()).need("begins", "ends")


def _holding(parent: Any, info: Info) -> list[Any]:
    on, one = parent.on.isoformat(), selected(info)
    return [
        view(one.type, row, parent.on)
        for row in parent.row["gaps"]
        if (row["begins"] or "") <= on and not (row["ends"] and row["ends"] <= on)
    ]


HOLDING = Derived(_want, _holding)
"""The plan of ``Resource.gaps``."""
