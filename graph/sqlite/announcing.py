"""The datasets that a change set makes say something else without writing them, noted in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalog.announcing import ANNOUNCED, NAMED_BY
from catalog.vocabulary import Kind
from graph.sqlite.connection import Session
from graph.sqlite.model import NUMBERS, PLACES

_NOTE = "INSERT OR IGNORE INTO log SELECT ?, ?, r.id, ?, NULL FROM"
_DIRECTLY = f"{_NOTE} link l JOIN resource r ON r.key = l.holder WHERE l.path = ? AND l.target = ? AND r.cleared = 1"
_BELOW = (
    f"{_NOTE} provision p JOIN link l ON l.path = ? AND l.target = p.key JOIN resource r ON r.key = l.holder "
    "WHERE p.regulation = ? AND r.cleared = 1"
)


def announce(
    session: Session, paths: Mapping[tuple[int, str], int], revision: int, renamed: Mapping[Kind, Iterable[int]]
) -> None:
    """Notes the cleared datasets that name the records with these keys, after all else was logged.

    A dataset that was itself written in the revision has its entry already.
    """
    first = (revision, PLACES[Kind.RESOURCE], ANNOUNCED)
    numbers = {kind: paths[NUMBERS[Kind.RESOURCE], path] for kind, path in NAMED_BY.items()}
    for kind, keys in renamed.items():
        held = list(keys)
        session.each(_DIRECTLY, ((*first, numbers[kind], key) for key in held))
        if kind is Kind.REGULATION:
            session.each(_BELOW, ((*first, numbers[Kind.PROVISION], key) for key in held))
