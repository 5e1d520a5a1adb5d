"""Train the Chinese rows of a grafted model:
`python -m embeddings.training.adapt --data DIR --model GRAFTED --out DIR`.

Translations teach the rows where English puts the same words; questions with their passages
teach what is an answer to what. The same data and seed give the same model, but for the last
digits, in which the order of sums on another processor shows.
"""

import argparse
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from embeddings.training import corpus
from embeddings.training.corpus import Pair
from embeddings.training.directory import EMBEDDING, read_weights, write_model
from embeddings.training.pairs import Batch, Stream
from embeddings.training.rows import Rows

__all__ = ["adapt", "main"]

_log = logging.getLogger(__name__)

Lesson = tuple[Callable[[Batch, float], float], Iterator[Batch]]
"""How a batch is taught at a rate, returning its loss, and the batches."""


@dataclass(frozen=True, slots=True)
class Stage:
    """So many cycles of lessons, the rate of learning falling evenly from `first` to `last`."""

    cycles: int
    first: float
    last: float
    seed: int
    lessons: tuple[str, ...]


STAGES = (
    Stage(200, 2e-3, 1.1e-3, 20261121, ("sentences", "entries", "sentences", "questions")),
    Stage(90, 1e-3, 5e-5, 20261122, ("sentences", "questions", "questions")),
)
"""Forty minutes on one core. The second begins with other pairs and no memory of the first."""


def adapt(data: Path, model: Path, out: Path, stages: Sequence[Stage] = STAGES) -> None:
    """Write to `out` the model in `model` with its Chinese rows trained on the pairs in `data`.

    `out` is written after each stage, and the next one begins with what is there.
    """
    for stage in stages:
        encoder = AutoModel.from_pretrained(
            str(model), local_files_only=True, add_pooling_layer=False, dtype=torch.float32
        )
        rows = Rows(encoder, chinese_rows(model))
        train(rows, plan(data, model, rows, stage), stage)
        write(model, out, rows)
        model = out


def train(rows: Rows, lessons: list[Lesson], stage: Stage) -> None:
    """Teach the lessons in turn, cycle after cycle."""
    for cycle in range(stage.cycles):
        rate = stage.first + (stage.last - stage.first) * cycle / stage.cycles
        losses = [teach(next(batches), rate) for teach, batches in lessons]
        if cycle % 10 == 9:
            _log.info("cycle %d: %s", cycle + 1, " ".join(f"{loss:.3f}" for loss in losses))


def plan(data: Path, model: Path, rows: Rows, stage: Stage) -> list[Lesson]:
    """Return what is taught in one cycle, in order."""
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))

    def stream(pairs: list[Pair], size: int, longest: tuple[int, int]) -> Iterator[Batch]:
        return iter(Stream(pairs, tokenizer, size, longest, stage.seed))

    lessons = {
        "sentences": (rows.translate, stream(corpus.varied(data), 128, (40, 48))),
        "entries": (rows.translate, stream(corpus.dictionary(data), 128, (12, 16))),
        "questions": (rows.answer, stream(corpus.questions(data), 32, (32, 96))),
    }
    return [lessons[name] for name in stage.lessons]


def chinese_rows(model: Path) -> list[int]:
    """Return the rows of the words that were grafted: the added tokens that mean something."""
    description = json.loads((model / "tokenizer.json").read_text("utf-8"))
    return [token["id"] for token in description["added_tokens"] if not token["special"]]


def write(model: Path, out: Path, rows: Rows) -> None:
    """Write the model with its rows as they are now."""
    description = json.loads((model / "tokenizer.json").read_text("utf-8"))
    weights = read_weights(model) | {EMBEDDING: rows.table.numpy()}
    write_model(out, model, description, weights)
    _log.info("written to %s", out)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of pairs")
    parser.add_argument("--model", type=Path, required=True, help="the grafted model")
    parser.add_argument("--out", type=Path, required=True, help="the trained model's directory")
    parser.add_argument("--threads", type=int, default=1, help="processor threads")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(arguments.threads)
    adapt(arguments.data, arguments.model, arguments.out)


if __name__ == "__main__":
    main()
