"""``/graphql``: one operation a request, or the page for a browser."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from catalog.errors import BadInput, MuluError, Unavailable
from graph.port import Store, together
from schema import answers, http
from schema.answers import Answers
from schema.compiled.door import Response as Answer
from schema.context import Context, Limits
from schema.errors import refusal
from schema.execute import failure, respond
from schema.leaving import ClientLeft, WhileThere
from schema.metrics import Metrics
from schema.pages import graphiql_page
from schema.persisted import Persisted, PersistedQueryNotFound

LEFT = Unavailable("nobody waits for this answer")


class Endpoint:
    """The ASGI application of the route. ``keep`` is how many bytes of answers it keeps."""

    def __init__(
        self, store: Store, base_iri: str, clock: Callable[[], dt.datetime], title: str, limits: Limits, *, keep: int
    ) -> None:
        self.store, self.base_iri, self.clock, self.title, self.limits = store, base_iri, clock, title, limits
        self.metrics = Metrics()
        self.persisted = Persisted()
        self.answers = Answers(keep)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method in ("GET", "HEAD") and http.wants_page(request):
            response: Response = graphiql_page(request)
        else:
            began = time.perf_counter()
            response = await self._answer(request)
            self.metrics.observe(response.status_code, time.perf_counter() - began)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        media = http.JSON
        try:
            if request.method not in ("GET", "HEAD", "POST"):
                error = BadInput(f"{request.method} is not answered", suggestion="send POST, or GET with query")
                raise http.Refused(405, error, allow="GET, HEAD, POST")
            media = http.accepted(request)
            content = await http.content(request, self.limits.body)
            today = self.clock().date()
            key = answers.Request(request.method, content, today)
            kept = self.answers.always(key)
            if kept is None and self.answers.holds(key):
                kept = self.answers.get(key, await _stamp(self.store))
            if kept is not None:
                return http.json(kept, media, 200)
            asked = self.persisted.resolve(http.operation(request, content))
        except http.Refused as refused:
            return http.refused(refused, media)
        except PersistedQueryNotFound as error:
            return http.answer(refusal(error), media)
        except BadInput as error:
            return http.refused(http.Refused(400, error), media)
        except ClientDisconnect:
            return http.answer(refusal(LEFT), media)
        except Exception as error:
            return http.answer(failure(error), media)
        try:
            with WhileThere(request):
                response, stamp = await self._respond(asked, today)
        except ClientLeft:
            response, stamp = refusal(LEFT), None
        except Exception as error:
            response, stamp = failure(error), None
        if isinstance(response, dict) and "data" in response and "errors" not in response:
            response = orjson.dumps(response)
        if isinstance(response, bytes):
            self.answers.put(key, stamp, response)
        if isinstance(response, bytes) or "data" in response:
            self.persisted.keep(asked)
        return http.answer(response, media)

    async def _respond(self, asked: http.Operation, today: dt.date) -> tuple[Answer, answers.Stamp]:
        async def run(store: Store) -> tuple[Answer, answers.Stamp]:
            context = Context(store=store, today=today, base_iri=self.base_iri, title=self.title, limits=self.limits)
            answer = await respond(asked.query, asked.variables, asked.name, context)
            return answer, answers.ALWAYS if isinstance(answer, bytes) else await _stamp(store)

        return await together(self.store, run)  # one operation, one revision


async def _stamp(store: Store) -> answers.Stamp:
    """What the store shows; None, with which nothing is kept or given again, where it fails: a read says why."""
    try:
        return await store.stamp()
    except MuluError:
        return None
