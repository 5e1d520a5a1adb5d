"""Writing a model as the directory that `SentenceTransformer(path)` loads with no network."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

__all__ = ["EMBEDDING", "read_weights", "write_model"]

EMBEDDING = "embeddings.word_embeddings.weight"

_LONGEST = 256


def read_weights(model: Path) -> dict[str, NDArray[Any]]:
    """Return the weights of the model in the directory `model` by name."""
    return load_file(model / "model.safetensors")


def write_model(
    out: Path, base: Path, tokenizer: Mapping[str, Any], weights: Mapping[str, NDArray[Any]]
) -> None:
    """Write weights in 16 bits with the tokenizer; everything else is as in `base`."""
    out.mkdir(parents=True, exist_ok=True)
    config = json.loads((base / "config.json").read_text("utf-8"))
    config.pop("_name_or_path", None)
    # Halves on disk, but processors calculate with whole numbers faster and more exactly.
    config |= {"vocab_size": len(weights[EMBEDDING]), "dtype": "float32"}
    _json(out / "config.json", config, indent=2)
    _json(out / "tokenizer.json", tokenizer)
    _json(out / "tokenizer_config.json", _tokenizer_config(tokenizer), indent=2)
    _json(out / "modules.json", _modules(), indent=2)
    _json(out / "sentence_bert_config.json", {"max_seq_length": _LONGEST}, indent=2)
    (out / "1_Pooling").mkdir(exist_ok=True)
    pooling = (base / "1_Pooling" / "config.json").read_text("utf-8")
    (out / "1_Pooling" / "config.json").write_text(pooling, "utf-8")
    halves = {
        name: weight.astype(np.float16) if weight.dtype.kind == "f" else weight
        for name, weight in sorted(weights.items())
    }
    save_file(halves, out / "model.safetensors", metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)


def _tokenizer_config(tokenizer: Mapping[str, Any]) -> dict[str, Any]:
    marks = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "sep", "pad", "cls", "mask")}
    # transformers copies every added token twice unless this list says which ones matter to it;
    # the words themselves it reads from tokenizer.json. A second and a half of loading time.
    special = {
        str(token["id"]): {key: value for key, value in token.items() if key != "id"}
        for token in tokenizer["added_tokens"]
        if token["special"]
    }
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": _LONGEST,
        "added_tokens_decoder": special,
        **marks,
    }


def _modules() -> list[dict[str, Any]]:
    names = {"Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"}
    return [
        {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{name}"}
        for n, (name, path) in enumerate(names.items())
    ]


def _json(path: Path, value: object, indent: int | None = None) -> None:
    separators = None if indent else (",", ":")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    path.write_text(text + "\n", "utf-8")
