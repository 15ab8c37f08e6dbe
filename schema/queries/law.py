"""Root fields about regulations, provisions, conditions and clocks."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Annotated, Any
from unicodedata import normalize

import strawberry

from catalog.codec import Row
from catalog.errors import BadInput, NotFound, TooCostly
from catalog.legal_time import status_on
from catalog.text import fold, simplify
from catalog.vocabulary import Kind, ProvisionKind
from graph.shape import Equals, Named, Question, Shape, Test
from schema import law
from schema.arguments import After, First, Identifier, OneIdentifier, Revision
from schema.connections import Connection, connection
from schema.context import Info
from schema.filters import ClockFilter, ConditionFilter, RegulationFilter
from schema.plans import Wish
from schema.queries.reading import (
    by_id,
    by_tests,
    context_of,
    exact,
    exactly_one,
    folded,
    of_kind,
    page_of,
    paging,
    shape_of_rows,
)
from schema.selection import selected
from schema.types.base import answered
from schema.types.condition import Clock, Condition, DueDate, due
from schema.types.provision import Provision
from schema.types.regulation import Regulation

_YEAR = re.compile(r"[\[(【〔](\d{4})[\])】〕]")
_LEVELS = ("provision_kind", "label", "ordinal")


@strawberry.type
class LawQueries:
    """The law: texts, their provisions, rules and periods."""

    @answered("One regulation, by identifier, full title or document number (法规规章).")
    async def regulation(
        self,
        info: Info,
        id: Identifier = None,
        title: Annotated[str | None, strawberry.argument(description="The full title (标题).")] = None,
        number: Annotated[
            str | None,
            strawberry.argument(
                description="The document number, 市府规〔2020〕1号, in whatever script, with whatever brackets (文号)."
            ),
        ] = None,
        revision: Revision = None,
    ) -> Regulation | None:
        asked = exactly_one(id=id, title=title, number=number)
        if id is not None:
            return await by_id(info, Regulation, Kind.REGULATION, id)
        test: Test = (
            Named(folded(title, "title"))
            if title is not None
            else Equals("number", _numbers(exact(number or "", "number")))
        )
        return await by_tests(info, Regulation, Kind.REGULATION, [test], f"this {asked}")

    @answered("Regulations that pass a filter (法规列表).")
    async def regulations(
        self,
        info: Info,
        filter: Annotated[RegulationFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Regulation]:
        if filter is None or filter.status is None:
            on = filter.on if filter else None
            return await page_of(info, Regulation, Kind.REGULATION, filter.tests() if filter else (), on=on)
        return await _of_standing(info, filter)

    @answered("One provision, by identifier, or by its text and numbers (条款).")
    async def provision(
        self,
        info: Info,
        id: Identifier = None,
        regulation: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="The text, by identifier; goes with article (法规标识)."),
        ] = None,
        article: Annotated[int | None, strawberry.argument(description="The number of the article (条).")] = None,
        paragraph: Annotated[int | None, strawberry.argument(description="The paragraph, from 1 (款).")] = None,
        item: Annotated[str | None, strawberry.argument(description="The item: 3, 三 or （三） (项).")] = None,
        revision: Revision = None,
    ) -> Provision | None:
        exactly_one(id=id, regulation=regulation)
        if id is not None:
            if article is not None or paragraph is not None or item is not None:
                raise BadInput("article, paragraph and item do not go with id", suggestion="give id alone")
            return await by_id(info, Provision, Kind.PROVISION, id)
        if article is None:
            raise BadInput("article is missing", suggestion="give regulation and article, and paragraph or item")
        found = await _find(info, of_kind(regulation or "", Kind.REGULATION), article, paragraph, item)
        return await by_id(info, Provision, Kind.PROVISION, found)

    @answered("One rule, by identifier (规则).")
    async def condition(self, info: Info, id: OneIdentifier, revision: Revision = None) -> Condition | None:
        return await by_id(info, Condition, Kind.CONDITION, id)

    @answered("Rules that pass a filter (规则列表).")
    async def conditions(
        self,
        info: Info,
        filter: Annotated[ConditionFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Condition]:
        return await page_of(info, Condition, Kind.CONDITION, filter.tests() if filter else ())

    @answered("Statutory periods that pass a filter (期限列表).")
    async def clocks(
        self,
        info: Info,
        filter: Annotated[ClockFilter | None, strawberry.argument(description="Which (筛选).")] = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Clock]:
        return await page_of(info, Clock, Kind.CLOCK, filter.tests() if filter else ())

    @answered("When a period ends that began with an event on a day (到期日).")
    async def due_date(
        self,
        info: Info,
        clock: Annotated[strawberry.ID, strawberry.argument(description="The clock's identifier (期限标识).")],
        start: Annotated[dt.date, strawberry.argument(name="from", description="The day of the event (起算日).")],
        revision: Revision = None,
    ) -> DueDate:
        shape = Shape(frozenset(law.CLOCK))
        context = await context_of(info, selected(info))
        found = (await context.store.get([of_kind(clock, Kind.CLOCK)], shape, Kind.CLOCK))[0]
        if found is None:
            raise NotFound(f"there is no clock {clock}", suggestion="clocks lists them with their identifiers")
        return due(found, start)


async def _of_standing(info: Info, filter: RegulationFilter) -> Connection[Regulation]:
    """Regulations of a standing: the domain judges the dates of all that pass the other tests; one page is read."""
    one = selected(info)
    context = await context_of(info, one)
    first, question, after = paging(context, one)
    on, limit = context.date(filter.on), context.limits.regulations
    dates = Shape(frozenset(law.DATES))
    every = await context.store.read(Question(Kind.REGULATION, dates, tuple(filter.tests()), first=limit))
    if every.more:
        raise TooCostly(
            f"more than {limit} regulations would have to be judged",
            cost=limit + 1,
            limit=limit,
            suggestion="narrow the filter by jurisdiction, kind or title",
        )
    asked = filter.status or []
    ids = [row["id"] for row in every.rows if status_on(law.law(row), on) in asked]
    begin = bisect_right(ids, str(after[-1])) if after else 0
    page = ids[begin : begin + first]
    rows = [row for row in await context.store.get(page, shape_of_rows(one), Kind.REGULATION) if row is not None]
    found: Connection[Regulation] = connection(
        rows,
        one,
        on,
        question=question,
        keys=[(row["id"],) for row in rows],
        more=begin + first < len(ids),
        before=after is not None,
        total=len(ids),
    )
    return found


async def _find(info: Info, regulation: str, article: int, paragraph: int | None, item: str | None) -> str:
    """The identifier of a provision by its numbers; refused with what there is where the numbers lead nowhere."""
    wish = Wish()
    level = wish
    for _ in range(3):
        level.need(*_LEVELS)
        level = level.reach("children")
    level.need(*_LEVELS)
    tests = (
        Equals("regulation", (regulation,)),
        Equals("provision_kind", (ProvisionKind.ARTICLE.value,)),
        Equals("ordinal", (article,)),
    )
    context = await context_of(info, selected(info))
    page = await context.store.read(Question(Kind.PROVISION, wish.shape(), tests, first=1))
    if not page.rows:
        raise NotFound(f"{regulation} has no article {article}", suggestion="regulation { provisions } lists them")
    row = page.rows[0]
    if paragraph is not None:
        row = _below(row, ProvisionKind.PARAGRAPH, lambda one: one["ordinal"] == paragraph, f"paragraph {paragraph}")
    if item is not None:
        asked = _bare(item)
        row = _below(
            row, ProvisionKind.ITEM, lambda one: asked in (_bare(one["label"]), str(one["ordinal"])), f"item {item}"
        )
    return str(row["id"])


def _below(row: Row, kind: ProvisionKind, fits: Any, what: str) -> Row:
    found = next((one for one in _under(row) if one["provision_kind"] == kind and fits(one)), None)
    if found is None:
        if (
            kind is ProvisionKind.PARAGRAPH
            and what == "paragraph 1"
            and not any(one["provision_kind"] == kind for one in row["children"])
        ):
            return row  # an article of one paragraph is that paragraph
        raise NotFound(f"{row['label']} has no {what}", suggestion="children lists what is below a provision")
    return found


def _under(row: Row) -> Iterator[Row]:
    for child in row.get("children", ()):
        yield child
        yield from _under(child)


def _numbers(printed: str) -> tuple[str, ...]:
    """How a document number may stand in a record: as it is given, or simplified with 〔〕 around the year."""
    plain = simplify(normalize("NFKC", "".join(printed.split())))
    return printed, plain, _YEAR.sub(r"〔\1〕", plain)


def _bare(label: str) -> str:
    return fold(label).strip("().、,第项")
