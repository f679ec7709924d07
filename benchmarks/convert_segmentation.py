#!/usr/bin/env python3
"""Converts pyannote's segmentation 3.0 (PyTorch weights) into the ONNX file that sherpa-onnx's offline diarisation loads.

usage: convert_segmentation.py WEIGHTS.bin OUT.onnx

A peer of the benchmarks only; the product has no use for it. Reads the checkpoint without PyTorch and builds the graph by hand; the
filters of SincNet, which are functions of two numbers each, are worked out once. Needs numpy and onnx.
"""
import pickle
import sys
import zipfile
from collections import OrderedDict

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

METADATA = dict(
    num_speakers=3, powerset_max_classes=2, num_classes=7, sample_rate=16000, window_size=160000, receptive_field_size=991,
    receptive_field_shift=270, model_type="pyannote-segmentation-3.0", version=1, maintainer="local")


class Anything:
    """Stands for the classes of pyannote whose values nobody needs here."""

    def __init__(self, *_, **__):
        pass

    def __setstate__(self, _):
        pass

    def __call__(self, *_):
        return self


def read_checkpoint(path):
    archive = zipfile.ZipFile(path)
    root = next(name for name in archive.namelist() if name.endswith("/data.pkl"))[: -len("data.pkl")]

    def rebuild(storage, offset, size, stride, *_):
        flat = storage[offset:]
        return np.lib.stride_tricks.as_strided(flat, size, [s * flat.itemsize for s in stride]).copy()

    class Reader(pickle.Unpickler):
        def find_class(self, module, name):
            known = {"OrderedDict": OrderedDict, "_rebuild_tensor_v2": rebuild, "FloatStorage": "FloatStorage"}
            return known.get(name, Anything)

        def persistent_load(self, key):
            return np.frombuffer(archive.read(f"{root}data/{key[2]}"), "<f4")

    with archive.open(root + "data.pkl") as file:
        return Reader(file).load()["state_dict"]


def sinc_filters(weights, name="sincnet.conv1d.0.filterbank."):
    """80 band-pass filters of 251 samples (asteroid's ParamSincFB): 40 even, 40 odd."""
    low = 50 + np.abs(weights[name + "low_hz_"].astype("f8"))
    high = np.clip(low + 50 + np.abs(weights[name + "band_hz_"].astype("f8")), 50, 8000)
    band = (high - low)[:, 0]
    window, n = weights[name + "window_"].astype("f8"), weights[name + "n_"].astype("f8")
    below, above = low @ n, high @ n
    left = (np.sin(above) - np.sin(below)) / (n / 2)
    even = np.concatenate([left * window, 2 * band[:, None], (left * window)[:, ::-1]], 1)
    odd_left = (np.cos(below) - np.cos(above)) / (n / 2) * window
    odd = np.concatenate([odd_left, np.zeros((len(low), 1)), -odd_left[:, ::-1]], 1)
    filters = np.concatenate([even / (2 * band[:, None]), odd / (2 * band[:, None])])
    return filters[:, None, :].astype("f4")


class Graph:
    """Nodes and weights under construction."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def node(self, kind, *inputs, **attributes):
        self.nodes.append(helper.make_node(kind, list(inputs), [f"t{len(self.nodes)}"], **attributes))
        return self.nodes[-1].output[0]

    def constant(self, value, kind=np.float32):
        self.weights.append(numpy_helper.from_array(np.asarray(value, kind), f"c{len(self.weights)}"))
        return self.weights[-1].name


def bidirectional(w, layer):
    """W, R and B of ONNX: its gates are i, o, f, c where PyTorch's are i, f, c, o."""
    def order(a):
        i, f, c, o = np.split(a, 4)
        return np.concatenate([i, o, f, c])
    ends = ("", "_reverse")
    parts = lambda kind: np.stack([order(w[f"lstm.{kind}_l{layer}{end}"]) for end in ends])
    return parts("weight_ih"), parts("weight_hh"), np.concatenate([parts("bias_ih"), parts("bias_hh")], 1)


def build(w):
    g = Graph()
    x = g.node("InstanceNormalization", "x", g.constant(w["sincnet.wav_norm1d.weight"]), g.constant(w["sincnet.wav_norm1d.bias"]))
    for index in range(3):
        if index == 0:
            x = g.node("Abs", g.node("Conv", x, g.constant(sinc_filters(w)), strides=[10]))
        else:
            x = g.node("Conv", x, g.constant(w[f"sincnet.conv1d.{index}.weight"]), g.constant(w[f"sincnet.conv1d.{index}.bias"]))
        x = g.node("MaxPool", x, kernel_shape=[3], strides=[3])
        x = g.node("InstanceNormalization", x, g.constant(w[f"sincnet.norm1d.{index}.weight"]), g.constant(w[f"sincnet.norm1d.{index}.bias"]))
        x = g.node("LeakyRelu", x, alpha=0.01)
    x = g.node("Transpose", x, perm=[2, 0, 1])
    for layer in range(4):
        weight, recurrent, bias = (g.constant(part) for part in bidirectional(w, layer))
        x = g.node("LSTM", x, weight, recurrent, bias, hidden_size=128, direction="bidirectional")
        x = g.node("Reshape", g.node("Transpose", x, perm=[0, 2, 1, 3]), g.constant([0, 0, -1], np.int64))
    x = g.node("Transpose", x, perm=[1, 0, 2])
    for name in ("linear.0", "linear.1", "classifier"):
        x = g.node("Add", g.node("MatMul", x, g.constant(w[name + ".weight"].T)), g.constant(w[name + ".bias"]))
        if name != "classifier":
            x = g.node("LeakyRelu", x, alpha=0.01)
    g.nodes.append(helper.make_node("LogSoftmax", [x], ["y"], axis=-1))
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in (("x", ["N", 1, "T"]), ("y", ["N", "frames", 7]))]
    whole = helper.make_graph(g.nodes, "segmentation", ends[:1], ends[1:], g.weights)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, {key: str(value) for key, value in METADATA.items()})
    onnx.checker.check_model(model)
    return model


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    onnx.save(build(read_checkpoint(sys.argv[1])), sys.argv[2])


main()
