#!/usr/bin/env python3
"""Converts CAM++ (3D-Speaker, PyTorch weights) into the ONNX file that sherpa-onnx loads for speaker embeddings.

usage: convert_speakers.py WEIGHTS.pt OUT.onnx

Reads the checkpoint without PyTorch (a zip of raw tensors and a pickle of their names) and builds the graph by hand: batch
normalisation is folded into the convolution before it where there is one; the context of a CAM layer is constant within its
segments of 100 frames, so its gate is computed once a segment. Needs only numpy and onnx.
"""
import pickle
import sys
import zipfile
from collections import OrderedDict

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SEGMENT = 100
BLOCKS = ((12, 1), (24, 2), (16, 2))
EPSILON = 1e-5
METADATA = dict(
    framework="3d-speaker", language="Chinese-English", sample_rate=16000, normalize_samples=1, feature_normalize_type="global-mean",
    url="https://modelscope.cn/models/iic/speech_campplus_sv_zh_en_16k-common_advanced", comment="CAM++, converted from the weights",
    version=1, maintainer="local")


def read_checkpoint(path):
    """Tensors by name. Only what a plain dictionary of tensors needs is let through the pickle."""
    archive = zipfile.ZipFile(path)
    root = next(name for name in archive.namelist() if name.endswith("/data.pkl"))[: -len("data.pkl")]
    kinds = {"FloatStorage": "<f4", "LongStorage": "<i8"}

    def rebuild(storage, offset, size, stride, *_):
        flat = storage[offset:]
        return np.lib.stride_tricks.as_strided(flat, size, [s * flat.itemsize for s in stride]).copy()

    class Reader(pickle.Unpickler):
        def find_class(self, module, name):
            if (module, name) == ("collections", "OrderedDict"):
                return OrderedDict
            if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
                return rebuild
            if module == "torch" and name in kinds:
                return kinds[name]
            sys.exit(f"{path}: unexpected {module}.{name}")

        def persistent_load(self, key):
            return np.frombuffer(archive.read(f"{root}data/{key[2]}"), key[1])

    with archive.open(root + "data.pkl") as file:
        return Reader(file).load()


class Graph:
    """Nodes and weights under construction."""

    def __init__(self, weights):
        self.weights, self.nodes, self.constants, self.count = weights, [], {}, 0

    def node(self, kind, *inputs, **attributes):
        self.count += 1
        output = f"t{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def constant(self, value, kind=np.float32):
        array = np.asarray(value, kind)
        key = (array.dtype.str, array.shape, array.tobytes())
        return self.constants.setdefault(key, (f"c{len(self.constants)}", array))[0]

    def scale(self, name):
        """Factor and offset of a batch normalisation."""
        w = self.weights
        factor = 1 / np.sqrt(w[name + ".running_var"] + EPSILON)
        factor = factor * w.get(name + ".weight", 1)
        return factor, w.get(name + ".bias", 0) - w[name + ".running_mean"] * factor

    def conv(self, x, name, norm=None, **attributes):
        """A convolution with the normalisation behind it."""
        weight, bias = self.weights[name + ".weight"], self.weights.get(name + ".bias")
        if norm:
            factor, offset = self.scale(norm)
            weight = weight * factor.reshape([-1] + [1] * (weight.ndim - 1))
            bias = offset if bias is None else bias * factor + offset
        inputs = [x, self.constant(weight)] + ([] if bias is None else [self.constant(bias)])
        return self.node("Conv", *inputs, **attributes)

    def norm_relu(self, x, name):
        """A normalisation without a convolution before it, then a rectifier."""
        factor, offset = (v.reshape(1, -1, 1) for v in self.scale(name))
        return self.relu(self.node("Add", self.node("Mul", x, self.constant(factor)), self.constant(offset)))

    def relu(self, x):
        return self.node("Relu", x)


def residual(graph, x, name, stride):
    same = dict(pads=[1, 1, 1, 1])
    y = graph.relu(graph.conv(x, name + ".conv1", name + ".bn1", strides=[stride, 1], **same))
    y = graph.conv(y, name + ".conv2", name + ".bn2", **same)
    if name + ".shortcut.0.weight" in graph.weights:
        x = graph.conv(x, name + ".shortcut.0", name + ".shortcut.1", strides=[stride, 1])
    return graph.relu(graph.node("Add", y, x))


def head(graph, x):
    x = graph.node("Unsqueeze", graph.node("Transpose", x, perm=[0, 2, 1]), graph.constant([1], np.int64))
    x = graph.relu(graph.conv(x, "head.conv1", "head.bn1", pads=[1, 1, 1, 1]))
    for layer in (1, 2):
        for block, stride in ((0, 2), (1, 1)):
            x = residual(graph, x, f"head.layer{layer}.{block}", stride)
    x = graph.relu(graph.conv(x, "head.conv2", "head.bn2", strides=[2, 1], pads=[1, 1, 1, 1]))
    width = graph.weights["xvector.tdnn.linear.weight"].shape[1]
    return graph.node("Reshape", x, graph.constant([0, width, -1], np.int64))


class Segments:
    """The segments of 100 frames that CAM layers look at; the number of frames is the same in all of them."""

    def __init__(self, graph, x):
        self.graph, integer = graph, lambda v: graph.constant(v, np.int64)
        shape = graph.node("Shape", x)
        self.frames = graph.node("Slice", shape, integer([2]), integer([3]))
        segments = graph.node("Div", graph.node("Add", self.frames, integer([SEGMENT - 1])), integer([SEGMENT]))
        padded = graph.node("Mul", segments, integer([SEGMENT]))
        missing = graph.node("Sub", padded, self.frames)
        self.pads = graph.node("Concat", integer([0, 0, 0, 0, 0]), missing, axis=0)
        last = graph.node("Sub", integer([SEGMENT]), missing)
        others = graph.node("Expand", graph.constant([float(SEGMENT)]), graph.node("Sub", segments, integer([1])))
        self.counts = graph.node("Concat", others, graph.node("Cast", last, to=TensorProto.FLOAT), axis=0)

    def context(self, x):
        """Mean of each segment and of the whole: [batch, channels, segments]."""
        graph, integer = self.graph, lambda v: self.graph.constant(v, np.int64)
        parts = graph.node("Reshape", graph.node("Pad", x, self.pads), integer([0, 0, -1, SEGMENT]))
        means = graph.node("Div", graph.node("ReduceSum", parts, integer([3]), keepdims=0), self.counts)
        return graph.node("Add", means, graph.node("ReduceMean", x, axes=[2], keepdims=1))

    def spread(self, gate):
        """A value a segment as a value a frame."""
        graph, integer = self.graph, lambda v: self.graph.constant(v, np.int64)
        wide = graph.node("Expand", graph.node("Unsqueeze", gate, integer([3])), integer([1, 1, 1, SEGMENT]))
        return graph.node("Slice", graph.node("Reshape", wide, integer([0, 0, -1])), integer([0]), self.frames, integer([2]))


def dense_block(graph, x, block, layers, dilation, segments):
    for layer in range(1, layers + 1):
        name = f"xvector.block{block}.tdnnd{layer}"
        y = graph.norm_relu(x, name + ".nonlinear1.batchnorm")
        y = graph.relu(graph.conv(y, name + ".linear1", name + ".nonlinear2.batchnorm"))
        local = graph.conv(y, name + ".cam_layer.linear_local", pads=[dilation, dilation], dilations=[dilation])
        gate = graph.relu(graph.conv(segments.context(y), name + ".cam_layer.linear1"))
        gate = graph.node("Sigmoid", graph.conv(gate, name + ".cam_layer.linear2"))
        x = graph.node("Concat", x, graph.node("Mul", local, segments.spread(gate)), axis=1)
    transit = f"xvector.transit{block}"
    return graph.conv(graph.norm_relu(x, transit + ".nonlinear.batchnorm"), transit + ".linear")


def statistics(graph, x, segments):
    """Mean and standard deviation (divided by frames - 1) over time."""
    mean = graph.node("ReduceMean", x, axes=[2], keepdims=1)
    apart = graph.node("Sub", x, mean)
    squares = graph.node("ReduceSum", graph.node("Mul", apart, apart), graph.constant([2], np.int64), keepdims=1)
    frames = graph.node("Cast", segments.frames, to=TensorProto.FLOAT)
    divisor = graph.node("Max", graph.node("Sub", frames, graph.constant([1.0])), graph.constant([1.0]))
    return graph.node("Concat", mean, graph.node("Sqrt", graph.node("Div", squares, divisor)), axis=1)


def build(weights):
    graph = Graph(weights)
    x = head(graph, "x")
    x = graph.relu(graph.conv(x, "xvector.tdnn.linear", "xvector.tdnn.nonlinear.batchnorm", strides=[2], pads=[2, 2]))
    segments = Segments(graph, x)
    for block, (layers, dilation) in enumerate(BLOCKS, 1):
        x = dense_block(graph, x, block, layers, dilation, segments)
    x = statistics(graph, graph.norm_relu(x, "xvector.out_nonlinear.batchnorm"), segments)
    x = graph.conv(x, "xvector.dense.linear", "xvector.dense.nonlinear.batchnorm")
    size = weights["xvector.dense.linear.weight"].shape[0]
    graph.nodes.append(helper.make_node("Reshape", [x, graph.constant([0, size], np.int64)], ["embedding"]))
    initializers = [numpy_helper.from_array(array, name) for name, array in graph.constants.values()]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, "campplus", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", "T", 80])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["N", size])], initializers),
        opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="convert_speakers")
    for key, value in sorted(dict(METADATA, output_dim=size).items()):
        model.metadata_props.add(key=key, value=str(value))
    onnx.checker.check_model(model)
    return model


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    onnx.save(build(read_checkpoint(sys.argv[1])), sys.argv[2])


main()
