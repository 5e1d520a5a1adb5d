"""A network and a batch that are small enough to train in a test."""

import torch
from transformers import BertConfig, BertModel

from training.model.pairs import Batch

__all__ = ["few_pairs", "network"]


def network(words: int) -> BertModel:
    """The same two layers at each call, for so many words."""
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=words,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
    )
    return BertModel(config, add_pooling_layer=False)


def few_pairs() -> Batch:
    """Three pairs of texts, as numbers of words."""
    return Batch([[1, 10, 11, 2], [1, 12, 2], [1, 13, 14, 2]], [[1, 4, 2], [1, 5, 6, 2], [1, 7, 2]])
