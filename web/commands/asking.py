"""`ask`: one question at the command line. It is not logged."""

from typing import Annotated

import typer

from bot.answer import Answer, QuotedPassage
from web.commands.output import say, say_json
from web.server.settings import Settings

__all__ = ["register"]


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in Chinese or English")],
    as_json: Annotated[bool, typer.Option("--json", help="The answer as the API gives it")] = False,
    language: Annotated[
        str | None, typer.Option(help="BCP 47, of the words around the quotations")
    ] = None,
    region: Annotated[str | None, typer.Option(help="ISO 3166-1 code, for the contacts")] = None,
    limit: Annotated[int, typer.Option(min=1, max=5, help="Passages, at most")] = 5,
) -> None:
    """Answer one question. Nothing is logged."""
    from bot.pipeline import Question
    from embeddings.library import Library
    from web.server.assembly import bot_of
    from web.server.model import Model

    settings: Settings = context.obj
    bot = bot_of(settings, Model(settings.model, settings.threads), Library(settings.data))
    answer = bot.ask(Question(question, language=language, region=region, limit=limit))
    if as_json:
        say_json(answer.model_dump(mode="json"))
    else:
        show(answer)


def show(answer: Answer) -> None:
    """Print an answer in the order in which a client shows it."""
    for message in answer.messages:
        say(message.text + "\n")
    for resource in answer.resources:
        hours = f" ({resource.hours})" if resource.hours else ""
        say(f"* {resource.name}: {resource.phone}{hours}")
    for card in answer.first_aid:
        say(f"\n{card.text}\n    {card.source}")
    for choice in answer.choices:
        say(f"? {choice.label}: {choice.question}")
    for passage in answer.passages:
        show_passage(passage)
    for block in answer.safety:
        numbers = " ".join(f"[{number}]" for number in block.numbers)
        say(f"\n! {block.topic} {numbers}" + (f" {block.message.text}" if block.message else ""))
        for passage in block.passages:
            show_passage(passage)
    for suggestion in answer.suggestions:
        say(f"> {suggestion}")


def show_passage(passage: QuotedPassage) -> None:
    """Print a quotation with its citation."""
    cited = passage.citation
    facts = (*cited.authors, cited.title, cited.year, cited.doi or cited.url, *cited.section)
    say(f"\n[{passage.number}] {passage.text}")
    say("    " + " · ".join(str(fact) for fact in facts if fact))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(ask)
