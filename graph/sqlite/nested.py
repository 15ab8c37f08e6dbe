"""The statements that read nested rows: one for each reference or inverse, whatever the number of parents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from catalog.vocabulary import Kind
from graph.shape import Nested
from graph.sqlite.model import table
from graph.sqlite.plan import Backward, Plan
from graph.sqlite.sql import Sql, all_of, beyond, listed
from graph.sqlite.where import passing, path_number, plain, reference, reference_column, value_condition


def targets(plan: Plan, nested: Nested, ids: dict[Kind, list[str]]) -> Sql:
    """The rows with these identifiers that pass the nested tests: id, then the plan's columns."""
    arms, params = [], []
    for kind in plan.kinds:
        if kind not in ids:
            continue
        held, passes = listed(ids[kind]), passing(kind, nested.tests, "t")
        arms.append(
            f"SELECT t.id, {', '.join(plan.columns('t'))} FROM {table(kind)} t "
            f"WHERE t.id IN {held.text} AND {passes.text}"
        )
        params += [*held.params, *passes.params]
    return Sql(" UNION ALL ".join(arms), tuple(params))


def holders(step: Backward, parents: Sequence[int]) -> Sql:
    """The rows that refer to the parents: parent, number in its list, position of the value, the plan's columns.

    Positions are 0 where the rows are not values. Only bodies of rows that are answered are read, none is sorted.
    """
    nested = step.nested
    descending = nested.descending
    down = " DESC" if descending else ""
    orders = [f"o{n}" for n, _ in enumerate(step.inverse.order)]
    found = _arms(step, parents)
    after = Sql("1")
    if nested.after is not None:
        after = beyond([*orders, "id"], nested.after, descending=descending)
    sorting = ", ".join(f"{one}{down}" for one in (*orders, "id", "place"))
    numbered = f"row_number() OVER (PARTITION BY parent ORDER BY {sorting}) AS n"
    inner = f"SELECT *, {numbered} FROM ({found.text}) WHERE {after.text}"
    params = [*found.params, *after.params]
    if nested.first is not None:
        inner = f"SELECT * FROM ({inner}) WHERE n <= ?"
        params.append(nested.first)
    plans = [step.plan] if step.plan is not None else [plan for _, plan in step.holder]
    kinds, joins, columns = plans[0].kinds, [], []
    for n, kind in enumerate(kinds):
        joins.append(f"LEFT JOIN {table(kind)} t{n} ON t{n}.key = f.key")
    for plan in plans:
        for choice in zip(*(plan.columns(f"t{n}") for n, _ in enumerate(kinds)), strict=True):
            columns.append(f"coalesce({', '.join(choice)})" if len(choice) > 1 else choice[0])
    chosen = ", ".join(columns)
    return Sql(f"SELECT f.parent, f.n, f.place, {chosen} FROM ({inner}) f {' '.join(joins)}", tuple(params))


def gathers(step: Backward) -> bool:
    """Whether the rows of each parent can be read gathered into one value: they are those of one indexed column."""
    if step.plan is None or step.plan.meta or len(step.inverse.holders) > 1:
        return False
    ((kind, dotted),) = step.inverse.holders
    return reference_column(kind, dotted[0]) is not None


def gathered(step: Backward, parents: Sequence[int]) -> Sql:
    """The rows of each parent as one JSON array of their keys and bodies, in their order: parent, array.

    One row a parent is several times as fast as one row each, and takes the interpreter's lock that much less often.
    The limit, even where it is none, keeps SQLite from joining the ordered rows with what gathers them.
    """
    nested = step.nested
    ((kind, dotted),) = step.inverse.holders
    column = reference_column(kind, dotted[0])
    assert column is not None
    orders = [*(plain(kind, name, "h")[0] for name in step.inverse.order), "h.id"]
    passes, after = passing(kind, nested.tests, "h"), Sql("1")
    if nested.after is not None:
        after = beyond(orders, nested.after, descending=nested.descending)
    sorting = ", ".join(f"{one} DESC" if nested.descending else one for one in orders)
    inner = (
        f"SELECT h.key, h.body FROM {table(kind)} h WHERE h.{column.name} = p.value "
        f"AND {passes.text} AND {after.text} ORDER BY {sorting} LIMIT ?"
    )
    one = "'[' || group_concat('[' || f.key || ',' || f.body || ']') || ']'"
    limit = -1 if nested.first is None else nested.first
    keys = msgspec.json.encode(list(parents)).decode()
    return Sql(
        f"SELECT p.value, (SELECT CAST({one} AS BLOB) FROM ({inner}) f) FROM json_each(?) p",
        (*passes.params, *after.params, limit, keys),
    )


def totals(step: Backward, parents: Sequence[int]) -> Sql:
    """How many rows each parent has in all: parent, number."""
    found = _arms(step, parents)
    return Sql(f"SELECT parent, count(*) FROM ({found.text}) GROUP BY parent", found.params)


def _arms(step: Backward, parents: Sequence[int]) -> Sql:
    arms = [_arm(step, kind, dotted) for kind, dotted in step.inverse.holders]
    keys = msgspec.json.encode(list(parents)).decode()
    params: list[object] = []
    for arm in arms:
        params += [keys, *arm.params]
    return Sql(" UNION ALL ".join(arm.text for arm in arms), tuple(params))


def _arm(step: Backward, kind: Kind, dotted: Sequence[str]) -> Sql:
    inverse, tests = step.inverse, step.nested.tests
    chosen = "".join(f", {plain(kind, name, 'h')[0]} AS o{n}" for n, name in enumerate(inverse.order))
    column = reference_column(kind, dotted[0])
    if column is not None:
        passes = passing(kind, tests, "h")
        return Sql(
            f"SELECT p.value AS parent, h.key AS key, h.id AS id, 0 AS place{chosen} FROM json_each(?) p "
            f"CROSS JOIN {table(kind)} h ON h.{column.name} = p.value WHERE {passes.text}",
            passes.params,
        )
    if inverse.value is not None:
        passes = all_of([value_condition(kind, inverse.value, test, "h", "l") for test in tests])
        links, place = f"link l ON l.path = {path_number(kind, dotted)} AND l.target = p.value", "l.position"
        start = f"json_each(?) p CROSS JOIN {links}"
        parent = "p.value"
    else:
        passes = passing(kind, tests, "h")
        many = len(dotted) > 1 or any(reference(kind, one).many for one in dotted)
        # a record may refer to another more than once, and is still one row
        distinct = "DISTINCT " if many else ""
        start = (
            f"(SELECT {distinct}k.target, k.holder FROM json_each(?) p "
            f"CROSS JOIN link k ON k.path IN {path_number(kind, dotted)} AND k.target = p.value) l"
        )
        parent, place = "l.target", "0"
    return Sql(
        f"SELECT {parent} AS parent, h.key AS key, h.id AS id, {place} AS place{chosen} FROM {start} "
        f"CROSS JOIN {table(kind)} h ON h.key = l.holder WHERE {passes.text}",
        passes.params,
    )


def by_kind(ids: Iterable[str], kinds: Sequence[Kind]) -> dict[Kind, list[str]]:
    """The identifiers by the kinds that a reference may lead to."""
    if len(kinds) == 1:
        return {kinds[0]: list(ids)}
    from catalog.identifiers import kind_of

    found: dict[Kind, list[str]] = {}
    for one in ids:
        if (kind := kind_of(one)) in kinds:
            found.setdefault(kind, []).append(one)
    return found
