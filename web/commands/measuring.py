"""What `eval retrieval` measures over: the live index, or one that is made for the time being."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from web.commands.output import progress
from web.server.settings import Settings

if TYPE_CHECKING:
    from bot.evaluation.measuring import Measured, QuestionSet
    from bot.pipeline import Bot
    from web.server.model import Model

__all__ = ["bot_from", "measured", "warning"]


def bot_from(settings: Settings, model: "Model | None" = None, data: Path | None = None) -> "Bot":
    """The bot as it answers over the web, without the log; `data` is where its index lies."""
    from embeddings.library import Library
    from web.server.assembly import bot_of
    from web.server.model import Model

    model = model or Model(settings.model, settings.threads)
    return bot_of(settings, model, Library(data or settings.data))


def measured(
    settings: Settings,
    name: str | None,
    sets: "Mapping[Path, QuestionSet]",
    arms: Sequence[str],
    corpus: Sequence[Path],
    *,
    present: bool = False,
) -> "list[Measured]":
    """Measure all sets with one model; see `measure_cases` for `present`."""
    from bot.evaluation.measuring import measure_cases, measure_collection
    from embeddings.beir import Collection
    from web.server.model import Model

    model = Model(name, settings.threads)
    found: list[Measured] = []
    files: dict[Path, list[Any]] = {}
    for path, questions in sets.items():
        if isinstance(questions, Collection):
            found += measure_collection(questions, model(), arms, progress)
        else:
            files[path] = questions
    if files:
        with indexed(settings, model, corpus) as bot:
            for path, cases in files.items():
                found += measure_cases(path.stem, cases, bot, arms, progress, present=present)
    return found


@contextmanager
def indexed(settings: Settings, model: "Model", corpus: Sequence[Path]) -> "Iterator[Bot]":
    """Give a bot over the documents of `corpus`, or over the live index where there are none.

    An index that another model made is made again for the time being.
    """
    from bot.evaluation.measuring import reencode
    from embeddings.snapshot import load

    live = None if corpus else load(settings.data)
    if live and live.manifest["model"]["fingerprint"] == model().fingerprint:
        yield bot_from(settings, model)
        return
    with TemporaryDirectory(prefix="safepassage-eval-") as name:
        place = Path(name)
        with progress("passages") as moved:
            if live:
                reencode(live, model(), place, moved)
            else:
                from bot.corpus.ingest import ingest

                ingest(corpus, place, model(), moved)
        yield bot_from(settings, model, place)


def warning(measured: "Measured") -> str:
    """Say which questions no ranking can answer, because no passage holds what is right.

    Empty where there are none.
    """
    if not measured.unreachable:
        return ""
    ids = ", ".join(measured.unreachable[:20])
    number = len(measured.unreachable)
    return (
        f"{measured.questions}: for {number} of {len(measured.outcomes)} questions no passage of"
        f" this index holds what is right, so that they count as not found: {ids}"
        + (" …" if number > 20 else "")
    )
