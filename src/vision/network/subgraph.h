// Defines a Graph as an XNNPACK subgraph.
#pragma once

#include <xnnpack.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "vision/network/graph.h"

namespace matside::network {

/// Deleters and owning handles of XNNPACK's objects.
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
  /// Constants read at every run, which must live as long as the runtime. Filters and biases
  /// are not included: XNNPACK repacks them when it creates the runtime.
  std::vector<std::vector<float>> run_time_constants;
};

/// Defines the nodes needed for `wanted`. The graph's weights must live until the runtime is
/// created. The handle is null when XNNPACK rejects a node.
Subgraph define_subgraph(const Graph& graph, const std::vector<TensorId>& wanted);

}  // namespace matside::network
