"""Counters of the server in Prometheus' text format."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Metrics:
    """Requests by status, and how long they took."""

    requests: Counter[int] = field(default_factory=Counter)
    buckets: Counter[float] = field(default_factory=Counter)
    seconds: float = 0.0

    def observe(self, status: int, seconds: float) -> None:
        """One answered GraphQL request."""
        self.requests[status] += 1
        self.seconds += seconds
        for bound in BUCKETS:
            if seconds <= bound:
                self.buckets[bound] += 1

    def text(self, *, statements: int, revision: int, given_again: int) -> str:
        """Everything, as Prometheus reads it."""
        total = sum(self.requests.values())
        lines = ["# HELP mulu_requests_total GraphQL requests answered.", "# TYPE mulu_requests_total counter"]
        lines += [f'mulu_requests_total{{status="{code}"}} {self.requests[code]}' for code in sorted(self.requests)]
        lines += [
            "# HELP mulu_request_seconds How long GraphQL requests took.",
            "# TYPE mulu_request_seconds histogram",
        ]
        lines += [f'mulu_request_seconds_bucket{{le="{bound:g}"}} {self.buckets[bound]}' for bound in BUCKETS]
        lines += [
            f'mulu_request_seconds_bucket{{le="+Inf"}} {total}',
            f"mulu_request_seconds_sum {self.seconds:.6f}",
            f"mulu_request_seconds_count {total}",
            "# HELP mulu_answers_given_again_total Answers given again without reading.",
            "# TYPE mulu_answers_given_again_total counter",
            f"mulu_answers_given_again_total {given_again}",
            "# HELP mulu_store_statements_total Statements the store has run.",
            "# TYPE mulu_store_statements_total counter",
            f"mulu_store_statements_total {statements}",
            "# HELP mulu_revision The catalogue's revision.",
            "# TYPE mulu_revision gauge",
            f"mulu_revision {revision}",
        ]
        return "\n".join(lines) + "\n"
