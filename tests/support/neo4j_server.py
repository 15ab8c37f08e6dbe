"""A real Neo4j server, from jars in `.neo4j/lib`: one for a whole test run, or one in the foreground for a developer."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

ROOT = Path(__file__).resolve().parents[2]
LIB = ROOT / ".neo4j" / "lib"
LEASH = Path(__file__).with_name("leash.py")
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.lang", "java.util.concurrent")
CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size={size.pages}
db.memory.transaction.max={size.transaction}
dbms.memory.transaction.total.max={size.total}
db.transaction.timeout={size.timeout}
db.tx_log.preallocate=false
db.tx_log.rotation.size=1m
db.tx_log.rotation.retention_policy=keep_none
dbms.usage_report.enabled=false
"""


@dataclass(frozen=True, slots=True)
class Size:
    """What a server may take: heap, page cache, the memory of one transaction and of all of them, and the time of one."""

    heap: str
    pages: str
    transaction: str
    total: str
    timeout: str


SMALL = Size("1g", "128m", "256m", "700m", "120s")
LARGE = Size("11g", "1g", "9g", "9g", "1h")
"""For a change set of 100,000 resources: one transaction holds all of it in the heap until it is committed."""


class Neo4jUnavailableError(Exception):
    """There is no server, and why."""


def java() -> str | None:
    """The Java to run it with: JAVA_HOME's, else the one on the path."""
    home = os.environ.get("JAVA_HOME")
    return (home and shutil.which("java", path=str(Path(home) / "bin"))) or shutil.which("java")


def missing(lib: Path = LIB) -> str | None:
    """Why no server can be started here, or None if one can."""
    if not any(lib.glob("neo4j-server-*.jar")):
        return "no server jars in .neo4j/lib; `python3 chores.py neo4j --resolve` fetches them"
    return None if java() else "no java (17 or 21) on the path, nor in JAVA_HOME"


@contextmanager
def connection(uri: str) -> Iterator[tuple[Driver, str]]:
    """A driver for a store URI, `neo4j://user:password@host:port/database`, and the database's name."""
    parts = urlsplit(uri)
    address = f"{parts.scheme}://{parts.hostname}:{parts.port or 7687}"
    auth = (unquote(parts.username or "neo4j"), unquote(parts.password or ""))
    with GraphDatabase.driver(address, auth=auth, connection_timeout=5, max_transaction_retry_time=5) as driver:
        yield driver, parts.path.strip("/") or "neo4j"


def answers(uri: str) -> None:
    """Ask the server something; the driver's errors mean that it does not answer."""
    with connection(uri) as (driver, database), driver.session(database=database) as session:
        session.run("RETURN 1").consume()


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Neo4jServer:
    """One server with its data below `home`. With a `grace` of 0 it is killed at the end: for data nobody wants."""

    def __init__(self, home: Path, *, lib: Path = LIB, port: int = 0, grace: float = 0, size: Size = SMALL) -> None:
        self.home, self.lib, self.grace, self.size = home, lib, grace, size
        self.port = port or free_port()
        self._password_file = home / "password"
        self._process: subprocess.Popen[bytes] | None = None
        home.mkdir(parents=True, exist_ok=True)
        self._fresh = not self._password_file.exists()
        self.password = secrets.token_urlsafe(18) if self._fresh else self._password_file.read_text(encoding="ascii")

    @property
    def uri(self) -> str:
        """What Mulu calls a store, and takes as `--store`."""
        return self._uri(self.password)

    def _uri(self, password: str, scheme: str = "neo4j", database: str = "neo4j") -> str:
        return f"{scheme}://neo4j:{password}@127.0.0.1:{self.port}/{database}"

    def start(self, deadline: float = 120) -> None:
        """Start it and return once it answers queries."""
        if reason := missing(self.lib):
            raise Neo4jUnavailableError(reason)
        conf = self.home / "conf"
        (self.home / "tmp").mkdir(exist_ok=True)
        conf.mkdir(exist_ok=True)
        (conf / "neo4j.conf").write_text(CONF.format(port=self.port, size=self.size), encoding="utf-8")
        with self._console.open("wb") as console:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(LEASH), str(self.grace), *self._command(conf)],
                stdin=subprocess.PIPE,
                stdout=console,
                stderr=subprocess.STDOUT,
            )
        try:
            self._await(time.monotonic() + deadline)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop it, and wait until it is gone."""
        if self._process is not None:
            self._process.communicate()  # closes its input, which is the sign to end
            self._process = None

    def wait(self) -> int:
        """Stay until it ends by itself."""
        return self._process.wait() if self._process else 0

    def __enter__(self) -> Neo4jServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _console(self) -> Path:
        return self.home / "console.log"

    def _command(self, conf: Path) -> list[str]:
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
        memory = [
            "-Xms256m",
            f"-Xmx{self.size.heap}",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            f"-Djava.io.tmpdir={self.home / 'tmp'}",
        ]
        main = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.home}", f"--config-dir={conf}"]
        return [java() or "java", *opens, *memory, "-cp", str(self.lib / "*"), *main]

    def _await(self, until: float) -> None:
        last = "nobody listens"
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                raise Neo4jUnavailableError(f"the server ended while starting:\n{self._said()}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    pass
                self._set_password()
                return answers(self.uri)
            except (OSError, DriverError, Neo4jError) as error:
                last = str(error)
                time.sleep(0.1)
        raise Neo4jUnavailableError(f"the server did not answer in time ({last}):\n{self._said()}")

    def _set_password(self) -> None:
        """On first contact the server insists on another password; it has to be kept before it is changed."""
        if not self._fresh:
            return
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(self.password, encoding="ascii")
        try:
            with (
                connection(self._uri("neo4j", "bolt", "system")) as (driver, system),
                driver.session(database=system) as s,
            ):
                s.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=self.password).consume()
        except BaseException:
            self._password_file.unlink()
            raise
        self._fresh = False

    def _said(self) -> str:
        return "\n".join(self._console.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])


@contextmanager
def throwaway_server() -> Iterator[Neo4jServer]:
    """A server for one test run, below `.neo4j/runs`, killed and removed at the end."""
    home = ROOT / ".neo4j" / "runs" / f"{os.getpid()}-{secrets.token_hex(4)}"
    try:
        with Neo4jServer(home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    """A server in the foreground, its data in `.neo4j/home`."""
    parser = argparse.ArgumentParser(prog="chores.py neo4j", description=main.__doc__)
    parser.add_argument("--port", type=int, default=7687, help="where Bolt listens (7687); 0 takes a free one")
    parser.add_argument("--home", type=Path, default=ROOT / ".neo4j" / "home", help="its data (.neo4j/home)")
    parser.add_argument("--large", action="store_true", help="11 GB of heap, for change sets of 100,000 resources")
    options = parser.parse_args()
    size = LARGE if options.large else SMALL
    server = Neo4jServer(options.home.resolve(), port=options.port, grace=30, size=size)
    print("starting Neo4j …", file=sys.stderr, flush=True)
    try:
        with server:
            print(server.uri, flush=True)
            print("Ctrl-C stops it. Use it with: mulu --store URI …, or MULU_STORE=URI", file=sys.stderr, flush=True)
            return server.wait()
    except Neo4jUnavailableError as error:
        print(f"Neo4j: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
