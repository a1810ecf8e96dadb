// Which networks are refused, and that one can take another's place.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "vision/network/model_builder.h"
#include "vision/network/network.h"

namespace matside::network {
namespace {

TEST(Network, refuses_outputs_that_the_file_does_not_have) {
  const auto model = ModelFile::parse_unchecked(every_operator_model(), "small.tflite");
  ASSERT_TRUE(model.ok());
  const auto missing = Network::create(model.value(), {2});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, base::ErrorKind::model);
  EXPECT_NE(missing.error().message.find("small.tflite"), std::string::npos);
  EXPECT_FALSE(Network::create(model.value(), {0, 0}).ok());
}

TEST(Network, refuses_a_model_with_two_inputs) {
  ModelBuilder file;
  const int a = file.tensor({1, 4, 4, 2});
  const int b = file.tensor({1, 4, 4, 2});
  const int sum = file.tensor({1, 4, 4, 2});
  file.add(a, b, sum);
  const auto model = ModelFile::parse_unchecked(file.finish({a, b}, {sum}), "two");
  ASSERT_TRUE(model.ok()) << model.error().message;
  EXPECT_FALSE(Network::create(model.value(), {0}).ok());
}

TEST(Network, refuses_what_xnnpack_cannot_run) {
  ModelBuilder file;
  const int from = file.tensor({1, 4, 4, 2});
  const int to = file.tensor({1, 4, 4, 2});
  file.max_pool(from, to, {.height = 1, .width = 1});
  const auto model = ModelFile::parse_unchecked(file.finish({from}, {to}), "pool.tflite");
  ASSERT_TRUE(model.ok()) << model.error().message;
  const auto network = Network::create(model.value(), {0});
  ASSERT_FALSE(network.ok());
  EXPECT_EQ(network.error().kind, base::ErrorKind::model);
  EXPECT_EQ(network.error().message,
            "pool.tflite: XNNPACK cannot run this network on this machine");
}

TEST(Network, may_take_the_place_of_another) {
  ModelBuilder file;
  const int from = file.tensor({1, 2, 3});
  const int to = file.tensor({1, 2, 3});
  file.plain(kLogistic, {from}, {to});
  const auto small = ModelFile::parse_unchecked(file.finish({from}, {to}), "small");
  const auto large = ModelFile::parse_unchecked(every_operator_model(), "large");
  ASSERT_TRUE(small.ok() && large.ok());
  auto network = Network::create(large.value(), {0});
  auto other = Network::create(small.value(), {0});
  ASSERT_TRUE(network.ok() && other.ok());
  network.value() = std::move(other).value();
  EXPECT_EQ(network.value().input_shape(), (Shape{1, 2, 3}));
  EXPECT_EQ(network.value().output(0)[0], 0.0F) << "nothing has run";
  ASSERT_TRUE(network.value().run().ok());
  for (const float value : network.value().output(0)) EXPECT_EQ(value, 0.5F);
}

}  // namespace
}  // namespace matside::network
