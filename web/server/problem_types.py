"""The table of problems: the stable last part of each `type`, its status and its words.

`docs/problems.md` lists the same; a test compares them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["BY_STATUS", "PREFIX", "PROBLEMS", "ProblemType"]

PREFIX: Final = "urn:safepassage:problem:"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What all problems of one type share.

    `detail` says what to do, to whoever writes or runs the program; `phrase` is the sentence of
    the catalogue that says it to a visitor.
    """

    status: int
    title: str
    detail: str
    phrase: str = "problem_invalid_request"


UNSEARCHABLE: Final = "The documents cannot be searched now"

PROBLEMS: Final[Mapping[str, ProblemType]] = {
    "body-unreadable": ProblemType(
        400, "The body could not be read", "Send a JSON object encoded as UTF-8."
    ),
    "request-refused": ProblemType(400, "The request was refused", "The status says why."),
    "login-required": ProblemType(
        401, "Login required", "Log in and try again.", "problem_unauthorised"
    ),
    "forbidden": ProblemType(403, "Not allowed", "This is not open to you.", "problem_forbidden"),
    "not-found": ProblemType(
        404, "Not found", "There is nothing at this address.", "problem_not_found"
    ),
    "method-not-allowed": ProblemType(
        405, "Method not allowed", "The Allow header names the methods of this address."
    ),
    "gone": ProblemType(
        410, "Gone", "An earlier snapshot had this; the present one does not.", "problem_gone"
    ),
    "question-too-long": ProblemType(
        413, "The question is too long", "Ask in at most 1,000 characters.", "too_long"
    ),
    "question-missing": ProblemType(
        422, "There is no question", "Send it as a string that is not empty."
    ),
    "invalid-request": ProblemType(
        422, "The request is not valid", "`errors` names the fields and what was expected."
    ),
    "rate-limited": ProblemType(
        429, "Too many questions", "Wait as many seconds as Retry-After says.", "rate_limited"
    ),
    "internal": ProblemType(
        500,
        "Something went wrong here",
        "The operator finds type and place of the error in the log.",
        "problem_internal",
    ),
    "index-unavailable": ProblemType(
        503,
        UNSEARCHABLE,
        "The index is missing or is still being loaded: try again soon. Operators: run "
        "`safepassage doctor`.",
        "index_unavailable",
    ),
    "index-corrupt": ProblemType(
        503,
        UNSEARCHABLE,
        "The index on disk is damaged. Operators: run `safepassage ingest` to build it again.",
        "index_unavailable",
    ),
    "model-unavailable": ProblemType(
        503,
        UNSEARCHABLE,
        "The model could not be loaded. Operators: run `safepassage doctor`.",
        "index_unavailable",
    ),
    "records-unavailable": ProblemType(
        503,
        "The records cannot be reached",
        "Try again later. Operators: run `safepassage doctor`.",
        "problem_internal",
    ),
}

BY_STATUS: Final[Mapping[int, str]] = {
    401: "login-required",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    410: "gone",
    429: "rate-limited",
    500: "internal",
    503: "index-unavailable",
}
"""The problem that a bare HTTP status stands for."""
