"""Legal time on rows: what is asked of a text to tell its standing, and the standing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from catalog.clock import Clock
from catalog.codec import Row
from catalog.legal_time import status_on
from catalog.text import simplify
from catalog.verdict import Law, regime_of
from catalog.vocabulary import ClockKind, ClockUnit, LegalStatus
from schema.plans import Wish

DATES = ("effective", "expires", "repealed", "draft")
CLOCK = ("clock_kind", "text", "amount", "unit", "month", "day", "date")


def day(value: Any) -> dt.date | None:
    """A row's date."""
    return dt.date.fromisoformat(value) if value else None


def law(row: Row, *, validity: str | None = None) -> Law:
    """A regulation's row as the judgement sees it; the dates must be in it, the name may be."""
    return Law(
        id=row["id"],
        name=row.get("short_title") or row.get("title") or "",
        effective=day(row["effective"]),
        expires=day(row["expires"]),
        repealed=day(row["repealed"]),
        draft=row["draft"],
        validity=validity,
        regime=regime_of(simplify(row["title"])) if row.get("title") else None,
    )


def want_text(wish: Wish) -> None:
    """Wants, of a citation, the dates of the text that it leads to."""
    wish.reach("regulation").need(*DATES)
    wish.reach("provision").reach("regulation").need(*DATES)


def text_of(citation: Row) -> Row | None:
    """The regulation that a citation leads to, by itself or by its provision."""
    found: Row | None = citation["regulation"] or (citation["provision"] or {}).get("regulation")
    return found


def status(citation: Row, on: dt.date) -> LegalStatus:
    """The standing of what is cited; UNKNOWN where it is not loaded."""
    text = text_of(citation)
    return status_on(law(text), on) if text else LegalStatus.UNKNOWN


def clock(row: Row) -> Clock:
    """A clock's row, cut to what counting asks for, as a record."""
    return Clock(
        id=row["id"],
        action="",
        clock_kind=ClockKind(row["clock_kind"]),
        text=row["text"],
        amount=row["amount"],
        unit=ClockUnit(row["unit"]) if row["unit"] else None,
        month=row["month"],
        day=row["day"],
        date=day(row["date"]),
    )
