// One stored TFLite operator to a Node.
#pragma once

#include "core/base/result.h"
#include "vision/network/graph.h"
#include "vision/network/parse_tensors.h"

namespace matside::network {

/// The operator's code, wherever the file's writer has put it.
int operator_code(const tflite::OperatorCode& stored);

/// Whether the operator only decodes stored weights.
bool is_weight_decoder(int code);

/// The operator with its options and input tensors (its output is left to the caller).
/// Parameters that the file stores as tensors of whole numbers are read from `tensors`.
base::Result<Node> read_operator(int code, const tflite::Operator& stored,
                                 const StoredTensors& tensors);

}  // namespace matside::network
