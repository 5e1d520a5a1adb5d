"""The ways of ranking that are compared, each over the same passages.

`lexical` is BM25 over our tokens, `dense` the nearest vectors, `fused` both mixed as the program
mixes them, `full` the whole program: triage, names and topics, silence, the gate.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.cases import DEPTH, Case, Outcome, judged
from bot.pipeline import Bot, Question
from embeddings.beir import Collection
from embeddings.encoder import Encoder
from embeddings.search import Query, search
from embeddings.snapshot import Snapshot
from embeddings.text.language import detect

__all__ = ["ARMS", "cases_of", "rankings", "run_arms", "run_cases"]

ARMS = ("lexical", "dense", "fused", "full")

Progress = Callable[[int, int], None]
Ranks = Callable[[str, NDArray[np.float32]], Sequence[str]]

BATCH = 64


def rankings(snapshot: Snapshot) -> Mapping[str, Ranks]:
    """Return the arms that need no more than a snapshot, by name.

    Each takes the text of a question and its vector of shape (d,), and returns the ids of at most
    ten passages, best first.
    """
    passages = snapshot.passages

    def lexical(text: str, _: NDArray[np.float32]) -> list[str]:
        scores = snapshot.lexical.scores(text)
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [passages[int(row)].id for row in best if scores[row] > 0]

    def dense(_: str, vector: NDArray[np.float32]) -> list[str]:
        rows, _scores = snapshot.dense.search(vector, DEPTH)
        return [passages[int(row)].id for row in rows]

    def fused(text: str, vector: NDArray[np.float32]) -> list[str]:
        return [hit.passage.id for hit in search(snapshot, vector, Query(text), DEPTH)]

    return {"lexical": lexical, "dense": dense, "fused": fused}


def run_arms(
    names: Sequence[str],
    snapshot: Snapshot,
    encoder: Encoder,
    cases: Sequence[Case],
    progress: Progress | None = None,
) -> Mapping[str, list[Outcome]]:
    """Rank for every case with each arm named.

    A follow-up is searched for together with what was asked before.
    """
    arms = rankings(snapshot)
    found: dict[str, list[Outcome]] = {name: [] for name in names}
    for at in range(0, len(cases), BATCH):
        some = cases[at : at + BATCH]
        texts = ["\n".join([*case.history, case.query]) for case in some]
        for case, text, vector in zip(some, texts, encoder.encode(texts), strict=True):
            for name in names:
                found[name].append(judged(case, arms[name](text, vector), snapshot, name))
        if progress:
            progress(at + len(some), len(cases))
    return found


def run_cases(bot: Bot, cases: Iterable[Case], progress: Progress | None = None) -> list[Outcome]:
    """Ask every question of the whole program and judge what it quotes; raises as `Bot.ask`.

    Ten passages are asked for, of which a visitor would see the first five. What stands in the
    safety block does not count.
    """
    asked = list(cases)
    snapshot = bot.ready().snapshot
    found = []
    for done, case in enumerate(asked, start=1):
        answer = bot.ask(Question(case.query, case.history, limit=DEPTH))
        ranked = [passage.id for passage in answer.passages]
        found.append(judged(case, ranked, snapshot, answer.kind))
        if progress:
            progress(done, len(asked))
    return found


def cases_of(collection: Collection) -> list[Case]:
    """Return the questions of a BEIR set as cases, grouped by the language they are in."""
    return [
        Case(id=name, query=text, language=detect(text), gains=collection.judged[name])
        for name, text in collection.questions.items()
    ]
