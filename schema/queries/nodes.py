"""Root fields that lead to any kind: node, nodes and search."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from catalog.errors import BadInput, NotFound, TooCostly
from catalog.identifiers import kind_of
from catalog.text import SEARCHED, fold
from catalog.vocabulary import Kind
from graph.shape import Found, Page, SearchQuestion
from schema import cursors
from schema.arguments import After, First, OneIdentifier, Place, Revision
from schema.connections import Connection, assemble
from schema.context import Info
from schema.filters import fold_place
from schema.plans import TYPE_NAMES, node, page_size
from schema.queries.reading import context_of, counted, folded, several
from schema.selection import selected
from schema.types.base import Node, answered

SNIPPET = 30  # characters on each side of what matched


@strawberry.type(description="A record whose words contain the text (检索结果).")
class SearchHit:
    """One hit; the record itself is read only where it is asked for."""

    found: strawberry.Private[Found]
    kind: Kind = strawberry.field(description="The kind of record (记录种类).")
    matched: str = strawberry.field(description="The words in the record that matched (匹配文本).")
    snippet: str = strawberry.field(description="These words with some of what stands around them (摘录).")
    score: float = strawberry.field(
        description="1.0 the whole text, 0.8 its beginning, 0.6 inside it, 0.4 inside a later text (相关度)."
    )

    @answered("The record (记录).")
    async def node(self, info: Info) -> Node:
        found: Node = await node(info.context, selected(info), self.found.id, info.context.today)
        return found


@strawberry.type
class NodeQueries:
    """Anything by identifier or by its words."""

    @answered("The record of whatever kind that has this identifier (节点).")
    async def node(self, info: Info, id: OneIdentifier, revision: Revision = None) -> Node | None:
        kind_of(id)
        one = selected(info)
        found: Node | None = await node(await context_of(info, one), one, id, info.context.today)
        if found is None:
            raise NotFound(f"there is no record {id}", suggestion="search(text:) finds records by their words")
        return found

    @answered("The records of these identifiers, null in the place of one that there is not (节点列表).")
    async def nodes(
        self,
        info: Info,
        ids: Annotated[
            list[strawberry.ID], strawberry.argument(description="The identifiers, at most 100 (标识列表).")
        ],
        revision: Revision = None,
    ) -> list[Node | None]:
        one = selected(info)
        context = await context_of(info, one)
        limit = context.limits.ids
        if len(ids) > limit:
            raise TooCostly(
                f"{len(ids)} identifiers are over the bound of {limit}",
                cost=len(ids),
                limit=limit,
                suggestion=f"ask for at most {limit} at once",
            )
        for identifier in ids:
            kind_of(identifier)
        found: list[Any] = [node(context, one, identifier, context.today) for identifier in ids]
        return found

    @answered("Records whose words contain a text, best first, in Chinese from one character up (检索).")
    async def search(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="The text, in whatever script or width (检索词).")],
        kinds: Annotated[
            list[Kind] | None,
            strawberry.argument(
                description=f"Only records of these kinds; words are looked for in {', '.join(SEARCHED)} (记录种类)."
            ),
        ] = None,
        jurisdiction: Place = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[SearchHit]:
        one = selected(info)
        context = await context_of(info, one)
        given = several(kinds or (), "kinds")
        for kind in given:
            if kind not in TYPE_NAMES:
                raise BadInput(f"records of kind {kind} are not searched", suggestion="leave it out of kinds")
        sorts = tuple(kind for kind in given if kind in SEARCHED)
        asked, question = folded(text, "text"), cursors.question_of(one.name, one.arguments)
        size = page_size(one.arguments["first"], context.limits.first, one.name)
        sought = SearchQuestion(
            asked,
            sorts,
            fold_place(jurisdiction),
            size,
            cursors.decode(after, question) if after is not None else None,
            counted(one),
        )
        nothing = kinds is not None and not sorts
        page = Page((), more=False, total=0) if nothing else await context.store.search(sought)
        hits = [_hit(found, asked) for found in page.rows]
        keys = [found.key for found in page.rows]
        type_ = one.type.extensions["strawberry-definition"].origin
        made: Connection[SearchHit] = assemble(
            type_, hits, question, keys, more=page.more, before=after is not None, total=page.total
        )
        return made


def _hit(found: Found, asked: str) -> SearchHit:
    begin, end = place(found.text, asked)
    cut = max(0, begin - SNIPPET)
    stop = min(len(found.text), end + SNIPPET)
    snippet = f"{'…' if cut else ''}{found.text[cut:stop]}{'…' if stop < len(found.text) else ''}"
    return SearchHit(found=found, kind=found.kind, matched=found.text[begin:end], snippet=snippet, score=found.score)


def place(text: str, asked: str) -> tuple[int, int]:
    """Where the folded words stand in the unfolded text; the whole text where folding moved them out of sight."""
    letters = [(letter, index) for index, raw in enumerate(text) for letter in fold(raw)]
    at = "".join(letter for letter, _ in letters).find(asked)
    return (letters[at][1], letters[at + len(asked) - 1][1] + 1) if at >= 0 else (0, len(text))
