"""The rules of the house as functions: each takes a tree and answers with its violations, one line each."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOMS: dict[str, frozenset[str]] = {
    "catalog": frozenset(),
    "loaders": frozenset({"catalog"}),
    "graph": frozenset({"catalog"}),
    "schema": frozenset({"catalog", "graph"}),
    "mulu": frozenset({"catalog", "loaders", "graph", "schema"}),
}
OUTSIDE = frozenset({"tests", "benchmarks", "chores"})
PURE_LIBRARIES = frozenset({"msgspec", "opencc", "stdnum", "chinese_calendar", "pypinyin"})
OPENS_FILES = "loaders/files.py"
HEAVY = frozenset(
    "strawberry graphql neo4j opencc starlette uvicorn pydantic chinese_calendar stdnum rdflib pyoxigraph httpx".split()
)
MADE = frozenset(
    ".git .venv .neo4j .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache __pycache__ node_modules".split()
)
LONGEST_MODULE = 400
LONGEST_README = 150

# Modules of the standard library that reach the world outside: files, processes, the net, the environment, the clock.
FILES = frozenset("glob fileinput mmap os shutil sqlite3 tempfile dbm shelve importlib.resources pkgutil".split())
NET = frozenset(
    "asyncio ftplib http imaplib multiprocessing poplib select selectors smtplib socket socketserver ssl subprocess "
    "telnetlib urllib.request webbrowser xmlrpc".split()
)
CHANCE = frozenset("random secrets time getpass locale platform logging sys threading signal".split())
IMPURE_BUILTINS = frozenset("open print input breakpoint exec eval __import__".split())
IMPURE_ATTRIBUTES = frozenset(
    "now utcnow today fromtimestamp uuid1 uuid4 environ getenv read_text read_bytes write_text write_bytes".split()
)
FILE_ATTRIBUTES = frozenset("read_text read_bytes write_text write_bytes iterdir rglob".split())

# Put together here so that this file does not contain what it looks for.
MACHINE_PATHS = "(?:^|[^A-Za-z0-9_.-])/(?:" + "|".join(("work", "farm", "root", "tmp/bash" + "_jobs")) + ")/"
HOSTS = [
    r"\.".join(parts)
    for parts in (
        ("registry", "npmjs"),
        ("registry", "npmmirror"),
        ("registry", "yarnpkg"),
        ("files", "pythonhosted"),
        ("pypi", "org/simple"),
        ("pypi", "tuna"),
        ("repo1?", "maven"),
        ("maven", "aliyun"),
        ("deb", "debian"),
        ("archive", "ubuntu"),
        ("static", "crates"),
        ("proxy", "golang"),
    )
]
MACHINE = re.compile("|".join((MACHINE_PATHS, *HOSTS)).encode())


@dataclass(frozen=True)
class Module:
    """A parsed source file, and where it stands below the root."""

    path: Path
    place: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.place.partition("/")[0]


def modules(root: Path, rooms: Iterable[str] = ROOMS) -> Iterator[Module]:
    """Every module of the rooms, in order."""
    for room in rooms:
        for path in sorted((root / room).rglob("*.py")):
            if "node_modules" not in path.parts:
                tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
                yield Module(path, path.relative_to(root).as_posix(), tree)


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of all it imports: anywhere in it, relative or not, by statement or by importlib."""
    package = module.place.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=name, names=names, level=level):
                above = package[: len(package) - level + 1] if level else []
                base = ".".join([*above, *([name] if name else [])])
                yield from ((node.lineno, f"{base}.{alias.name}".lstrip(".")) for alias in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def within(name: str, wanted: Iterable[str]) -> bool:
    """Whether a dotted name is one of the wanted modules or lies in one."""
    return any(name == module or name.startswith(f"{module}.") for module in wanted)


def foreign_rooms(root: Path) -> Iterator[str]:
    """A room imports only the rooms it may; nothing imports mulu, tests or benchmarks."""
    for module in modules(root):
        allowed = ROOMS[module.room] | {module.room}
        for line, name in imports(module):
            top = name.partition(".")[0]
            if (top in ROOMS or top in OUTSIDE) and top not in allowed:
                yield f"{module.place}:{line} imports {name}"


def foreign_libraries(root: Path) -> Iterator[str]:
    """catalog imports the standard library and a few small pure libraries."""
    allowed = sys.stdlib_module_names | PURE_LIBRARIES | {"catalog", "__future__"}
    for module in modules(root, ["catalog"]):
        for line, name in imports(module):
            if name.partition(".")[0] not in allowed:
                yield f"{module.place}:{line} imports {name}"


def impurities(root: Path) -> Iterator[str]:
    """catalog has no I/O, no clock, no environment and no chance."""
    for module in modules(root, ["catalog"]):
        for line, name in imports(module):
            if within(name, FILES | NET | CHANCE | {"pathlib", "io.open", "io.FileIO"}):
                yield f"{module.place}:{line} imports {name}"
        for node in ast.walk(module.tree):
            match node:
                case ast.Name(id=name, ctx=ast.Load()) if name in IMPURE_BUILTINS:
                    yield f"{module.place}:{node.lineno} uses {name}"
                case ast.Attribute(attr=name, ctx=ast.Load()) if name in IMPURE_ATTRIBUTES:
                    yield f"{module.place}:{node.lineno} uses .{name}"
                case ast.Attribute(value=ast.Name(id="io"), attr="open" | "FileIO"):
                    yield f"{module.place}:{node.lineno} uses io.open"


def file_openers(root: Path) -> Iterator[str]:
    """loaders turn text into records; one module of theirs opens files."""
    for module in modules(root, ["loaders"]):
        if module.place == OPENS_FILES:
            continue
        has_path = False
        for line, name in imports(module):
            has_path |= within(name, ["pathlib"])
            if within(name, FILES | NET | {"io.open", "io.FileIO"}):
                yield f"{module.place}:{line} imports {name}"
        for node in ast.walk(module.tree):
            match node:
                case ast.Name(id="open", ctx=ast.Load()) | ast.Attribute(value=ast.Name(id="io"), attr="open"):
                    yield f"{module.place}:{node.lineno} uses open"
                case ast.Attribute(attr=name) if name in FILE_ATTRIBUTES or (name == "open" and has_path):
                    yield f"{module.place}:{node.lineno} uses .{name}"


def long_modules(root: Path) -> Iterator[str]:
    """No module above 400 lines, tests included."""
    for folder in (*ROOMS, "tests", "benchmarks", "."):
        found = (root / folder).glob("*.py") if folder == "." else (root / folder).rglob("*.py")
        for path in sorted(found):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST_MODULE and "node_modules" not in path.parts:
                yield f"{path.relative_to(root).as_posix()} has {lines} lines"


def long_readme(root: Path) -> Iterator[str]:
    """The README stays short enough to be read."""
    readme = root / "README.md"
    if readme.exists() and (lines := len(readme.read_text(encoding="utf-8").splitlines())) >= LONGEST_README:
        yield f"README.md has {lines} lines"


def undocumented(root: Path) -> Iterator[str]:
    """Every public module says what it is."""
    for module in modules(root):
        name = module.path.stem
        if (name == "__init__" or not name.startswith("_")) and not ast.get_docstring(module.tree):
            yield f"{module.place} has no docstring"


def tracked(root: Path) -> list[Path]:
    """What git keeps or would keep; outside a repository, what is there and looks like it."""
    if not (root / ".git").exists():
        return sorted(path for path in root.rglob("*") if path.is_file() and not MADE & {*path.relative_to(root).parts})
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout
    return [path for name in sorted(listed.split("\0")) if name and (path := root / name).is_file()]


def machine_traces(root: Path) -> Iterator[str]:
    """No file names a package registry's host or a path of somebody's machine."""
    for path in tracked(root):
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if found := MACHINE.search(line):
                yield f"{path.relative_to(root).as_posix()}:{number} has {found[0].decode(errors='replace').strip()}"


def heavy_imports(root: Path, module: str = "mulu.cli") -> Iterator[str]:
    """Importing the command line loads nothing heavy, so that `mulu --help` is quick."""
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"import {module} failed: {done.stderr.splitlines()[-1]}"
    for name in sorted(HEAVY & set(done.stdout.split())):
        yield f"import {module} loads {name}"


RULES: tuple[Callable[[Path], Iterator[str]], ...] = (
    foreign_rooms,
    foreign_libraries,
    impurities,
    file_openers,
    long_modules,
    long_readme,
    undocumented,
    machine_traces,
    heavy_imports,
)
