// Writes a network as a TFLite file for programs that read no other format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vision/network/graph.h"

namespace matside::network {

/// A graph and the name of its signature in the file.
struct NamedGraph {
  std::string name;
  const Graph* graph = nullptr;
};

/// The graphs as one TFLite file, each with only the nodes that its outputs depend on. Equal
/// weights are stored once. Weights that half precision represents exactly are stored in it, so
/// a reader computes with the same numbers. Returns nothing when a node's range is none of
/// TFLite's fused activations.
std::optional<std::vector<std::byte>> write_model(const std::vector<NamedGraph>& graphs);

/// The half-precision number with this exact value, or nothing.
std::optional<std::uint16_t> exact_half(float value);

}  // namespace matside::network
