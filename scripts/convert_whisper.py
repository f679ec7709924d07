#!/usr/bin/env python3
"""Converts a Whisper model in CTranslate2's layout into the ONNX pair that sherpa-onnx loads.

usage: convert_whisper.py CT2_FOLDER OUT_PREFIX

Writes OUT_PREFIX-encoder.onnx, -decoder.onnx and -tokens.txt. Weights of matrix products become 8-bit blocks of 32
(com.microsoft.MatMulNBits); the length of the sound is dynamic, so that short speech costs little; the key-value cache grows; only the
last token's logits are computed; suppressed tokens are masked inside the model. Zero frames behind the sound (sherpa-onnx's
tail_paddings) stand for the silent rest of Whisper's 30 s, which is computed coarsely. The same input gives the same bytes.
Needs numpy and onnx.
"""
import base64
import json
import math
import struct
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LANGUAGES = (
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv "
    "bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa "
    "lb my bo tl mg as tt haw ln ha ba jw su"
).split()
END_OF_TEXT = 50257
BLOCK = 32
# Whisper was trained on windows of 30 s and mishears more in shorter ones, but most of a window after short speech is silence that
# need not be computed position by position: the first second is, then one position stands for 2, 4, 8 and 16 of them. On 42 human
# recordings at four offsets each: 11.8 % of words wrong with 2 s of silence, 9.6 % with all of the window, 9.3 % with this.
NEAR_POSITIONS = 50
FAR_POSITIONS = ((48, 2), (48, 4), (48, 8), (60, 16))
CT2_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def read_ct2(path):
    """The variables of a CTranslate2 Whisper model, name to array."""
    with open(path, "rb") as file:
        number = lambda code: struct.unpack("<" + code, file.read(struct.calcsize("<" + code)))[0]
        text = lambda: file.read(number("H"))[:-1].decode()
        version, kind, revision = number("I"), text(), number("I")
        if not 5 <= version <= 6 or kind != "WhisperSpec" or revision != 3:
            sys.exit(f"{path}: {kind} {revision} in version {version} is no Whisper model of a known form")
        variables = {}
        for _ in range(number("I")):
            name = text()
            shape = [number("I") for _ in range(number("B"))]
            kind = number("B")
            variables[name] = np.frombuffer(file.read(number("I")), CT2_TYPES[kind]).reshape(shape)
        for _ in range(number("I")):
            alias = text()
            variables[alias] = variables[text()]
        if file.read(1):
            sys.exit(f"{path}: more bytes than the model has")
    return {name: array.astype(np.float32) if array.dtype == np.float16 else array for name, array in variables.items()}


def quantize(weights):
    """8-bit blocks of 32 along the input, symmetric around 128, with a scale each."""
    rows, columns = weights.shape
    if columns % BLOCK:
        sys.exit(f"a matrix has {columns} columns, no multiple of {BLOCK}")
    blocks = weights.reshape(rows, columns // BLOCK, BLOCK)
    index = np.abs(blocks).argmax(-1)[..., None]
    scale = np.abs(np.take_along_axis(blocks, index, -1)) / 127
    scale = np.where(scale == 0, 1e-8, scale)
    return np.clip(np.rint(blocks / scale) + 128, 0, 255).astype(np.uint8), scale.astype(np.float32).reshape(rows, -1)


class Graph:
    """Nodes and initialisers of an ONNX graph under construction."""

    def __init__(self):
        self.nodes, self.initializers, self.count, self.constants = [], [], 0, {}

    def name(self, prefix):
        self.count += 1
        return f"{prefix}_{self.count}"

    def weights(self, array, prefix="w"):
        name = self.name(prefix)
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def constant(self, array):
        array = np.asarray(array)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.constants:
            self.constants[key] = self.weights(array, "c")
        return self.constants[key]

    def integers(self, *values):
        return self.constant(np.array(values, np.int64))

    def op(self, kind, inputs, outputs=1, domain="", **attributes):
        names = [self.name(kind) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=self.name("n"), domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def norm(self, x, model, path):
        return self.op(
            "LayerNormalization", [x, self.weights(model[path + "/gamma"]), self.weights(model[path + "/beta"])], axis=-1, epsilon=1e-5)

    def linear(self, x, weights, bias):
        packed, scale = quantize(weights)
        rows, columns = weights.shape
        inputs = [x, self.weights(packed), self.weights(scale)]
        if bias is not None:
            inputs += ["", "", self.weights(bias)]
        return self.op(
            "MatMulNBits", inputs, domain="com.microsoft", K=columns, N=rows, bits=8, block_size=BLOCK, accuracy_level=4)

    def attention(self, query, key, value, heads, mask=None):
        inputs = [query, key, value] + (["", "", mask] if mask else [])
        return self.op("MultiHeadAttention", inputs, domain="com.microsoft", num_heads=heads)

    def feed_forward(self, x, model, path):
        hidden = self.norm(x, model, path + "/ffn/layer_norm")
        hidden = self.linear(hidden, model[path + "/ffn/linear_0/weight"], model[path + "/ffn/linear_0/bias"])
        hidden = self.op("Gelu", [hidden])
        hidden = self.linear(hidden, model[path + "/ffn/linear_1/weight"], model[path + "/ffn/linear_1/bias"])
        return self.op("Add", [x, hidden])


def far_positions():
    """Where the positions behind the first second of silence are, counted from its end, and how many each stands for."""
    places, counts, begin = [], [], 0
    for number, width in FAR_POSITIONS:
        for _ in range(number):
            places.append(begin + width // 2)
            counts.append(width)
            begin += width
    return np.array(places, np.int64), np.array(counts, np.float32)


def gelu(x):
    return x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def without_padding(g):
    """The frames up to a second behind the sound, and 1 where there was that much padding, else 0."""
    frames = g.op("Shape", ["mel"], start=2, end=3)
    zero, one = g.constant(np.array(0, np.int64)), g.constant(np.array(1, np.int64))
    after = g.op("Add", [g.op("Range", [zero, g.op("Squeeze", [frames]), one]), one])
    # Only padding is exactly zero in every band.
    loudest = g.op("ReduceMax", [g.op("Abs", ["mel"]), g.integers(0, 1)], keepdims=0)
    sounding = g.op("Cast", [g.op("Greater", [loudest, g.constant(np.float32(0))])], to=TensorProto.INT64)
    sound = g.op("ReduceMax", [g.op("Mul", [after, sounding])], keepdims=1)
    wanted = g.op("Add", [sound, g.integers(2 * NEAR_POSITIONS)])
    is_padded = g.op("Cast", [g.op("LessOrEqual", [wanted, frames])], to=TensorProto.INT64)
    return g.op("Slice", ["mel", g.integers(0), g.op("Min", [wanted, frames]), g.integers(2)]), is_padded


def extend(g, x, is_padded, model):
    """Appends the far positions of the window's silent rest and adds all positions' encodings.

    Also returns by how much each position weighs more in attention: as much as the positions it stands for together.
    """
    encodings = model["encoder/position_encodings/encodings"]
    near = g.op("Shape", [x], start=1, end=2)
    places, counts = far_positions()
    places = g.op("Add", [g.constant(places), near])
    fitting = g.op("Cast", [g.op("Less", [places, g.integers(len(encodings))])], to=TensorProto.INT64)
    number = g.op("Mul", [g.op("ReduceSum", [fitting], keepdims=1), is_padded])
    first = lambda t: g.op("Slice", [t, g.integers(0), number, g.integers(0)])
    # What the convolutions make of zero frames is the same everywhere.
    inner = model["encoder/conv2/weight"].sum(-1, dtype=np.float64) @ gelu(model["encoder/conv1/bias"].astype(np.float64))
    still = gelu(inner + model["encoder/conv2/bias"]).astype(np.float32).reshape(1, 1, -1)
    rest = g.op("Expand", [g.constant(still), g.op("Concat", [g.integers(1), number, g.integers(1)], axis=0)])
    zero, one = g.constant(np.array(0, np.int64)), g.constant(np.array(1, np.int64))
    near_places = g.op("Range", [zero, g.op("Squeeze", [near]), one])
    where = g.op("Concat", [near_places, first(places)], axis=0)
    x = g.op("Add", [g.op("Concat", [x, rest], axis=1), g.op("Gather", [g.weights(encodings), where])])
    plain = g.op("Expand", [g.constant(np.zeros(1, np.float32)), near])
    return x, g.op("Concat", [plain, first(g.constant(np.log(counts)))], axis=0)


def tensor(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def finish(graph, name, inputs, outputs, metadata=None):
    model = helper.make_model(
        helper.make_graph(graph.nodes, name, inputs, outputs, graph.initializers), producer_name="acogida",
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)])
    model.ir_version = 9
    if metadata:
        helper.set_model_props(model, {key: str(value) for key, value in metadata.items()})
    return model


def encoder(model, metadata):
    width = model["encoder/conv1/weight"].shape[0]
    heads, layers, text_layers = int(model["encoder/num_heads"]), metadata["n_audio_layer"], metadata["n_text_layer"]
    text_heads = metadata["n_text_head"]
    g = Graph()
    convolve = lambda x, i, **more: g.op("Gelu", [g.op(
        "Conv", [x, g.weights(model[f"encoder/conv{i}/weight"]), g.weights(model[f"encoder/conv{i}/bias"])],
        kernel_shape=[3], pads=[1, 1], **more)])
    frames, is_padded = without_padding(g)
    x = g.op("Transpose", [convolve(convolve(frames, 1), 2, strides=[2])], perm=[0, 2, 1])
    x, weight = extend(g, x, is_padded, model)
    length = g.op("Shape", [x], start=1, end=2)
    mask = g.op("Expand", [g.op("Unsqueeze", [weight, g.integers(0, 1, 2)]), g.op("Concat", [g.integers(1, 1), length, length], axis=0)])
    for layer in range(layers):
        path = f"encoder/layer_{layer}"
        hidden = g.norm(x, model, path + "/self_attention/layer_norm")
        part = lambda i, what: model[f"{path}/self_attention/linear_{i}/{what}"]
        query, key, value = g.op("Split", [g.linear(hidden, part(0, "weight"), part(0, "bias")), g.integers(width, width, width)], 3, axis=-1)
        x = g.op("Add", [x, g.linear(g.attention(query, key, value, heads, mask), part(1, "weight"), part(1, "bias"))])
        x = g.feed_forward(x, model, path)
    x = g.norm(x, model, "encoder/layer_norm")
    keys, values = [], []
    for layer in range(text_layers):
        path = f"decoder/layer_{layer}/attention/linear_1"
        key, value = g.op("Split", [g.linear(x, model[path + "/weight"], model[path + "/bias"]), g.integers(width, width)], 2, axis=-1)
        # The layout that MultiHeadAttention wants, so that the decoder doesn't transpose it again for every token.
        split = lambda t: g.op("Unsqueeze", [g.op("Transpose", [g.op("Reshape", [t, g.integers(0, 0, text_heads, width // text_heads)])], perm=[0, 2, 1, 3]), g.integers(0)])
        keys.append(split(key))
        values.append(split(value))
    # The decoder needs the weights too; sherpa-onnx hands it nothing but the keys and values, so they travel as one more layer of keys.
    shape = g.op("Concat", [g.integers(1, 1, text_heads), length, g.integers(width // text_heads)], axis=0)
    keys.append(g.op("Expand", [g.op("Unsqueeze", [weight, g.integers(0, 1, 2, 4)]), shape]))
    for parts, name in ((keys, "n_layer_cross_k"), (values, "n_layer_cross_v")):
        g.nodes.append(helper.make_node("Concat", parts, [name], axis=0))
    shape = lambda layers: [layers, "n_audio", text_heads, "T_out", width // text_heads]
    return finish(
        g, "encoder", [tensor("mel", TensorProto.FLOAT, ["n_audio", metadata["n_mels"], "T"])],
        [tensor("n_layer_cross_k", TensorProto.FLOAT, shape(text_layers + 1)), tensor("n_layer_cross_v", TensorProto.FLOAT, shape(text_layers))], metadata)


def decoder(model, metadata, suppressed):
    embeddings = model["decoder/embeddings/weight"]
    vocabulary, width = embeddings.shape
    heads, layers = int(model["decoder/num_heads"]), metadata["n_text_layer"]
    g = Graph()
    x = g.op("Cast", [g.op("Gather", [g.weights(embeddings.astype(np.float16), "emb"), "tokens"])], to=TensorProto.FLOAT)
    count = g.op("Shape", ["tokens"], start=1, end=2)
    end = g.op("Add", ["offset", count])
    x = g.op("Add", [x, g.op("Slice", [g.weights(model["decoder/position_encodings/encodings"]), "offset", end, g.integers(0)])])
    # Additive causal mask: a token sees itself and what is before it.
    zero, one = g.constant(np.array(0, np.int64)), g.constant(np.array(1, np.int64))
    squeeze = lambda t: g.op("Squeeze", [t, g.integers(0)])
    columns = g.op("Unsqueeze", [g.op("Range", [zero, squeeze(end), one]), g.integers(0)])
    rows = g.op("Unsqueeze", [g.op("Range", [squeeze("offset"), squeeze(end), one]), g.integers(1)])
    mask = g.op("Where", [g.op("LessOrEqual", [columns, rows]), g.constant(np.float32(0)), g.constant(np.float32(-1e9))])
    mask = g.op("Unsqueeze", [mask, g.integers(0, 1)])
    # The cache that comes in has room for the whole text; only the first `offset` positions are filled.
    filled = lambda name: g.op("Slice", [name, g.integers(0), "offset", g.integers(2)])
    keys_in, values_in = filled("in_n_layer_self_k_cache"), filled("in_n_layer_self_v_cache")
    each = g.constant(np.ones(layers, np.int64))
    keys, values = g.op("Split", [keys_in, each], layers, axis=0), g.op("Split", [values_in, each], layers, axis=0)
    *cross_keys, weight = g.op("Split", ["n_layer_cross_k", g.constant(np.ones(layers + 1, np.int64))], layers + 1, axis=0)
    weight = g.op("Slice", [weight, g.integers(0, 0), g.integers(1, 1), g.integers(2, 4)])
    weight = g.op("Transpose", [g.op("Squeeze", [weight, g.integers(0)])], perm=[0, 1, 3, 2])
    heard_length = g.op("Shape", [weight], start=3, end=4)
    cross_mask = g.op("Expand", [weight, g.op("Concat", [g.integers(1, 1), count, heard_length], axis=0)])
    cross_values = g.op("Split", ["n_layer_cross_v", each], layers, axis=0)
    keys_out, values_out = [], []
    for layer in range(layers):
        path = f"decoder/layer_{layer}"
        hidden = g.norm(x, model, path + "/self_attention/layer_norm")
        part = lambda i, what: model[f"{path}/self_attention/linear_{i}/{what}"]
        query, key, value = g.op("Split", [g.linear(hidden, part(0, "weight"), part(0, "bias")), g.integers(width, width, width)], 3, axis=-1)
        key = g.op("Concat", [squeeze(keys[layer]), key], axis=1)
        value = g.op("Concat", [squeeze(values[layer]), value], axis=1)
        keys_out.append(g.op("Unsqueeze", [key, g.integers(0)]))
        values_out.append(g.op("Unsqueeze", [value, g.integers(0)]))
        seen = g.attention(query, key, value, heads, mask)
        x = g.op("Add", [x, g.linear(seen, part(1, "weight"), part(1, "bias"))])
        hidden = g.norm(x, model, path + "/attention/layer_norm")
        part = lambda i, what: model[f"{path}/attention/linear_{i}/{what}"]
        query = g.linear(hidden, part(0, "weight"), part(0, "bias"))
        heard = g.attention(query, squeeze(cross_keys[layer]), squeeze(cross_values[layer]), heads, cross_mask)
        x = g.op("Add", [x, g.linear(heard, part(2, "weight"), part(2, "bias"))])
        x = g.feed_forward(x, model, path)
    x = g.op("Slice", [x, g.integers(-1), g.integers(1 << 40), g.integers(1)])
    x = g.norm(x, model, "decoder/layer_norm")
    bias = np.zeros(vocabulary, np.float32)
    bias[suppressed] = -1e9
    g.nodes.append(helper.make_node("Identity", [g.linear(x, embeddings, bias)], ["logits"]))
    for parts, name in ((keys_out, "out_n_layer_self_k_cache"), (values_out, "out_n_layer_self_v_cache")):
        g.nodes.append(helper.make_node("Concat", parts, [name], axis=0))
    cache = lambda length: [layers, "n_audio", length, width]
    cross = lambda layers: [layers, "n_audio", heads, "T_out", width // heads]
    kind = TensorProto.FLOAT
    return finish(
        g, "decoder",
        [tensor("tokens", TensorProto.INT64, ["n_audio", "n_tokens"]), tensor("in_n_layer_self_k_cache", kind, cache("S_in")),
         tensor("in_n_layer_self_v_cache", kind, cache("S_in")), tensor("n_layer_cross_k", kind, cross(layers + 1)),
         tensor("n_layer_cross_v", kind, cross(layers)), tensor("offset", TensorProto.INT64, [1])],
        [tensor("logits", kind, ["n_audio", 1, vocabulary]), tensor("out_n_layer_self_k_cache", kind, cache("S_out")),
         tensor("out_n_layer_self_v_cache", kind, cache("S_out"))])


def byte_table():
    """The printable characters by which the tokenizer's vocabulary writes bytes (GPT-2's table)."""
    plain = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table, extra = {chr(byte): byte for byte in plain}, 0
    for byte in range(256):
        if byte not in plain:
            table[chr(256 + extra)] = byte
            extra += 1
    return table


def describe(model, config, vocabulary):
    """The metadata by which sherpa-onnx knows a Whisper model."""
    layers = lambda side: 1 + max(
        int(name.split("layer_")[1].split("/")[0]) for name in model
        if name.startswith(side + "/layer_") and name[len(side) + 7].isdigit())
    width = model["encoder/conv1/weight"].shape[0]
    speech = [token for token in config["suppress_ids"] if token < END_OF_TEXT]
    return dict(
        model_type="whisper-base", version=1, maintainer="local", n_mels=model["encoder/conv1/weight"].shape[1],
        n_audio_ctx=model["encoder/position_encodings/encodings"].shape[0], n_audio_state=width,
        n_audio_head=int(model["encoder/num_heads"]), n_audio_layer=layers("encoder"), n_vocab=len(vocabulary),
        n_text_ctx=model["decoder/position_encodings/encodings"].shape[0], n_text_state=width,
        n_text_head=int(model["decoder/num_heads"]), n_text_layer=layers("decoder"), sot_sequence="50258,50259,50359",
        all_language_tokens=",".join(map(str, config["lang_ids"])), all_language_codes=",".join(LANGUAGES), sot=50258, sot_index=0,
        eot=END_OF_TEXT, blank_id=220, is_multilingual=1, no_speech=50362, non_speech_tokens=",".join(map(str, speech)),
        transcribe=50359, translate=50358, sot_prev=50361, sot_lm=50360, no_timestamps=50363)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, prefix = Path(sys.argv[1]), sys.argv[2]
    model = read_ct2(folder / "model.bin")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    vocabulary = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:51865]
    if len(vocabulary) != model["decoder/embeddings/weight"].shape[0] or vocabulary[END_OF_TEXT] != "<|endoftext|>":
        sys.exit(f"{folder}/vocabulary.txt does not belong to the model")
    for token, language in zip(config["lang_ids"], LANGUAGES):
        if vocabulary[token] != f"<|{language}|>":
            sys.exit(f"{folder}/vocabulary.txt: token {token} is {vocabulary[token]}, not <|{language}|>")
    metadata = describe(model, config, vocabulary)
    onnx.save(encoder(model, metadata), prefix + "-encoder.onnx")
    onnx.save(decoder(model, metadata, config["suppress_ids"]), prefix + "-decoder.onnx")
    table = byte_table()
    with open(prefix + "-tokens.txt", "w", encoding="utf-8") as file:
        for index, token in enumerate(vocabulary[:END_OF_TEXT]):
            file.write(base64.b64encode(bytes(table[c] for c in token)).decode() + f" {index}\n")


main()
