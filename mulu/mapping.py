"""``mulu map``: what corresponds to what, and suggestions that a person can accept and load."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from catalog.agency import Agency
from catalog.correspondence import Correspondence
from catalog.errors import BadInput
from catalog.regulation import Regulation
from catalog.resource import Resource
from catalog.source import Source
from catalog.text import fold
from catalog.vocabulary import Kind, Origin
from graph.open import open_store
from graph.port import Store
from graph.shape import Contains, Equals, Missing, Nested, Question, Shape
from loaders.correspondence.suggesting import HEADINGS, Duties, Suggestion, for_agencies, for_field
from loaders.regulation.assignments.elements import STANDARDS
from loaders.table.plain import plain_csv, plain_workbook
from mulu.asking import date as checked_date
from mulu.output import print_json, say
from mulu.settings import Settings
from mulu.tables import write
from mulu.touched import records

SHEET = "对应关系"


def suggest(*, output: Path | None, by: str, date: str | None, store: str | None) -> int:
    """Writes suggestions as a mapping file: fill in 采纳, 对应依据 and 对应日期, then load it."""
    settings = Settings.read(store=store)
    format_ = output.suffix.lower().lstrip(".") if output else "csv"
    if format_ not in ("csv", "xlsx"):
        raise BadInput(f"{output} ends neither in .xlsx nor in .csv", suggestion="name a file such as mapping.csv")
    day = checked_date(date) or ""
    found = asyncio.run(_suggested(settings.store))
    rows = [one.cells(by, day) for one in found]
    content = plain_workbook(SHEET, HEADINGS, rows) if format_ == "xlsx" else plain_csv(HEADINGS, rows)
    write(content, output)
    say(f"· {len(rows)} suggestions; write 是 under 采纳, on whose word and since when, and load the file")
    return 0


def show(*, as_json: bool, store: str | None) -> int:
    """Prints the correspondences that people wrote, that catalogues name and that equal names make."""
    settings = Settings.read(store=store)
    found, names = asyncio.run(_held(settings.store))
    rows = [_row(one, names) for one in found]
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        mark = "→" if row["resolved"] else "⇢ (not loaded)"
        word = f"{row['authority']}，{row['date']}" if row["authority"] else row["source"] or "同名"
        print(f"{row['kindLabel']}  {row['subjectName']} {mark} {row['objectName']}  [{row['methodLabel']}; {word}]")
    say(f"· {len(rows)} correspondences, {sum(not row['resolved'] for row in rows)} of them wait for what they name")
    return 0


def _row(one: Correspondence, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": str(one.correspondence_kind),
        "kindLabel": one.correspondence_kind.zh,
        "method": str(one.method),
        "methodLabel": one.method.zh,
        "subjectName": one.subject_name,
        "objectName": one.object_name,
        "resolved": bool(one.subject and one.objects),
        "authority": one.authority,
        "date": one.date.isoformat() if one.date else None,
        "source": names.get(one.source or ""),
    }


async def _held(address: str) -> tuple[list[Correspondence], dict[str, str]]:
    async with open_store(address) as store:
        names = {one.id: one.path async for one in records(store, Kind.SOURCE) if isinstance(one, Source)}
        found = [one async for one in records(store, Kind.CORRESPONDENCE) if isinstance(one, Correspondence)]
    found.sort(key=lambda one: (one.correspondence_kind, one.subject_name, one.object_name, one.id))
    return found, names


async def _suggested(address: str) -> list[Suggestion]:
    async with open_store(address) as store:
        if await store.head() is None:
            raise BadInput(f"the store {address} is empty", suggestion="load something with mulu load PATH")
        agencies = [one async for one in records(store, Kind.AGENCY) if isinstance(one, Agency)]
        statutory = [one async for one in records(store, Kind.RESOURCE, (Equals("origin", (Origin.STATUTORY,)),))]
        texts = [one async for one in records(store, Kind.REGULATION) if isinstance(one, Regulation)]
        titles = {one.id: one.title for one in texts}
        duties = Duties(
            [one for one in statutory if isinstance(one, Resource)], {one.id: one for one in agencies}, titles
        )
        found = list(for_agencies(agencies))
        async for one in records(store, Kind.RESOURCE, (Equals("origin", (Origin.REGISTERED,)),)):
            assert isinstance(one, Resource)
            found += duties.suggestions(one)
        found += [one async for one in _items(store, {one.id: one.name for one in agencies})]
    return found


async def _items(store: Store, agencies: dict[str, str]) -> AsyncIterator[Suggestion]:
    """Registered items without a meaning whose names contain that of an identity element."""
    owner = Shape(frozenset({"name", "code", "origin", "responsibilities"}))
    shape = Shape(frozenset({"name"}), (("resource", Nested("resource", owner)),))
    for element in STANDARDS:
        after = None
        more = True
        while more:
            tests = (Contains("name", fold(element)), Missing("data_element"))
            page = await store.read(Question(Kind.FIELD, shape, tests, first=1000, after=after))
            for row in page.rows:
                resource = row["resource"]
                if resource["origin"] == Origin.REGISTERED:
                    provider = next((agencies.get(held["agency"], "") for held in resource["responsibilities"]), "")
                    yield for_field(row["name"], resource["name"], resource["code"] or "", provider, element)
            more = page.more
            after = (page.rows[-1]["id"],) if page.rows else None
