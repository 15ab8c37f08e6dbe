"""The law behind gaps, as answers tell of it: what was checked by which provisions, and when a reply is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any

from catalog import working_days
from catalog.codec import Row, from_row
from catalog.gaps.law import Grounds, cited, nearness
from catalog.table import rows
from catalog.vocabulary import ClockKind, GapKind, Kind
from graph.gaps import incomplete_metadata
from graph.gaps.law import read_law, topics
from graph.gaps.reply_overdue import clock_of, period
from graph.gaps.table import RULES
from graph.shape import Equals, Question, Shape, Test
from schema.context import Context, Info
from schema.plans import Wish
from schema.selection import Selected
from schema.waiting import all_of

PAGE = 10_000
"""How much of the law is read at once: all of it, as far as anybody has seen."""
SHOWN = 6
"""How many provisions a line names."""


async def grounds(context: Context) -> Grounds:
    """What the law demands, read once a request, however many of its places ask at once."""
    async with context.reading_law:
        if context.grounds is None:
            regulations, conditions, clocks = await all_of(
                (
                    _all(context, Kind.REGULATION, ()),
                    _all(context, Kind.CONDITION, (Equals("topic", tuple(topics(RULES))),)),
                    _all(context, Kind.CLOCK, (Equals("clock_kind", (ClockKind.DURATION.value,)),)),
                )
            )
            context.grounds = read_law(RULES, regulations, conditions, clocks).reader()
        return context.grounds


async def checks(context: Context, kinds: Sequence[GapKind], place: str | None, on: dt.date) -> list[str]:
    """What was checked: each rule with the provisions in force that it goes by, and how much was looked at."""
    reads: list[Awaitable[Any]] = [context.store.counts(), context.store.keeps_gaps(), context.head()]
    counts, kept, revision = await all_of(reads)
    held = f"{counts[Kind.RESOURCE]} resources, {counts[Kind.REGULATION]} regulations, {counts[Kind.DEMAND]} demands"
    if not kept:
        return [
            "no gap rule has run over this store: an empty list says nothing; any change of the catalogue runs them",
            f"gap records in the store: {counts[Kind.GAP]}, at revision {revision}",
            f"not compared with each other: {held}",
        ]
    law = await grounds(context)
    place = None if place is None else await _key(context, place)
    lines = [_line(law, rule.kind, place, on) for rule in RULES if rule.kind in kinds and rule.grounded]
    own = [rule for rule in RULES if rule.kind in kinds and not rule.grounded]
    ruling = sum(1 for text in law.law.texts.values() if text.holds and _on(text, on))
    lines += [
        f"{rule.kind} {rule.kind.zh}: by the article that assigns, lists or is cited itself ({rule.provision}); "
        f"{ruling} of {len(law.law.texts)} texts in force"
        for rule in own
    ]
    unread = sorted(
        {
            f"{entry.partition('=')[2]} ({law.cited(ground)})"
            for ground in law.law.grounds
            if ground.kind is GapKind.INCOMPLETE_METADATA and ground.kind in kinds
            for entry in ground.detail
            if entry.startswith(incomplete_metadata.UNREAD)
        }
    )
    if unread:
        lines.append(f"not compared, since the catalogue has no element for it: {'、'.join(unread)}")
    return [*lines, f"on {on}, at revision {revision}: {held}; {counts[Kind.GAP]} gaps on whatever date"]


async def _key(context: Context, place: str) -> str:
    """How the law calls a place: its code, where a record with this name or code has one."""
    for kind in (Kind.RESOURCE, Kind.REGULATION, Kind.AGENCY):
        tests = (Equals("jurisdiction", (place,)),)
        page = await context.store.read(Question(kind, Shape(frozenset({"jurisdiction"})), tests, first=1))
        for row in page.rows:
            return str(row["jurisdiction"]["code"] or row["jurisdiction"]["name"])
    return place


def _line(law: Grounds, kind: GapKind, place: str | None, on: dt.date) -> str:
    named = []
    for ground in law.law.grounds:
        text = law.law.texts[ground.regulation]
        here = place is None or place in (text.place, "") or nearness(text.place, place) is not None
        if ground.kind is kind and here and _on(text, on):
            named.append(cited(text, ground.citation))
    shown = sorted(set(named))
    if not shown:
        return f"{kind} {kind.zh}: no text in force demands it, so there is none"
    more = f" and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
    return f"{kind} {kind.zh}: by {'、'.join(shown[:SHOWN])}{more}"


def _on(text: Any, on: dt.date) -> bool:
    day = on.isoformat()
    return text.begins <= day and (not text.ends or day < text.ends)


async def _all(context: Context, kind: Kind, tests: Iterable[Test]) -> list[Any]:
    names = [row.name for row in rows(kind)]
    found: list[Any] = []
    after: tuple[str] | None = None
    more = True
    while more:
        page = await context.store.read(Question(kind, Shape(frozenset(names)), tuple(tests), first=PAGE, after=after))
        found += [from_row(kind, {name: row[name] for name in names}) for row in page.rows]
        more, after = page.more, (page.rows[-1]["id"],) if page.rows else None
    return found


# ---- when a reply is due


def want_places(wish: Wish, field: Selected) -> None:
    """Wants the places of who asks, who is asked, and of the resource."""
    for relation in ("agency", "provider", "resource"):
        wish.reach(relation).need("jurisdiction")


async def reply_due(demand: Any, info: Info) -> Any:
    """The due date of a demand's answer; None where it has no day."""
    return await _due(info.context, demand.row) if demand.row["requested"] else None


async def _due(context: Context, row: Row) -> Any:
    from schema.types.condition import DueDate

    law = await grounds(context)
    where = [(row[name] or {}).get("jurisdiction") for name in ("agency", "provider", "resource")]
    place = next((one["code"] or one["name"] for one in where if one), "")
    clock = clock_of(law, place, row["requested"])
    if clock is None:
        return None
    found = working_days.due_date(period(clock), dt.date.fromisoformat(row["requested"]))
    return DueDate(
        date=found.date,
        earliest=found.earliest,
        latest=found.latest,
        certain=found.certain,
        because=[f"{law.cited(clock)}：{found.because[0]}", *found.because[1:]],
    )
