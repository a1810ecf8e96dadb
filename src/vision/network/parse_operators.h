// Parses one stored TFLite operator into a Node.
#pragma once

#include "core/base/result.h"
#include "vision/network/graph.h"
#include "vision/network/parse_tensors.h"

namespace matside::network {

/// The operator's code, from either of the schema's two fields.
int operator_code(const tflite::OperatorCode& stored);

/// Whether the operator only decodes stored weights (DEQUANTIZE, DENSIFY).
bool is_weight_decoder(int code);

/// Reads the operator's options and input tensors; the caller sets the output. Parameters
/// stored as integer tensors are read from `tensors`. Fails with ErrorKind::model when the
/// operator is unknown or its options or inputs are invalid.
base::Result<Node> read_operator(int code, const tflite::Operator& stored,
                                 const StoredTensors& tensors);

}  // namespace matside::network
