"""Writes a trained eye or finder as the TFLite file that Matside attaches to the landmark network:

    export.py eye|finder TRAINED.pt OUT.tflite

Batch normalisation is folded into the convolutions; weights are stored in half precision.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy
import torch

import eye_network
import lying_detector_head
import tflite_graph as tflite


class Writer:
    """Builds the file as JSON of the schema, which flatc converts to bytes."""

    def __init__(self):
        self.buffers, self.tensors, self.operators, self.codes = [{}], [], [], []

    def tensor(self, shape, kind="FLOAT32", data=None, name=""):
        if data is not None:
            self.buffers.append({"data": list(data.tobytes())})
        self.tensors.append({"shape": [int(s) for s in shape], "type": kind, "name": name,
                             "buffer": len(self.buffers) - 1 if data is not None else 0})
        return len(self.tensors) - 1

    def operator(self, code, inputs, shape, kind=None, options=None, name=""):
        if code not in self.codes:
            self.codes.append(code)
        output = self.tensor(shape, name=name)
        written = {"opcode_index": self.codes.index(code), "inputs": inputs, "outputs": [output]}
        if kind:
            written.update(options_type=kind, options=options)
        self.operators.append(written)
        return output

    def weights(self, values):
        values = values.detach().numpy()
        stored = self.tensor(values.shape, "FLOAT16", values.astype(numpy.float16))
        return self.operator(tflite.DEQUANTIZE, [stored], values.shape)

    def shape(self, tensor):
        return self.tensors[tensor]["shape"]

    def conv(self, x, weight, bias, activation="NONE", name=""):
        batch, height, width, _ = self.shape(x)
        w = self.weights(weight.permute(0, 2, 3, 1).contiguous())
        return self.operator(tflite.CONV_2D, [x, w, self.weights(bias)],
                             [batch, height, width, weight.shape[0]], "Conv2DOptions",
                             {"padding": "SAME", "stride_w": 1, "stride_h": 1,
                              "activation": activation}, name)

    def depthwise(self, x, weight, bias):
        w = self.weights(weight.permute(1, 2, 3, 0).contiguous())
        return self.operator(tflite.DEPTHWISE_CONV_2D, [x, w, self.weights(bias)], self.shape(x),
                             "DepthwiseConv2DOptions",
                             {"padding": "SAME", "stride_w": 1, "stride_h": 1,
                              "depth_multiplier": 1, "activation": "RELU"})

    def add(self, a, b, activation="NONE"):
        return self.operator(tflite.ADD, [a, b], self.shape(a), "AddOptions",
                             {"activation": activation})

    def doubled(self, x):
        batch, height, width, channels = self.shape(x)
        size = self.tensor([2], "INT32", numpy.array([2 * height, 2 * width], numpy.int32))
        return self.operator(tflite.RESIZE_BILINEAR, [x, size],
                             [batch, 2 * height, 2 * width, channels], "ResizeBilinearOptions",
                             {"half_pixel_centers": True})

    def write(self, path, inputs, outputs):
        codes = [{"short_code": c, "code": c, "version": 1} for c in self.codes]
        graph = {"tensors": self.tensors, "inputs": inputs, "outputs": outputs,
                 "operators": self.operators}
        text = json.dumps({"version": 3, "operator_codes": codes, "subgraphs": [graph],
                           "description": "matside eye", "buffers": self.buffers})
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "eye.json"
            source.write_text(text, encoding="utf-8")
            subprocess.run(["flatc", "--binary", "--strict-json", "-o", folder,
                            str(tflite.SCHEMA), str(source)], check=True)
            written = next(p for p in pathlib.Path(folder).iterdir() if p != source)
            pathlib.Path(path).write_bytes(written.read_bytes())


def folded(weight, norm, bias=0.0, along=0):
    """Weight and bias of a convolution that normalisation follows (`along` 0) or precedes (1)."""
    scale = (norm.running_var + norm.eps).rsqrt()
    if norm.weight is not None:
        scale = scale * norm.weight
    shift = -norm.running_mean * scale + (norm.bias if norm.bias is not None else 0.0)
    if along == 0:
        return weight * scale.view(-1, 1, 1, 1), bias * scale + shift
    return weight * scale.view(1, -1, 1, 1), bias + weight[:, :, 0, 0] @ shift


class Stages:
    """The parts that the eye and the finder share."""

    def __init__(self, network, features):
        network.eval()
        self.network, self.out = network, Writer()
        self.inputs = {
            number: self.out.tensor([1, cells, cells, channels], name=f"landmark_tensor_{number}")
            for number, (cells, channels) in features.items()}

    def taken(self, number, activation="NONE"):
        take = self.network.take[str(number)]
        weight, bias = folded(take.conv.weight, take.norm, take.conv.bias, 1)
        return self.out.conv(self.inputs[number], weight, bias, activation)

    def stage(self, blocks, x):
        for block in blocks:
            y = self.out.depthwise(x, *folded(block.depthwise.weight, block.norm1))
            y = self.out.conv(y, *folded(block.pointwise.weight, block.norm2))
            x = self.out.add(x, y, "RELU")
        return x

    def brought_up(self, conv, x):
        return self.out.doubled(self.out.conv(x, conv.weight, torch.zeros(conv.weight.shape[0])))

    def write(self, path, outputs):
        self.out.write(path, list(self.inputs.values()), outputs)


def export_eye(eye, path):
    s = Stages(eye, eye_network.FEATURES)
    x8 = s.stage(eye.stage8, s.taken(269, "RELU"))
    x16 = s.stage(eye.stage16, s.out.add(s.taken(251), s.brought_up(eye.up16, x8), "RELU"))
    x32 = s.stage(eye.stage32, s.out.add(s.taken(226), s.brought_up(eye.up32, x16), "RELU"))
    x64 = s.out.add(s.taken(216), s.taken(279))
    x64 = s.stage(eye.stage64, s.out.add(x64, s.brought_up(eye.up64, x32), "RELU"))
    maps = s.out.conv(x64, eye.maps.weight, eye.maps.bias, name="maps")
    s.write(path, [maps, s.out.conv(x8, eye.posture.weight, eye.posture.bias, name="posture")])


def export_finder(finder, path):
    s = Stages(finder, lying_detector_head.FEATURES)
    x8 = s.stage(finder.stage8, s.taken(269, "RELU"))
    x16 = s.stage(finder.stage16, s.out.add(s.taken(251), s.brought_up(finder.up16, x8), "RELU"))
    x32 = s.out.add(s.taken(226), s.brought_up(finder.up32, x16), "RELU")
    x32 = s.stage(finder.stage32, x32)
    s.write(path, [s.out.conv(x32, finder.found.weight, finder.found.bias, name="found")])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("eye", "finder"))
    parser.add_argument("trained")
    parser.add_argument("out")
    args = parser.parse_args()
    network = eye_network.Eye() if args.what == "eye" else lying_detector_head.Finder()
    network.load_state_dict(torch.load(args.trained))
    (export_eye if args.what == "eye" else export_finder)(network, args.out)


if __name__ == "__main__":
    main()
