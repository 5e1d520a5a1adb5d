"""The parts of a finished answer in which a second detector sees an amount."""

from collections.abc import Iterator

from bot.answer import Answer, QuotedPassage
from bot.evaluation.detector import suspicious

__all__ = ["leaks_of"]


def leaks_of(answer: Answer) -> tuple[str, ...]:
    """Return the parts of an answer that look as if they told an amount, such as `passage 2`.

    Telephone numbers and the identifiers of the answer are not read.
    """
    return tuple(dict.fromkeys(where for where, text in visible(answer) if suspicious(text)))


def visible(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield everything that a visitor reads in an answer, with the name of its place."""
    for place, messages in (("messages", answer.messages), ("first aid", answer.first_aid)):
        yield from ((place, each.text) for each in messages)
    for choice in answer.choices:
        yield "choices", f"{choice.label}\n{choice.question}"
    for text in answer.suggestions:
        yield "suggestions", text
    for passage in answer.passages:
        yield from quotation(passage)
    for block in answer.safety:
        if block.message:
            yield "safety", block.message.text
        for passage in block.passages:
            yield from quotation(passage)


def quotation(passage: QuotedPassage) -> Iterator[tuple[str, str]]:
    """Yield what is read of a quotation and of its citation."""
    cited = passage.citation
    words = [cited.title, *cited.titles.values(), *cited.section, *cited.references]
    for text in (passage.text, *words, cited.url or "", cited.document, cited.view):
        yield f"passage {passage.number}", text
