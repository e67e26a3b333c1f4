"""A BERT-like encoder (Devlin et al. 2019) as an ONNX graph, written from its weights: nothing else is needed for it.

It takes token ids and a mask, (texts, tokens), and gives out the last layer and the one before, (texts, tokens, width).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from handdruk.understand.encoder.unusable import EncoderUnusable, part
from handdruk.understand.vocabulary import Floats

LAST, BEFORE = "last_hidden_state", "layer_before"
KINDS = ("bert", "xlm-roberta", "roberta")
_OPERATORS, _FORMAT = 20, 9
_MASKED = 10_000.0
_ACTIVATIONS = {"gelu": {}, "gelu_new": {"approximate": "tanh"}, "gelu_pytorch_tanh": {"approximate": "tanh"}}


def model_of(config: dict[str, Any], weights: dict[str, Floats]) -> Any:
    """The ONNX model (a protobuf). EncoderUnusable says what is missing or not known."""
    if config.get("model_type") not in KINDS:
        raise EncoderUnusable(f"config.json: model_type is none of {', '.join(KINDS)}: give a folder with model.onnx")
    if config.get("hidden_act", "gelu") not in _ACTIVATIONS:
        raise EncoderUnusable(f"config.json: hidden_act {config['hidden_act']!r} is not known")
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise EncoderUnusable("config.json: only absolute positions are known")
    try:
        return _Graph(config, weights).written()
    except KeyError as error:
        raise EncoderUnusable(f"config.json and model.safetensors do not fit together: {error} is missing") from error


class _Graph:
    def __init__(self, config: dict[str, Any], weights: dict[str, Floats]) -> None:
        self.onnx = part("onnx", "convert")
        self.config, self.weights = config, weights
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}
        self.width, self.heads = int(config["hidden_size"]), int(config["num_attention_heads"])

    def written(self) -> Any:
        layers = int(self.config["num_hidden_layers"])
        mask = self._mask()
        flow = self._embedded()
        for number in range(layers):
            if number == layers - 1:
                self._do("Identity", [flow], BEFORE)
            flow = self._layer(flow, mask, f"encoder.layer.{number}")
        self._do("Identity", [flow], LAST)
        make, kinds = self.onnx.helper, self.onnx.TensorProto
        graph = make.make_graph(
            self.nodes,
            "encoder",
            [make.make_tensor_value_info(n, kinds.INT64, ["texts", "tokens"]) for n in ("input_ids", "attention_mask")],
            [make.make_tensor_value_info(n, kinds.FLOAT, ["texts", "tokens", self.width]) for n in (LAST, BEFORE)],
            list(self.constants.values()),
        )
        model = make.make_model(graph, opset_imports=[make.make_opsetid("", _OPERATORS)], ir_version=_FORMAT)
        self.onnx.checker.check_model(model)
        make.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
        return model

    def _do(self, operator: str, inputs: list[str], name: str, **options: Any) -> str:
        self.nodes.append(self.onnx.helper.make_node(operator, inputs, [name], name=name, **options))
        return name

    def _constant(self, name: str, value: npt.NDArray[Any]) -> str:
        self.constants[name] = self.onnx.numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _mask(self) -> str:
        """0 for a token, very negative for padding; (texts, 1, 1, tokens)."""
        numbers = self._do("Cast", ["attention_mask"], "mask.numbers", to=self.onnx.TensorProto.FLOAT)
        wide = self._do("Unsqueeze", [numbers, self._constant("mask.axes", np.array([1, 2]))], "mask.wide")
        less = self._do("Sub", [wide, self._constant("mask.one", np.array([1], dtype=np.float32))], "mask.less")
        return self._do("Mul", [less, self._constant("mask.much", np.array([_MASKED], dtype=np.float32))], "mask")

    def _embedded(self) -> str:
        table = "embeddings.word_embeddings.weight"
        word = self._do("Gather", [self._constant(table, self.weights[table]), "input_ids"], "words")
        first = int(self.config.get("pad_token_id") or 0) + 1 if self.config["model_type"] != "bert" else 0
        places = self.weights["embeddings.position_embeddings.weight"][first:]
        places = places + self.weights["embeddings.token_type_embeddings.weight"][:1]
        length = self._do("Shape", ["input_ids"], "length", start=1, end=2)
        zero = self._constant("zero", np.array([0]))
        place = self._do("Slice", [self._constant("places.all", places), zero, length, zero], "places")
        return self._normal(self._do("Add", [word, place], "embedded"), "embeddings.LayerNorm")

    def _layer(self, flow: str, mask: str, place: str) -> str:
        attended = self._attention(flow, mask, f"{place}.attention.self")
        out = self._linear(attended, f"{place}.attention.output.dense")
        flow = self._normal(self._do("Add", [out, flow], f"{place}.beside"), f"{place}.attention.output.LayerNorm")
        inner = self._linear(flow, f"{place}.intermediate.dense")
        bent = self._do("Gelu", [inner], f"{place}.bent", **_ACTIVATIONS[self.config.get("hidden_act", "gelu")])
        out = self._linear(bent, f"{place}.output.dense")
        return self._normal(self._do("Add", [out, flow], f"{place}.through"), f"{place}.output.LayerNorm")

    def _attention(self, flow: str, mask: str, place: str) -> str:
        each = self.width // self.heads
        query = self._head(flow, f"{place}.query", [0, 2, 1, 3])
        key = self._head(flow, f"{place}.key", [0, 2, 3, 1])
        value = self._head(flow, f"{place}.value", [0, 2, 1, 3])
        products = self._do("MatMul", [query, key], f"{place}.products")
        scaled = self._do(
            "Mul", [products, self._constant("scale", np.array([each**-0.5], dtype=np.float32))], f"{place}.scaled"
        )
        shares = self._do("Softmax", [self._do("Add", [scaled, mask], f"{place}.seen")], f"{place}.shares", axis=-1)
        mixed = self._do("MatMul", [shares, value], f"{place}.mixed")
        turned = self._do("Transpose", [mixed], f"{place}.turned", perm=[0, 2, 1, 3])
        return self._do("Reshape", [turned, self._constant("joined", np.array([0, 0, self.width]))], f"{place}.joined")

    def _head(self, flow: str, place: str, order: list[int]) -> str:
        shape = self._constant("split", np.array([0, 0, self.heads, self.width // self.heads]))
        split = self._do("Reshape", [self._linear(flow, place), shape], f"{place}.split")
        return self._do("Transpose", [split], f"{place}.turned", perm=order)

    def _linear(self, flow: str, place: str) -> str:
        weight = self._constant(f"{place}.weight", self.weights[f"{place}.weight"].T)
        bias = self._constant(f"{place}.bias", self.weights[f"{place}.bias"])
        return self._do("Add", [self._do("MatMul", [flow, weight], f"{place}.product"), bias], f"{place}.sum")

    def _normal(self, flow: str, place: str) -> str:
        gain = self._constant(f"{place}.weight", self.weights[f"{place}.weight"])
        shift = self._constant(f"{place}.bias", self.weights[f"{place}.bias"])
        small = float(self.config.get("layer_norm_eps", 1e-12))
        return self._do("LayerNormalization", [flow, gain, shift], place, axis=-1, epsilon=small)
