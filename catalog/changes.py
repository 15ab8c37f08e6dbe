"""Change sets: the only way anything is written. Validated whole, applied atomically, numbered.

Pure parts of that work: what a change set refers to, which invariants it breaks, how shared records unite. A store does
the rest inside one transaction and answers :class:`catalog.revision.Applied`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from catalog.agency import Agency
from catalog.codec import links, to_row
from catalog.data_element import DataElement
from catalog.errors import BadInput, InvalidChangeSet
from catalog.identifiers import issue_id, kind_of
from catalog.issue import Issue
from catalog.puts import Digests
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.resource import Resource
from catalog.vocabulary import AgencyKind, Kind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One atomic change of the catalogue.

    ``id`` is the caller's own: applying it again after a lost answer changes nothing and answers the same. ``puts`` are
    created or updated; records whose ``source`` is in ``replaces`` and that are not among the puts are deleted, and so
    are ``deletes``. ``settled`` names shared records among the puts that are given whole: they replace what is held
    rather than being united with it. ``at`` is wall time with an offset, read by the caller; ``actor`` says who.

    The puts are gone through several times, and need not be in memory (:class:`catalog.puts.Sorted`): checking takes
    eight bytes of each.
    """

    id: str
    at: dt.datetime
    actor: str
    puts: Collection[Record] = ()
    deletes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    settled: frozenset[str] = frozenset()


def references(records: Iterable[Record]) -> set[str]:
    """The identifiers that the records refer to: each must be among the puts or in the store."""
    return {link.target for record in records for link in links(record.kind, to_row(record))}


def check(changes: ChangeSet) -> None:
    """Raises InvalidChangeSet, naming every broken invariant, unless the change set is whole in itself.

    References to records outside the change set are for the store to check.
    """
    broken = list(_broken(changes))
    if broken:
        raise InvalidChangeSet(f"the change set breaks {len(broken)} invariants: {broken[0].message}", issues=broken)


def missing(changes: ChangeSet, absent: Iterable[str]) -> InvalidChangeSet:
    """The refusal of a change set that refers to records which neither it nor the store holds."""
    gone = set(absent)
    broken = [link for record in changes.puts for link in links(record.kind, to_row(record)) if link.target in gone]
    issues = [
        _issue(
            link.holder,
            "BROKEN_REFERENCE",
            f"{link.holder} refers to {link.target} ({link.path}), which does not exist",
        )
        for link in broken
    ]
    issues += [
        _issue(target, "STILL_REFERRED_TO", f"{target} is deleted but still referred to")
        for target in sorted(gone - {link.target for link in broken})
    ]
    return InvalidChangeSet(
        f"the change set leaves {len(issues)} references broken: {issues[0].message}", issues=issues
    )


def unite(held: Record, given: Record) -> Record:
    """A shared record (one without a source) as several sources know it: the union, whatever the order of loading.

    Lists are united and sorted; of two different values the one that says more wins: the more specific agency kind,
    yes before no, else the longer text, else the smaller one. Every other record is simply replaced by the given one.
    """
    if not _shared(held) or not _shared(given) or type(held) is not type(given):
        return given
    united: dict[str, Any] = {}
    for field in fields(given):
        old: Any = getattr(held, field.name)
        new: Any = getattr(given, field.name)
        if old == new:
            continue
        if isinstance(old, tuple):
            united[field.name] = tuple(sorted({*old, *new}))
        elif old is None or new is None:
            united[field.name] = new if old is None else old
        elif isinstance(old, AgencyKind):
            united[field.name] = min(old, new, key=list(AgencyKind).index)
        elif isinstance(old, bool):
            united[field.name] = True
        else:
            united[field.name] = min((old, new), key=lambda value: (-len(str(value)), str(value)))
    return replace(given, **united)


def _shared(record: Record) -> bool:
    return record.source is None and isinstance(record, Agency | DataElement)


def merge(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records of several sources as one list: shared records of one identifier united, order of first appearance."""
    found: dict[str, Record] = {}
    for record in records:
        held = found.get(record.id)
        found[record.id] = record if held is None else unite(held, record)
    return tuple(found.values())


def _issue(record: str, code: str, message: str) -> Issue:
    return Issue(id=issue_id(record, code, message), code=code, severity=Severity.ERROR, message=message)


def _broken(changes: ChangeSet) -> Iterator[Issue]:
    if changes.at.tzinfo is None:
        yield _issue("", "BAD_TIME", "the change set's time has no offset")
    digests, deletes = Digests(len(changes.puts)), frozenset(changes.deletes)
    both: list[str] = []
    others: list[Issue] = []
    for record in changes.puts:
        identifier = record.id
        digests.add(identifier)
        if identifier in deletes:
            both.append(identifier)
        if (named := _named(record)) is not None:
            others.append(_issue(identifier, "BROKEN_INVARIANT", f"{identifier}: {named}"))
        if record.kind in _BOUND:  # most records are fields, of which nothing more is asked
            for message in _invariants(record):
                others.append(_issue(identifier, "BROKEN_INVARIANT", f"{identifier}: {message}"))
    for identifier, times in digests.repeated(changes.puts).items():
        yield _issue(identifier, "DUPLICATE_ID", f"{identifier} is given {times} times")
    for identifier in sorted(set(both)):
        yield _issue(identifier, "PUT_AND_DELETED", f"{identifier} is both written and deleted")
    yield from others


_BOUND = frozenset({Kind.REGULATION, Kind.PROVISION, Kind.RESOURCE, Kind.AGENCY})


def _named(record: Record) -> str | None:
    """What is wrong with the identifier of a record."""
    try:
        return None if kind_of(record.id) is record.kind else f"the identifier is not of a {record.kind}"
    except BadInput as error:
        return error.message


def _invariants(record: Record) -> Iterator[str]:
    match record:
        case Regulation(effective=effective, expires=expires, repealed=repealed):
            for end in (expires, repealed):
                if effective and end and end < effective:
                    yield f"it ends on {end}, before it begins on {effective}"
            if not record.title:
                yield "a regulation needs a title"
        case Provision(span=span, text=text):
            if span.end - span.start != len(text):
                yield f"its text has {len(text)} characters, its span {span.end - span.start}"
        case Resource(responsibilities=responsibilities):
            if any(not held.roles for held in responsibilities):
                yield "a responsibility names no role"
            if not record.name:
                yield "a resource needs a name"
        case Agency(name=""):
            yield "an agency needs a name"
        case _:
            pass
