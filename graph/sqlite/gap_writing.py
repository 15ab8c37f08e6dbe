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
from graph.sqlite.model import NUMBERS, table

_EVIDENCE, _PROVISION, _REGULATION = "evidence", "citation.provision", "citation.regulation"


def create(
    session: Session,
    gaps: Sequence[Gap],
    keys: dict[str, int],
    paths: Mapping[tuple[int, str], int],
    revision: int,
) -> set[str]:
    """Writes gaps that are not held; answers what they refer to and is nowhere.

    ``keys`` holds their own keys, and is given those of what they refer to.
    """
    targets = {target for gap in gaps for target in _targets(gap)}
    absent = _find(session, {target for target in targets if target not in keys}, keys)
    if absent:
        return absent
    session.each(
        "INSERT INTO gap (key, id, gap_kind, severity, subject, owner, begins, ends, created, revision, version, body) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, {revision}, {revision}, 1, ?)",
        [
            (
                keys[gap.id],
                gap.id,
                gap.gap_kind.value,
                gap.severity.value,
                keys[gap.subject],
                keys[gap.owner] if gap.owner else None,
                gap.begins.isoformat() if gap.begins else "",
                gap.ends.isoformat() if gap.ends else "",
                msgspec.json.encode(gap).decode(),
            )
            for gap in gaps
        ],
    )
    number = NUMBERS[Kind.GAP]
    evidence, provision, regulation = (paths[number, path] for path in (_EVIDENCE, _PROVISION, _REGULATION))
    links = []
    for gap in gaps:
        key = keys[gap.id]
        links += [(evidence, keys[one], key, place) for place, one in enumerate(gap.evidence)]
        if gap.citation and gap.citation.provision:
            links.append((provision, keys[gap.citation.provision], key, 0))
        if gap.citation and gap.citation.regulation:
            links.append((regulation, keys[gap.citation.regulation], key, 0))
    links.sort()
    session.each("INSERT INTO link VALUES (?, ?, ?, ?, 0)", links)
    past.log(session, revision, Kind.GAP, ChangeKind.CREATED, sorted(gaps, key=lambda gap: gap.id))
    return set()


def _targets(gap: Gap) -> Sequence[str]:
    cited = gap.citation
    found = (gap.subject, gap.owner, *gap.evidence, cited and cited.provision, cited and cited.regulation)
    return [one for one in found if one]


def _find(session: Session, targets: set[str], keys: dict[str, int]) -> set[str]:
    by_kind: dict[Kind, list[str]] = {}
    for target in targets:
        by_kind.setdefault(kind_of(target), []).append(target)
    for kind, ids in by_kind.items():
        text = f"SELECT id, key FROM {table(kind)} WHERE id IN (SELECT value FROM json_each(?))"
        keys.update(session.all(text, (msgspec.json.encode(ids).decode(),)))
    return {target for target in targets if target not in keys}
