"""Pages of gaps are separate operations; what is printed is of one revision all the same."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mulu import gaps
from mulu.settings import Settings
from schema.execute import execute
from tests.loaders.workbooks import xlsx
from tests.mulu.conftest import Mulu
from tests.mulu.test_gaps import HEAD, MARRIAGE, office, rows

__all__ = ["office"]
ON = "2023-01-01"


def test_a_load_between_two_pages_does_not_mix_two_revisions(
    office: Mulu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    mulu = Mulu(tmp_path)
    shutil.copytree(office.directory, tmp_path, dirs_exist_ok=True)
    before = office("gaps", "--on", ON, "--json").json
    fewer = [["长沙市政务信息资源目录（2022年）"], HEAD, *rows(MARRIAGE, "公民身份号码", "登记日期")]
    asked: list[int | None] = []

    async def disturbed(store: Any, document: str, variables: dict[str, Any], *rest: Any) -> Any:
        answer = await execute(store, document, variables, *rest)
        asked.append(variables["revision"])
        if len(asked) == 1:
            (tmp_path / "目录.xlsx").write_bytes(xlsx(fewer))
            done = await asyncio.to_thread(mulu, "load", "目录.xlsx", "--json")
            assert done.status == 0, done.err
        return answer

    monkeypatch.setattr(gaps, "PAGE", 3)
    monkeypatch.setattr(gaps, "execute", disturbed)
    variables: Mapping[str, Any] = {"kind": None, "jurisdiction": None, "on": ON}
    found = asyncio.run(gaps._found(Settings.read(store=str(tmp_path / "mulu.db")), variables, None, None))
    after = mulu("gaps", "--on", ON, "--json").json
    assert found == after != before
    assert {*asked} == {None, 2}, "the present first, then the revision that the load made"
