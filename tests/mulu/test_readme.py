"""The README's commands, executed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.mulu.conftest import ROOT, Mulu

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.strip()]
GRAPHQL = re.findall(r"```graphql\n(.*?)```", README, re.S)


def environment() -> dict[str, str]:
    return {**os.environ, "MULU_PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}


def test_the_first_two_commands_are_the_main_job_and_the_tests():
    assert COMMANDS[:2] == ["python3 chores.py demo", "python3 chores.py test"]


def test_the_first_command_serves_a_catalogue_that_answers_its_first_query(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "chores.py"), "demo", "--port", "0", "--store", str(tmp_path / "demo.db")],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        address = lines[0].split()[-1]
        first_query = lines[2].partition("first query")[2].strip()
        request = urllib.request.Request(
            address,
            json.dumps({"query": first_query}).encode(),
            {"Content-Type": "application/json", "Accept": "application/json"},
        )
        with answering(request) as answer:
            nodes = json.load(answer)["data"]["whoProvides"]["nodes"]
        assert nodes
        assert nodes[0]["because"]
        with answering(urllib.request.Request(address, headers={"Accept": "text/html"})) as page:
            assert "Mulu" in page.read().decode()
    finally:
        process.terminate()
        process.communicate(timeout=20)


def answering(request: urllib.request.Request):
    deadline = time.monotonic() + 20
    while True:
        try:
            return urllib.request.urlopen(request, timeout=10)
        except ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_the_second_command_runs_tests(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "chores.py"), "test", "--", "-q", "tests/catalog/test_legal_time.py"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ passed", done.stdout)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Mulu:
    return Mulu(tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize("command", COMMANDS[2:])
def test_the_other_commands_do_as_they_say(shell: Mulu, command: str):
    words = command.replace("mulu/sample", str(ROOT / "mulu" / "sample")).split()
    assert words[0] == "mulu"
    run = shell(*words[1:])
    assert run.status == 0, run.err


@pytest.mark.parametrize("document", GRAPHQL)
def test_the_example_query_answers(loaded: Mulu, document: str):
    run = loaded("query", "-", stdin=document)
    assert run.status == 0, run.out
    assert run.json["data"]["whoProvides"]["nodes"]
