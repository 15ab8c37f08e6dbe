"""The house keeps its rules, and each rule can be broken."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support import house, neo4j_server

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_kept(rule):
    assert list(rule(ROOT)) == [], rule.__doc__


def planted(tmp_path: Path, place: str, text: str) -> Path:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.parent.name == "mulu":
        (path.parent / "__init__.py").touch()  # or an installed mulu would be found before it
    path.write_text(text, encoding="utf-8")
    return tmp_path


BROKEN = [
    (house.foreign_rooms, "catalog/a.py", "import graph"),
    (house.foreign_rooms, "catalog/a.py", "from loaders.files import read"),
    (house.foreign_rooms, "catalog/deep/a.py", "from ... import schema"),
    (house.foreign_rooms, "catalog/a.py", "def f():\n    import mulu.cli"),
    (house.foreign_rooms, "catalog/a.py", "if TYPE_CHECKING:\n    from graph import Store"),
    (house.foreign_rooms, "loaders/a.py", "import graph.store as g"),
    (house.foreign_rooms, "loaders/a.py", "importlib.import_module('schema.app')"),
    (house.foreign_rooms, "graph/a.py", "from schema import app"),
    (house.foreign_rooms, "graph/a.py", "import loaders"),
    (house.foreign_rooms, "schema/a.py", "from loaders import files"),
    (house.foreign_rooms, "schema/a.py", "from mulu import settings"),
    (house.foreign_rooms, "mulu/a.py", "from tests.support import needs"),
    (house.foreign_rooms, "graph/a.py", "import benchmarks"),
    (house.foreign_libraries, "catalog/a.py", "import requests"),
    (house.foreign_libraries, "catalog/a.py", "from neo4j import Driver"),
    (house.impurities, "catalog/a.py", "text = open('x').read()"),
    (house.impurities, "catalog/a.py", "import io\nio.open('x')"),
    (house.impurities, "catalog/a.py", "from io import open as o"),
    (house.impurities, "catalog/a.py", "from pathlib import Path"),
    (house.impurities, "catalog/a.py", "import os"),
    (house.impurities, "catalog/a.py", "from os import environ"),
    (house.impurities, "catalog/a.py", "import os.path"),
    (house.impurities, "catalog/a.py", "import time"),
    (house.impurities, "catalog/a.py", "import datetime as dt\ndt.datetime.now()"),
    (house.impurities, "catalog/a.py", "from datetime import date as Day\nclock = Day.today"),
    (house.impurities, "catalog/a.py", "import socket"),
    (house.impurities, "catalog/a.py", "from urllib import request"),
    (house.impurities, "catalog/a.py", "import sqlite3"),
    (house.impurities, "catalog/a.py", "from importlib import resources"),
    (house.impurities, "catalog/a.py", "import uuid\nuuid.uuid4()"),
    (house.impurities, "catalog/a.py", "print('hello')"),
    (house.file_openers, "loaders/table.py", "open('x')"),
    (house.file_openers, "loaders/table.py", "import io\nio.open('x')"),
    (house.file_openers, "loaders/table.py", "def f(path):\n    return path.read_bytes()"),
    (house.file_openers, "loaders/table.py", "from pathlib import Path\nPath('x').open()"),
    (house.file_openers, "loaders/table.py", "import os"),
    (house.file_openers, "loaders/deep/files.py", "open('x')"),
    (house.long_modules, "graph/a.py", "x = 1\n" * 401),
    (house.long_modules, "tests/graph/test_a.py", "x = 1\n" * 401),
    (house.long_modules, "chores.py", "x = 1\n" * 401),
    (house.long_readme, "README.md", "a line\n" * 150),
    (house.undocumented, "schema/a.py", "x = 1"),
    (house.undocumented, "schema/__init__.py", ""),
    (house.machine_traces, "docs/a.md", "see " + "/".join(("", "work", "main"))),
    (house.machine_traces, "a.json", '"resolved": "https://' + ".".join(("registry", "npmjs", "org"))),
    (house.machine_traces, "a.bin", "\0" + "/".join(("", "root", "x"))),
    (house.heavy_imports, "mulu/cli.py", "import uvicorn"),
    (house.heavy_imports, "mulu/cli.py", "import no_such_module"),
]


@pytest.mark.parametrize(("rule", "place", "text"), BROKEN, ids=lambda value: getattr(value, "__name__", None))
def test_broken(tmp_path, rule, place, text):
    assert len(list(rule(planted(tmp_path, place, text)))) >= 1


FINE = [
    (house.foreign_rooms, "schema/a.py", "import graph.store\nfrom catalog import words\nfrom . import pages"),
    (house.foreign_rooms, "mulu/a.py", "from loaders import files\nfrom schema.app import app"),
    (house.foreign_rooms, "graph/a.py", "from .schema import tables"),
    (house.foreign_libraries, "catalog/a.py", "import opencc\nfrom stdnum.cn import uscc\nimport re, catalog.words"),
    (house.impurities, "catalog/a.py", "from datetime import date\nimport io, uuid\nio.StringIO()\nuuid.uuid5"),
    (house.file_openers, "loaders/files.py", "import os\nopen('x')"),
    (house.file_openers, "loaders/xlsx.py", "import zipfile\ndef f(z):\n    return z.open('sheet')"),
    (house.long_modules, "graph/a.py", "x = 1\n" * 400),
    (house.long_readme, "README.md", "a line\n" * 149),
    (house.undocumented, "schema/a.py", '"""Pages."""'),
    (house.undocumented, "schema/_a.py", "x = 1"),
    (house.machine_traces, "docs/a.md", "https://data.example.cn/eli/work/1 and ../root/x"),
    (house.heavy_imports, "mulu/cli.py", "def serve():\n    import uvicorn"),
]


@pytest.mark.parametrize(("rule", "place", "text"), FINE, ids=lambda value: getattr(value, "__name__", None))
def test_not_too_strict(tmp_path, rule, place, text):
    assert list(rule(planted(tmp_path, place, text))) == []


def test_every_rule_is_broken_once():
    assert {rule for rule, _, _ in BROKEN} == set(house.RULES)


def requirements() -> list[Requirement]:
    extras = PROJECT["project"]["optional-dependencies"]
    return [Requirement(text) for text in (*PROJECT["project"]["dependencies"], *extras["test"])]


def test_constraints_pin_what_is_required():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    versions = {canonicalize_name(name): version for name, version in pins.items()}
    assert [r for r in requirements() if not r.specifier.contains(versions.get(canonicalize_name(r.name), "0"))] == []


def test_requirements_have_both_bounds():
    assert [r for r in requirements() if {s.operator for s in r.specifier} != {">=", "<"}] == []


def test_wheel_holds_the_rooms(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("mulu-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    builds_pages = re.compile(
        r"/node_modules/|/package(-lock)?\.json$|\.[jt]sx$|\.ts$|^schema/graphiql/(src/|\.[^/]*$|[^/]*\.(m?js|html|svg)$)"
    )
    kept = {path.relative_to(ROOT).as_posix() for path in house.tracked(ROOT) if "__pycache__" not in path.parts}
    wanted = {name for name in kept if name.split("/")[0] in house.ROOMS and not builds_pages.search(name)}
    assert wanted <= names
    assert [name for name in names if name.split("/")[0] not in house.ROOMS] == []
    assert [name for name in names if re.search(r"/node_modules/|/package(-lock)?\.json$|\.[jt]sx$", name)] == []


@pytest.mark.skipif(os.name == "nt", reason="bash and its executable bit")
def test_ci_script_is_sound():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    subprocess.run(["bash", "-n", script], check=True)


SKIPPING = {
    "tests/graph/test_store.py": "def test_neo4j(request):\n    request.getfixturevalue('neo4j_uri')\n",
    "tests/browser/test_page.py": "def test_page(browser_path):\n    pass\n",
    "tests/test_fine.py": "def test_fine():\n    pass\n",
}


def run_pytest(tree: Path, *arguments: str, files: dict[str, str] = SKIPPING) -> subprocess.CompletedProcess[str]:
    """Run the given tests below a copy of this conftest, where there is neither Neo4j nor browser."""
    shutil.copytree(ROOT / "tests" / "support", tree / "tests" / "support")
    for name in ("pyproject.toml", "tests/__init__.py", "tests/conftest.py"):
        shutil.copy(ROOT / name, tree / name)
    for place, text in files.items():
        planted(tree, place, text)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MULU_")} | {"PATH": str(tree)}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def test_absent_backends_are_skipped_loudly(tmp_path):
    done = run_pytest(tmp_path)
    assert done.returncode == 0, done.stdout
    *_, neo4j, browser, closing = done.stdout.splitlines()
    assert neo4j.startswith("!!! 1 neo4j tests did NOT run: no server jars")
    assert browser.startswith("!!! 1 browser tests did NOT run: no Chromium")
    assert "1 passed, 2 skipped" in closing


def test_required_backends_fail_when_absent(tmp_path):
    done = run_pytest(tmp_path, "--require-neo4j", "--require-browser")
    assert done.returncode == 1
    assert "--require-neo4j: no server jars" in done.stdout
    assert "--require-browser: no Chromium" in done.stdout
    assert "1 passed" in done.stdout.splitlines()[-1]
    assert "skipped" not in done.stdout.splitlines()[-1]


def test_a_required_browser_fails_a_module_that_skips_itself(tmp_path):
    skips = {"tests/browser/test_page.py": "import pytest\npytest.importorskip('no_such_module')\n"}
    assert run_pytest(tmp_path, "--require-browser", files=skips | {"tests/test_a.py": "def test(): pass"}).returncode


def test_a_required_backend_without_a_test_fails(tmp_path):
    done = run_pytest(tmp_path, "--require-neo4j", files={"tests/test_fine.py": "def test_fine():\n    pass\n"})
    assert done.returncode == 1
    assert "!!! --require-neo4j was given, but no neo4j test was found" in done.stdout


def test_neo4j_answers(neo4j_uri):
    with neo4j_server.connection(neo4j_uri) as (driver, database):
        assert driver.execute_query("RETURN '目录' AS it", database_=database).records[0]["it"] == "目录"


def test_chores_name_themselves():
    command = [sys.executable, "chores.py"]
    done = subprocess.run([*command, "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [
        word
        for word in ("demo", "install", "lint", "check", "test", "ckan", "neo4j", "lock")
        if word not in done.stdout
    ] == []
    wrong = subprocess.run([*command, "cook"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (wrong.returncode, "No chore is called 'cook'" in wrong.stderr) == (2, True)
