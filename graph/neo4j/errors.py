"""The driver's errors as Mulu's own, by one table. No message repeats an address's password."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from neo4j import exceptions as driver

from catalog.errors import BadInput, MuluError, TimedOut, Unavailable

AUTH = "check the user and password of the store's address"
DATABASE = "check the database name at the end of the store's address (neo4j://user:password@host:7687/database)"
MEMORY = "raise db.memory.transaction.max in neo4j.conf, or load in smaller change sets"

CODES: Mapping[str, tuple[type[MuluError], str, str | None]] = {
    "Neo.ClientError.Security.": (BadInput, "Neo4j refuses the user or password", AUTH),
    "Neo.ClientError.Database.DatabaseNotFound": (BadInput, "Neo4j has no such database", DATABASE),
    "Neo.ClientError.Transaction.TransactionTimedOut": (TimedOut, "the statement ran into its time limit", None),
    "Neo.ClientError.Transaction.LockClientStopped": (TimedOut, "another writer holds the store", None),
    "Neo.TransientError.Transaction.LockClient": (Unavailable, "the store was busy", None),
    "Neo.TransientError.Transaction.LockAcquisitionTimeout": (TimedOut, "another writer holds the store", None),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (BadInput, "the transaction is too large", MEMORY),
    "Neo.TransientError.General.TransactionMemoryLimit": (BadInput, "the transaction is too large", MEMORY),
    "Neo.ClientError.General.TransactionOutOfMemoryError": (BadInput, "the transaction is too large", MEMORY),
    "Neo.TransientError.": (Unavailable, "the store cannot serve this now", None),
    "Neo.ClientError.Cluster.": (Unavailable, "the cluster's leader has moved", None),
    "Neo.ClientError.General.DatabaseUnavailable": (Unavailable, "the database is not available now", None),
    "Neo.DatabaseError.": (Unavailable, "Neo4j failed", "see the server's debug log"),
}
"""By the server's code, or how it begins: the first that fits."""

CLASSES: Mapping[type[Exception], tuple[type[MuluError], str, str | None]] = {
    driver.AuthError: (BadInput, "Neo4j refuses the user or password", AUTH),
    driver.ConfigurationError: (BadInput, "Neo4j's driver refuses the store's address", DATABASE),
    driver.ServiceUnavailable: (Unavailable, "Neo4j cannot be reached", None),
    driver.SessionExpired: (Unavailable, "the connection to Neo4j was lost", None),
    driver.ConnectionAcquisitionTimeoutError: (Unavailable, "every connection to Neo4j is busy", None),
    driver.DriverError: (Unavailable, "the connection to Neo4j failed", None),
    OSError: (Unavailable, "Neo4j cannot be reached", None),
}
"""By class, for what the server did not say itself."""


def translated(error: Exception) -> MuluError | None:
    """Mulu's error for one of the driver's, None for anything that is not."""
    if isinstance(error, driver.Neo4jError):
        code = error.code or ""
        for beginning, (kind, message, suggestion) in CODES.items():
            if code.startswith(beginning):
                return kind(f"{message} ({code})", suggestion=suggestion)
        return None
    for known, (kind, message, suggestion) in CLASSES.items():
        if isinstance(error, known):
            return kind(message, suggestion=suggestion)
    return None


@contextmanager
def mapped() -> Iterator[None]:
    """Raises Mulu's errors in place of the driver's."""
    try:
        yield
    except MuluError:
        raise
    except (driver.Neo4jError, driver.DriverError, OSError) as error:
        if (known := translated(error)) is None:
            raise
        raise known from error
