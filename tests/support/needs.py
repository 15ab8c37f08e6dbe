"""Things that tests need and a machine may lack: skipped loudly, and a failure for whoever insists on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import pytest


@dataclass
class Need:
    """One such thing, and what became of the tests that need it."""

    name: str
    remedy: str
    required: bool = False
    ran: int = 0
    skipped: int = 0
    reason: str = ""

    @property
    def option(self) -> str:
        return f"--require-{self.name}"

    def lacking(self, reason: str) -> NoReturn:
        """Skip the test that asks; `settle` makes a failure of it where the need is required."""
        pytest.skip(f"{self.name}: {reason}")

    def concerns(self, report: pytest.TestReport | pytest.CollectReport) -> bool:
        """Whether a report is on a test that needs this: by its folder, or by what it was skipped for."""
        return f"tests/{self.name}/" in report.nodeid or f"Skipped: {self.name}: " in reason_of(report)

    def settle(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Count a report; a skip becomes a failure where this is required."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped += 1
            self.reason = reason_of(report).removeprefix("Skipped: ").removeprefix(f"{self.name}: ")
            if self.required:
                report.outcome = "failed"
                report.longrepr = f"{self.option}: {self.reason}"
        elif report.when == "call":
            self.ran += 1

    def notice(self, everything: bool) -> str:
        """What the end of the run has to say about it, if anything."""
        if self.skipped:
            return f"{self.skipped} {self.name} tests did NOT run: {self.reason}. {self.remedy}"
        if self.required and everything and not self.ran:
            return f"{self.option} was given, but no {self.name} test was found"
        return ""


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why something was skipped, as pytest keeps it."""
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
