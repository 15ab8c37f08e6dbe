"""Root fields about the catalogue itself: its state, its changes, the issues of its sources."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import strawberry

from catalog.records import RECORDS
from catalog.revision import Change as LoggedChange
from catalog.vocabulary import ChangeKind, Kind, Severity
from graph.shape import Equals, Linked, Page, Question, Shape, Test
from schema import cursors
from schema.arguments import After, First, Revision
from schema.connections import Connection, assemble
from schema.context import Info
from schema.plans import TYPE_NAMES, node, page_size
from schema.queries.reading import context_of, counted, of_kind, page_of, several
from schema.selection import selected
from schema.types.base import Node, answered
from schema.types.gap import Issue
from schema.types.origin import Origination
from schema.types.value import Jurisdiction

_SOURCE = Shape(frozenset({"path", "format", "sha256", "loaded", "revision"}))


@strawberry.type(description="How many records of a kind there are (记录计数).")
class KindCount:
    """A count."""

    kind: Kind = strawberry.field(description="The kind (记录种类).")
    count: int = strawberry.field(description="How many (数量).")


@strawberry.type(description="The catalogue as a whole (目录).")
class Catalogue:
    """Everything is read only where it is asked for."""

    title: str = strawberry.field(description="The title (标题).")

    @answered("The current revision; 0 while nothing is loaded (修订号).")
    async def revision(self, info: Info) -> int:
        return await info.context.of(selected(info)).head()

    @answered("When the current revision was made (更新时间).")
    async def updated(self, info: Info) -> dt.datetime | None:
        head = await info.context.of(selected(info)).store.head()
        return head.at if head else None

    @answered("How many records of each kind there are (记录计数).")
    async def counts(self, info: Info) -> list[KindCount]:
        counts = await info.context.of(selected(info)).store.counts()
        return [KindCount(kind=kind, count=counts.get(kind, 0)) for kind in Kind]

    @answered("The places that the loaded texts belong to (行政区划).")
    async def jurisdictions(self, info: Info) -> list[Jurisdiction]:
        limit = info.context.limits.regulations
        store = info.context.of(selected(info)).store
        page = await store.read(Question(Kind.REGULATION, Shape(frozenset({"jurisdiction"})), first=limit))
        places = {(row["jurisdiction"]["code"] or "", row["jurisdiction"]["name"]): row["jurisdiction"]
                  for row in page.rows if row["jurisdiction"]}  # fmt: skip
        return [Jurisdiction(row=places[key], on=info.context.today) for key in sorted(places)]


@strawberry.type(description="One record's change in one revision (变更).")
class Change:
    """An entry of the log."""

    entry: strawberry.Private[LoggedChange]
    revision: int = strawberry.field(description="The revision (修订号).")
    at: dt.datetime = strawberry.field(description="When the revision was made (时间).")
    actor: str = strawberry.field(description="Who made the revision (操作者).")
    kind: Kind = strawberry.field(description="The kind of record (记录种类).")
    id: strawberry.ID = strawberry.field(description="The record's identifier (标识).")
    change: ChangeKind = strawberry.field(description="What was done to it (变更类型).")

    @answered("The record as it is now; null where it is gone, or a source or issue (记录).")
    async def node(self, info: Info) -> Node | None:
        if self.entry.kind not in TYPE_NAMES:
            return None
        found: Node | None = await node(info.context, selected(info), self.entry.id, info.context.today)
        return found

    @answered("The source that the change came from, where it is still there (来源).")
    async def source(self, info: Info) -> Origination | None:
        if self.entry.source is None:
            return None
        row = await info.context.record(Kind.SOURCE, self.entry.source, _SOURCE)
        return None if row is None else Origination(row={**row, "place": None}, on=info.context.today)


@strawberry.type
class LogQueries:
    """The catalogue, its changes and issues."""

    @answered("The catalogue as a whole (目录).")
    async def catalogue(self, info: Info, revision: Revision = None) -> Catalogue:
        await context_of(info, selected(info))
        return Catalogue(title=info.context.title)

    @answered("What changed after a revision, in the order in which it was written (变更).")
    async def changes(
        self,
        info: Info,
        since: Annotated[int | None, strawberry.argument(description="The revision known already (起始修订号).")] = 0,
        kinds: Annotated[
            list[Kind] | None, strawberry.argument(description="Only records of these kinds (记录种类).")
        ] = None,
        first: First = 100,
        after: After = None,
    ) -> Connection[Change]:
        context, one = info.context, selected(info)
        question = cursors.question_of(one.name, one.arguments)
        size = page_size(one.arguments["first"], context.limits.first, one.name)
        begin = cursors.decode(after, question) if after is not None else None
        page: Page[LoggedChange] = Page((), more=False, total=0)
        if kinds != []:
            asked = several(kinds or (), "kinds")
            page = await context.store.changes(
                since=since or 0, kinds=asked, first=size, after=begin, count=counted(one)
            )
        total = page.total
        order = list(RECORDS)
        rows = [
            Change(
                entry=entry,
                revision=entry.revision,
                at=entry.at,
                actor=entry.actor,
                kind=entry.kind,
                id=strawberry.ID(entry.id),
                change=entry.change,
            )
            for entry in page.rows
        ]
        keys = [(entry.revision, order.index(entry.kind), entry.id) for entry in page.rows]
        made = one.type.extensions["strawberry-definition"].origin
        found: Connection[Change] = assemble(
            made, rows, question, keys, more=page.more, before=after is not None, total=total
        )
        return found

    @answered("What was wrong or unclear in the sources (问题).")
    async def issues(
        self,
        info: Info,
        source: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Only those of this source: the identifier of an Origination (来源)."),
        ] = None,
        regulation: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only those about this text, by identifier (法规).")
        ] = None,
        severity: Annotated[
            list[Severity] | None, strawberry.argument(description="Only of these severities (严重程度).")
        ] = None,
        code: Annotated[list[str] | None, strawberry.argument(description="Only with these codes (代码).")] = None,
        revision: Revision = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[Issue]:
        tests: list[Test] = []
        if source is not None:
            tests.append(Linked("source", (of_kind(source, Kind.SOURCE),)))
        if regulation is not None:
            tests.append(Linked("regulation", (of_kind(regulation, Kind.REGULATION),)))
        if severity is not None:
            tests.append(Equals("severity", several((one.value for one in severity), "severity")))
        if code is not None:
            tests.append(Equals("code", several(code, "code")))
        return await page_of(info, Issue, Kind.ISSUE, tests)


__all__ = ["Catalogue", "Change", "KindCount", "LogQueries"]
