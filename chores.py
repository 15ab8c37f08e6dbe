"""One spelling for each chore: `python3 chores.py CHORE [ARGUMENTS]`. Needs Python 3.11 and nothing else."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

USAGE = """\
python3 chores.py CHORE [ARGUMENTS]

  demo     load the sample catalogue and serve it; prints the address of GraphiQL and a first query
  install  make .venv with everything that working on Mulu needs
  lint     ruff: rules and formatting            (lint --fix repairs what it can)
  check    mypy, strict
  test     pytest; arguments are passed on       (test -- -k demand --require-neo4j --require-browser)
  audits   the audit suite of GraphQL over HTTP, from npm, for the tests that run it against us
  ckan     a CKAN with its DCAT harvester in .cache, for the tests that harvest us with it
  neo4j    a Neo4j server in the foreground      (neo4j --port 7687; neo4j --resolve only fetches its jars)
  lock     write constraints.txt anew with the newest versions that pyproject.toml allows

An environment of your own is used instead of .venv when MULU_PYTHON names its interpreter, or when it is
active and `install` has filled it.
"""
ROOT = Path(__file__).resolve().parent
CONSTRAINTS = ROOT / "constraints.txt"
NEO4J = ROOT / ".neo4j"
POM = ROOT / ".ci" / "neo4j" / "pom.xml"
OLDEST = (3, 11)
STAMP = "mulu-installed.json"
AUDITS = ROOT / "tests" / "audits"
CKAN = ROOT / ".cache" / "ckan-venv"
HARVESTER = ("setuptools<81", "ckan[requirements]==2.11.6", "ckanext-dcat==2.4.4", "ckanext-harvest==1.6.3")


class ChoreError(Exception):
    """What went wrong and what to do about it, for people."""


# --- running things -------------------------------------------------------------------------------------------------


def say(text: str, end: str = "\n") -> None:
    """Progress goes to standard error: standard output belongs to the chore."""
    print(text, end=end, file=sys.stderr, flush=True)


def quietly(step: str, command: list[str], hint: str = "", **environment: str) -> None:
    """Run one step behind one line of output; show what it said only if it fails."""
    say(f"· {step} …", end=" ")
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    say(f"{time.monotonic() - began:.0f} s" if done.returncode == 0 else "failed")
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-30:])
        raise ChoreError(f"{said}\n\n{step}: exit status {done.returncode}. {hint}".rstrip())


def run(*commands: list[str]) -> int:
    """Run each in view of the user; the answer is the first failure."""
    return next((code for command in commands if (code := subprocess.call(command, cwd=ROOT))), 0)


def become(command: list[str], directory: Path = ROOT) -> int:
    """Hand over to the command: signals and exit status are its own."""
    if os.name == "nt":
        return subprocess.call(command, cwd=directory)
    os.chdir(directory)
    os.execv(command[0], command)


# --- the environment ------------------------------------------------------------------------------------------------


def program(environment: Path, name: str) -> Path:
    """A program of a virtual environment, whichever system it is on."""
    return environment / "Scripts" / f"{name}.exe" if os.name == "nt" else environment / "bin" / name


def digest() -> str:
    """Changes when an installed environment no longer is what pyproject.toml and constraints.txt ask for."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), CONSTRAINTS.read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def installed(environment: Path, extra: str) -> bool:
    """Whether the environment's stamp says that it holds everything asked for, as it is asked for now."""
    try:
        stamp = json.loads((environment / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return program(environment, "python").exists() and stamp["digest"] == digest() and extra in ("", stamp["extra"])


def create(environment: Path) -> None:
    """Make a virtual environment, or say which package of the system is missing."""
    try:
        importlib.import_module("ensurepip")
    except ImportError:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise ChoreError(
            f"This Python ({sys.executable}) cannot make virtual environments: its ensurepip is missing.\n"
            f"On Debian and Ubuntu: apt install python{version}-venv. Elsewhere take a Python that has it, or name an\n"
            f"environment that has Mulu installed: MULU_PYTHON=/path/to/python"
        ) from None
    version = ".".join(str(part) for part in sys.version_info[:3])
    quietly(
        f"creating {environment.name} with Python {version}",
        [sys.executable, "-m", "venv", "--clear", str(environment)],
    )


def too_old(environment: Path) -> bool:
    """Whether the environment was made with a Python that Mulu no longer runs on."""
    lines = (environment / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    versions = [line.partition("=")[2].strip() for line in lines if line.startswith("version")]
    return any(tuple(int(part) for part in version.split(".")[:2]) < OLDEST for version in versions)


def pip_install(environment: Path, *what: str) -> list[str]:
    """The command that installs quietly."""
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    return [str(program(environment, "python")), "-m", "pip", "install", *quiet, *what]


def ensure(extra: str = "") -> Path:
    """The interpreter of an environment that has Mulu, and the extra, installed."""
    if named := os.environ.get("MULU_PYTHON"):
        return Path(named)
    active = os.environ.get("VIRTUAL_ENV")
    if active and installed(Path(active), extra):
        return program(Path(active), "python")
    environment = ROOT / ".venv"
    if installed(environment, extra):
        return program(environment, "python")
    if not program(environment, "python").exists() or too_old(environment):
        create(environment)
    (environment / STAMP).unlink(missing_ok=True)
    quietly(
        f"installing mulu{f' with what {extra} needs' if extra else ''}, the first time about a minute",
        pip_install(environment, "-c", str(CONSTRAINTS), "-e", f".[{extra}]" if extra else "."),
        "Is there a way to the package index? pip reads its settings as always (pip config, PIP_INDEX_URL).",
        # also for what builds the package: one variable for older pips, one for newer
        PIP_CONSTRAINT=str(CONSTRAINTS),
        PIP_BUILD_CONSTRAINT=str(CONSTRAINTS),
    )
    (environment / STAMP).write_text(json.dumps({"digest": digest(), "extra": extra}), encoding="utf-8")
    return program(environment, "python")


# --- the Neo4j server -----------------------------------------------------------------------------------------------


def resolve_neo4j() -> None:
    """Have the server's jars in .neo4j/lib, as the pom pins them."""
    wanted = hashlib.sha256(POM.read_bytes()).hexdigest()
    stamp = NEO4J / "lib" / "pom.sha256"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    maven = shutil.which("mvn")
    if not maven:
        raise ChoreError("Maven (mvn) is needed once, to fetch the Neo4j server: apt install maven, brew install maven")
    fresh = NEO4J / "lib.new"
    shutil.rmtree(fresh, ignore_errors=True)
    command = [maven, "-B", "-q", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={fresh}"]
    command += ["-Dmaven.artifact.threads=16", "-Dmaven.wagon.http.retryHandler.count=3"]
    quietly("fetching the Neo4j server, the first time about seven minutes", command)
    (fresh / stamp.name).write_text(wanted, encoding="utf-8")
    shutil.rmtree(NEO4J / "lib", ignore_errors=True)
    fresh.rename(NEO4J / "lib")


# --- the chores -----------------------------------------------------------------------------------------------------


def demo(arguments: list[str]) -> int:
    """Install if need be, then let `mulu demo` load and serve the sample, in the caller's directory."""
    return become([str(ensure().with_name(program(ROOT, "mulu").name)), "demo", *arguments], Path.cwd())


def install(arguments: list[str]) -> int:
    """Install everything, and say which interpreter has it."""
    print(ensure("test"))
    return 0


def lint(arguments: list[str]) -> int:
    """Both halves of ruff, even if the first finds something."""
    ruff = [str(ensure("test")), "-m", "ruff"]
    if "--fix" in arguments:
        return run([*ruff, "format"], [*ruff, "check", *arguments])
    checked, formatted = (run([*ruff, *half]) for half in (["check", *arguments], ["format", "--check"]))
    return checked or formatted


def check(arguments: list[str]) -> int:
    """Types; what to look at stands in pyproject.toml."""
    return run([str(ensure("test")), "-m", "mypy", *arguments])


def test(arguments: list[str]) -> int:
    """Tests; whoever insists on Neo4j gets its server first."""
    python = str(ensure("test"))
    if "--require-ckan" in arguments:
        ckan([])
    if "--require-audits" in arguments:
        audits([])
    if "--require-neo4j" in arguments and not os.environ.get("MULU_TEST_NEO4J"):
        resolve_neo4j()
    return become([python, "-m", "pytest", *arguments])


def neo4j(arguments: list[str]) -> int:
    """A server to develop against, with data that stays in .neo4j/home."""
    resolve_neo4j()
    if arguments == ["--resolve"]:
        return 0
    return become([str(ensure("test")), "-m", "tests.support.neo4j_server", *arguments])


def audits(arguments: list[str]) -> int:
    """The suite as its lock file pins it, beside the tests that run it."""
    stamp, lock = AUDITS / "node_modules" / STAMP, AUDITS / "package-lock.json"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return 0
    npm = shutil.which("npm")
    if not npm:
        raise ChoreError("npm is needed once, to fetch the audit suite: apt install npm, brew install node")
    quietly("installing the GraphQL over HTTP audits", [npm, "ci", "--prefix", str(AUDITS), "--no-audit", "--no-fund"])
    stamp.write_text(wanted, encoding="utf-8")
    return 0


def ckan(arguments: list[str]) -> int:
    """The real harvester, apart from everything else: it wants old versions of much."""
    stamp, wanted = CKAN / STAMP, json.dumps(HARVESTER)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return 0
    create(CKAN)
    quietly("installing CKAN and its DCAT harvester, the first time about two minutes", pip_install(CKAN, *HARVESTER))
    stamp.write_text(wanted, encoding="utf-8")
    return 0


def lock(arguments: list[str]) -> int:
    """Resolve from nothing, and write down what came of it."""
    environment = ROOT / ".cache" / "lock"
    create(environment)
    # colorama: what the others need on Windows only
    quietly("resolving", pip_install(environment, ".[test]", "colorama"))
    freeze = [str(program(environment, "python")), "-m", "pip", "freeze", "--exclude", "mulu"]
    pins = subprocess.run(freeze, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    head = "# The exact versions that Mulu is developed and tested with. Written by `python3 chores.py lock`.\n"
    CONSTRAINTS.write_text(head + pins, encoding="utf-8")
    shutil.rmtree(environment)
    return 0


CHORES = {chore.__name__: chore for chore in (demo, install, lint, check, test, audits, ckan, neo4j, lock)}


def main(arguments: list[str]) -> int:
    """Do the chore named first."""
    if sys.version_info < OLDEST:
        newer = [name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)]
        use = f"Try: {newer[0]} chores.py" if newer else "Install a newer one."
        raise ChoreError(f"Mulu needs Python 3.11 or later; this is {sys.version.split()[0]}. {use}")
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in ("help", "-h", "--help"):
        print(USAGE, end="")
        return 0
    if name not in CHORES:
        raise ChoreError(f"No chore is called {name!r}.\n\n{USAGE}")
    return CHORES[name](rest[1:] if rest[:1] == ["--"] else rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ChoreError as error:
        say(f"\n{error}")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
