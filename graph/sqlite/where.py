"""Tests of questions as SQL conditions on the row of an alias. Pure: no connection, names only from the field table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from catalog import value as v
from catalog.errors import BadInput
from catalog.relations import INVERSES, Inverse
from catalog.table import Cardinality, Property, Ref, RefPath, Scalar, by_name, reference_paths
from catalog.vocabulary import Kind, Role
from graph.shape import (
    AnyOf,
    AtLeast,
    CollectedBySeveral,
    Contains,
    Equals,
    Has,
    Holding,
    Linked,
    Missing,
    Named,
    NamedAny,
    Test,
)
from graph.sqlite.grams import needle
from graph.sqlite.model import ABSENT, NUMBERS, ROLES, Column, Held, column_of, table
from graph.sqlite.sql import NEVER, Sql, all_of, any_of, listed

NAMES = frozenset({"name", "title", "aliases"})
HOLDERS = {"name": "naming", "text": "texting"}
META = frozenset({"revision", "created", "version"})
_RARE = {"identity_key": "0", "share_type": "'UNDECLARED'", "open_to_public": "'UNDECLARED'"}


def passing(kind: Kind, tests: Sequence[Test], t: str) -> Sql:
    """The condition that the row ``t`` of a kind passes every test."""
    return all_of([condition(kind, test, t) for test in tests])


def condition(kind: Kind, test: Test, t: str) -> Sql:
    """The condition that the row ``t`` of a kind passes one test."""
    match test:
        case Equals(property=name, values=values):
            return _equals(kind, name, values, t)
        case Contains(property=name, text=text):
            return _contains(kind, name, text, t)
        case Named(text=text):
            inner = "SELECT w.record FROM name n CROSS JOIN naming w ON w.name = n.key"
            return Sql(f"{t}.key IN ({inner} WHERE n.folded = ? AND w.kind = ? AND w.rank = 0)", (text, NUMBERS[kind]))
        case NamedAny(texts=texts):
            held = listed(texts)
            inner = f"SELECT w.record FROM name n CROSS JOIN naming w ON w.name = n.key WHERE n.folded IN {held.text}"
            return Sql(f"{t}.key IN ({inner} AND w.kind = ? AND w.rank = 0)", (*held.params, NUMBERS[kind]))
        case AtLeast(property=name, value=value):
            found, absent = plain(kind, name, t)
            return Sql(f"{found} >= ? AND {found} <> {absent}", (value,))
        case Missing(property=name):
            return _missing(kind, name, t)
        case Holding(on=on):
            begins, _ = plain(kind, "begins", t)
            ends, _ = plain(kind, "ends", t)
            return Sql(f"{begins} <= ? AND ({ends} = '' OR {ends} > ?)", (on, on))
        case AnyOf(tests=tests):
            return any_of([condition(kind, one, t) for one in tests])
        case Linked(path=path, targets=targets, roles=roles):
            return _linked(kind, path, targets, roles, t)
        case Has(relation=relation, tests=tests):
            return has(kind, relation, tests, t)
        case CollectedBySeveral(several=several):
            return _collected(kind, t, several=several)


def plain(kind: Kind, name: str, t: str) -> tuple[str, str]:
    """The expression of a property that orders and compares, and how it is written where it is absent."""
    if name == "id" or name in META:
        return f"{t}.{name}", "''"
    row = by_name(kind).get(name)
    embedded = row is not None and row.value_class is not None and row.type is not v.Frequency
    if row is None or row.cardinality is Cardinality.MANY or embedded:
        raise BadInput(f"{kind} has no plain property {name!r}", suggestion="name a property that is one value")
    column = column_of(kind, name)
    numeric = row.type in (Scalar.INTEGER, Scalar.BOOLEAN)
    absent = str(ABSENT) if numeric else "''"
    if column is not None and column.held is not Held.KEY:
        return f"{t}.{name}", absent
    return f"coalesce(json_extract({t}.body, '$.{name}'), {absent})", absent


def _equals(kind: Kind, name: str, values: Sequence[Any], t: str) -> Sql:
    row = by_name(kind).get(name)
    values = tuple(value for value in values if value != "")  # which stands for a value that is absent
    if not values:
        return NEVER
    held = listed(values)
    if row is not None and row.type is v.Jurisdiction:
        return any_of([Sql(f"{t}.{name}_{part} IN {held.text}", held.params) for part in ("code", "name")])
    if row is not None and isinstance(row.type, Ref):
        return _linked(kind, name, tuple(map(str, values)), (), t)
    if row is not None and row.cardinality is Cardinality.MANY:
        if row.value_class is not None:
            raise BadInput(f"{name!r} holds values, not words", suggestion="use a test on what they refer to")
        return Sql(f"EXISTS (SELECT 1 FROM json_each({t}.body, '$.{name}') WHERE value IN {held.text})", held.params)
    found, _ = plain(kind, name, t)
    # partial indexes hold the rare values of fields: the text must say that none of the common ones is asked for
    rare = f" AND {t}.{name} <> {_RARE[name]}" if _only_rare(kind, name, values) else ""
    one = len(values) == 1
    return Sql(f"{found} = ?{rare}" if one else f"{found} IN {held.text}{rare}", tuple(values) if one else held.params)


def _only_rare(kind: Kind, name: str, values: Sequence[Any]) -> bool:
    return kind is Kind.FIELD and name in _RARE and not {False, "UNDECLARED"} & set(values)


def containing(what: str, text: str, kind: Kind) -> Sql:
    """The keys of the records of a kind whose names (``name``) or other texts (``text``) contain a folded text."""
    return Sql(
        f"SELECT w.record FROM {what}_gram g CROSS JOIN {HOLDERS[what]} w ON w.{what} = g.rowid "
        f"WHERE {what}_gram MATCH ? AND w.kind = ?",
        (needle(text), NUMBERS[kind]),
    )


def _contains(kind: Kind, name: str, text: str, t: str) -> Sql:
    if not text:
        raise BadInput("a substring needs at least one character", suggestion="give some text")
    if name not in by_name(kind):
        raise BadInput(f"{kind} has no property {name!r}", suggestion="name a property of that kind")
    tables = ("name",) if name in NAMES else ("name", "text")
    keys = [containing(one, text, kind) for one in tables]
    return Sql(f"{t}.key IN ({' UNION ALL '.join(one.text for one in keys)})", sum((one.params for one in keys), ()))


def _missing(kind: Kind, name: str, t: str) -> Sql:
    row = by_name(kind).get(name)
    if row is None:
        found = has(kind, name, (), t)
        return Sql(f"NOT ({found.text})", found.params)
    if row.cardinality is Cardinality.MANY:
        return Sql(f"json_array_length({t}.body, '$.{name}') = 0")
    if row.type is v.Jurisdiction:
        return Sql(f"{t}.{name}_name = ''")
    column = column_of(kind, name)
    if column is not None and column.held is Held.KEY:
        return Sql(f"{t}.{name} IS NULL")
    if column is None and row.value_class is not None:
        return Sql(f"json_type({t}.body, '$.{name}') = 'null'")
    found_, absent = plain(kind, name, t)
    return Sql(f"{found_} IN ({absent}, 'UNDECLARED')")


def _collected(kind: Kind, t: str, *, several: bool) -> Sql:
    """From the agencies that collect, to the fields of what they collect, to the elements: one pass for all rows."""
    if kind is not Kind.DATA_ELEMENT:
        raise BadInput(f"{kind} is not collected", suggestion="ask data elements")
    return Sql(
        f"{t}.key {'IN' if several else 'NOT IN'} (SELECT f.data_element FROM link l "
        "CROSS JOIN field f ON f.resource = l.holder "
        f"WHERE l.path = {path_number(Kind.RESOURCE, ['responsibilities.agency'])} AND l.roles & ? <> 0 "
        "AND f.data_element IS NOT NULL GROUP BY f.data_element HAVING count(DISTINCT l.target) > 1)",
        (mask((Role.COLLECT.value,)),),
    )


# ---- references


def keys_of(kinds: Sequence[Kind], ids: Sequence[str]) -> Sql:
    """The keys of records of these kinds with these identifiers."""
    held = listed(ids)
    texts = [f"SELECT key FROM {table(kind)} WHERE id IN {held.text}" for kind in kinds]
    return Sql(" UNION ALL ".join(texts), held.params * len(kinds))


def path_number(kind: Kind, dotted: Sequence[str]) -> str:
    """The numbers of paths in this file, as a subquery: they differ from file to file."""
    words = ", ".join(f"'{one}'" for one in dotted)  # words of the field table, never of the caller
    return f"(SELECT number FROM path WHERE kind = {NUMBERS[kind]} AND dotted IN ({words}))"


def reference(kind: Kind, dotted: str) -> RefPath:
    """The reference at a dotted path; BadInput where the field table knows none."""
    for found in reference_paths(kind):
        if found.dotted == dotted:
            return found
    raise BadInput(f"{kind} has no reference {dotted!r}", suggestion="name a reference path of the field table")


def _linked(kind: Kind, dotted: str, targets: Sequence[str], roles: Sequence[str], t: str) -> Sql:
    found = reference(kind, dotted)
    keys = keys_of(found.ref.kinds, targets)
    if reference_column(kind, dotted) is not None:
        return Sql(f"{t}.{dotted} IN ({keys.text})", keys.params) if targets else Sql(f"{t}.{dotted} IS NOT NULL")
    wanted = Sql(f" AND l.target IN ({keys.text})", keys.params) if targets else Sql("")
    bits = Sql(" AND l.roles & ? <> 0", (mask(roles),)) if roles else Sql("")
    path = path_number(kind, [dotted])
    return Sql(
        f"{t}.key IN (SELECT l.holder FROM link l WHERE l.path = {path}{wanted.text}{bits.text})",
        wanted.params + bits.params,
    )


def reference_column(kind: Kind, dotted: str) -> Column | None:
    """The column that serves a reference path, None where ``link`` does."""
    return None if "." in dotted else column_of(kind, dotted)


def mask(roles: Sequence[str]) -> int:
    """Roles as the bits of ``link.roles``."""
    return sum({ROLES.get(role, 0) for role in roles})


# ---- inverses


def inverse_of(kind: Kind, relation: str) -> Inverse:
    """The inverse relation of a kind; BadInput where there is none of that name."""
    found = INVERSES.get((kind, relation))
    if found is None:
        raise BadInput(f"{kind} has no relation {relation!r}", suggestion="name a relation of catalog.relations")
    return found


def has(kind: Kind, relation: str, tests: Sequence[Test], t: str) -> Sql:
    """The condition that a row along the inverse relation of ``t`` passes every test."""
    inverse = inverse_of(kind, relation)
    deeper = f"{t}h"
    arms = []
    for holder, dotted in inverse.holders:
        if inverse.value is None:
            passes = passing(holder, tests, deeper)
        else:
            passes = all_of([value_condition(holder, inverse.value, test, deeper, "l") for test in tests])
        if (column := reference_column(holder, dotted[0])) is not None:
            start = f"FROM {table(holder)} {deeper} WHERE {deeper}.{column.name} = {t}.key"
        else:
            start = (
                f"FROM link l CROSS JOIN {table(holder)} {deeper} ON {deeper}.key = l.holder "
                f"WHERE l.path IN {path_number(holder, dotted)} AND l.target = {t}.key"
            )
        arms.append(Sql(f"EXISTS (SELECT 1 {start} AND {passes.text})", passes.params))
    return any_of(arms)


def value_condition(holder: Kind, name: str, test: Test, h: str, link: str) -> Sql:
    """The condition on one embedded value: the one at ``link.position`` in the list ``name`` of the row ``h``."""
    row = by_name(holder)[name]
    if not isinstance(test, Equals) or row.value_class is None:
        raise BadInput(f"{type(test).__name__} cannot test a value of {name}", suggestion="use Equals")
    member: Property | None = by_name(cast(Any, row.value_class)).get(test.property)
    if member is None or member.value_class is not None or isinstance(member.type, Ref):
        raise BadInput(f"{name} has no plain property {test.property!r}", suggestion="name a property of the value")
    if member.name == "roles":
        return Sql(f"{link}.roles & ? <> 0", (mask([str(one) for one in test.values]),))
    held = listed(test.values)
    place = f"'$.{name}[' || {link}.position || '].{member.name}'"
    if member.cardinality is Cardinality.MANY:
        return Sql(f"EXISTS (SELECT 1 FROM json_each({h}.body, {place}) WHERE value IN {held.text})", held.params)
    return Sql(f"json_extract({h}.body, {place}) IN {held.text}", held.params)
