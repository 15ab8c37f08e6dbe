"""What `@neo4j/graphql` is asked for the same answers, by the operation that Mulu is asked."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.graphql.operations import FIELDS, PAGE, SEARCH, SMALL

OWN = "id name code origin shareType openToPublic basis"
"""``basis`` is the text in which the graph keeps the citations of responsibilities: the peer cannot look into it."""
AGENCIES = "agenciesConnection { edges { properties { roles } node { id name } } }"
ONE = "query($id: ID!) { resources(where: { id: { eq: $id } }) { id name } }"

PEER_PAGES: Mapping[str, str] = {
    SMALL: ONE,
    PAGE: f"""query($first: Int!) {{ resourcesConnection(first: $first, sort: [{{ id: ASC }}]) {{
      pageInfo {{ endCursor hasNextPage }} edges {{ node {{ {OWN} {AGENCIES}
      fieldsConnection(first: 10, sort: [{{ node: {{ position: ASC }} }}]) {{ edges {{ node {{ {FIELDS} }} }} }}
    }} }} }} }}""",
    SEARCH: """query($text: String!) { fieldsConnection(
      where: { name: { contains: $text } }, first: 20, sort: [{ id: ASC }]) {
      pageInfo { endCursor hasNextPage } edges { node { id name dataType resource { id name } } } } }""",
}
"""Relay's connections, as Mulu answers them."""

PEER_LISTS: Mapping[str, str] = {
    PAGE: f"""query($first: Int!) {{ resources(limit: $first, sort: [{{ id: ASC }}]) {{ {OWN} {AGENCIES}
      fields(limit: 10, sort: [{{ position: ASC }}]) {{ {FIELDS} }} }} }}""",
    SEARCH: """query($text: String!) { fields(
      where: { name: { contains: $text } }, limit: 20, sort: [{ id: ASC }]) {
      id name dataType resource { id name } } }""",
}
"""Plain lists: no page information."""
