"""The encoder as an ONNX graph whose weights stay where they are, in `model.safetensors`.

The graph names byte ranges of that file as external data (ONNX specification, "External data"),
so that the weights are in the repository once. It is BERT (Devlin et al. 2019) with the mean of
the last layer to unit length, as the modules of the sentence-transformers directory say.
"""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import ArrayLike
from onnx import TensorProto, helper, numpy_helper

__all__ = ["write_graph"]

_OPSET = 20
_KINDS = {"F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT}
_LAYER = "encoder.layer.{}."


def write_graph(model: Path) -> None:
    """Write `model.onnx` beside `model.safetensors` and `config.json` of the directory `model`.

    Inputs `ids` and `mask` (b, t) in 64 bits; outputs `vectors` (b, d), of unit length, and
    `tokens` (b, t, d), the last layer as it is.
    """
    config = json.loads((model / "config.json").read_text("utf-8"))
    graph = _Graph(model / "model.safetensors", config)
    hidden = graph.embed()
    for layer in range(config["num_hidden_layers"]):
        hidden = graph.layer(hidden, _LAYER.format(layer))
    graph.pool(hidden)
    onnx.save(graph.build(), model / "model.onnx")


class _Graph:
    """Nodes as they are added; each method returns the name of what it computes."""

    def __init__(self, weights: Path, config: Mapping[str, Any]) -> None:
        self._ranges = _ranges(weights)
        self._file = weights.name
        self._heads = int(config["num_attention_heads"])
        self._width = int(config["hidden_size"])
        self._epsilon = float(config["layer_norm_eps"])
        self._nodes: list[onnx.NodeProto] = []
        self._tensors: dict[str, onnx.TensorProto] = {}

    def add(self, kind: str, *inputs: str, **attributes: Any) -> str:  # noqa: ANN401
        name = f"{kind}.{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def constant(self, value: ArrayLike) -> str:
        array = np.asarray(value)
        name = f"constant.{array.dtype}.{array.tolist()}"
        self._tensors[name] = numpy_helper.from_array(array, name)
        return name

    def stored(self, name: str) -> str:
        """Name a weight where it lies in the file."""
        kind, shape, offset, length = self._ranges[name]
        tensor = TensorProto(name=name, data_type=_KINDS[kind], dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", self._file), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=key, value=str(value))
        self._tensors[name] = tensor
        return name

    def weight(self, name: str) -> str:
        """Return a weight in 32 bits; the runtime converts it once, when it loads the graph."""
        return self.add("Cast", self.stored(name), to=TensorProto.FLOAT)

    def look_up(self, name: str, places: str) -> str:
        """Return rows of a table, of which only those looked up are converted."""
        rows = self.add("Gather", self.stored(name), places)
        return self.add("Cast", rows, to=TensorProto.FLOAT)

    def embed(self) -> str:
        length = self.add("Gather", self.add("Shape", "ids"), self.constant(np.int64(1)))
        zero, one = self.constant(np.int64(0)), self.constant(np.int64(1))
        places = self.add("Range", zero, length, one)
        words = self.look_up("embeddings.word_embeddings.weight", "ids")
        order = self.look_up("embeddings.position_embeddings.weight", places)
        kind = self.look_up("embeddings.token_type_embeddings.weight", zero)
        total = self.add("Add", self.add("Add", words, order), kind)
        normal = self.normal(total, "embeddings.LayerNorm")
        return self.add("Reshape", normal, self.constant(np.array([-1, self._width])))

    def normal(self, value: str, name: str) -> str:
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", value, scale, shift, epsilon=self._epsilon)

    def dense(self, value: str, name: str) -> str:
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("Gemm", value, weight, bias, transB=1)

    def layer(self, value: str, at: str) -> str:
        seen = self.dense(self.attend(value, f"{at}attention.self."), f"{at}attention.output.dense")
        value = self.normal(self.add("Add", seen, value), f"{at}attention.output.LayerNorm")
        inner = self.add("Gelu", self.dense(value, f"{at}intermediate.dense"))
        outer = self.dense(inner, f"{at}output.dense")
        return self.normal(self.add("Add", outer, value), f"{at}output.LayerNorm")

    def attend(self, value: str, at: str) -> str:
        query = self.split(self.dense(value, f"{at}query"), (0, 2, 1, 3))
        key = self.split(self.dense(value, f"{at}key"), (0, 2, 3, 1))
        told = self.split(self.dense(value, f"{at}value"), (0, 2, 1, 3))
        scale = self.constant(np.float32((self._width // self._heads) ** -0.5))
        likeness = self.add("Mul", self.add("MatMul", query, key), scale)
        share = self.add("Softmax", self.add("Add", likeness, self.unseen()), axis=-1)
        mixed = self.add("Transpose", self.add("MatMul", share, told), perm=(0, 2, 1, 3))
        return self.add("Reshape", mixed, self.constant(np.array([-1, self._width])))

    def split(self, value: str, order: tuple[int, ...]) -> str:
        """Cut (b·t, d) into heads and bring (b, t, heads, d / heads) into an order."""
        sizes = self.add(
            "Concat",
            self.add("Shape", "ids"),
            self.constant(np.array([self._heads, self._width // self._heads])),
            axis=0,
        )
        return self.add("Transpose", self.add("Reshape", value, sizes), perm=order)

    def unseen(self) -> str:
        """Return 0 where a token counts and a very small number where it only fills a row."""
        if not hasattr(self, "_unseen"):
            real = self.add("Cast", "mask", to=TensorProto.FLOAT)
            gap = self.add("Sub", real, self.constant(np.float32(1)))
            low = self.add("Mul", gap, self.constant(np.float32(1e9)))
            self._unseen = self.add("Unsqueeze", low, self.constant(np.array([1, 2])))
        return self._unseen

    def pool(self, value: str) -> None:
        sizes = self.add(
            "Concat", self.add("Shape", "ids"), self.constant(np.array([self._width])), axis=0
        )
        self._nodes.append(helper.make_node("Reshape", [value, sizes], ["tokens"], "tokens"))
        last = self.constant(np.array([-1]))
        weight = self.add("Unsqueeze", self.add("Cast", "mask", to=TensorProto.FLOAT), last)
        total = self.add(
            "ReduceSum", self.add("Mul", "tokens", weight), self.constant(np.array([1])), keepdims=0
        )
        # The sum points where the mean points, and only the direction is kept.
        self._nodes.append(
            helper.make_node("LpNormalization", [total], ["vectors"], "vectors", axis=-1, p=2)
        )

    def build(self) -> onnx.ModelProto:
        whole = helper.make_tensor_value_info
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [whole(name, TensorProto.INT64, ["b", "t"]) for name in ("ids", "mask")],
            [
                whole("vectors", TensorProto.FLOAT, ["b", self._width]),
                whole("tokens", TensorProto.FLOAT, ["b", "t", self._width]),
            ],
            list(self._tensors.values()),
        )
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=10
        )


def _ranges(weights: Path) -> dict[str, tuple[str, list[int], int, int]]:
    """Return kind, shape, offset and length in bytes of each tensor of a safetensors file."""
    with weights.open("rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    return {
        name: (
            entry["dtype"],
            entry["shape"],
            8 + size + entry["data_offsets"][0],
            entry["data_offsets"][1] - entry["data_offsets"][0],
        )
        for name, entry in header.items()
        if name != "__metadata__"
    }
