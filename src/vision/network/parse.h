// TFLite bytes to a checked Graph.
#pragma once

#include <cstddef>
#include <span>

#include "core/base/result.h"
#include "vision/network/graph.h"

namespace matside::network {

/// Reads a TFLite file's first subgraph. The bytes may be anything at all: they are verified
/// before they are followed, and what is returned refers to nothing outside itself.
/// Weights stored in half precision or sparse are decoded; their DEQUANTIZE and DENSIFY
/// operators disappear. Fails with ErrorKind::model and what is wrong, without the file's name.
base::Result<Graph> parse(std::span<const std::byte> bytes);

}  // namespace matside::network
