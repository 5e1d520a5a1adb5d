"""What a visitor does with the element, as steps that tests share."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, Route

from bot.answer import Answer, Citation, QuotedPassage, Withheld

__all__ = ["answer_with", "ask", "consent", "last_answer", "launch", "passage", "type_in"]


def launch(page: Page) -> None:
    """Open the floating element."""
    page.locator(".launcher").click()


def type_in(page: Page, question: str) -> Locator:
    """Put a question into the field."""
    field = page.locator(".compose textarea")
    field.fill(question)
    return field


def consent(page: Page) -> None:
    """Agree, where the element asks."""
    page.locator(".consent .solid").click()


def ask(page: Page, question: str, *, first: bool = True) -> Locator:
    """Ask and wait for the answer.

    The first question of a page load meets the consent text; `first=False` where it is not the
    first one, or where the question itself tells of danger and waits for no consent.
    """
    before = page.locator("article.answer").count()
    type_in(page, question).press("Enter")
    if first:
        consent(page)
    page.locator("article.answer").nth(before).wait_for()
    return last_answer(page)


def last_answer(page: Page) -> Locator:
    """The newest answer."""
    return page.locator("article.answer").last


def passage(text: str, **more: Any) -> QuotedPassage:  # noqa: ANN401
    """A quotation to render."""
    found: dict[str, Any] = {
        "number": 1,
        "id": "p1",
        "language": "zh-Hans",
        "kind": "review",
        "text": text,
        "citation": Citation(
            title="标题",
            section=("一", "二"),
            authors=("甲", "乙"),
            year=2024,
            journal="学报",
            doi="10.1000/x",
            licence="CC BY 4.0",
            document="d.txt",
            start=0,
            end=1,
            view="/sources/d.txt#p1",
        ),
        "withheld": tuple(
            Withheld(start=at, end=at + 1, reason="amount")
            for at, sign in enumerate(text)
            if sign == "▢"
        ),
    }
    return QuotedPassage(**{**found, **more})


def answer_with(page: Page, **fields: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Let the next questions be answered with these fields; returns what was sent."""
    shown: dict[str, Any] = {"id": "a", "snapshot": "s", "kind": "answer", "language": "zh-Hans"}
    kind = fields.pop("kind", "answer")
    body = Answer(**{**shown, **fields}).model_dump(mode="json") | {"kind": kind}
    asked: list[dict[str, Any]] = []

    def answered(route: Route) -> None:
        if route.request.method == "POST":
            asked.append(json.loads(route.request.post_data or ""))
        route.fulfill(
            json=body,
            headers={
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Allow-Headers": "Content-Type",
            },
        )

    page.route("**/api/v1/ask", answered)
    return asked
