"""The arguments that many fields take, each said once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, TypeAlias

import strawberry

from catalog.vocabulary import ProvisionKind, Regime, Role
from schema.context import Limits

_LIMITS = Limits()

First: TypeAlias = Annotated[
    int | None,
    strawberry.argument(
        description=f"How many rows at most, from 0 to {_LIMITS.first}, of a resource's fields and a text's provisions "
        f"to {_LIMITS.first_long}; more is refused, not clipped (条数)."
    ),
]
After: TypeAlias = Annotated[
    str | None, strawberry.argument(description="The cursor to go on after: endCursor of the page before (起始游标).")
]
Last: TypeAlias = Annotated[
    int | None,
    strawberry.argument(
        description=f"How many rows at most, from 0 to {_LIMITS.first}, counted from the end backwards (末尾条数)."
    ),
]
Before: TypeAlias = Annotated[
    str | None,
    strawberry.argument(
        description="The cursor to go back from, with last: startCursor of the page after it (截止游标)."
    ),
]
On: TypeAlias = Annotated[
    dt.date | None,
    strawberry.argument(
        description="Legal time: the date on which texts are in force; without it, the day of the request (法律日期)."
    ),
]
Revision: TypeAlias = Annotated[
    int | None,
    strawberry.argument(
        description="Catalogue time: the answer as the catalogue stood at this revision; without it, now (目录修订号)."
    ),
]
Place: TypeAlias = Annotated[
    str | None, strawberry.argument(description="A place, by its GB/T 2260 code or its name (行政区划).")
]
Regimes: TypeAlias = Annotated[
    list[Regime] | None,
    strawberry.argument(
        description="Only these regimes: sharing between agencies, disclosure to the public, reporting upward (制度)."
    ),
]
Roles: TypeAlias = Annotated[list[Role] | None, strawberry.argument(description="Only with one of these roles (职责).")]
ProvisionKinds: TypeAlias = Annotated[
    list[ProvisionKind] | None, strawberry.argument(description="Only these levels of the text (条款层级).")
]
Identifier: TypeAlias = Annotated[
    strawberry.ID | None, strawberry.argument(description="The identifier, kind/slug, as answers give it (标识).")
]
OneIdentifier: TypeAlias = Annotated[
    strawberry.ID, strawberry.argument(description="The identifier, kind/slug, as answers give it (标识).")
]
