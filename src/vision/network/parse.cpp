#include "vision/network/parse.h"

#include <algorithm>
#include <utility>

#include "vision/network/parse_operators.h"
#include "vision/network/parse_tensors.h"

namespace matside::network {
namespace {

constexpr std::size_t kMaxTensors = 1 << 16;

std::optional<std::vector<TensorId>> ids(const flatbuffers::Vector<std::int32_t>* stored,
                                         std::size_t tensors) {
  std::vector<TensorId> result;
  if (stored == nullptr) return result;
  for (const std::int32_t id : *stored) {
    if (id < 0 || static_cast<std::size_t>(id) >= tensors) return std::nullopt;
    result.push_back(static_cast<TensorId>(id));
  }
  return result;
}

class Parser {
 public:
  explicit Parser(const tflite::Model& model)
      : model_(model), subgraph_(*model.subgraphs()->Get(0)), tensors_(model, subgraph_) {}

  base::Result<Graph> parse() {
    if (!read_interface() || !read_nodes()) {
      return base::Error{base::ErrorKind::model, std::move(problem_)};
    }
    return std::move(graph_);
  }

 private:
  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  bool read_interface() {
    if (subgraph_.tensors() == nullptr || subgraph_.operators() == nullptr) {
      return fail("it has no tensors or no operators");
    }
    const std::size_t count = subgraph_.tensors()->size();
    if (count > kMaxTensors) return fail("it has too many tensors");
    graph_.tensors.resize(count);
    known_.assign(count, false);
    for (TensorId id = 0; id < count; ++id) {
      auto shape = tensors_.shape(id);
      if (!shape) return fail("tensor " + std::to_string(id) + " has an invalid shape");
      graph_.tensors[id].shape = std::move(*shape);
    }
    auto inputs = ids(subgraph_.inputs(), count);
    auto outputs = ids(subgraph_.outputs(), count);
    if (!inputs || !outputs || inputs->empty() || outputs->empty()) {
      return fail("it lacks inputs or outputs");
    }
    graph_.inputs = std::move(*inputs);
    graph_.outputs = std::move(*outputs);
    for (const TensorId id : graph_.inputs) {
      if (known_[id]) return fail("it lists an input twice");
      if (!tensors_.is_float(id) || graph_.tensors[id].shape.empty()) {
        return fail("its input is not of type float");
      }
      known_[id] = true;
    }
    return true;
  }

  bool read_nodes() {
    for (std::size_t i = 0; i < subgraph_.operators()->size(); ++i) {
      if (!read_node(*subgraph_.operators()->Get(static_cast<flatbuffers::uoffset_t>(i)))) {
        problem_ = "operator " + std::to_string(i) + ": " + problem_;
        return false;
      }
    }
    for (const TensorId id : graph_.outputs) {
      const bool given = std::ranges::count(graph_.inputs, id) > 0;
      if (!known_[id] || graph_.tensors[id].constant() || given) {
        return fail("output tensor " + std::to_string(id) + " is not computed");
      }
    }
    return true;
  }

  bool read_node(const tflite::Operator& stored) {
    const auto* codes = model_.operator_codes();
    if (codes == nullptr || stored.opcode_index() >= codes->size()) {
      return fail("it refers to a missing operator code");
    }
    const int code = operator_code(*codes->Get(stored.opcode_index()));
    auto outputs = ids(stored.outputs(), graph_.tensors.size());
    if (!outputs || outputs->size() != 1) return fail("it does not have exactly one output");
    const TensorId output = outputs->front();
    if (known_[output] || graph_.tensors[output].constant()) {
      return fail("its output is computed twice");
    }
    if (is_weight_decoder(code)) {
      const auto inputs = ids(stored.inputs(), graph_.tensors.size());
      if (!inputs || inputs->size() != 1 || !tensors_.alias(output, inputs->front(), code)) {
        return fail("it decodes a tensor without stored weights");
      }
      return true;
    }
    auto node = read_operator(code, stored, tensors_);
    if (!node.ok()) return fail(node.error().message);
    node.value().output = output;
    return add(std::move(node).value());
  }

  bool add(Node node) {
    for (const TensorId id : node.inputs) {
      if (!resolve(id)) return false;
    }
    if (!tensors_.is_float(node.output)) return fail("its output is not of type float");
    if (tensors_.stored(node.output)) return fail("its output has stored data");
    if (!fits(node)) return false;
    known_[node.output] = true;
    graph_.nodes.push_back(std::move(node));
    return true;
  }

  bool resolve(TensorId id) {
    if (known_[id] || graph_.tensors[id].constant()) return true;
    auto weights = tensors_.weights(id);
    if (!weights.ok()) return fail(weights.error().message);
    decoded_elements_ += weights.value().size();
    if (decoded_elements_ > kMaxWeights) return fail("the file has too many weights");
    graph_.tensors[id].weights = std::move(weights).value();
    return true;
  }

  bool fits(const Node& node) {
    if (std::holds_alternative<Convolution>(node.op)) {
      const bool constant = graph_.tensors[node.inputs[1]].constant() &&
                            graph_.tensors[node.inputs[2]].constant();
      if (!constant) return fail("its filter and bias are not constant");
    }
    bool computed = false;
    for (const TensorId id : node.inputs) computed |= known_[id];
    if (!computed) return fail("it has only constant inputs");
    const auto shape = output_shape(graph_, node);
    if (!shape || shape->empty() || *shape != graph_.tensors[node.output].shape) {
      return fail("the shapes of its inputs and output do not match");
    }
    if (!within_cost_limit(graph_, node)) return fail("it exceeds the cost limit");
    return true;
  }

  static constexpr std::size_t kMaxWeights = std::size_t{1} << 26;

  const tflite::Model& model_;
  const tflite::SubGraph& subgraph_;
  StoredTensors tensors_;
  Graph graph_;
  std::vector<bool> known_;  ///< Tensors computed so far, and the input.
  std::size_t decoded_elements_ = 0;
  std::string problem_;
};

}  // namespace

base::Result<Graph> parse(std::span<const std::byte> bytes) {
  const auto error = [](const char* problem) {
    return base::Error{base::ErrorKind::model, problem};
  };
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (bytes.size() < 8 || !tflite::ModelBufferHasIdentifier(data)) {
    return error("it is not a TFLite file");
  }
  flatbuffers::Verifier verifier(data, bytes.size());
  if (!tflite::VerifyModelBuffer(verifier)) return error("its tables are damaged");
  const tflite::Model& model = *tflite::GetModel(data);
  if (model.version() != 3) return error("its TFLite schema version is not 3");
  if (model.subgraphs() == nullptr || model.subgraphs()->size() == 0) {
    return error("it contains no graph");
  }
  return Parser(model).parse();
}

}  // namespace matside::network
