"""What is asked, and the data that peers hold in memory to answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

FIELDS = "id name text position dataType identityKey"
RESOURCE = f"""id name code origin shareType openToPublic
  responsibilities {{ roles agency {{ id name }} citation {{ text }} }}
  fields(first: 10) {{ nodes {{ {FIELDS} }} }}"""
SMALL = "query($id: ID!) { resource(id: $id) { id name } }"
PAGE = f"""query($first: Int!, $after: String) {{ resources(first: $first, after: $after) {{
  pageInfo {{ endCursor hasNextPage }} nodes {{ {RESOURCE} }} }} }}"""
PAST = PAGE.replace("first: $first,", "revision: 1, first: $first,")
WHO = """query($what: String!) { whoProvides(what: $what, on: "2024-01-01") { nodes {
  verdict because field { name } resource { name } responsibilities { agency { name } } basis { text status } } } }"""
SEARCH = """query($text: String!) { fields(filter: { nameContains: $text }, first: 20) {
  pageInfo { endCursor hasNextPage } nodes { id name dataType resource { id name } } } }"""
DATA = f"""query($after: String) {{ resources(first: 50, after: $after) {{
  pageInfo {{ endCursor hasNextPage }} nodes {{ {RESOURCE} }} }} }}"""
"""What peers are given: they hold it as it is answered, which is less work than a store."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation and the variables that it is asked with, one after the other and from the beginning again."""

    name: str
    query: str
    variables: Sequence[Mapping[str, Any]]

    def requests(self, port: int) -> list[str]:
        """Whole HTTP requests."""
        return [self._request(port, one).decode() for one in self.variables]

    def _request(self, port: int, variables: Mapping[str, Any]) -> bytes:
        body = orjson.dumps({"query": self.query, "variables": variables})
        head = (
            f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\n"
            f"accept: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def leaves(found: Any) -> int:
    """How many leaves an answer has."""
    if isinstance(found, dict):
        return sum(leaves(one) for one in found.values())
    return sum(leaves(one) for one in found) if isinstance(found, list) else 1
