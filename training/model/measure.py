"""How well a model alone finds passages: `python -m training.model.measure --eval DIR`.

Prints nDCG@10 of the dense search over question sets in BEIR's layout (Thakur et al. 2021):
`corpus.jsonl`, `queries.jsonl`, `qrels.tsv`.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from embeddings.encoder import SHIPPED, Encoder, SentenceEncoder
from embeddings.metrics import bootstrap, ndcg

__all__ = ["main", "measure"]

SETS = ("xquad-zh", "xquad-zh2en", "xquad-en2zh", "xquad-en")
_K = 10


def measure(encoder: Encoder, folder: Path) -> list[float]:
    """Return nDCG@10 for each judged question of the set in `folder`, by inner product alone."""
    passages = _texts(folder / "corpus.jsonl")
    judged = _judgements(folder / "qrels.tsv")
    questions = _texts(folder / "queries.jsonl")
    questions = {key: text for key, text in questions.items() if key in judged}
    scores = encoder.encode(list(questions.values())) @ encoder.encode(list(passages.values())).T
    ids = list(passages)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :_K]
    ranked: list[Sequence[str]] = [[ids[place] for place in row] for row in best]
    return [ndcg(rank, judged[key], _K) for key, rank in zip(questions, ranked, strict=True)]


def _texts(path: Path) -> dict[str, str]:
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return {row["_id"]: f"{row.get('title', '')} {row['text']}".strip() for row in rows}


def _judgements(path: Path) -> Mapping[str, Mapping[str, float]]:
    judged: dict[str, dict[str, float]] = defaultdict(dict)
    for line in path.read_text("utf-8").splitlines()[1:]:
        question, passage, gain = line.split("\t")
        judged[question][passage] = float(gain)
    return judged


def main() -> None:
    """Read the command line and print one line a question set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, required=True, help="the folder of question sets")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="the model's directory")
    parser.add_argument("sets", nargs="*", default=SETS, help="names of question sets")
    arguments = parser.parse_args()
    encoder = SentenceEncoder(arguments.model)
    for name in arguments.sets:
        values = measure(encoder, arguments.eval / name)
        low, high = bootstrap(values)
        sys.stdout.write(f"{name}\t{np.mean(values):.3f}\t[{low:.3f}, {high:.3f}]\n")


if __name__ == "__main__":
    main()
