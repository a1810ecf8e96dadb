// Parses TFLite bytes into a validated Graph.
#pragma once

#include <cstddef>
#include <span>

#include "core/base/result.h"
#include "vision/network/graph.h"

namespace matside::network {

/// Parses the first subgraph of a TFLite file from untrusted bytes, all of them verified before
/// use. The result owns its data. Half-precision and sparse weights are decoded, and their
/// DEQUANTIZE and DENSIFY operators removed. Fails with ErrorKind::model when the bytes are not
/// a supported network; the message does not name the file.
base::Result<Graph> parse(std::span<const std::byte> bytes);

}  // namespace matside::network
