"""What the API takes, and how its errors look: for the OpenAPI document and for validation.

`/ask` is read more leniently than its schema says (see `web.server.bodies`), so these describe
what a client should send.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from bot.answer import Message, Resource

__all__ = [
    "Ask",
    "Feedback",
    "FieldError",
    "ProblemBody",
    "Reason",
    "Search",
    "Turn",
    "body_of",
    "problems",
]

WRITTEN = r"[^\s\x00-\x1f\x85]"
"""Something is written: white space and control characters alone are no question."""

Reason = Literal[
    "incorrect",
    "not_what_i_asked",
    "slow_or_buggy",
    "style_or_tone",
    "safety_or_legal",
    "number_wrong",
    "other",
]


class Turn(BaseModel):
    """One turn of the conversation so far. What the assistant said is not used."""

    role: Literal["user", "assistant"] = "user"
    content: str


class Ask(BaseModel):
    """A question. Only `question` is needed; whatever else is wrong falls back to its default."""

    question: Annotated[str, Field(min_length=1, max_length=1000, pattern=WRITTEN)]
    history: Annotated[
        list[Annotated[str, Field(max_length=1000)] | Turn],
        Field(max_length=10, description="what was asked before, oldest first; never logged"),
    ] = []
    language: Annotated[
        str | None, Field(description="BCP 47, of the interface, such as zh-TW", max_length=35)
    ] = None
    region: Annotated[str | None, Field(description="ISO 3166-1 alpha-2")] = None
    limit: Annotated[int, Field(ge=1, le=5, description="passages, at most")] = 5
    source: Annotated[
        str | None,
        Field(max_length=1000, description="quote this source or document only, but for safety"),
    ] = None
    site_key: Annotated[
        str | None,
        Field(max_length=200, description="a public id of the asking site; not used yet"),
    ] = None
    log: Annotated[
        bool | None, Field(description="false: keep nothing of this; omitted: the site's setting")
    ] = None
    conversation: Annotated[
        str | None,
        Field(
            max_length=64,
            description="a random id that the client forgets with the tab; kept, as a hash, only "
            "where the site's owner asked for it",
        ),
    ] = None


class Search(BaseModel):
    """A search for passages."""

    query: Annotated[str, Field(min_length=1, max_length=1000, pattern=WRITTEN)]
    limit: Annotated[int, Field(ge=1, le=50)] = 10
    language: Annotated[
        str | None, Field(max_length=35, description="BCP 47, of the words around the quotations")
    ] = None
    source: Annotated[
        str | None, Field(max_length=1000, description="passages of this source or document only")
    ] = None


class Feedback(BaseModel):
    """A visitor's verdict on one answer; the last one counts."""

    answer_id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w-]+$")]
    verdict: Literal["up", "down"]
    reasons: Annotated[list[Reason], Field(max_length=7)] = []
    note: Annotated[str | None, Field(max_length=500)] = None
    contact: Annotated[
        str | None,
        Field(max_length=40, description="the number meant by `number_wrong`, as it was shown"),
    ] = None


class FieldError(BaseModel):
    """A field that does not fit the schema; `field` is empty where its name is no known one."""

    field: str
    expected: str


class ProblemBody(BaseModel):
    """An error (RFC 9457). `type` is stable and listed in the documentation."""

    type: str
    title: str
    status: int
    detail: str
    messages: list[Message] = Field(default=[], description="what to tell whoever was asking")
    resources: list[Resource] = Field(default=[], description="contacts, where somebody was asking")
    errors: list[FieldError] = Field(default=[], description="fields that are not valid")


def body_of(schema: type[BaseModel]) -> dict[str, Any]:
    """The OpenAPI request body of a route that reads its body itself."""
    reference = {"$ref": f"#/components/schemas/{schema.__name__}"}
    content = {"application/json": {"schema": reference}}
    return {"requestBody": {"required": True, "content": content}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI responses of a route that may answer with these problems."""
    reference = {"$ref": "#/components/schemas/ProblemBody"}
    return {
        status: {
            "description": "a problem",
            "content": {"application/problem+json": {"schema": reference}},
        }
        for status in statuses
    }
