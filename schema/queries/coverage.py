"""Coverage: what the law assigns against what is registered, agency by agency.

One read, whatever the axis: the statutory resources with what is registered for them (or, by resource, the registered
ones with what they fulfil). How each cell stands is told by :mod:`catalog.coverage`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

import strawberry

from catalog import coverage
from catalog.codec import Row
from catalog.coverage import Item, Registration
from catalog.errors import TooCostly
from catalog.legal_time import status_on
from catalog.verdict import NOT_IN_FORCE
from catalog.vocabulary import Allocation, CoverageState, Kind, LegalStatus, Origin
from graph.shape import Equals, Question, Shape, Test
from schema import law
from schema.arguments import On, Place, Regimes, Revision
from schema.context import Info
from schema.enums import CoverageAxis
from schema.filters import fold_place
from schema.plans import TYPE_NAMES, Wish, fill, view
from schema.queries.reading import context_of, several
from schema.selection import Selected, selected
from schema.types.base import answered
from schema.types.coverage import CoverageCell, CoverageMatrix, CoverageRow, CoverageTotals

WORDS = {
    CoverageAxis.DUTY: "statutory resources against the registered resources that fulfil them, field by field",
    CoverageAxis.DATA_ELEMENT: "statutory resources, by the data elements their fields mean, against the registered "
    "resources that fulfil them",
    CoverageAxis.RESOURCE: "registered resources against the statutory resources that they fulfil",
}


@strawberry.type
class CoverageQueries:
    """What is covered."""

    @answered("What the law assigns, agency by agency, against what is registered (覆盖矩阵).")
    async def coverage(
        self,
        info: Info,
        jurisdiction: Place = None,
        rows: Annotated[
            CoverageAxis | None, strawberry.argument(description="What the rows are (行).")
        ] = CoverageAxis.DUTY,
        regime: Regimes = None,
        on: On = None,
        revision: Revision = None,
    ) -> CoverageMatrix:
        one = selected(info)
        context = await context_of(info, one)
        axis, day, limit = rows or CoverageAxis.DUTY, context.date(on), context.limits.matrix
        origin = Origin.REGISTERED if axis is CoverageAxis.RESOURCE else Origin.STATUTORY
        tests: list[Test] = [Equals("origin", (origin.value,))]
        if (place := fold_place(jurisdiction)) is not None:
            tests.append(Equals("jurisdiction", (place,)))
        if regime is not None:
            tests.append(Equals("regime", several((term.value for term in regime), "regime")))
        page = await context.store.read(Question(Kind.RESOURCE, _shape(one, axis), tuple(tests), first=limit))
        if page.more:
            raise TooCostly(
                f"more than {limit} {origin.zh} resources would have to be shown",
                cost=limit + 1,
                limit=limit,
                suggestion="narrow it by jurisdiction or regime",
            )
        matrix = _Matrix(one, day)
        _FILLED[axis](matrix, page.rows)
        return matrix.finished([f"{len(page.rows)} {WORDS[axis]}, on {day}", *matrix.notes(page.rows, axis)])


def _selections(one: Selected, *path: str) -> list[Selected]:
    found = [one]
    for name in path:
        found = [child for place in found for child in place.child(name)]
    return [each for place in found for each in place.select()]


def _shape(one: Selected, axis: CoverageAxis) -> Shape:
    wish = Wish()
    wish.need("name")
    duties = wish if axis is not CoverageAxis.RESOURCE else wish.reach("fulfils")
    registered = wish if axis is CoverageAxis.RESOURCE else wish.reach("fulfilled_by")
    duties.reach("regulation").need(*law.DATES)
    held = duties.reach("responsibilities", value=True)
    held.need("allocation")
    citation = held.reach("citation", value=True)
    law.want_text(citation)
    fill(citation, _selections(one, "rows", "cells", "citation"))
    fill(registered, _selections(one, "rows", "cells", "resource"))
    provided = registered.reach("responsibilities", value=True).reach("agency")
    provided.reach("fills")
    for agency in (held.reach("agency"), provided):
        fill(agency, _selections(one, "rows", "cells", "agency"))
        fill(agency, _selections(one, "columns"))
    if axis is not CoverageAxis.RESOURCE:
        for fields in (wish.reach("fields", key="items"), registered.reach("fields", key="items")):
            fields.need("name", "aliases")
            fields.reach("data_element").need("name")
    kind = Kind.DATA_ELEMENT if axis is CoverageAxis.DATA_ELEMENT else Kind.RESOURCE
    type_ = one.raw.schema.type_map[TYPE_NAMES[kind]]
    for place in (child for row in one.child("rows") for child in row.child("subject")):
        subject = wish.reach("fields", key="items").reach("data_element") if kind is Kind.DATA_ELEMENT else wish
        fill(subject, place.select(type_))
    return wish.shape()


@dataclass(slots=True)
class _Matrix:
    """The matrix in the making."""

    one: Selected
    on: dt.date
    rows: list[CoverageRow] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)
    tally: dict[CoverageState, int] = field(default_factory=lambda: dict.fromkeys(CoverageState, 0))

    def view(self, name: str, row: Row | None) -> Any:
        return None if row is None else view(self.one.raw.schema.type_map[name], row, self.on)

    def cell(self, agency: Row, state: CoverageState, resource: Row | None, citation: Row | None) -> CoverageCell:
        """A cell, counted."""
        self.tally[state] += 1
        column = self.columns.setdefault(agency["id"], self.view("Agency", agency))
        found = self.view("Resource", resource)
        return CoverageCell(agency=column, state=state, resource=found, citation=self.view("Citation", citation))

    def finished(self, checked: list[str]) -> CoverageMatrix:
        """The matrix with its totals."""
        counts = {state.value.lower(): count for state, count in self.tally.items()}
        counts.pop("not_applicable")
        return CoverageMatrix(
            rows=self.rows,
            columns=[self.columns[identifier] for identifier in sorted(self.columns)],
            totals=CoverageTotals(**counts, share=coverage.share(self.tally)),
            checked=checked,
        )

    def notes(self, found: Iterable[Row], axis: CoverageAxis) -> Iterator[str]:
        """What could not be looked at, or means less than it seems."""
        if axis is CoverageAxis.RESOURCE:
            return
        found = list(found)
        unlisted = sum(not row["items"] for row in found)
        if unlisted:
            yield f"{unlisted} of them list no fields in the law: whatever is registered for them counts as whole"
        nobody = sum(not row["responsibilities"] for row in found)
        if nobody:
            yield f"{nobody} of them are assigned to no agency and have no cell"
        yield (
            "registered resources count where a mapping, their own catalogue or equal names of provider and resource "
            "say so (correspondences)"
        )


def _by_duty(matrix: _Matrix, found: Iterable[Row]) -> None:
    for row in found:
        listed = _items(row)
        cells = [
            matrix.cell(
                held["agency"],
                coverage.state(listed, own, lapsed=_lapsed(held, row, matrix.on)),
                _row_of(row, own),
                held["citation"],
            )
            for held, own in _by_agency(row)
        ]
        matrix.rows.append(CoverageRow(subject=matrix.view("Resource", row), label=row["name"], cells=cells))


def _by_element(matrix: _Matrix, found: Iterable[Row]) -> None:
    elements: dict[str, Row] = {}
    lists: dict[str, dict[str, list[tuple[Row, Row, tuple[Registration, ...]]]]] = {}
    for row in found:
        for item in row["items"]:
            if (element := item["data_element"]) is None:
                continue
            elements.setdefault(element["id"], element)
            agencies = lists.setdefault(element["id"], {})
            for held, own in _by_agency(row):
                if all(each is not row for each, _, _ in agencies.get(held["agency"]["id"], ())):
                    agencies.setdefault(held["agency"]["id"], []).append((row, held, own))
    for identifier in sorted(elements):
        cells = []
        for duties in lists[identifier].values():
            living = [duty for duty in duties if not _lapsed(duty[1], duty[0], matrix.on)]
            registered = {one.id: (one, row) for row, _, own in living for one in own}
            found_ = [one for one, _ in registered.values()]
            state = coverage.element_state(identifier, found_, lapsed=not living)
            row, held, _ = (living or duties)[0]
            having = [one for one in found_ if any(item.element == identifier for item in one.items)] or found_
            shown = _row_of(registered[having[0].id][1], having) if having else None
            cells.append(matrix.cell(held["agency"], state, shown, held["citation"]))
        element = elements[identifier]
        matrix.rows.append(CoverageRow(subject=matrix.view("DataElement", element), label=element["name"], cells=cells))


def _by_resource(matrix: _Matrix, found: Iterable[Row]) -> None:
    for row in found:
        duties = [(held, duty) for duty in row["fulfils"] for held in duty["responsibilities"]]
        living = [(held, duty) for held, duty in duties if not _lapsed(held, duty, matrix.on)]
        state = CoverageState.COVERED if living else CoverageState.LAPSED if duties else CoverageState.NOT_APPLICABLE
        citation = next((held["citation"] for held, _ in living or duties if held["citation"]), None)
        providers = {held["agency"]["id"]: held["agency"] for held in row["responsibilities"]}
        cells = [matrix.cell(agency, state, row, citation) for agency in providers.values()]
        matrix.rows.append(CoverageRow(subject=matrix.view("Resource", row), label=row["name"], cells=cells))


_FILLED = {
    CoverageAxis.DUTY: _by_duty,
    CoverageAxis.DATA_ELEMENT: _by_element,
    CoverageAxis.RESOURCE: _by_resource,
}


def _by_agency(row: Row) -> Iterator[tuple[Row, tuple[Registration, ...]]]:
    """One responsibility for each agency, the first one that it holds, with the registrations that count for it."""
    found = [_registration(one) for one in row["fulfilled_by"]]
    held: dict[str, Row] = {}
    for one in row["responsibilities"]:
        held.setdefault(one["agency"]["id"], one)
    for agency, one in held.items():
        yield one, coverage.of_agency(agency, Allocation(one["allocation"]), held, found)


def _registration(row: Row) -> Registration:
    agencies = {each["id"] for held in row["responsibilities"] for each in (held["agency"], *held["agency"]["fills"])}
    return Registration(row["id"], frozenset(agencies), _items(row))


def _items(row: Row) -> tuple[Item, ...]:
    return tuple(
        Item.of(item["name"], item["aliases"], item["data_element"]["id"] if item["data_element"] else None)
        for item in row["items"]
    )


def _row_of(row: Row, own: Iterable[Registration]) -> Row | None:
    wanted = next((one.id for one in own), None)
    return next((one for one in row["fulfilled_by"] if one["id"] == wanted), None)


def _lapsed(held: Row, row: Row, on: dt.date) -> bool:
    text = (law.text_of(held["citation"]) if held["citation"] else None) or row["regulation"]
    return (status_on(law.law(text), on) if text else LegalStatus.UNKNOWN) in NOT_IN_FORCE
