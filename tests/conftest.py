"""What every test gets: options, one clock zone, and the one Neo4j server of the run."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from neo4j.exceptions import DriverError, Neo4jError

from tests.support import neo4j_server
from tests.support.needs import Need

NEEDS = pytest.StashKey[dict[str, Need]]()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")

os.environ["TZ"] = "Asia/Shanghai"  # where the users are, and far enough from UTC to show a confusion
if hasattr(time, "tzset"):
    time.tzset()

hypothesis.settings.register_profile("mulu", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("mulu")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mulu")
    group.addoption("--require-neo4j", action="store_true", help="fail, not skip, where there is no Neo4j server")
    group.addoption("--require-ckan", action="store_true", help="fail, not skip, where there is no CKAN harvester")
    group.addoption("--require-browser", action="store_true", help="fail, not skip, where there is no browser")
    group.addoption(
        "--require-audits", action="store_true", help="fail, not skip, where there is no GraphQL audit suite"
    )
    group.addoption("--update-golden-files", action="store_true", help="write what came out over what was expected")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[NEEDS] = {
        "neo4j": Need(
            "neo4j",
            "`python3 chores.py neo4j --resolve` fetches a server; MULU_TEST_NEO4J names a running one.",
            config.getoption("--require-neo4j"),
        ),
        "ckan": Need(
            "ckan",
            "`python3 chores.py ckan` installs it, apart from everything else.",
            config.getoption("--require-ckan"),
        ),
        "browser": Need(
            "browser",
            "Install Chromium, or name one in MULU_TEST_BROWSER.",
            config.getoption("--require-browser"),
        ),
        "audits": Need(
            "audits",
            "`python3 chores.py audits` installs the suite; it runs on Node.js.",
            config.getoption("--require-audits"),
        ),
    }


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    for need in item.config.stash[NEEDS].values():
        if need.concerns(report):
            need.settle(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    for need in collector.config.stash[NEEDS].values():
        if report.skipped and need.concerns(report):
            need.settle(report)
    return report


def notices(config: pytest.Config) -> list[str]:
    """What was not tested; that a required thing has no test at all is only odd if nothing was left out."""
    everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    everything &= not any(config.getoption(name) for name in ("keyword", "markexpr", "collectonly", "deselect"))
    return [notice for need in config.stash[NEEDS].values() if (notice := need.notice(everything))]


def pytest_sessionfinish(session: pytest.Session) -> None:
    needs = session.config.stash[NEEDS].values()
    if notices(session.config) and any(need.required and not need.ran for need in needs) and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Generator[None, None, None]:
    yield
    for notice in notices(config):
        terminalreporter.write_line(f"!!! {notice}", red=True, bold=True)


@pytest.fixture(scope="session")
def neo4j_uri(pytestconfig: pytest.Config) -> Iterator[str]:
    """The store URI of a running Neo4j: MULU_TEST_NEO4J, which tests may empty, or a server of this run's own."""
    need = pytestconfig.stash[NEEDS]["neo4j"]
    if uri := os.environ.get("MULU_TEST_NEO4J"):
        try:
            neo4j_server.answers(uri)
        except (DriverError, Neo4jError) as error:
            pytest.fail(f"MULU_TEST_NEO4J names a server that does not answer: {error}", pytrace=False)
        need.ran += 1
        yield uri
    elif reason := neo4j_server.missing():
        need.lacking(reason)
    else:
        with neo4j_server.throwaway_server() as server:
            need.ran += 1
            yield server.uri


@pytest.fixture(scope="session")
def browser_path(pytestconfig: pytest.Config) -> str:
    """The program of a Chromium: MULU_TEST_BROWSER, or one on the path."""
    for name in (os.environ.get("MULU_TEST_BROWSER"), *BROWSERS):
        if name and (path := shutil.which(name)):
            return path
    pytestconfig.stash[NEEDS]["browser"].lacking("no Chromium on the path")


@pytest.fixture(scope="session")
def node_path(pytestconfig: pytest.Config) -> str:
    """The program of a Node.js, where the GraphQL over HTTP audits are installed too."""
    need = pytestconfig.stash[NEEDS]["audits"]
    path = shutil.which("node")
    if path is None:
        need.lacking("no Node.js on the path")
    if not (Path(__file__).resolve().parent / "audits" / "node_modules" / "graphql-http").is_dir():
        need.lacking("no graphql-http in tests/audits/node_modules")
    return path


@pytest.fixture(scope="session")
def ckan_python(pytestconfig: pytest.Config) -> Path:
    """The Python of an environment that has CKAN and its DCAT harvester."""
    environment = Path(__file__).resolve().parents[1] / ".cache" / "ckan-venv"
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (environment / "mulu-installed.json").exists():
        pytestconfig.stash[NEEDS]["ckan"].lacking("no CKAN harvester in .cache/ckan-venv")
    return python
