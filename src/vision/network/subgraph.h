// A Graph as an XNNPACK subgraph.
#pragma once

#include <xnnpack.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "vision/network/graph.h"

namespace matside::network {

struct SubgraphDelete {
  void operator()(xnn_subgraph_t subgraph) const { xnn_delete_subgraph(subgraph); }
};
using SubgraphHandle = std::unique_ptr<xnn_subgraph, SubgraphDelete>;

struct RuntimeDelete {
  void operator()(xnn_runtime_t runtime) const { xnn_delete_runtime(runtime); }
};
using RuntimeHandle = std::unique_ptr<xnn_runtime, RuntimeDelete>;

/// A subgraph whose external value 0 is the graph's input and value 1 + i its i-th wanted
/// tensor.
struct Subgraph {
  SubgraphHandle handle;
  /// Constants that are read at every run and must live as long as the runtime. Filters and
  /// biases are not among them: XNNPACK copies them into its own layout when it makes the
  /// runtime.
  std::vector<std::vector<float>> run_time_constants;
};

/// Defines the nodes that `wanted` needs. The graph's weights must live until the runtime is
/// made. Gives a null handle when XNNPACK refuses something.
Subgraph define_subgraph(const Graph& graph, const std::vector<TensorId>& wanted);

}  // namespace matside::network
