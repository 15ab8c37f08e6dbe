"""Answers about the catalogue as published: read at one revision, tagged with it, or not given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import BadInput, MuluError
from graph.rdf.context import Publication
from schema.leaving import ClientLeft, while_there
from schema.representation import Bodies, Body, Representation, answer, refusal

Published = Callable[[], Awaitable[Publication | None]]
ATTEMPTS = 4


class Otherwise(Exception):
    """Making the body showed that another answer is due."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class _Moved(Exception):
    """The catalogue moved on while it was read: the tag would be that of another revision."""


async def at_one_revision(
    request: Request, publication: Published, bodies: Bodies, said: Callable[[Publication], Representation]
) -> Response:
    """The answer to a request, made whole from one revision: what fails on the way is a 503, never a part.

    Whoever closes the connection before it is made ends the reading, too.
    """
    try:
        for _ in range(ATTEMPTS):
            published = await publication()
            if published is None:
                return refusal(503, "The catalogue is empty: nothing has been loaded yet.", retry=True)
            try:
                return await answer(request, _checked(request, said(published), published, publication), bodies)
            except _Moved:
                continue
    except ClientLeft:
        return refusal(503, "Nobody waits for this answer.")
    except Otherwise as other:
        return other.response
    except BadInput as error:
        return refusal(400, f"{error.message}: {error.suggestion}.")
    except MuluError as error:
        return refusal(503, error.message, retry=True)
    return refusal(503, "The catalogue changes faster than it can be read.", retry=True)


def _checked(request: Request, said: Representation, published: Publication, publication: Published) -> Representation:
    async def make() -> Body:
        body = await while_there(request, said.make())
        if await publication() != published:
            raise _Moved
        return body

    return replace(said, make=make)
