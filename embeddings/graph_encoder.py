"""A sentence-transformers directory run by ONNX Runtime: the same vectors, a fraction of the wait.

Importing sentence-transformers and torch takes eight seconds and 450 MB; a question needs neither
where the directory has the model's graph beside its weights (`training/model/graph.py`).
"""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelUnavailable
from embeddings.fingerprint import fingerprint_of

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Encoding, Tokenizer

__all__ = ["GRAPH", "GraphEncoder"]

GRAPH = "model.onnx"
_BATCH = 32


class GraphEncoder:
    """The model of a directory that has its graph.

    `threads` is how many processor threads one text may use. May be used from several threads
    at once. Raises ModelUnavailable where a file is missing or damaged.
    """

    def __init__(self, directory: Path, name: str, *, threads: int = 1) -> None:
        self.name = name
        self._directory = directory
        try:
            config = json.loads((directory / "sentence_bert_config.json").read_text("utf-8"))
            self._longest = int(config["max_seq_length"])
            self._tokenizer = _tokenizer(directory, self._longest)
            self._session = _session(directory, threads)
        except Exception as error:  # whatever a library says of a damaged file
            raise ModelUnavailable(
                f"The model in {directory} cannot be loaded ({type(error).__name__}: {error})."
                " Restore its files, or give the path of another sentence-transformers directory."
            ) from error
        self.dimension = int(self._session.get_outputs()[0].shape[1])

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
        # A lone surrogate, which JSON can carry, is nothing that a tokenizer takes.
        clean = [texts[place].encode("utf-8", "replace").decode() for place in places]
        lines = self._tokenizer.encode_batch(clean) if clean else []
        # Texts of like length go together, so that short ones are not padded to long ones.
        order = sorted(range(len(lines)), key=lambda line: len(lines[line].ids))
        for start in range(0, len(order), _BATCH):
            some = order[start : start + _BATCH]
            vectors[[places[line] for line in some]] = self._run([lines[line] for line in some])
        return np.nan_to_num(vectors)

    def _run(self, lines: "Sequence[Encoding]") -> NDArray[np.float32]:
        """Encode one batch of tokenized texts, padded here: the tokenizer is shared by threads."""
        longest = max(len(line.ids) for line in lines)
        ids = np.zeros((len(lines), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, line in enumerate(lines):
            ids[row, : len(line.ids)] = line.ids
            mask[row, : len(line.ids)] = 1
        (vectors,) = self._session.run(["vectors"], {"ids": ids, "mask": mask})
        return np.asarray(vectors, np.float32)


def _tokenizer(directory: Path, longest: int) -> "Tokenizer":
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return tokenizer


def _session(directory: Path, threads: int) -> "onnxruntime.InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Lines on standard error are for people; what fails is raised.
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        str(directory / GRAPH), options, providers=["CPUExecutionProvider"]
    )
