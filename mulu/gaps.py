"""``mulu gaps``: where the catalogue falls short of the law, for a person, a program, or the meeting about it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from catalog.errors import BadInput, MuluError, NotFound
from catalog.gaps.law import place_in
from catalog.text import simplify
from catalog.vocabulary import GapKind, Severity
from graph.gaps.table import RULES
from graph.open import open_store
from mulu.clock import today
from mulu.output import print_json, say
from mulu.settings import Settings
from schema.context import Context
from schema.execute import execute

PAGE = 100
ACTS: Mapping[str, str] = {rule.kind.value: rule.act for rule in RULES}
"""What to do about each kind."""
GAPS = """
query Gaps($kind: [GapKind!], $agency: ID, $jurisdiction: String, $on: Date, $first: Int, $after: String,
           $revision: Int, $whole: Boolean!) {
  gaps(kind: $kind, agency: $agency, jurisdiction: $jurisdiction, on: $on, revision: $revision,
       first: $first, after: $after) {
    nodes {
      id kind severity message because begins ends since
      subject { ...Told }
      owner { id name jurisdiction { name } }
      citation { text status provision { id label } regulation { id title } }
      evidence { ...Told }
    }
    pageInfo { hasNextPage endCursor }
    totalCount @include(if: $whole)
    counts @include(if: $whole) { kind count }
    checked @include(if: $whole)
  }
}
fragment Told on Node {
  id
  ... on Resource { name code } ... on Field { name } ... on Agency { name } ... on DataElement { name }
  ... on Demand { what } ... on Provision { label regulation { title } }
}
"""
AGENCY = "query Agency($name: String!) { agency(name: $name) { id } }"


def gaps(wanted: Mapping[str, Any], *, first: int, form: str, output: Path | None, store: str | None) -> int:
    """Prints the gaps of the wanted ``kinds``, ``agency``, ``jurisdiction`` and date (``on``); 0.

    ``form`` is text, json, csv or xlsx. Only text is cut, to the ``first`` ones.
    """
    on = wanted["on"] or today().isoformat()
    variables = {"kind": wanted["kinds"] or None, "jurisdiction": wanted["jurisdiction"], "on": on}
    settings, most = Settings.read(store=store), first if form == "text" else None
    found = asyncio.run(_found(settings, variables, wanted["agency"], most))
    if form == "text":
        _print(found, on)
    elif form == "json":
        print_json(found)
    else:
        from mulu.gap_tables import table

        table(found, on, form, output)
    return 0


async def _found(
    settings: Settings, variables: Mapping[str, Any], agency: str | None, most: int | None
) -> dict[str, Any]:
    async with open_store(settings.store) as store:
        if await store.head() is None:
            say(f"the store {settings.store} is empty: load something with mulu load PATH")

        async def ask(document: str, given: Mapping[str, Any]) -> dict[str, Any]:
            context = Context(store=store, today=today(), base_iri=settings.base_iri, title=settings.title)
            answer = await execute(store, document, dict(given), None, context)
            if answer.get("errors"):
                raise _error(answer["errors"][0])
            data: dict[str, Any] = answer["data"]
            return data

        if agency is not None and "/" not in agency:
            one = (await ask(AGENCY, {"name": agency}))["agency"]
            if one is None:
                raise NotFound(f"there is no agency called {agency}", suggestion="give its whole name, or its id")
            agency = one["id"]

        async def read(revision: int | None) -> dict[str, Any]:
            return await _pages(ask, {**variables, "agency": agency, "revision": revision}, most)

        before = await store.head()
        found = await read(None)
        head = await store.head()
        # Pages are separate operations, and something was written between them: they may not agree. The present
        # is the quicker to read, so an earlier revision is asked for only then.
        return found if head is None or head == before else await read(head.number)


async def _pages(
    ask: Callable[[str, Mapping[str, Any]], Awaitable[dict[str, Any]]], variables: Mapping[str, Any], most: int | None
) -> dict[str, Any]:
    """All gaps, or the first ``most``, page after page, with what is said of them all on the first page."""
    whole: dict[str, Any] = {}
    nodes: list[Any] = []
    after, more = None, True
    while more:
        size = PAGE if most is None else min(PAGE, most - len(nodes))
        page = (await ask(GAPS, {**variables, "first": size, "after": after, "whole": not whole}))["gaps"]
        whole = whole or page
        nodes += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        more = page["pageInfo"]["hasNextPage"] and (most is None or len(nodes) < most)
    return {"nodes": nodes, **{name: whole[name] for name in ("totalCount", "counts", "checked")}}


def _error(error: Mapping[str, Any]) -> MuluError:
    extensions = error.get("extensions", {})
    wrong = extensions.get("code") in ("BAD_INPUT", "NOT_FOUND")
    return (BadInput if wrong else MuluError)(error["message"], suggestion=extensions.get("suggestion"))


def form_of(*, as_json: bool, csv: bool, xlsx: bool, output: Path | None) -> str:
    """What is written: text for a person, json, csv or xlsx; a file's ending says which, where no option does."""
    asked = [name for name, wanted in (("json", as_json), ("csv", csv), ("xlsx", xlsx)) if wanted]
    if not asked and output is not None:
        asked = [ending for ending in ("csv", "xlsx") if output.suffix.lower() == f".{ending}"]
    if len(asked) > 1 or (output is not None and asked not in (["csv"], ["xlsx"])):
        raise BadInput("give one of --csv and --xlsx with -o", suggestion="mulu gaps --xlsx -o gaps.xlsx")
    return asked[0] if asked else "text"


def kinds_of(words: Sequence[str]) -> list[GapKind]:
    """The kinds that words name, in English or Chinese."""
    named = {word: kind for kind in GapKind for word in (kind.value, kind.zh)}
    named["逾期未答复"] = GapKind.REPLY_OVERDUE
    for word in words:
        if word not in named and word.upper() not in named:
            raise BadInput(f"{word!r} is no kind of gap", suggestion="one of " + " ".join(GapKind))
    return [named.get(word) or named[word.upper()] for word in words]


def told(about: Mapping[str, Any]) -> str:
    """A record by its name, with the code it is registered under; by its identifier where it has no name."""
    if "label" in about:
        return f"《{simplify(about['regulation']['title'])}》{place_in(about['label'] or '', about['id'])}"
    name = str(about.get("name") or about.get("what") or about["id"])
    return f"{name}（{about['code']}）" if about.get("code") else name


def subject(gap: Mapping[str, Any]) -> str:
    """What a gap is about, by name and code."""
    return told(gap["subject"])


def owner(gap: Mapping[str, Any]) -> str:
    """Who has to act."""
    return str(gap["owner"]["name"]) if gap["owner"] else "待协商确定"


def place(gap: Mapping[str, Any]) -> str:
    """Where who has to act belongs: offices of one name stand in many places."""
    jurisdiction = gap["owner"]["jurisdiction"] if gap["owner"] else None
    return str(jurisdiction["name"]) if jurisdiction else ""


def cited(gap: Mapping[str, Any]) -> str:
    """《广州市政府信息共享管理规定》第十七条."""
    citation = gap["citation"]
    regulation = citation["regulation"]
    article = place_in(citation["text"], citation["provision"] and citation["provision"]["id"])
    return f"《{simplify(regulation['title'])}》{article}" if regulation else article


def ordered(nodes: Sequence[Any]) -> list[Any]:
    """By owner and place, then the worst first, then kind, subject and identifier."""
    severities = [severity.value for severity in Severity]
    return sorted(
        nodes,
        key=lambda gap: (
            owner(gap),
            place(gap),
            severities.index(gap["severity"]),
            gap["kind"],
            subject(gap),
            gap["id"],
        ),
    )


COLOURS = {"ERROR": "red", "WARNING": "yellow", "INFO": "dim"}


def _print(found: Mapping[str, Any], on: str) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False, soft_wrap=True)
    for (name, where), held in groupby(ordered(found["nodes"]), key=lambda gap: (owner(gap), place(gap))):
        gaps = list(held)
        console.print(f"[bold]{escape(name)}[/]{f'  {escape(where)}' if where else ''}  ({len(gaps)})")
        for gap in gaps:
            kind = GapKind(gap["kind"])
            what = escape(f"{subject(gap)}：{gap['message']}")
            console.print(f"  [{COLOURS[gap['severity']]}]{kind.zh}[/] {what}")
            console.print(f"    依据 {escape(cited(gap))}，{_days(gap)}")
            console.print(f"    办理 {ACTS[kind]}")
    counts = "、".join(f"{GapKind(one['kind']).zh} {one['count']}" for one in found["counts"])
    console.print(f"{found['totalCount']} gaps on {on}{f': {counts}' if counts else ''}")
    if found["totalCount"] > len(found["nodes"]):
        more = found["totalCount"] - len(found["nodes"])
        console.print(f"… {more} more: --first, --json, --csv or --xlsx", style="dim")
    for line in found["checked"]:
        console.print(f"  {escape(line)}", style="dim")


def _days(gap: Mapping[str, Any]) -> str:
    begins = f"自{gap['begins']}起" if gap["begins"] else "一直"
    return begins + (f"至{gap['ends']}前" if gap["ends"] else "")
