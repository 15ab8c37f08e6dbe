"""Collecting the issues of one RDF document, each with its line and its subject where these are known."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.value import Place
from catalog.vocabulary import Severity


@dataclass(slots=True)
class Report:
    """The issues of one source, in the order in which they were found."""

    path: str
    source: str
    issues: list[Issue] = field(default_factory=list)
    data: bytes = b""
    _times: Counter[tuple[str, str]] = field(default_factory=Counter)
    _counted: int = 0

    def add(
        self,
        code: str,
        message: str,
        *,
        subject: str | None = None,
        line: int | None = None,
        severity: Severity = Severity.WARNING,
        suggestion: str | None = None,
        about: str | None = None,
    ) -> None:
        """Notes a problem; ``subject`` is the node it is about, looked for in the file where no line is given.

        ``about`` tells the problem instead, where it may go without the file being read again: the others then stay.
        """
        if subject is not None and not subject.startswith("_:"):
            message = f"<{subject}>: {message}"
            line = line or self._line(subject)
        where = about or subject or f"line {line}"
        self._times[code, where] += 1
        self._counted += about is None
        self.issues.append(
            Issue(
                id=issue_id(self.source, code, where, self._times[code, where]),
                source=self.source,
                place=Place(source=self.path, line=line),
                code=code,
                severity=severity,
                message=message,
                suggestion=suggestion,
                position=0 if about is not None else self._counted,
            )
        )

    def _line(self, subject: str) -> int | None:
        """Where the file begins to speak of a subject, else where it first names it."""
        if len(self.issues) > LOCATED:
            return None
        whole = re.escape(subject).encode()
        local = re.escape(subject[max(subject.rfind("/"), subject.rfind("#")) + 1 :]).encode()
        short = rb"|[\w.-]*:" + local if local else b""
        heads = rb"^\s*(?:<" + whole + rb">" + short + rb")\s|(?:about=[\"']|\"@id\"\s*:\s*\")" + whole + rb"[\"']"
        found = re.search(heads, self.data, re.MULTILINE)
        at = found.end() - 1 if found else self.data.find(subject.encode())
        return self.data.count(b"\n", 0, at) + 1 if at >= 0 else None


LOCATED = 200
"""So many issues of a file are looked up by line: a search through the file each."""
