"""When to say that nothing answers: what each signal and each threshold would do.

    python -m benchmarks.silence --data DIR --gold QUESTIONS.jsonl [--gold …]

DIR holds an index of the documents that the questions are about.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import keep, say
from bot.evaluation import Case, read_cases
from bot.evaluation.cases import FIRST, judged
from bot.pipeline import Bot
from bot.retrieval.abstention import TOO_LITTLE, silence
from bot.retrieval.ranked import DEPTH, own_language, query_for
from bot.retrieval.repeats import folded
from bot.retrieval.subject import Subject, subject_of
from bot.substances.glossary import names_of
from bot.substances.unknown import unknown_name
from bot.vocabulary.text import Text
from embeddings.library import Library
from embeddings.search import Hit, search
from embeddings.snapshot import Snapshot
from web.server.model import Model

COSINES = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
FACTORS = (0.6, 0.8, 1.0, 1.2, 1.4)
NEVER: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question with what was found for it; `right` says whether the first five answer it."""

    case: Case
    subject: Subject
    hits: tuple[Hit, ...]
    right: bool
    unknown: bool


Rule = Callable[[Weighed], bool]
"""Whether a question is answered."""


def weigh(bot: Bot, cases: Sequence[Case]) -> list[Weighed]:
    """Search for every question, and answer none."""
    ready = bot.ready()
    return [weighed(case, ready.snapshot, bot) for case in cases]


def weighed(case: Case, snapshot: Snapshot, bot: Bot) -> Weighed:
    """Search for one question."""
    names = names_of(snapshot)
    subject = subject_of(Text(case.query), names, [Text(turn) for turn in case.history])
    vector = bot.ready().encoder.encode([subject.text.original])[0]
    hits = tuple(search(snapshot, vector, query_for(snapshot, subject), DEPTH))
    best = [hit.passage.id for hit in folded(own_language(hits, subject), FIRST)]
    right = 0 < judged(case, best, snapshot, "").rank <= FIRST
    unknown = unknown_name(subject.asked, names, snapshot) is not None
    return Weighed(case, subject, hits, right, unknown)


def rules() -> Mapping[str, Rule]:
    """Return every rule by the name under which it is reported."""
    found: dict[str, Rule] = {}
    for cosine in COSINES:
        found[f"cosine of at least {cosine:.2f}"] = at_least(cosine)
    found["what is named"] = signals(NEVER)
    for factor in FACTORS:
        scaled = tuple((factor * score, factor * cosine) for score, cosine in TOO_LITTLE)
        name = "and the scores" if factor == 1 else f"and the scores, {factor:.1f} of them"
        found[name] = signals(scaled)
    return found


def at_least(cosine: float) -> Rule:
    """Answer where one of the first five passages is near enough."""
    return lambda each: max((hit.dense for hit in each.hits[:FIRST]), default=0.0) >= cosine


def signals(too_little: Sequence[tuple[float, float]]) -> Rule:
    """Answer where none of the program's signals speaks against it."""
    return lambda each: not (each.unknown or silence(each.hits, each.subject, too_little))


def table(found: Sequence[Weighed], group: str) -> Iterator[dict[str, object]]:
    """Yield the figures of each rule over some questions."""
    there = [each for each in found if each.case.answerable]
    missing = [each for each in found if not each.case.answerable]
    for name, answers in rules().items():
        yield {
            "group": group,
            "rule": name,
            "answerable": len(there),
            "unanswerable": len(missing),
            "answered": sum(map(answers, there)),
            "right": sum(each.right for each in there if answers(each)),
            "false answers": sum(map(answers, missing)),
        }


def main() -> None:
    """Weigh, count, keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, action="append", required=True)
    options = parser.parse_args()
    bot = Bot(Library(options.data), Model())
    sets = []
    for path in options.gold:
        say(f"{path.stem} …")
        found = weigh(bot, read_cases(path))
        rows = list(table(found, "all"))
        for language in sorted({each.case.language for each in found}):
            rows += table([each for each in found if each.case.language == language], language)
        sets.append({"set": path.stem, "rows": rows})
    keep("silence", {"sets": sets})


if __name__ == "__main__":
    main()
