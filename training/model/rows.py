"""Training the rows of the Chinese words, and nothing else.

The layers of the English model stay as they are, and so does every English row: English text is
encoded as before, and serves as the teacher of its own translation (Reimers & Gurevych 2020,
"Making monolingual sentence embeddings multilingual using knowledge distillation").
"""

from collections.abc import Iterable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize
from transformers import BertModel

from training.model.pairs import Batch, Ids

__all__ = ["Rows"]

_TEMPERATURE = 0.05
_CONTRAST = 0.5
_BETAS = (0.9, 0.999)
_TINY = 1e-8


class Rows:
    """The input embedding (n, d) of `model`, of which only the rows in `taught` learn.

    Adam (Kingma & Ba 2015) keeps its moments for each row and moves only those in the batch, as
    rare words would drift otherwise.
    """

    def __init__(self, model: BertModel, taught: Iterable[int]) -> None:
        self._model = model.requires_grad_(False).train(False)
        self.table = model.embeddings.word_embeddings.weight.data
        self._taught = torch.zeros(len(self.table), dtype=torch.bool)
        self._taught[list(taught)] = True
        self._first = torch.zeros_like(self.table)
        self._second = torch.zeros_like(self.table)
        self._steps = torch.zeros(len(self.table))

    def translate(self, batch: Batch, rate: float) -> float:
        """Bring the left texts to where their translations are; return the loss before."""
        goal = self._goal(batch.right)
        rows, mask, ids, unique = self._leaves(batch.left)
        found = self._encode(rows[ids], mask)
        near = 2 * (1 - (found * goal).sum(dim=1)).mean()
        loss = near + _CONTRAST * _apart(found, goal) + self._held(batch, goal)
        return self._step(loss, rows, unique, rate)

    def answer(self, batch: Batch, rate: float) -> float:
        """Bring questions nearer to their own passages than to the others of the batch."""
        both = [*batch.left, *batch.right]
        rows, _, _, unique = self._leaves(both)
        places = torch.full((len(self.table),), -1)
        places[unique] = torch.arange(len(unique))
        sides = []
        for texts in (batch.left, batch.right):
            ids, mask = _pad(texts)
            sides.append(self._encode(rows[places[ids]], mask))
        asked, answered = sides
        others = _others(batch.right)
        loss = (_apart(asked, answered, others) + _apart(answered, asked, others)) / 2
        return self._step(loss, rows, unique, rate)

    def weights(self) -> dict[str, Tensor]:
        """Return a copy of every weight of the network by name."""
        return {name: weight.clone() for name, weight in self._model.state_dict().items()}

    def encode(self, texts: Ids) -> NDArray[np.float32]:
        """Return the unit vectors of shape (n, d) of texts given as token ids."""
        with torch.no_grad():
            return self._encode(*self._look_up(texts)).numpy()

    def _goal(self, texts: Ids) -> Tensor:
        """Return where the English model puts texts: nothing that it works with here learns."""
        with torch.no_grad():
            return self._encode(*self._look_up(texts))

    def _held(self, batch: Batch, goal: Tensor) -> Tensor | float:
        """Return how far English has moved: not at all."""
        return 0.0

    def _look_up(self, texts: Ids) -> tuple[Tensor, Tensor]:
        ids, mask = _pad(texts)
        return self.table[ids], mask

    def _leaves(self, texts: Ids) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return the distinct rows of `texts` as a leaf, the mask, places in it, their ids."""
        ids, mask = _pad(texts)
        unique, places = torch.unique(ids, return_inverse=True)
        return self.table[unique].requires_grad_(), mask, places, unique

    def _encode(self, embedded: Tensor, mask: Tensor, model: BertModel | None = None) -> Tensor:
        """Mean of the last layer over the tokens, to unit length, as the model's modules do."""
        hidden = (model or self._model)(
            inputs_embeds=embedded, attention_mask=mask
        ).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        return normalize((hidden * weights).sum(dim=1) / weights.sum(dim=1), dim=1)

    def _step(self, loss: Tensor, rows: Tensor, unique: Tensor, rate: float) -> float:
        loss.backward()  # type: ignore[no-untyped-call]
        assert rows.grad is not None
        keep = self._taught[unique]
        which, gradient = unique[keep], rows.grad[keep]
        self._steps[which] += 1
        self._first[which] = _BETAS[0] * self._first[which] + (1 - _BETAS[0]) * gradient
        self._second[which] = _BETAS[1] * self._second[which] + (1 - _BETAS[1]) * gradient**2
        count = self._steps[which].unsqueeze(1)
        mean = self._first[which] / (1 - _BETAS[0] ** count)
        spread = (self._second[which] / (1 - _BETAS[1] ** count)).sqrt()
        self.table[which] -= rate * mean / (spread + _TINY)
        return float(loss.detach())


def _apart(found: Tensor, goal: Tensor, others: Tensor | None = None) -> Tensor:
    """InfoNCE (van den Oord et al. 2018): each row's own goal against those of the others.

    Where `others` (b, b) is False, the goal is no other one.
    """
    likeness = found @ goal.T / _TEMPERATURE
    if others is not None:
        likeness = likeness.masked_fill(~others, -torch.inf)
    return cross_entropy(likeness, torch.arange(len(found)))


def _others(texts: Ids) -> Tensor:
    """Tell which texts differ, (b, b), and are thus wrong for each other; True for itself."""
    same = torch.tensor([[one == two for two in texts] for one in texts])
    return ~same | torch.eye(len(texts), dtype=torch.bool)


def _pad(texts: Ids) -> tuple[Tensor, Tensor]:
    """Return ids and mask of shape (b, longest)."""
    longest = max(map(len, texts))
    ids = torch.tensor([[*text, *[0] * (longest - len(text))] for text in texts])
    mask = torch.tensor([[1] * len(text) + [0] * (longest - len(text)) for text in texts])
    return ids, mask
