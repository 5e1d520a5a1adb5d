"""Train the Chinese rows of a grafted model.

Translations teach the rows where English puts the same words; questions with their passages
teach what is an answer to what. The same data and seed give the same model, but for the last
digits, in which the order of sums on another processor shows.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import AutoModel

from embeddings.training import corpus
from embeddings.training.corpus import Pair
from embeddings.training.directory import EMBEDDING, read_weights, write_model
from embeddings.training.pairs import Batch, Stream
from embeddings.training.rows import Rows

__all__ = ["STAGES", "Stage", "adapt"]

_log = logging.getLogger(__name__)

Lesson = tuple[Callable[[Batch, float], float], Iterator[Batch]]
"""How a batch is taught at a rate, returning its loss, and the batches."""


@dataclass(frozen=True, slots=True)
class Stage:
    """So many cycles of lessons, the rate of learning falling evenly from `first` to `last`.

    The rows as they are after `kept` cycles have a share in the result.
    """

    cycles: int
    first: float
    last: float
    seed: int
    lessons: tuple[str, ...]
    kept: int


STAGES = (
    Stage(200, 2e-3, 1.1e-3, 20261121, ("sentences", "entries", "sentences", "questions"), 100),
    Stage(90, 1e-3, 5e-5, 20261122, ("sentences", "questions", "questions"), 90),
)
"""Forty minutes on one core. The second begins with other pairs and no memory of the first."""

LESSONS: Mapping[str, tuple[Callable[[Path], list[Pair]], int, tuple[int, int]]] = {
    "sentences": (corpus.varied, 128, (40, 48)),
    "entries": (corpus.dictionary, 128, (12, 16)),
    "questions": (corpus.questions, 32, (32, 96)),
}
"""Where the pairs are from, how many are in a batch, and how many tokens are read of each side."""


def adapt(data: Path, model: Path, out: Path, stages: Sequence[Stage] = STAGES) -> None:
    """Write to `out` the model in `model` with its Chinese rows trained on the pairs in `data`.

    The rows are the mean of those kept on the way, which is better than each of them (Wortsman
    et al. 2022, "Model soups"). `out` is written after each stage; the next begins with it.
    """
    kept = []
    for stage in stages:
        encoder = AutoModel.from_pretrained(
            str(model), local_files_only=True, add_pooling_layer=False, dtype=torch.float32
        )
        rows = Rows(encoder, chinese_rows(model))
        kept.append(train(rows, plan(data, model, rows, stage), stage))
        write(model, out, rows.table)
        model = out
    write(model, out, torch.stack(kept).mean(dim=0))


def train(rows: Rows, lessons: list[Lesson], stage: Stage) -> Tensor:
    """Teach the lessons in turn, cycle after cycle; return the rows that are to be kept."""
    kept = rows.table
    for cycle in range(1, stage.cycles + 1):
        rate = stage.first + (stage.last - stage.first) * (cycle - 1) / stage.cycles
        losses = [teach(next(batches), rate) for teach, batches in lessons]
        if cycle == stage.kept:
            kept = rows.table.clone()
        if cycle % 10 == 0:
            _log.info("cycle %d: %s", cycle, " ".join(f"{loss:.3f}" for loss in losses))
    return kept


def plan(data: Path, model: Path, rows: Rows, stage: Stage) -> list[Lesson]:
    """Return what is taught in one cycle, in order."""
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))

    def lesson(name: str) -> Lesson:
        teach = rows.answer if name == "questions" else rows.translate
        pairs, size, longest = LESSONS[name]
        return teach, iter(Stream(pairs(data), tokenizer, size, longest, stage.seed))

    lessons = {name: lesson(name) for name in stage.lessons}
    return [lessons[name] for name in stage.lessons]


def chinese_rows(model: Path) -> list[int]:
    """Return the rows of the words that were grafted: the added tokens that mean something."""
    description = json.loads((model / "tokenizer.json").read_text("utf-8"))
    return [token["id"] for token in description["added_tokens"] if not token["special"]]


def write(model: Path, out: Path, rows: Tensor) -> None:
    """Write the model with its rows as they are now."""
    description = json.loads((model / "tokenizer.json").read_text("utf-8"))
    weights = read_weights(model) | {EMBEDDING: rows.numpy()}
    write_model(out, model, description, weights)
    _log.info("written to %s", out)
