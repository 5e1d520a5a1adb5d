"""Training the layers as well, held fast to English.

Frozen layers read Chinese as if it were English word by word. Here they may move a little, while
English text is kept where the untouched English model puts it, so that Chinese goes on being
taught by it (Reimers & Gurevych 2020).
"""

from collections.abc import Iterable

import torch
from torch import Tensor
from torch.optim import Adam
from transformers import BertModel

from training.model.pairs import Batch, Ids
from training.model.rows import Rows

__all__ = ["Layers"]

_ANCHORED = 4
"""One English text in so many is held fast: its way through the layers costs as much as theirs."""
_HOLD = 2.0


class Layers(Rows):
    """The rows in `taught` and every layer of `model` learn, the layers at `share` of the rate.

    `english` is the untouched English model, the teacher of both languages.
    """

    def __init__(
        self, model: BertModel, taught: Iterable[int], english: BertModel, share: float
    ) -> None:
        super().__init__(model, taught)
        self._english = english.requires_grad_(False).train(False)
        self._share = share
        model.encoder.requires_grad_(True)
        self._adam = Adam(model.encoder.parameters(), lr=0.0)

    def _goal(self, texts: Ids) -> Tensor:
        with torch.no_grad():
            return self._encode(*self._look_up(texts), self._english)

    def _held(self, batch: Batch, goal: Tensor) -> Tensor | float:
        found = self._encode(*self._look_up(batch.right[::_ANCHORED]))
        return _HOLD * (1 - (found * goal[::_ANCHORED]).sum(dim=1)).mean()

    def _step(self, loss: Tensor, rows: Tensor, unique: Tensor, rate: float) -> float:
        self._adam.zero_grad()
        before = super()._step(loss, rows, unique, rate)
        for group in self._adam.param_groups:
            group["lr"] = rate * self._share
        self._adam.step()
        return before
