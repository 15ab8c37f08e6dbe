"""Connections to one file: opened with the right pragmas, counted, borrowed and given back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from catalog.errors import BadInput, TimedOut
from catalog.text import fold
from graph.sqlite.errors import mapped
from graph.sqlite.migrations import APPLICATION, MIGRATIONS, statements
from graph.sqlite.model import NUMBERS, columns

Rows = list[tuple[Any, ...]]


CACHE = 65_536
"""Kibibytes of pages that a connection keeps; a bigger transaction goes to the write-ahead log as it grows."""
SCANNED = 8_192
"""Kibibytes of pages that a connection keeps while it scans: what was read is not read again."""
STEPS = 1_000
"""How many of SQLite's instructions make one unit of an :class:`Allowance`: some tens of microseconds."""


class LongerThanAllowed(Exception):
    """Work that was to be brief is not: it has changed nothing, and is to be done again where it may take its time."""


class Allowance:
    """How many units of work are left: a statement takes one, and one for each of its STEPS instructions."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left

    def spent(self) -> bool:
        """Takes one unit; whether there was none. SQLite ends the statement in which that happens."""
        self.left -= 1
        return self.left < 0


class Session:
    """A connection that counts its statements. One thread at a time uses it."""

    def __init__(self, path: Path, patience: float) -> None:
        self.statements = 0
        self.given_up = False
        self._patience = patience
        self._allowance: Allowance | None = None
        self.raw = sqlite3.connect(
            path, timeout=patience, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        self.raw.create_function("fold", 1, fold, deterministic=True)
        try:
            for pragma in ("synchronous=FULL", f"cache_size=-{CACHE}", "temp_store=MEMORY"):
                self.raw.execute(f"PRAGMA {pragma}")
        except BaseException:
            self.raw.close()
            raise

    def all(self, sql: str, params: Sequence[Any] = ()) -> Rows:
        """Every row of a statement."""
        self._count()
        return self.raw.execute(sql, params).fetchall()

    def stream(self, sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Every row of a statement, one after the other; nothing is to be written meanwhile."""
        self._count()
        return iter(self.raw.execute(sql, params))

    def one(self, sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a statement."""
        self._count()
        found: tuple[Any, ...] | None = self.raw.execute(sql, params).fetchone()
        return found

    def each(self, sql: str, params: Iterable[Sequence[Any]]) -> None:
        """Runs one statement for each of the parameters."""
        self._count()
        self.raw.executemany(sql, params)

    def _count(self) -> None:
        if self.given_up:
            raise TimedOut("the work was given up", suggestion="ask for less, or allow more time")
        if self._allowance is not None and self._allowance.spent():
            raise LongerThanAllowed
        self.statements += 1

    def give_up(self) -> None:
        """Ends the statement that runs, from another thread, and lets no other begin."""
        self.given_up = True
        self.raw.interrupt()

    @contextmanager
    def allowed(self, allowance: Allowance) -> Iterator[None]:
        """Lets no more run meanwhile than is allowed, and waits for no lock: LongerThanAllowed is raised instead.

        Statements of work that is raised out of do not count as run; an open read transaction stays as it is.
        """
        statements, self._allowance = self.statements, allowance
        self.raw.execute("PRAGMA busy_timeout = 0")
        self.raw.set_progress_handler(allowance.spent, STEPS)
        try:
            yield
        except LongerThanAllowed:
            self.statements = statements
            raise
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY):
                raise
            self.statements = statements
            raise LongerThanAllowed from error
        finally:
            self._allowance = None
            self.raw.set_progress_handler(None, 0)
            self.raw.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")

    def copy(self, path: Path) -> None:
        """Writes the whole file, as it is now, to another path; others may write to this one meanwhile."""
        with closing(sqlite3.connect(path)) as target:
            self.raw.backup(target)

    @contextmanager
    def scanning(self) -> Iterator[None]:
        """Keeps few pages meanwhile, so that memory does not grow with what is scanned."""
        self.raw.execute(f"PRAGMA cache_size=-{SCANNED}")
        try:
            yield
        finally:
            with suppress(sqlite3.ProgrammingError):  # the store may be closed by now
                self.raw.execute(f"PRAGMA cache_size=-{CACHE}")

    @contextmanager
    def spilling(self) -> Iterator[None]:
        """Lets a large change set sort in files without a name, beyond what the page cache may take of memory."""
        self.raw.execute("PRAGMA temp_store=FILE")
        try:
            yield
        finally:
            with suppress(sqlite3.ProgrammingError):  # the store may be closed by now
                self.raw.execute("PRAGMA temp_store=MEMORY")

    @contextmanager
    def transaction(self, how: str) -> Iterator[None]:
        """Everything inside sees, or makes, one revision; an exception rolls it back."""
        self.raw.execute(f"BEGIN {how}")
        try:
            yield
        except BaseException:
            self.rollback()
            raise
        if self.raw.in_transaction:
            self.raw.execute("COMMIT")

    def rollback(self) -> None:
        """Undoes the transaction, if one is open; a scan that nobody ended may find its store closed by now."""
        with suppress(sqlite3.ProgrammingError):
            if self.raw.in_transaction:
                self.raw.execute("ROLLBACK")


class Sessions:
    """The sessions of one file. ``patience`` is how many seconds a lock held by others is waited for."""

    def __init__(self, path: Path, patience: float) -> None:
        self.path = path
        self.patience = patience
        self._idle: list[Session] = []
        self._all: list[Session] = []
        self._lock = Lock()
        self._closed = True

    def open(self) -> None:
        """Checks that the file is, or may become, a catalogue, and migrates it."""
        if self.path.is_dir():
            raise BadInput(f"the store {self.path} is a folder", suggestion="give the path of a file in it")
        self._closed = False
        with mapped(self.path), self.borrowed() as session:
            migrate(session, self.path)

    def close(self) -> None:
        """Closes every session."""
        with self._lock:
            self._closed = True
            gone, self._idle, self._all = self._all, [], []
        for session in gone:
            session.raw.close()

    @property
    def statements(self) -> int:
        """How many statements were run so far."""
        return sum(session.statements for session in self._all)

    def take(self) -> Session:
        """A session of one's own until it is given back."""
        with self._lock:
            if self._closed:
                raise BadInput(f"the store {self.path} is not open", suggestion="enter it with 'async with'")
            if self._idle:
                return self._idle.pop()
        session = Session(self.path, self.patience)
        with self._lock:
            self._all.append(session)
        return session

    def idle(self) -> Session | None:
        """A session of one's own that is open already, if there is one."""
        with self._lock:
            return self._idle.pop() if self._idle and not self._closed else None

    def give(self, session: Session) -> None:
        """Gives a session back, its transaction ended."""
        if not self._closed:
            session.rollback()
            session.given_up = False
            with self._lock:
                self._idle.append(session)

    @contextmanager
    def borrowed(self) -> Iterator[Session]:
        """A session for a while."""
        session = self.take()
        try:
            yield session
        finally:
            self.give(session)


def migrate(session: Session, path: Path, *, journal: str = "WAL") -> None:
    """Brings a file's tables up to date; a file of somebody else's, or of a later Mulu, is refused untouched."""
    [(application,)] = session.all("PRAGMA application_id")
    [(version,)] = session.all("PRAGMA user_version")
    [(tables,)] = session.all("SELECT count(*) FROM sqlite_schema")
    if application != APPLICATION and tables:
        raise BadInput(f"the store {path} is a database of another program", suggestion="give the path of a catalogue")
    if version > len(MIGRATIONS):
        raise BadInput(f"the store {path} was made by a later Mulu", suggestion="upgrade Mulu")
    session.all(f"PRAGMA journal_mode={journal}")  # WAL stays with the file
    if version < len(MIGRATIONS):
        with session.transaction("IMMEDIATE"):
            for migration in MIGRATIONS[version:]:
                for statement in statements(migration):
                    session.all(statement)
            session.all(f"PRAGMA application_id = {APPLICATION}")
            session.all(f"PRAGMA user_version = {len(MIGRATIONS)}")
    if any(dotted not in paths(session) for dotted in link_paths()):
        with session.transaction("IMMEDIATE"):
            session.each("INSERT OR IGNORE INTO path (kind, dotted) VALUES (?, ?)", link_paths())


def link_paths() -> list[tuple[int, str]]:
    """The reference paths that are rows of ``link``: those that no column holds."""
    from catalog.table import reference_paths

    return [
        (number, reference.dotted)
        for kind, number in NUMBERS.items()
        for reference in reference_paths(kind)
        if not any(column.name == reference.dotted for column in columns(kind))
    ]


def paths(session: Session) -> dict[tuple[int, str], int]:
    """The number of each path in this file."""
    found = session.all("SELECT kind, dotted, number FROM path")
    return {(kind, dotted): number for kind, dotted, number in found}
