"""``mulu template``, ``mulu export --format xlsx|csv``, ``mulu generate -o``: the registered catalogue as a table."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from catalog.agency import Agency
from catalog.codec import from_row
from catalog.errors import BadInput
from catalog.field import Field
from catalog.record import Record
from catalog.resource import Resource
from catalog.table import rows
from catalog.vocabulary import Kind, Origin, Role
from graph.port import Store
from graph.shape import Nested, Question, Shape
from loaders.synthetic import Synthetic
from loaders.table.writing import Entry, comma_separated, workbook
from loaders.table.writing import template as template_bytes
from mulu.opening import opened
from mulu.output import say
from mulu.settings import Settings

PAGE = 1000
WRITERS = {"xlsx": workbook, "csv": comma_separated}


def template(*, output: Path | None) -> int:
    """Writes the empty workbook."""
    write(template_bytes(), output)
    return 0


def export(format_: str, *, output: Path | None, store: str | None, revision: int | None = None) -> int:
    """Writes every registered resource with its items, in the order in which the sources list them."""
    settings = Settings.read(store=store)
    entries = asyncio.run(_held(settings.store, revision))
    write(WRITERS[format_](entries), output)
    say(f"· {len(entries)} resources written")
    return 0


def generate(resources: int, seed: int, *, output: Path) -> int:
    """Writes the registered resources of a synthetic catalogue into a file, and leaves the store alone."""
    format_ = output.suffix.lower().lstrip(".")
    if format_ not in WRITERS:
        raise BadInput(f"{output} ends neither in .xlsx nor in .csv", suggestion="name a file such as catalogue.xlsx")
    made = entries(Synthetic(resources, seed).records())
    write(WRITERS[format_](made), output)
    say(f"· {len(made)} resources written")
    return 0


def entries(records: Iterable[Record]) -> list[Entry]:
    """The registered resources among records as entries of the table, by their places in their sources."""
    agencies: dict[str, Agency] = {}
    resources: list[Resource] = []
    statutory: dict[str, str] = {}
    fields: dict[str, list[Field]] = {}
    for record in records:
        match record:
            case Agency():
                agencies[record.id] = record
            case Resource(origin=Origin.REGISTERED):
                resources.append(record)
            case Resource():
                statutory[record.id] = record.name
            case Field():
                fields.setdefault(record.resource, []).append(record)
            case _:
                pass
    resources.sort(key=_place)
    return [
        _entry(
            resource,
            sorted(fields.get(resource.id, ()), key=lambda field: field.position),
            agencies,
            tuple(dict.fromkeys(statutory[each] for each in resource.fulfils if each in statutory)),
        )
        for resource in resources
    ]


def write(content: bytes, output: Path | None) -> None:
    """Standard output, or a file that is written whole or not at all: under another name first."""
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    partial = output.with_name(f"{output.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


async def _held(address: str, revision: int | None) -> list[Entry]:
    async with opened(address, revision) as store:
        if await store.head() is None:
            raise BadInput(f"the store {address} is empty", suggestion="load something with mulu load PATH")
        return entries(await _records(store))


async def _records(store: Store) -> Sequence[Record]:
    found: list[Record] = []
    for kind in (Kind.AGENCY, Kind.RESOURCE):
        names = frozenset(row.name for row in rows(kind))
        items = Shape(frozenset(row.name for row in rows(Kind.FIELD)))
        nested = (("fields", Nested("fields", items)),) if kind is Kind.RESOURCE else ()
        after: tuple[str | int, ...] | None = None
        more = True
        while more:
            page = await store.read(Question(kind, Shape(names, nested), (), first=PAGE, after=after))
            for row in page.rows:
                found.append(from_row(kind, {name: row.get(name) for name in names}))
                if row.get("origin") == Origin.REGISTERED:
                    found.extend(
                        from_row(Kind.FIELD, {name: item.get(name) for name in items.properties})
                        for item in row["fields"]
                    )
            more = page.more
            after = (page.rows[-1]["id"],) if page.rows else None
    return found


def _place(resource: Resource) -> tuple[str, str, int, str]:
    place = resource.place
    if place is None:
        return "", "", 0, resource.code or resource.id
    return place.source, place.sheet or "", place.row or 0, resource.id


def _entry(resource: Resource, fields: Sequence[Field], agencies: dict[str, Agency], fulfils: Sequence[str]) -> Entry:
    provider = next(
        (
            agencies[each.agency]
            for each in resource.responsibilities
            if Role.PROVIDE in each.roles and each.agency in agencies
        ),
        None,
    )
    return Entry(
        resource, fields, provider.name if provider else "", provider.credit_code if provider else None, fulfils
    )
