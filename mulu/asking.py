"""``mulu who`` and ``mulu query``: GraphQL without a server."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from catalog.errors import BadInput
from catalog.gaps.law import place_in
from catalog.text import simplify
from catalog.vocabulary import Verdict
from graph.port import Store, together
from mulu.clock import today
from mulu.opening import opened
from mulu.output import print_json, say
from mulu.settings import Settings
from schema.context import Context
from schema.execute import execute

WHO = """
query Who($what: String!, $on: Date, $jurisdiction: String, $first: Int) {
  whoProvides(what: $what, on: $on, jurisdiction: $jurisdiction, first: $first) {
    nodes {
      verdict because
      matched { how text }
      field { name }
      resource { name code origin jurisdiction { name } }
      responsibilities { roles allocation confidence agency { name } citation { text } }
      shareType openToPublic
      conditions { text topic citation { text provision { label } regulation { title } } }
      clocks { action amount unit text citation { text regulation { title } } }
      basis { text status provision { id label } regulation { title } }
    }
    totalCount
    checked
  }
}
"""


def who(
    what: str,
    *,
    on: str | None,
    revision: int | None,
    jurisdiction: str | None,
    first: int,
    as_json: bool,
    store: str | None,
) -> int:
    """Answers for a person, or with ``as_json`` with the GraphQL answer's ``whoProvides``."""
    variables = {"what": what, "on": date(on), "jurisdiction": jurisdiction, "first": first}
    answer = asked(WHO, variables, "Who", Settings.read(store=store), revision)
    if answer.get("errors"):
        return refused(answer)
    found = answer["data"]["whoProvides"]
    if as_json:
        print_json(found)
    else:
        _print(what, date(on) or today().isoformat(), found)
    return 0


def query(
    document: str,
    *,
    variables: str,
    operation: str | None,
    revision: int | None,
    store: str | None,
    base_iri: str | None,
) -> int:
    """Prints the GraphQL response; 1 if it holds errors."""
    settings = Settings.read(store=store, base_iri=base_iri)
    answer = asked(_text(document), _object(variables), operation, settings, revision)
    print_json(answer)
    return 1 if answer.get("errors") else 0


def date(text: str | None) -> str | None:
    """A date as the contract writes it. Raises BadInput for anything else, impossible dates too."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise BadInput(f"{text!r} is no date", suggestion="write it as 2018-01-01") from error


def asked(
    document: str,
    variables: Mapping[str, Any],
    operation: str | None,
    settings: Settings,
    revision: int | None = None,
) -> dict[str, Any]:
    """The GraphQL response of a store, on the day of the request; of an earlier revision, as it stood then."""

    async def run() -> dict[str, Any]:
        async with opened(settings.store, revision) as store:
            if await store.head() is None:
                say(f"the store {settings.store} is empty: load something with mulu load PATH")
            day = today()

            async def ask(reads: Store) -> dict[str, Any]:
                context = Context(store=reads, today=day, base_iri=settings.base_iri, title=settings.title)
                return await execute(None, document, variables, operation, context)

            return await together(store, ask)

    return asyncio.run(run())


def _text(document: str) -> str:
    if document == "-":
        return sys.stdin.read()
    try:
        return Path(document).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{document} cannot be read: {error}", suggestion="name a file, or - for standard input"
        ) from error


def _object(variables: str) -> dict[str, Any]:
    try:
        found = orjson.loads(variables)
    except orjson.JSONDecodeError as error:
        raise BadInput(
            f"--variables is no JSON: {error}", suggestion='write an object: {"what": "婚姻状况"}'
        ) from error
    if not isinstance(found, dict):
        raise BadInput("--variables is no JSON object", suggestion='write an object: {"what": "婚姻状况"}')
    return found


def refused(answer: Mapping[str, Any]) -> int:
    """Says the errors of a response; 2 where the question was wrong, else 1."""
    for error in answer["errors"]:
        say(f"mulu: {error['message']}")
        suggestion = error.get("extensions", {}).get("suggestion")
        if suggestion:
            say(f"      {suggestion}")
    wrong = all(error.get("extensions", {}).get("code") in ("BAD_INPUT", "NOT_FOUND") for error in answer["errors"])
    return 2 if wrong else 1


COLOURS = {"AVAILABLE": "green", "ON_APPLICATION": "cyan", "REFUSED": "red", "LAPSED": "yellow", "UNKNOWN": "dim"}


def _print(what: str, on: str, found: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False, soft_wrap=True)
    if not found["nodes"]:
        console.print(f"Nobody provides {escape(what)}, as far as this catalogue goes.")
        for line in found["checked"]:
            console.print(f"  {escape(line)}", style="dim")
        return
    for answer in found["nodes"]:
        resource, verdict = answer["resource"], Verdict(answer["verdict"])
        name = f"{answer['field']['name']} · {resource['name']}" if answer["field"] else resource["name"]
        place = resource["jurisdiction"]["name"] if resource["jurisdiction"] else ""
        console.print(f"[bold]{escape(name)}[/]  {escape(place)}")
        console.print(f"  on {on}: [{COLOURS[verdict]}]{verdict} {verdict.zh}[/] – {verdict.en}")
        agencies = "、".join(dict.fromkeys(held["agency"]["name"] for held in answer["responsibilities"]))
        console.print(f"  by {escape(agencies or '—')}")
        for citation in answer["basis"]:
            console.print(f"  basis {escape(_cited(citation))}: {citation['status']}")
        for clock in answer["clocks"]:
            console.print(
                f"  clock {escape(clock['action'])}: {escape(clock['text'])} ({escape(_cited(clock['citation']))})"
            )
        for step in answer["because"]:
            console.print(f"  – {escape(step)}")
    if found["totalCount"] > len(found["nodes"]):
        console.print(f"… {found['totalCount'] - len(found['nodes'])} more: --first or GraphQL", style="dim")


def _cited(citation: Mapping[str, Any] | None) -> str:
    if citation is None:
        return ""
    regulation, provision = citation.get("regulation"), citation.get("provision")
    if regulation is None:
        return str(citation.get("text", ""))
    if provision is None:
        return f"《{regulation['title']}》{simplify(citation['text'])}"
    return f"《{regulation['title']}》{place_in(provision['label'], provision['id'])}"
