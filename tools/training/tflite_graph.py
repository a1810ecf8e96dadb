"""Loads a TFLite file as a torch module, for training heads on top of it.

Reads what src/vision/network reads; the field names come from the same schema by flatc.
"""
import importlib
import pathlib
import subprocess
import sys
import tempfile

import numpy
import torch
from torch import nn
from torch.nn import functional

ADD, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D = 0, 2, 3, 4
DEQUANTIZE, LOGISTIC, MAX_POOL_2D, RESHAPE, RESIZE_BILINEAR, PAD = 6, 14, 17, 22, 23, 34
RELU, RELU6 = 1, 3
FLOAT32, FLOAT16, INT32 = 0, 1, 2
SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "src/vision/network/tflite.fbs"


def schema_module(name):
    """A class of the schema, compiled by flatc on first use."""
    if not hasattr(schema_module, "folder"):
        schema_module.folder = tempfile.mkdtemp(prefix="tflite_schema_")
        subprocess.run(["flatc", "--python", "-o", schema_module.folder, str(SCHEMA)], check=True)
        sys.path.insert(0, schema_module.folder)
    return importlib.import_module(f"matside.network.tflite.{name}")


def options(operator, name):
    """An operator's options as the schema's table `name`."""
    table = operator.Options()
    read = getattr(schema_module(name), name)()
    read.Init(table.Bytes, table.Pos)
    return read


class TfliteGraph(nn.Module):
    """The graph, its weights frozen. Pictures are batch, channels, height, width."""

    def __init__(self, path):
        super().__init__()
        model = schema_module("Model").Model.GetRootAs(pathlib.Path(path).read_bytes(), 0)
        graph = model.Subgraphs(0)
        self.inputs = [int(t) for t in graph.InputsAsNumpy()]
        self.outputs = [int(t) for t in graph.OutputsAsNumpy()]
        self.constants = {}
        for tensor_id in range(graph.TensorsLength()):
            values = self._stored(model, graph.Tensors(tensor_id))
            if values is not None:
                self.constants[tensor_id] = values
        self.nodes = []
        for i in range(graph.OperatorsLength()):
            operator = graph.Operators(i)
            stored = model.OperatorCodes(operator.OpcodeIndex())
            code = max(stored.Code(), stored.ShortCode())
            inputs = [int(t) for t in operator.InputsAsNumpy() if t >= 0]
            output = int(operator.OutputsAsNumpy()[0])
            if code == DEQUANTIZE:
                self.constants[output] = self.constants[inputs[0]].float()
            else:
                self.nodes.append((code, inputs, output, self._options_of(code, operator, inputs)))

    @staticmethod
    def _stored(model, tensor):
        data = model.Buffers(tensor.Buffer()).DataAsNumpy()
        if isinstance(data, int) or len(data) == 0:
            return None
        kind = {FLOAT32: numpy.float32, FLOAT16: numpy.float16, INT32: numpy.int32}[tensor.Type()]
        shape = tuple(tensor.ShapeAsNumpy()) if tensor.ShapeLength() else ()
        return torch.from_numpy(data.view(kind).reshape(shape).copy())

    def _options_of(self, code, operator, inputs):
        if code in (CONV_2D, DEPTHWISE_CONV_2D):
            read = options(operator, "Conv2DOptions" if code == CONV_2D else "DepthwiseConv2DOptions")
            order = (0, 3, 1, 2) if code == CONV_2D else (3, 0, 1, 2)
            weight = self.constants[inputs[1]].permute(*order).contiguous()
            return dict(weight=weight, bias=self.constants[inputs[2]], stride=read.StrideH(),
                        same=read.Padding() == 0, activation=read.Activation(),
                        groups=1 if code == CONV_2D else weight.shape[0])
        if code == ADD:
            return dict(activation=options(operator, "AddOptions").Activation())
        if code == MAX_POOL_2D:
            read = options(operator, "Pool2DOptions")
            return dict(kernel=read.FilterH(), stride=read.StrideH())
        if code == RESIZE_BILINEAR:
            read = options(operator, "ResizeBilinearOptions")
            return dict(align=read.AlignCorners(), half=read.HalfPixelCenters())
        return {}

    @torch.no_grad()
    def forward(self, picture, wanted=None):
        """The tensors numbered `wanted` (the file's outputs when None), in order."""
        wanted = list(self.outputs if wanted is None else wanted)
        needed, needed_nodes = set(wanted), []
        for node in reversed(self.nodes):
            if node[2] in needed:
                needed_nodes.append(node)
                needed.update(node[1])
        values = {self.inputs[0]: picture}
        for code, inputs, output, parameters in reversed(needed_nodes):
            values[output] = self._run(code, inputs, parameters, values)
        return [values[t] for t in wanted]

    def _run(self, code, inputs, parameters, values):
        x = values[inputs[0]]
        if code in (CONV_2D, DEPTHWISE_CONV_2D):
            kernel, stride = parameters["weight"].shape[-1], parameters["stride"]
            padding = 0
            if parameters["same"]:
                total = max(0, (-(-x.shape[-1] // stride) - 1) * stride + kernel - x.shape[-1])
                if total % 2:
                    x = functional.pad(x, (total // 2, total - total // 2) * 2)
                else:
                    padding = total // 2
            y = functional.conv2d(x, parameters["weight"], parameters["bias"], stride, padding,
                                  groups=parameters["groups"])
            return self._activate(y, parameters["activation"])
        if code == ADD:
            return self._activate(x + values[inputs[1]], parameters["activation"])
        if code == PAD:
            before_after = self.constants[inputs[1]].tolist()
            (top, bottom), (left, right) = before_after[1], before_after[2]
            return functional.pad(x, (left, right, top, bottom))
        if code == MAX_POOL_2D:
            return functional.max_pool2d(x, parameters["kernel"], parameters["stride"])
        if code == RESIZE_BILINEAR:
            height, width = self.constants[inputs[1]].tolist()
            if not parameters["half"] and not parameters["align"]:
                raise ValueError("a RESIZE_BILINEAR of the old grid")
            return functional.interpolate(x, (height, width), mode="bilinear",
                                          align_corners=bool(parameters["align"]))
        if code == RESHAPE:
            return x.permute(0, 2, 3, 1).flatten(1) if x.dim() == 4 else x
        if code == LOGISTIC:
            return torch.sigmoid(x)
        if code == CONCATENATION:
            return torch.cat([values[t] for t in inputs], 1)
        raise ValueError(f"operator {code} is not known here")

    @staticmethod
    def _activate(x, activation):
        if activation == RELU:
            return functional.relu(x)
        return x.clamp(0, 6) if activation == RELU6 else x
