"""Reading rows: bodies decoded and cut, nested rows fetched and put in their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.vocabulary import Kind
from graph.shape import AtLeast, Equals, Missing, Nested, Page, Question, Shape, Test
from graph.sqlite.connection import Session
from graph.sqlite.model import KINDS, STEP, table
from graph.sqlite.nested import by_kind, gathered, gathers, holders, targets, totals
from graph.sqlite.plan import Backward, Embedded, Forward, Plan, Step, ValuePlan, plan
from graph.sqlite.sql import Sql, beyond, listed
from graph.sqlite.where import passing, plain

_bodies = msgspec.json.Decoder(dict[str, Any])


def page_statement(question: Question, chosen: Plan) -> Sql:
    """The statement of one page, with one row more than the page to tell whether there are more."""
    kind = question.kind
    order = "t.id" if question.order == "id" else plain(kind, question.order, "t")[0]
    columns = [order] if question.order == "id" else [order, "t.id"]
    descending = question.descending is not question.backward
    passes = passing(kind, question.tests, "t")
    params = list(passes.params)
    where = passes.text
    if question.after is not None:
        keyset = question.after
        if len(columns) == 2 and keyset and keyset[0] == "":
            keyset = (_absent(kind, question.order), *keyset[1:])
        after = beyond(columns, keyset, descending=descending)
        where = f"{where} AND {after.text}"
        params += after.params
    sorting = ", ".join(f"{one} DESC" if descending else one for one in columns)
    said = ", ".join(chosen.columns("t", cut=True))
    return Sql(
        f"SELECT {said} FROM {table(kind)} t WHERE {where} ORDER BY {sorting} LIMIT ?",
        (*params, question.first + 1),
    )


def _absent(kind: Kind, order: str) -> str | int:
    absent = plain(kind, order, "t")[1]
    return "" if absent == "''" else int(absent)


def read(session: Session, question: Question) -> Page[Row]:
    """One page of rows."""
    chosen = plan((question.kind,), question.shape)
    statement = page_statement(question, chosen)
    found = session.all(statement.text, statement.params)
    total = None
    if question.count:
        passes = passing(question.kind, question.tests, "t")
        counted = session.one(f"SELECT count(*) FROM {table(question.kind)} t WHERE {passes.text}", passes.params)
        total = counted[0] if counted else 0
    more = len(found) > question.first
    found = found[: question.first]
    if question.backward:
        found.reverse()
    return Page(tuple(present(session, chosen, found)), more, total)


def get(session: Session, ids: Sequence[str], shape: Shape, kind: Kind) -> list[Row | None]:
    """The rows of identifiers of one kind, in the order asked."""
    chosen = plan((kind,), shape)
    held, columns = listed(dict.fromkeys(ids)), ", ".join(chosen.columns("t", cut=True))
    found = session.all(f"SELECT {columns} FROM {table(kind)} t WHERE t.id IN {held.text}", held.params) if ids else []
    rows = {row["id"]: row for row in present(session, chosen, found)}
    return [rows.get(one) for one in ids]


def batches(session: Session, kind: Kind, shape: Shape, after: str, size: int) -> Iterator[list[Row]]:
    """Every row by identifier, in batches; the caller holds the transaction that makes them one revision."""
    while True:
        page = read(session, Question(kind, shape, first=size, after=(after,)))
        if page.rows:
            yield list(page.rows)
            after = page.rows[-1]["id"]
        if not page.more:
            return


def present(session: Session, chosen: Plan, found: Sequence[tuple[Any, ...]]) -> list[Row]:
    """The rows of a plan's columns (key, body, meta), with everything nested in them."""
    rows: list[Row] = []
    groups: dict[int, list[tuple[int, Row]]] = {number: [] for number in chosen.decoders}
    several = len(chosen.kinds) > 1
    for key, body, *meta in found:
        number = key % STEP
        row = chosen.decoders[number].decode(body)
        if several:
            row["kind"] = KINDS[number].value
            row.update(dict.fromkeys(chosen.lacking[number]))
        if meta:
            row.update(zip(chosen.meta, meta, strict=True))
        groups[number].append((key, row))
        rows.append(row)
    for number, group in groups.items():
        if group:
            _fill(session, chosen.steps[number], [row for _, row in group], [key for key, _ in group])
    _strip(rows, chosen)
    return rows


def _strip(rows: Sequence[Row], chosen: Plan) -> None:
    if chosen.surplus:
        for row in rows:
            for name in chosen.surplus:
                row.pop(name, None)


def _fill(session: Session, steps: Sequence[Step], rows: list[Row], keys: Sequence[int]) -> None:
    # what the rows hold is taken first: a nested row may stand under the name of the property that it replaces
    held = [[row.get(step.nested.relation) for row in rows] for step in steps]
    for step, values in zip(steps, held, strict=True):
        match step:
            case Forward():
                _forward(session, step, rows, values)
            case Embedded():
                _embedded(session, step, rows, values)
            case Backward():
                _backward(session, step, rows, keys)


def _forward(session: Session, step: Forward, rows: list[Row], held: list[Any]) -> None:
    lists = held if step.many else [[] if one is None else [one] for one in held]
    ids = dict.fromkeys(one for some in lists for one in some)
    statement = targets(step.plan, step.nested, by_kind(ids, step.plan.kinds) if ids else {})
    found = session.all(statement.text, statement.params) if statement.text else []
    by_id = dict(zip((one[0] for one in found), present(session, step.plan, [one[1:] for one in found]), strict=True))
    for row, some in zip(rows, lists, strict=True):
        reached = [by_id[one] for one in some if one in by_id]
        _put(row, step.key, step.nested, reached, step.many)


def _embedded(session: Session, step: Embedded, rows: list[Row], held: list[Any]) -> None:
    lists = held if step.many else [[] if one is None else [one] for one in held]
    kept = [[value for value in some if _passes(value, step.nested.tests)] for some in lists]
    flat = _cut(session, step.plan, [value for some in kept for value in some])
    start = 0
    for row, some in zip(rows, kept, strict=True):
        _put(row, step.key, step.nested, flat[start : start + len(some)], step.many)
        start += len(some)


def _put(row: Row, key: str, nested: Nested, reached: list[Row], many: bool) -> None:
    if not many:
        row[key] = reached[0] if reached else None
        return
    if nested.count:
        row[f"{key}#count"] = len(reached)
    places = list(enumerate(reached))
    if nested.descending:
        places.reverse()
    if nested.after is not None:  # what a list holds is told apart by its place alone
        last = nested.after[0]
        if not isinstance(last, int):
            raise BadInput("the key of a row in a list is its place", suggestion="give a number")
        places = [pair for pair in places if (pair[0] < last if nested.descending else pair[0] > last)]
    row[key] = [one for _, one in places[: nested.first]]


def _cut(session: Session, chosen: ValuePlan, values: Sequence[Row]) -> list[Row]:
    rows = [{name: value[name] for name in chosen.properties} for value in values]
    held = [[value[step.nested.relation] for value in values] for step in chosen.steps]
    for step, found in zip(chosen.steps, held, strict=True):
        if isinstance(step, Forward):
            _forward(session, step, rows, found)
        elif isinstance(step, Embedded):
            _embedded(session, step, rows, found)
    return rows


def _backward(session: Session, step: Backward, rows: list[Row], keys: Sequence[int]) -> None:
    parents = list(dict.fromkeys(keys))
    lists = _gathered(session, step, parents) if gathers(step) else _listed(session, step, parents)
    counts: dict[int, int] = {}
    if step.nested.count:
        statement = totals(step, parents)
        counts = dict(session.all(statement.text, statement.params))
    for row, key in zip(rows, keys, strict=True):
        row[step.key] = lists[key]
        if step.nested.count:
            row[f"{step.key}#count"] = counts.get(key, 0)


def _listed(session: Session, step: Backward, parents: Sequence[int]) -> dict[int, list[Row]]:
    statement = holders(step, parents)
    found = sorted(session.all(statement.text, statement.params), key=itemgetter(1))
    if step.plan is not None:
        reached = present(session, step.plan, [one[3:] for one in found])
    else:
        reached = _values(session, step, found)
    lists: dict[int, list[Row]] = {key: [] for key in parents}
    for one, nested in zip(found, reached, strict=True):
        lists[one[0]].append(nested)
    return lists


def _gathered(session: Session, step: Backward, parents: Sequence[int]) -> dict[int, list[Row]]:
    assert step.plan is not None
    ((number, decoder),) = step.plan.gathered.items()
    statement = gathered(step, parents)
    found = [
        (parent, [] if pairs is None else decoder.decode(pairs))
        for parent, pairs in session.all(statement.text, statement.params)
    ]
    pairs = [pair for _, some in found for pair in some]
    rows = [row for _, row in pairs]
    _fill(session, step.plan.steps[number], rows, [key for key, _ in pairs])
    _strip(rows, step.plan)
    return {parent: [row for _, row in some] for parent, some in found}


def _values(session: Session, step: Backward, found: Sequence[tuple[Any, ...]]) -> list[Row]:
    assert step.value is not None and step.inverse.value is not None
    values = [_bodies.decode(one[4])[step.inverse.value][one[2]] for one in found]
    rows = _cut(session, step.value, values)
    start = 3
    for key, chosen in step.holder:
        width = 2 + len(chosen.meta)
        held = present(session, chosen, [one[start : start + width] for one in found])
        for row, holder in zip(rows, held, strict=True):
            row[key] = holder
        start += width
    return rows


def _passes(value: Row, tests: Sequence[Test]) -> bool:
    return all(_holds(value, test) for test in tests)


def _holds(value: Row, test: Test) -> bool:
    match test:
        case Equals(property=name, values=wanted):
            found = value[name]
            return any(one in wanted for one in found) if isinstance(found, list) else found in wanted
        case Missing(property=name):
            return value[name] in (None, "", [], "UNDECLARED")
        case AtLeast(property=name, value=least):
            found = value[name]
            return found is not None and found >= least
        case _:
            raise BadInput(f"{type(test).__name__} cannot test a value", suggestion="use Equals")
