// Times each stage of pose estimation on one thread.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/bench/bench_models.h"
#include "vision/blazepose/eye.h"
#include "vision/blazepose/landmark_model.h"
#include "vision/blazepose/pose_models.h"
#include "vision/blazepose/sample.h"
#include "vision/network/network.h"
#include "vision/video/video_reader.h"

namespace {

using namespace matside;
using bench::value_or_exit;
using blazepose::Border;

constexpr std::size_t kSide = 256;
const std::filesystem::path kModels =
    std::filesystem::path(MATSIDE_BINARY_DIR) / "share/matside/models";
const std::filesystem::path kClip =
    std::filesystem::path(MATSIDE_SOURCE_DIR) / "tests/data/clips/base_right.mp4";
/// A region that covers most of the picture, rotated for a lying body.
const blazepose::Region kRegion{{300.0, 200.0}, 500.0, base::Radians(1.4)};

video::VideoReader open_clip(bool planes) {
  return value_or_exit(video::VideoReader::open(kClip, {.planes = planes}));
}

video::Frame first_frame(bool planes) {
  auto reader = open_clip(planes);
  video::Frame frame;
  if (!value_or_exit(reader.read(frame))) std::exit(1);
  return frame;
}

void decode(benchmark::State& state, bool planes) {
  auto reader = open_clip(planes);
  video::Frame frame;
  for (auto _ : state) {
    if (value_or_exit(reader.read(frame))) continue;
    state.PauseTiming();
    reader = open_clip(planes);
    state.ResumeTiming();
  }
}

void crop(benchmark::State& state, bool planes) {
  const video::Frame frame = first_frame(planes);
  std::vector<float> out(kSide * kSide * 3);
  for (auto _ : state) {
    blazepose::sample(frame.view(), kRegion, Border::repeat_edge, 0.0F, 1.0F, kSide, out);
    benchmark::ClobberMemory();
  }
}

void crop_portably(benchmark::State& state) {
  const video::Frame frame = first_frame(true);
  std::vector<float> out(kSide * kSide * 3);
  for (auto _ : state) {
    blazepose::sample_scalar(*frame.planes, kRegion, Border::repeat_edge, 0.0F, 1.0F, kSide,
                             out);
    benchmark::ClobberMemory();
  }
}

/// The network alone, as it runs for each frame.
void bare_network(benchmark::State& state, std::string_view file, bool eye,
                  const std::vector<std::size_t>& wanted) {
  auto model = value_or_exit(blazepose::load_model(kModels, file));
  if (eye) {
    const auto head = value_or_exit(blazepose::load_model(kModels, blazepose::kEyeFile));
    model = value_or_exit(
        network::ModelFile::attach_head(std::move(model), head, blazepose::kEyeInputTensors));
  }
  auto net = value_or_exit(network::Network::create(model, wanted));
  for (auto _ : state) {
    if (!net.run().ok()) state.SkipWithError("the network failed");
  }
}

void read_eye(benchmark::State& state) {
  std::vector<float> maps(network::element_count(blazepose::kEyeMapsShape));
  for (std::size_t i = 0; i < maps.size(); ++i) {
    maps[i] = static_cast<float>(static_cast<int>(i * 37 % 101)) / 9.0F;
  }
  const std::vector<float> posture(network::element_count(blazepose::kEyePostureShape), 0.5F);
  for (auto _ : state) benchmark::DoNotOptimize(blazepose::read_eye(maps, posture));
}

/// From a decoded picture to the body in it.
void find_body(benchmark::State& state, bool planes, bool eye) {
  const video::Frame frame = first_frame(planes);
  auto finders = value_or_exit(
      blazepose::LandmarkModel::create_several({.folder = kModels, .eye = eye}, 1));
  for (auto _ : state) {
    benchmark::DoNotOptimize(value_or_exit(finders.front().find(frame.view(), kRegion)));
  }
}

constexpr auto kMicro = benchmark::kMicrosecond;

BENCHMARK_CAPTURE(decode, to_rgb, false)->Unit(kMicro);
BENCHMARK_CAPTURE(decode, to_planes, true)->Unit(kMicro);
BENCHMARK_CAPTURE(crop, of_rgb, false)->Unit(kMicro);
BENCHMARK_CAPTURE(crop, of_planes, true)->Unit(kMicro);
BENCHMARK(crop_portably)->Unit(kMicro);
BENCHMARK(read_eye)->Unit(kMicro);
BENCHMARK_CAPTURE(bare_network, lite, "pose_landmark_lite.tflite", false, {0, 1, 3})
    ->Unit(kMicro);
BENCHMARK_CAPTURE(bare_network, full, "pose_landmark_full.tflite", false, {0, 1, 3})
    ->Unit(kMicro);
BENCHMARK_CAPTURE(bare_network, full_with_every_output, "pose_landmark_full.tflite", false,
                  {0, 1, 2, 3, 4})
    ->Unit(kMicro);
BENCHMARK_CAPTURE(bare_network, full_with_eye, "pose_landmark_full.tflite", true,
                  {0, 1, 3, 5, 6})
    ->Unit(kMicro);
BENCHMARK_CAPTURE(bare_network, heavy, "pose_landmark_heavy.tflite", false, {0, 1, 3})
    ->Unit(kMicro);
BENCHMARK_CAPTURE(bare_network, detector, "pose_solution_packed_assets.data", false, {0, 1})
    ->Unit(kMicro);
BENCHMARK_CAPTURE(find_body, rgb_with_eye, false, true)->Unit(kMicro);
BENCHMARK_CAPTURE(find_body, planes_with_eye, true, true)->Unit(kMicro);
BENCHMARK_CAPTURE(find_body, planes_without_eye, true, false)->Unit(kMicro);

}  // namespace
