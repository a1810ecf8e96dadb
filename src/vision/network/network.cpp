#include "vision/network/network.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "vision/network/subgraph.h"

namespace matside::network {
class Network::Runtime {
 public:
  /// A tensor's values, followed by the padding that XNNPACK may load.
  class Buffer {
   public:
    explicit Buffer(const Shape& shape)
        : shape_(shape), count_(element_count(shape)), values_(count_ + kPaddingFloats) {}

    static_assert(kPaddingFloats * sizeof(float) >= XNN_EXTRA_BYTES);

    [[nodiscard]] const Shape& shape() const { return shape_; }
    [[nodiscard]] std::span<float> values() { return std::span(values_).first(count_); }
    [[nodiscard]] std::span<const float> values() const {
      return std::span(values_).first(count_);
    }

   private:
    Shape shape_;
    std::size_t count_;
    std::vector<float> values_;
  };

  Runtime(const Graph& graph, const std::vector<TensorId>& wanted)
      : input_(graph.tensors[graph.inputs[0]].shape) {
    outputs_.reserve(wanted.size());
    for (const TensorId id : wanted) outputs_.emplace_back(graph.tensors[id].shape);
  }

  bool create(const Graph& graph, const std::vector<TensorId>& wanted) {
    if (xnn_initialize(nullptr) != xnn_status_success) return false;
    Subgraph subgraph = define_subgraph(graph, wanted);
    if (!subgraph.handle) return false;
    constants_ = std::move(subgraph.run_time_constants);
    xnn_runtime_t raw = nullptr;
    if (xnn_create_runtime_v2(subgraph.handle.get(), nullptr, 0, &raw) != xnn_status_success) {
      return false;
    }
    runtime_.reset(raw);
    return set_up();
  }

  bool run() { return xnn_invoke_runtime(runtime_.get()) == xnn_status_success; }

  Buffer& input() { return input_; }
  const Buffer& output(std::size_t i) const {
    assert(i < outputs_.size());
    return outputs_[i];
  }

 private:
  bool set_up() {
    std::vector<xnn_external_value> external{{0, input_.values().data()}};
    for (Buffer& output : outputs_) {
      external.push_back({static_cast<std::uint32_t>(external.size()), output.values().data()});
    }
    return xnn_setup_runtime(runtime_.get(), external.size(), external.data()) ==
           xnn_status_success;
  }

  Buffer input_;
  std::vector<Buffer> outputs_;
  std::vector<std::vector<float>> constants_;
  RuntimeHandle runtime_;  ///< Last, so that it is destroyed first.
};

Network::Network(std::unique_ptr<Runtime> runtime) : runtime_(std::move(runtime)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

base::Result<Network> Network::create(const ModelFile& model,
                                      const std::vector<std::size_t>& wanted) {
  const Graph& graph = model.graph();
  const auto error = [&](const std::string& problem) {
    return base::Error{base::ErrorKind::model, model.name() + ": " + problem};
  };
  if (graph.inputs.size() != 1) return error("the network does not have exactly one input");
  std::vector<TensorId> ids;
  for (const std::size_t i : wanted) {
    if (i >= graph.outputs.size()) {
      return error("the network has no output " + std::to_string(i));
    }
    ids.push_back(graph.outputs[i]);
    if (std::count(ids.begin(), ids.end(), ids.back()) != 1) {
      return error("an output is requested twice");
    }
  }
  auto runtime = std::make_unique<Runtime>(graph, ids);
  if (!runtime->create(graph, ids)) {
    return error("XNNPACK cannot run this network on this machine");
  }
  return Network(std::move(runtime));
}

std::span<float> Network::input() { return runtime_->input().values(); }
const Shape& Network::input_shape() const { return runtime_->input().shape(); }

base::Result<void> Network::run() {
  if (!runtime_->run()) {
    return base::Error{base::ErrorKind::model, "the network failed to run"};
  }
  return {};
}

void Network::start() {}
base::Result<void> Network::finish() { return run(); }

std::span<const float> Network::output(std::size_t i) const {
  return runtime_->output(i).values();
}
const Shape& Network::output_shape(std::size_t i) const { return runtime_->output(i).shape(); }

}  // namespace matside::network
