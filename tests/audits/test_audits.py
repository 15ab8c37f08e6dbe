"""GraphQL over HTTP to the letter: the audit suite of the specification's own authors against a real server."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.demonstration import demonstration

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of GraphQL on a server in a process of its own."""
    with demonstration(tmp_path_factory.mktemp("audits") / "demo.db") as address:
        yield address


@pytest.fixture(scope="module")
def results(node_path: str, endpoint: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [node_path, str(HERE / "audit.mjs"), endpoint], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_no_audit_ends_in_an_error_a_warning_or_a_notice(results: list[dict[str, Any]]) -> None:
    assert [result for result in results if result["status"] != "ok"] == []


def test_the_whole_suite_was_run(results: list[dict[str, Any]]) -> None:
    levels = {result["name"].split()[0] for result in results}
    assert levels == {"MUST", "SHOULD", "MAY"}
    assert len(results) >= 60


def test_the_suite_sees_what_is_wrong(node_path: str, endpoint: str) -> None:
    """On an address where no GraphQL is, the same audits fail."""
    done = subprocess.run(
        [node_path, str(HERE / "audit.mjs"), endpoint.replace("/graphql", "/healthz")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0 or any(result["status"] == "error" for result in json.loads(done.stdout))
