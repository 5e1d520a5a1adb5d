"""Sentences to vectors, with the model that ships or any other of sentence-transformers.

Reimers & Gurevych 2019, "Sentence-BERT". Nothing here reaches for the network: a model is a
directory, or the name of one that this machine has already. Texts go to the model as they are;
the shipped model folds width and Traditional characters in its own tokenizer.

Documents are encoded by sentence-transformers itself. Questions are encoded by the same weights
in ONNX Runtime where the directory has the model's graph, as the shipped one has: a server then
starts in a fraction of the time and the memory. A test holds the two to the same vectors.
"""

import json
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelUnavailable
from embeddings.fingerprint import fingerprint_of
from embeddings.graph_encoder import GRAPH, GraphEncoder

# It takes six seconds to import, which no command without a question should wait for.
if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["SHIPPED", "Encoder", "SentenceEncoder", "question_encoder"]

SHIPPED = Path(__file__).resolve().parent / "model"
"""The directory of the Chinese and English model that is part of this package."""

_SHIPPED_NAME = "safepassage-minilm-zh-en"
_BATCH = 32


class Encoder(Protocol):
    """Whatever turns texts into vectors whose inner product is their likeness."""

    @property
    def name(self) -> str:
        """What a person calls the model."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors may."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors of shape (len(texts), dimension); zeros for a text of no words."""


def question_encoder(model: str | Path = SHIPPED, *, threads: int = 1) -> Encoder:
    """Return what encodes questions: the graph where there is one, else sentence-transformers.

    Both give the same vectors. Raises ModelUnavailable.
    """
    directory = _directory(model)
    if (directory / GRAPH).is_file():
        return GraphEncoder(directory, _name(model, directory), threads=threads)
    return SentenceEncoder(model, threads=threads)


class SentenceEncoder:
    """A sentence-transformers model on the processor.

    `model` is a directory, or a name that was fetched to this machine before. `threads` is how
    many processor threads torch may use, in the whole program: more than there are idle cores
    make it slower. `lazily` loads it with the first text: ingesting what has not changed needs
    no model. May be used from several threads, one of which encodes at a time.
    Raises `ModelUnavailable`.
    """

    def __init__(
        self, model: str | Path = SHIPPED, *, threads: int = 1, lazily: bool = False
    ) -> None:
        self._directory, self._threads = _directory(model), threads
        self.name = _name(model, self._directory)
        # The tokenizer keeps its padding in itself and fails when two threads use it at once.
        self._lock = threading.Lock()
        if not lazily:
            self._model  # noqa: B018 - a damaged model is told of at once

    @cached_property
    def _model(self) -> "SentenceTransformer":
        return _load(self._directory, self._threads)

    @cached_property
    def dimension(self) -> int:
        """The length of a vector."""
        if (self._directory / GRAPH).is_file():
            config = json.loads((self._directory / "config.json").read_text("utf-8"))
            return int(config["hidden_size"])
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the model's files, in hexadecimal."""
        return fingerprint_of(self._directory)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors of shape (len(texts), dimension); zeros for a text of no words.

        A text longer than the model reads (256 tokens for the shipped one) is cut there.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        places = [place for place, text in enumerate(texts) if text.strip()]
        if places:
            # A lone surrogate, which JSON can carry, is nothing that a tokenizer takes.
            vectors[places] = self._encode(
                [texts[place].encode("utf-8", "replace").decode() for place in places]
            )
        return vectors

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        with self._lock:
            lengths = self._lengths(texts)
            order = sorted(range(len(texts)), key=lengths.__getitem__)
            for at in range(0, len(order), _BATCH):
                some = order[at : at + _BATCH]
                raw: Any = self._model.encode(
                    [texts[place] for place in some],
                    batch_size=_BATCH,
                    show_progress_bar=False,
                    normalize_embeddings=True,
                )
                vectors[some] = np.asarray(raw, np.float32)
        return np.nan_to_num(vectors)

    def _lengths(self, texts: list[str]) -> list[int]:
        """Count tokens, so that what goes together is of one length and nothing is padded.

        Characters, by which sentence-transformers sorts, tell little of a text in two scripts:
        batches of mixed Chinese and English were padded by a fifth.
        """
        tokenizer: Any = self._model.tokenizer
        if not callable(tokenizer):  # a table of words, where nothing is padded
            return [len(text) for text in texts]
        longest = self._model.max_seq_length
        found = tokenizer(texts, truncation=longest is not None, max_length=longest)
        return [len(tokens) for tokens in found["input_ids"]]


def _name(model: str | Path, directory: Path) -> str:
    return _SHIPPED_NAME if directory == SHIPPED else str(model)


def _directory(model: str | Path) -> Path:
    if Path(model).is_dir():
        return Path(model).resolve()
    if Path(model) == SHIPPED:
        raise ModelUnavailable(f"The model that ships is missing: put its files into {SHIPPED}.")
    _stay_offline()
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(str(model), local_files_only=True))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(
            f"There is no model {model}: it is neither a directory nor a model fetched to this"
            " machine before. Give the path of a sentence-transformers directory, or no model"
            " at all to use the one that ships."
        ) from error


def _load(directory: Path, threads: int) -> "SentenceTransformer":
    _stay_offline()
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        torch.set_num_threads(threads)
        model = SentenceTransformer(str(directory), device="cpu", local_files_only=True)
    except Exception as error:  # whatever a library says of a damaged file
        raise ModelUnavailable(
            f"The model in {directory} cannot be loaded ({type(error).__name__}: {error})."
            " Restore its files, or give the path of another sentence-transformers directory."
        ) from error
    # Weights stored in 16 bits stay so unless told otherwise, and FAISS wants 32.
    return model.float().eval()


def _stay_offline() -> None:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
