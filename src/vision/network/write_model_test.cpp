#include "vision/network/write_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "vision/network/model_builder.h"
#include "vision/network/model_file.h"
#include "vision/network/network.h"

namespace matside::network {
namespace {

ModelFile parsed(const std::vector<std::byte>& bytes) {
  auto model = ModelFile::parse_unchecked(bytes, "model");
  EXPECT_TRUE(model.ok());
  return std::move(model).value();
}

std::vector<std::vector<float>> outputs_of(const ModelFile& model) {
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < model.graph().outputs.size(); ++i) wanted.push_back(i);
  auto net = Network::create(model, wanted);
  EXPECT_TRUE(net.ok());
  const std::span<float> input = net.value().input();
  for (std::size_t i = 0; i < input.size(); ++i) {
    input[i] = std::sin(static_cast<float>(i));
  }
  EXPECT_TRUE(net.value().run().ok());
  std::vector<std::vector<float>> outputs;
  for (const std::size_t i : wanted) {
    const auto values = net.value().output(i);
    outputs.emplace_back(values.begin(), values.end());
  }
  return outputs;
}

TEST(WriteModel, gives_a_network_with_the_same_outputs_to_the_bit) {
  const ModelFile model = parsed(every_operator_model());
  const auto written = write_model({{"all", &model.graph()}});
  ASSERT_TRUE(written);
  EXPECT_EQ(outputs_of(parsed(*written)), outputs_of(model));
}

TEST(WriteModel, leaves_out_what_no_output_depends_on) {
  const ModelFile whole = parsed(every_operator_model());
  const TensorId enlarged = whole.graph().outputs[1];
  const auto cut = ModelFile::with_outputs(parsed(every_operator_model()), {enlarged});
  ASSERT_TRUE(cut.ok());
  const auto written = write_model({{"cut", &cut.value().graph()}});
  ASSERT_TRUE(written);
  const ModelFile read = parsed(*written);
  EXPECT_LT(read.graph().nodes.size(), whole.graph().nodes.size());
  EXPECT_EQ(outputs_of(read)[0], outputs_of(whole)[1]);
}

TEST(WriteModel, stores_weights_that_two_graphs_share_once) {
  const ModelFile model = parsed(every_operator_model());
  const auto once = write_model({{"one", &model.graph()}});
  const auto twice = write_model({{"one", &model.graph()}, {"two", &model.graph()}});
  ASSERT_TRUE(once && twice);
  const auto* file = tflite::GetModel(twice->data());
  EXPECT_EQ(file->buffers()->size(), tflite::GetModel(once->data())->buffers()->size());
  ASSERT_EQ(file->signatures()->size(), 2U);
  EXPECT_EQ(file->signatures()->Get(1)->key()->str(), "two");
  EXPECT_EQ(file->signatures()->Get(1)->subgraph(), 1U);
}

TEST(WriteModel, refuses_a_range_that_is_no_activation_of_the_format) {
  Graph graph = parsed(every_operator_model()).graph();
  for (Node& node : graph.nodes) {
    if (auto* add = std::get_if<Add>(&node.op)) add->range = {.low = 0.5F};
  }
  EXPECT_FALSE(write_model({{"graph", &graph}}));
}

TEST(ExactHalf, inverts_the_conversion_of_every_finite_half) {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    if ((bits & 0x7c00) == 0x7c00) continue;
    const auto half = static_cast<std::uint16_t>(bits);
    ASSERT_EQ(exact_half(float_from_half(half)), half);
  }
}

TEST(ExactHalf, refuses_values_between_or_beyond_halves) {
  for (const float value :
       {1.0F + 0x1p-11F, 65520.0F, 0x1p-25F, 1e30F, std::numeric_limits<float>::infinity(),
        std::numeric_limits<float>::quiet_NaN()}) {
    EXPECT_FALSE(exact_half(value)) << value;
  }
}

}  // namespace
}  // namespace matside::network
