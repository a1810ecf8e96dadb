// Compares every operator as run by XNNPACK with a direct implementation of its definition.
#include "vision/network/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <thread>

#include "vision/network/model_builder.h"

namespace matside::network {
namespace {

using Values = std::vector<float>;

Values wave(int count, double step) {
  Values values;
  for (int i = 0; i < count; ++i) {
    values.push_back(static_cast<float>(2.0 * std::sin(step * i + 0.3)));
  }
  return values;
}

double value_at(const Values& values, int index) {
  return static_cast<double>(values.at(static_cast<std::size_t>(index)));
}

/// A picture as an array, channels innermost.
struct Picture {
  int height = 0;
  int width = 0;
  int channels = 0;
  Values values;

  [[nodiscard]] double at(int y, int x, int c) const {
    if (y < 0 || x < 0 || y >= height || x >= width) return 0.0;
    return value_at(values, (y * width + x) * channels + c);
  }
  [[nodiscard]] std::vector<int> shape() const { return {1, height, width, channels}; }
};

Picture picture(int height, int width, int channels, double step = 0.37) {
  return {height, width, channels, wave(height * width * channels, step)};
}

Picture filled(int height, int width, int channels,
               const std::function<double(int, int, int)>& value) {
  Picture p{height, width, channels, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < channels; ++c) p.values.push_back(static_cast<float>(value(y, x, c)));
    }
  }
  return p;
}

/// First row (or column) of the window: TensorFlow puts the odd cell of SAME padding at the
/// end.
int first(int size, int kernel, int stride, int dilation, bool same) {
  if (!same) return 0;
  const int count = (size + stride - 1) / stride;
  return -(std::max((count - 1) * stride + (kernel - 1) * dilation + 1 - size, 0) / 2);
}

int count(int size, int kernel, int stride, int dilation, bool same) {
  return same ? (size + stride - 1) / stride
              : (size - (kernel - 1) * dilation - 1) / stride + 1;
}

/// Calls `tap` for every kernel cell of an output position, with the input position.
void each_tap(const Picture& in, const Window& w, int y, int x,
              const std::function<void(int, int, int, int)>& tap) {
  const auto n = [](std::size_t v) { return static_cast<int>(v); };
  const int top = first(in.height, n(w.height), n(w.stride_y), n(w.dilation_y), w.same_padding);
  const int left = first(in.width, n(w.width), n(w.stride_x), n(w.dilation_x), w.same_padding);
  for (int i = 0; i < n(w.height); ++i) {
    for (int j = 0; j < n(w.width); ++j) {
      tap(i, j, top + y * n(w.stride_y) + i * n(w.dilation_y),
          left + x * n(w.stride_x) + j * n(w.dilation_x));
    }
  }
}

Picture over_windows(const Picture& in, const Window& w, int channels,
                     const std::function<double(int, int, int)>& value) {
  const auto n = [](std::size_t v) { return static_cast<int>(v); };
  return filled(count(in.height, n(w.height), n(w.stride_y), n(w.dilation_y), w.same_padding),
                count(in.width, n(w.width), n(w.stride_x), n(w.dilation_x), w.same_padding),
                channels, value);
}

/// Runs the model on the input and compares its first output.
void expect_output(const std::vector<std::byte>& bytes, const Values& input,
                   const Values& expected) {
  const auto model = ModelFile::parse_unchecked(bytes, "test");
  ASSERT_TRUE(model.ok()) << model.error().message;
  auto net = Network::create(model.value(), {0});
  ASSERT_TRUE(net.ok()) << net.error().message;
  ASSERT_EQ(net.value().input().size(), input.size());
  std::copy(input.begin(), input.end(), net.value().input().begin());
  ASSERT_TRUE(net.value().run().ok());
  const auto output = net.value().output(0);
  ASSERT_EQ(output.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_NEAR(output[i], expected[i], 2e-5F * (1.0F + std::abs(expected[i]))) << i;
  }
}

void check_convolution(const Picture& in, const Window& w, int channels,
                       tflite::Activation activation, double low, double high) {
  const int kernel = static_cast<int>(w.height) * static_cast<int>(w.width) * in.channels;
  const Values filter = wave(kernel * channels, 0.71);
  const Values bias = wave(channels, 1.3);
  const Picture expected = over_windows(in, w, channels, [&](int y, int x, int c) {
    double sum = value_at(bias, c);
    each_tap(in, w, y, x, [&](int i, int j, int from_y, int from_x) {
      for (int k = 0; k < in.channels; ++k) {
        const int at = ((c * static_cast<int>(w.height) + i) * static_cast<int>(w.width) + j) *
                           in.channels +
                       k;
        sum += in.at(from_y, from_x, k) * value_at(filter, at);
      }
    });
    return std::clamp(sum, low, high);
  });
  ModelBuilder b;
  const int from = b.tensor(in.shape());
  const int to = b.tensor(expected.shape());
  b.conv2d(
      from,
      b.floats({channels, static_cast<int>(w.height), static_cast<int>(w.width), in.channels},
               filter),
      b.floats({channels}, bias), to, w, activation);
  expect_output(b.finish({from}, {to}), in.values, expected.values);
}

constexpr double kAll = 1e9;

TEST(Operator, convolution_without_padding) {
  check_convolution(picture(7, 9, 3), {.height = 3, .width = 2}, 5, tflite::Activation::NONE,
                    -kAll, kAll);
}

TEST(Operator, convolution_with_same_padding_stride_and_dilation) {
  check_convolution(
      picture(8, 9, 4),
      {.height = 3, .width = 3, .stride_y = 2, .stride_x = 2, .same_padding = true}, 6,
      tflite::Activation::RELU6, 0.0, 6.0);
  check_convolution(
      picture(9, 8, 2),
      {.height = 3, .width = 3, .dilation_y = 2, .dilation_x = 2, .same_padding = true}, 3,
      tflite::Activation::RELU, 0.0, kAll);
}

TEST(Operator, convolution_clamps_to_minus_one_and_one) {
  check_convolution(picture(4, 4, 2), {.height = 1, .width = 1}, 3,
                    tflite::Activation::RELU_N1_TO_1, -1.0, 1.0);
}

TEST(Operator, depthwise_convolution_separates_channels_and_may_multiply_them) {
  for (const int multiplier : {1, 2}) {
    const Picture in = picture(7, 6, 3);
    const Window w{.height = 3, .width = 3, .stride_y = 2, .stride_x = 2, .same_padding = true};
    const int channels = in.channels * multiplier;
    const Values filter = wave(9 * channels, 0.83);
    const Values bias = wave(channels, 0.9);
    const Picture expected = over_windows(in, w, channels, [&](int y, int x, int c) {
      double sum = value_at(bias, c);
      each_tap(in, w, y, x, [&](int i, int j, int from_y, int from_x) {
        sum += in.at(from_y, from_x, c / multiplier) *
               value_at(filter, (i * 3 + j) * channels + c);
      });
      return std::max(sum, 0.0);
    });
    ModelBuilder b;
    const int from = b.tensor(in.shape());
    const int to = b.tensor(expected.shape());
    b.depthwise_conv2d(from, b.floats({1, 3, 3, channels}, filter), b.floats({channels}, bias),
                       to, w, tflite::Activation::RELU);
    expect_output(b.finish({from}, {to}), in.values, expected.values);
  }
}

TEST(Operator, addition_of_two_computed_tensors_and_of_a_constant) {
  const Picture in = picture(3, 4, 5);
  const Values offset = wave(5, 2.0);
  Values expected;
  for (std::size_t i = 0; i < in.values.size(); ++i) {
    expected.push_back(std::max(2.0F * in.values[i] + offset[i % 5], 0.0F));
  }
  ModelBuilder b;
  const int from = b.tensor(in.shape());
  const int doubled = b.tensor(in.shape());
  const int to = b.tensor(in.shape());
  b.add(from, from, doubled);
  b.add(doubled, b.floats({1, 1, 1, 5}, offset), to, tflite::Activation::RELU);
  expect_output(b.finish({from}, {to}), in.values, expected);
}

TEST(Operator, padding_adds_zeros_around) {
  const Picture in = picture(3, 4, 2);
  const Picture expected =
      filled(6, 5, 2, [&](int y, int x, int c) { return in.at(y - 1, x - 1, c); });
  ModelBuilder b;
  const int from = b.tensor(in.shape());
  const int to = b.tensor(expected.shape());
  b.plain(kPad, {from, b.integers({4, 2}, {0, 0, 1, 2, 1, 0, 0, 0})}, {to});
  expect_output(b.finish({from}, {to}), in.values, expected.values);
}

TEST(Operator, max_pool_ignores_values_outside) {
  const Picture in = picture(5, 6, 3);
  const Window w{.height = 3, .width = 2, .stride_y = 2, .stride_x = 2, .same_padding = true};
  const Picture expected = over_windows(in, w, 3, [&](int y, int x, int c) {
    double best = -kAll;
    each_tap(in, w, y, x, [&](int, int, int from_y, int from_x) {
      if (from_y < 0 || from_x < 0 || from_y >= in.height || from_x >= in.width) return;
      best = std::max(best, in.at(from_y, from_x, c));
    });
    return best;
  });
  ModelBuilder b;
  const int from = b.tensor(in.shape());
  const int to = b.tensor(expected.shape());
  b.max_pool(from, to, w);
  expect_output(b.finish({from}, {to}), in.values, expected.values);
}

double bilinear(const Picture& in, double y, double x, int c) {
  const double cy = std::clamp(y, 0.0, in.height - 1.0);
  const double cx = std::clamp(x, 0.0, in.width - 1.0);
  const int top = static_cast<int>(cy);
  const int left = static_cast<int>(cx);
  const int bottom = std::min(top + 1, in.height - 1);
  const int right = std::min(left + 1, in.width - 1);
  const double fy = cy - top;
  const double fx = cx - left;
  return (1 - fy) * ((1 - fx) * in.at(top, left, c) + fx * in.at(top, right, c)) +
         fy * ((1 - fx) * in.at(bottom, left, c) + fx * in.at(bottom, right, c));
}

TEST(Operator, resize_aligns_pixel_centres_corners_or_origins) {
  const Picture in = picture(4, 5, 2);
  const std::array<std::function<double(int, int, int)>, 3> sources = {
      [](int i, int from, int to) { return (i + 0.5) * from / to - 0.5; },
      [](int i, int from, int to) { return i * (from - 1.0) / (to - 1.0); },
      [](int i, int from, int to) { return static_cast<double>(i) * from / to; }};
  for (std::size_t mode = 0; mode < sources.size(); ++mode) {
    const auto& source = sources[mode];
    const Picture expected = filled(9, 7, 2, [&](int y, int x, int c) {
      return bilinear(in, source(y, 4, 9), source(x, 5, 7), c);
    });
    ModelBuilder b;
    const int from = b.tensor(in.shape());
    const int to = b.tensor(expected.shape());
    b.resize(from, b.integers({9, 7}), to, mode == 1, mode == 0);
    expect_output(b.finish({from}, {to}), in.values, expected.values);
  }
}

TEST(Operator, reshape_preserves_the_order_of_values) {
  const Picture in = picture(2, 3, 4);
  ModelBuilder b;
  const int from = b.tensor(in.shape());
  const int to = b.tensor({6, 4});
  b.plain(kReshape, {from, b.integers({6, 4})}, {to});
  expect_output(b.finish({from}, {to}), in.values, in.values);
}

TEST(Operator, logistic_function) {
  const Picture in = picture(2, 3, 4);
  Values expected;
  for (const float v : in.values) expected.push_back(1.0F / (1.0F + std::exp(-v)));
  ModelBuilder b;
  const int from = b.tensor(in.shape());
  const int to = b.tensor(in.shape());
  b.plain(kLogistic, {from}, {to});
  expect_output(b.finish({from}, {to}), in.values, expected);
}

TEST(Operator, concatenation_of_three_along_any_axis) {
  const Picture in = picture(2, 3, 2);
  for (const int axis : {1, 2, 3, -1}) {
    const int along = axis < 0 ? 3 : axis;
    Picture expected{axis == 1 ? 6 : 2, axis == 2 ? 9 : 3, along == 3 ? 6 : 2, {}};
    expected =
        filled(expected.height, expected.width, expected.channels, [&](int y, int x, int c) {
          const int piece = axis == 1 ? y / 2 : axis == 2 ? x / 3 : c / 2;
          return (piece + 1) * in.at(y % 2, x % 3, c % 2);
        });
    ModelBuilder b;
    const int one = b.tensor(in.shape());
    const int two = b.tensor(in.shape());
    const int three = b.tensor(in.shape());
    const int to = b.tensor(expected.shape());
    b.add(one, one, two);
    b.add(one, two, three);
    b.concatenate({one, two, three}, to, axis);
    expect_output(b.finish({one}, {to}), in.values, expected.values);
  }
}

TEST(Operator, depth_to_space_spreads_channels_over_a_block) {
  const Picture in = picture(2, 3, 12);
  const Picture expected = filled(4, 6, 3, [&](int y, int x, int c) {
    return in.at(y / 2, x / 2, ((y % 2) * 2 + x % 2) * 3 + c);
  });
  ModelBuilder b;
  const int from = b.tensor(in.shape());
  const int to = b.tensor(expected.shape());
  b.depth_to_space(from, to, 2);
  expect_output(b.finish({from}, {to}), in.values, expected.values);
}

/// A 1 x 1 convolution of two channels with the filter that `add_filter` adds.
void check_folded(const std::function<int(ModelBuilder&)>& add_filter) {
  const Picture in = picture(3, 3, 4);
  const std::array<std::array<double, 4>, 2> weights{
      {{1.5, 0.0, 0.0, -2.0}, {0.0, 0.25, 0, 0}}};
  const Picture expected = filled(3, 3, 2, [&](int y, int x, int c) {
    double sum = c;
    for (int k = 0; k < 4; ++k) {
      sum += weights[static_cast<std::size_t>(c)][static_cast<std::size_t>(k)] * in.at(y, x, k);
    }
    return sum;
  });
  ModelBuilder b;
  const int from = b.tensor(in.shape());
  const int to = b.tensor(expected.shape());
  const int filter = add_filter(b);
  b.conv2d(from, filter, b.floats({2}, {0.0F, 1.0F}), to, Window{});
  expect_output(b.finish({from}, {to}), in.values, expected.values);
}

TEST(StoredWeights, in_half_precision_are_decoded) {
  check_folded([](ModelBuilder& b) {
    const int halves = b.halves({2, 1, 1, 4}, {0x3e00, 0, 0, 0xc000, 0, 0x3400, 0, 0});
    const int filter = b.tensor({2, 1, 1, 4});
    b.plain(kDequantize, {halves}, {filter});
    return filter;
  });
}

TEST(StoredWeights, that_are_sparse_are_decoded) {
  check_folded([](ModelBuilder& b) {
    const int packed = b.sparse_halves({2, 1, 1, 4},
                                       {{0, true, {}, {}},
                                        {1, true, {}, {}},
                                        {2, true, {}, {}},
                                        {3, false, {0, 2, 3}, {0, 3, 1}}},
                                       {0x3e00, 0xc000, 0x3400});
    const int halves = b.half_tensor({2, 1, 1, 4});
    b.plain(kDensify, {packed}, {halves});
    const int filter = b.tensor({2, 1, 1, 4});
    b.plain(kDequantize, {halves}, {filter});
    return filter;
  });
}

TEST(Network, runs_only_what_the_wanted_outputs_need) {
  const auto model = ModelFile::parse_unchecked(every_operator_model(), "test");
  ASSERT_TRUE(model.ok()) << model.error().message;
  const Graph& graph = model.value().graph();
  const auto all = needed_nodes(graph, graph.outputs);
  const auto some = needed_nodes(graph, {graph.outputs[1]});
  EXPECT_EQ(all.size(), graph.nodes.size());
  EXPECT_EQ(some.size(), 6U);

  auto both = Network::create(model.value(), {0, 1});
  auto one = Network::create(model.value(), {1});
  ASSERT_TRUE(both.ok() && one.ok());
  const Values input = wave(static_cast<int>(both.value().input().size()), 0.21);
  for (Network* net : {&both.value(), &one.value()}) {
    std::copy(input.begin(), input.end(), net->input().begin());
    ASSERT_TRUE(net->run().ok());
  }
  EXPECT_EQ(one.value().output_shape(0), (Shape{1, 8, 8, 4}));
  EXPECT_TRUE(std::ranges::equal(both.value().output(1), one.value().output(0)));
}

TEST(Network, runs_beside_others_after_its_model_is_destroyed) {
  auto model = ModelFile::parse_unchecked(every_operator_model(), "test");
  ASSERT_TRUE(model.ok());
  auto first = Network::create(model.value(), {0});
  auto second = Network::create(model.value(), {0});
  ASSERT_TRUE(first.ok() && second.ok());
  model = base::Error{};
  const Values input = wave(static_cast<int>(first.value().input().size()), 0.17);
  const auto run = [&](Network& net) {
    for (int i = 0; i < 200; ++i) {
      std::copy(input.begin(), input.end(), net.input().begin());
      EXPECT_TRUE(net.run().ok());
    }
  };
  std::thread beside([&] { run(second.value()); });
  run(first.value());
  beside.join();
  EXPECT_TRUE(std::ranges::equal(first.value().output(0), second.value().output(0)));
}

/// A model of one convolution from 1x8x8x4 to two channels.
std::vector<std::byte> head_model(const Values& filter) {
  ModelBuilder file;
  const int picture = file.tensor({1, 8, 8, 4});
  const int weights = file.floats({2, 1, 1, 4}, filter);
  const int bias = file.floats({2}, {0.5F, -0.25F});
  const int output = file.tensor({1, 8, 8, 2});
  file.conv2d(picture, weights, bias, output, Window{});
  return file.finish({picture}, {output});
}

TEST(ModelFile, attaches_a_head_to_an_inner_tensor) {
  const auto below = ModelFile::parse_unchecked(every_operator_model(), "below");
  const Values filter = wave(8, 0.7);
  const auto head = ModelFile::parse_unchecked(head_model(filter), "head");
  ASSERT_TRUE(below.ok() && head.ok());
  const TensorId place = below.value().graph().outputs[1];
  const auto both = ModelFile::attach_head(below.value(), head.value(), {place});
  ASSERT_TRUE(both.ok()) << both.error().message;
  auto net = Network::create(both.value(), {1, 2});
  ASSERT_TRUE(net.ok()) << net.error().message;
  const Values input = wave(static_cast<int>(net.value().input().size()), 0.21);
  std::copy(input.begin(), input.end(), net.value().input().begin());
  ASSERT_TRUE(net.value().run().ok());
  ASSERT_EQ(net.value().output_shape(1), (Shape{1, 8, 8, 2}));
  for (std::size_t cell = 0; cell < 64; ++cell) {
    for (std::size_t c = 0; c < 2; ++c) {
      float sum = c == 0 ? 0.5F : -0.25F;
      for (std::size_t k = 0; k < 4; ++k) {
        sum += filter[c * 4 + k] * net.value().output(0)[cell * 4 + k];
      }
      EXPECT_NEAR(net.value().output(1)[cell * 2 + c], sum, 1e-5F * (1.0F + std::abs(sum)));
    }
  }
}

TEST(ModelFile, refuses_a_head_that_does_not_fit) {
  const auto below = ModelFile::parse_unchecked(every_operator_model(), "below");
  const auto head = ModelFile::parse_unchecked(head_model(wave(8, 0.7)), "head.tflite");
  ASSERT_TRUE(below.ok() && head.ok());
  const Graph& graph = below.value().graph();
  const std::vector<std::vector<TensorId>> wrong = {
      {}, {graph.outputs[0]}, {graph.inputs[0]}, {graph.tensors.size()}};
  for (const auto& places : wrong) {
    const auto both = ModelFile::attach_head(below.value(), head.value(), places);
    ASSERT_FALSE(both.ok());
    EXPECT_NE(both.error().message.find("head.tflite"), std::string::npos);
  }
}

TEST(ModelFile, outputs_inner_tensors_and_refuses_tensors_that_are_not_computed) {
  const auto model = ModelFile::parse_unchecked(every_operator_model(), "test");
  ASSERT_TRUE(model.ok());
  const Graph& graph = model.value().graph();
  const TensorId inner = graph.nodes.front().output;
  const auto giving = ModelFile::with_outputs(model.value(), {inner});
  ASSERT_TRUE(giving.ok());
  auto net = Network::create(giving.value(), {0});
  ASSERT_TRUE(net.ok());
  EXPECT_EQ(net.value().output_shape(0), graph.tensors[inner].shape);
  EXPECT_FALSE(ModelFile::with_outputs(model.value(), {graph.inputs[0]}).ok());
  EXPECT_FALSE(ModelFile::with_outputs(model.value(), {graph.tensors.size()}).ok());
}

}  // namespace
}  // namespace matside::network
