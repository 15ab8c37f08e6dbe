"""Writing new gaps quickly: they are many, of one shape, searched by no text, and nothing refers to them.

The same rows as :mod:`graph.sqlite.writing` makes of a new record (``check`` compares them), in a third of the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from catalog.gap import Gap
from catalog.identifiers import kind_of
from catalog.vocabulary import ChangeKind, Kind
from graph.sqlite import past
from graph.sqlite.connection import Session
from graph.sqlite.model import NUMBERS, STEP, table

_EVIDENCE, _PROVISION, _REGULATION = "evidence", "citation.provision", "citation.regulation"
_NUMBER = NUMBERS[Kind.GAP]


def create(
    session: Session,
    gaps: Sequence[Gap],
    keys: dict[str, int],
    paths: Mapping[tuple[int, str], int],
    revision: int,
) -> set[str]:
    """Writes gaps that are not held; answers what they refer to and is nowhere.

    ``keys`` holds the keys of what they refer to, as far as they are known, and is given the others and their own.
    """
    absent = _find(session, gaps, keys)
    if absent:
        return absent
    [(last,)] = session.all("SELECT max(key) FROM gap")
    key = _NUMBER if last is None else last
    encoded = msgspec.json.Encoder().encode
    rows: list[tuple[int | str | None, ...]] = []
    evidence: list[tuple[int, int, int, int]] = []
    provisions: list[tuple[int, int, int, int]] = []
    regulations: list[tuple[int, int, int, int]] = []
    by_evidence, by_provision, by_regulation = (paths[_NUMBER, path] for path in (_EVIDENCE, _PROVISION, _REGULATION))
    for gap in gaps:
        key += STEP
        keys[gap.id] = key
        rows.append(
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
            evidence.append((by_evidence, keys[one], key, place))
        if (cited := gap.citation) is not None:
            if cited.provision:
                provisions.append((by_provision, keys[cited.provision], key, 0))
            if cited.regulation:
                regulations.append((by_regulation, keys[cited.regulation], key, 0))
    session.each(
        "INSERT INTO gap (key, id, gap_kind, severity, subject, owner, begins, ends, created, revision, version, body) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, {revision}, {revision}, 1, ?)",
        rows,
    )
    for links in (evidence, provisions, regulations):
        links.sort()
        session.each("INSERT INTO link VALUES (?, ?, ?, ?, 0)", links)
    past.log(session, revision, Kind.GAP, ChangeKind.CREATED, sorted((gap.id, None) for gap in gaps))
    return set()


def _find(session: Session, gaps: Sequence[Gap], keys: dict[str, int]) -> set[str]:
    """Gives ``keys`` those of everything that the gaps refer to; answers what is nowhere."""
    wanted: set[str | None] = set()
    for gap in gaps:
        wanted.update(gap.evidence)
        wanted.add(gap.subject)
        wanted.add(gap.owner)
        if gap.citation is not None:
            wanted.add(gap.citation.provision)
            wanted.add(gap.citation.regulation)
    targets = {one for one in wanted if one and one not in keys}
    by_kind: dict[Kind, list[str]] = {}
    for target in targets:
        by_kind.setdefault(kind_of(target), []).append(target)
    for kind, ids in by_kind.items():
        text = f"SELECT id, key FROM {table(kind)} WHERE id IN (SELECT value FROM json_each(?))"
        keys.update(session.all(text, (msgspec.json.encode(ids).decode(),)))
    return targets - keys.keys()
