// Parses arbitrary bytes as a network file: must be refused with an error, or built and run.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "vision/network/network.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

constexpr std::size_t kMaxElements = 1 << 20;
constexpr std::size_t kMaxMultiplications = 1 << 26;

/// Small enough to run quickly in the fuzzer.
bool quick(const network::Graph& graph) {
  std::size_t elements = 0;
  for (const auto& tensor : graph.tensors) elements += network::element_count(tensor.shape);
  std::size_t multiplications = 0;
  for (const auto& node : graph.nodes) {
    const auto& output = graph.tensors[node.output].shape;
    std::size_t kernel = 1;
    if (std::holds_alternative<network::Convolution>(node.op)) {
      kernel = network::element_count(graph.tensors[node.inputs[1]].shape);
    } else if (const auto* pool = std::get_if<network::MaxPool>(&node.op)) {
      kernel = pool->window.height * pool->window.width;
    }
    multiplications += network::element_count(output) * kernel;
  }
  return elements <= kMaxElements && multiplications <= kMaxMultiplications;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto model =
      network::ModelFile::parse_unchecked(std::as_bytes(std::span(data, size)), "fuzzed");
  if (!model.ok()) {
    if (model.error().kind != base::ErrorKind::model) std::abort();
    return 0;
  }
  if (!quick(model.value().graph())) return 0;
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < model.value().graph().outputs.size(); ++i) wanted.push_back(i);
  auto net = network::Network::create(model.value(), wanted);
  if (net.ok()) static_cast<void>(net.value().run());
  return 0;
}
