"""Writing new gaps quickly: they are many, of one shape, searched by no text, and nothing refers to them.

The same rows as :mod:`graph.sqlite.writing` makes of a new record (``check`` compares them), in a third of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

import msgspec

from catalog.gap import Gap
from catalog.identifiers import kind_of
from catalog.vocabulary import Kind
from graph.sqlite.connection import Session
from graph.sqlite.indexes import without_indexes
from graph.sqlite.model import NUMBERS, STEP, table
from graph.sqlite.past import log_created

_EVIDENCE, _PROVISION, _REGULATION = "evidence", "citation.provision", "citation.regulation"
_NUMBER = NUMBERS[Kind.GAP]


@dataclass(slots=True)
class _Rows:
    """What is written of gaps: their rows, and what they refer to (path, target, holder, position) by path."""

    gaps: list[tuple[int | str | None, ...]] = field(default_factory=list)
    evidence: list[tuple[int, int, int, int]] = field(default_factory=list)
    provisions: list[tuple[int, int, int, int]] = field(default_factory=list)
    regulations: list[tuple[int, int, int, int]] = field(default_factory=list)


def create(
    session: Session,
    gaps: Sequence[Gap],
    keys: dict[str, int],
    paths: Mapping[tuple[int, str], int],
    revision: int,
) -> set[str]:
    """Writes gaps that are not held, but for the log; answers what they refer to and is nowhere.

    ``keys`` holds the keys of what they refer to, as far as they are known, and is given the others and their own.
    """
    [(last,)] = session.all("SELECT max(key) FROM gap")
    before = _NUMBER if last is None else last
    try:
        rows = _rows(gaps, keys, paths, before)
    except KeyError:  # rare after the first few thousand gaps, which name every agency
        if absent := _find(session, gaps, keys):
            return absent
        rows = _rows(gaps, keys, paths, before)
    session.each(
        "INSERT INTO gap (key, id, gap_kind, severity, subject, owner, begins, ends, created, revision, version, body) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, {revision}, {revision}, 1, ?)",
        rows.gaps,
    )
    for links in (rows.evidence, rows.provisions, rows.regulations):
        links.sort()
        session.each("INSERT INTO link VALUES (?, ?, ?, ?, 0)", links)
    return set()


def _rows(gaps: Sequence[Gap], keys: dict[str, int], paths: Mapping[tuple[int, str], int], before: int) -> _Rows:
    """The rows of gaps, with keys from ``before`` on. Raises KeyError where a key is not known."""
    rows = _Rows()
    evidence, provision, regulation = (paths[_NUMBER, path] for path in (_EVIDENCE, _PROVISION, _REGULATION))
    encoded = msgspec.json.Encoder().encode
    key = before
    for gap in gaps:
        key += STEP
        keys[gap.id] = key
        rows.gaps.append(
            (
                key,
                gap.id,
                gap.gap_kind.value,
                gap.severity.value,
                keys[gap.subject],
                keys[gap.owner] if gap.owner else None,
                gap.begins.isoformat() if gap.begins else "",
                gap.ends.isoformat() if gap.ends else "",
                encoded(gap).decode(),
            )
        )
        for place, one in enumerate(gap.evidence):
            rows.evidence.append((evidence, keys[one], key, place))
        if (cited := gap.citation) is not None:
            if cited.provision:
                rows.provisions.append((provision, keys[cited.provision], key, 0))
            if cited.regulation:
                rows.regulations.append((regulation, keys[cited.regulation], key, 0))
    return rows


@contextmanager
def logged(session: Session, revision: int, *, nothing: bool) -> Iterator[None]:
    """Writes to the log which gaps were made inside, all at once and in its order.

    Where there was ``nothing`` before, the indexes of gaps are made anew at the end: sorting once is quicker than
    finding a place for each.
    """
    [(last,)] = session.all("SELECT coalesce(max(key), 0) FROM gap")
    with without_indexes(session, Kind.GAP) if nothing else nullcontext():
        yield
    log_created(session, revision, Kind.GAP, last)


def _find(session: Session, gaps: Sequence[Gap], keys: dict[str, int]) -> set[str]:
    """Gives ``keys`` those of everything that the gaps refer to; answers what is nowhere."""
    wanted: set[str | None] = {
        one for gap in gaps for one in (gap.subject, gap.owner, *gap.evidence) if one not in keys
    }
    cited = {id(gap.citation): gap.citation for gap in gaps if gap.citation}  # a few, each cited very often
    wanted.update(one for citation in cited.values() for one in (citation.provision, citation.regulation))
    targets = {one for one in wanted if one and one not in keys}
    by_kind: dict[Kind, list[str]] = {}
    for target in targets:
        by_kind.setdefault(kind_of(target), []).append(target)
    for kind, ids in by_kind.items():
        text = f"SELECT id, key FROM {table(kind)} WHERE id IN (SELECT value FROM json_each(?))"
        keys.update(session.all(text, (msgspec.json.encode(ids).decode(),)))
    return {target for target in targets if target not in keys}
